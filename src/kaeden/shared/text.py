"""A text in both languages of the product."""

from django.utils.translation import get_language
from pydantic import BaseModel, ConfigDict, Field


class Text(BaseModel):
    """Danish and English of one text; `str` gives the reader's language."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    da: str = Field(min_length=1)
    en: str = Field(min_length=1)

    def __str__(self) -> str:
        return self.en if (get_language() or "da").startswith("en") else self.da

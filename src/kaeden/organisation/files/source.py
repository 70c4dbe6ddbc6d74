"""What a file says before a schema has judged it, whatever its form."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from kaeden.shared.where import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The content of a file, the words for a place in it, and what it can't mean.

    `told` are the places that a problem has named already.
    """

    content: Any
    where: Callable[[Place], str]
    problems: tuple[str, ...]
    told: Collection[Place] = ()

"""Read a reviewed YAML file against its schema; every problem becomes a sentence."""

from collections.abc import Hashable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

import yaml
from django.utils.translation import gettext as _
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from kaeden.shared.errors import BadInput

Schema = TypeVar("Schema", bound=BaseModel)
LARGEST = 200_000
LONGEST_QUOTE = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading(Generic[Schema]):
    """What a file held: the thing itself, or the sentences that say why not."""

    thing: Schema | None
    problems: tuple[str, ...]


def read(path: Path, schema: type[Schema]) -> Reading[Schema]:
    """Return the thing in the file, or every problem with it."""
    try:
        content = yaml.load(_text(path), Loader=_StrictLoader)  # noqa: S506 - a SafeLoader
        return Reading(thing=schema.model_validate(content), problems=())
    except BadInput as refusal:
        return Reading(thing=None, problems=(str(refusal.message),))
    except yaml.YAMLError as error:
        return Reading(thing=None, problems=(_yaml_sentence(error),))
    except ValidationError as error:
        found = error.errors(include_url=False)
        return Reading(thing=None, problems=tuple(map(_sentence, found)))


def refusal(path: Path, problems: tuple[str, ...]) -> BadInput:
    """Return the error that names the file and lists each problem with it."""
    head = _("%(file)s can't be used. Mend this and try again:") % {"file": path.name}
    return BadInput("\n".join([head, *(f"- {problem}" for problem in problems)]))


def _text(path: Path) -> str:
    """Read the file, or refuse what is too large or not text."""
    try:
        if path.stat().st_size > LARGEST:
            raise BadInput(
                _("The file is larger than 200 kB. Is it the right file?"),
            )
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise BadInput(
            _("The file can't be read. Check the path: %(path)s") % {"path": path}
        ) from error
    except UnicodeDecodeError as error:
        raise BadInput(_("The file is not in UTF-8. Save it as UTF-8.")) from error


class _StrictLoader(yaml.SafeLoader):
    """YAML's safe loader, which also refuses a field that is written twice."""

    def construct_mapping(
        self, node: yaml.MappingNode, deep: bool = False
    ) -> dict[Hashable, Any]:
        names = [key.value for key, _value in node.value]
        for name in names:
            if names.count(name) > 1:
                raise BadInput(
                    _("“%(field)s” is written twice. Keep one of them.")
                    % {"field": name}
                )
        return super().construct_mapping(node, deep)

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.events.AliasEvent):
            raise BadInput(
                _("The file refers to itself with * and &. Write the text out instead.")
            )
        return super().compose_node(parent, index)


def _yaml_sentence(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    if mark is None:
        return _("The file is not YAML. Begin from a copy of an existing file.")
    return _(
        "Line %(line)d can't be read as YAML. A text with a colon, a # or a leading "
        "quotation mark must stand in quotation marks."
    ) % {"line": mark.line + 1}


def _sentence(error: ErrorDetails) -> str:
    """Say one of pydantic's findings in words its writer can act on."""
    where = " → ".join(
        str(part + 1) if isinstance(part, int) else part for part in error["loc"]
    )
    values = {
        "field": where or _("the file"),
        "value": _quote(error["input"]),
        **error.get("ctx", {}),
    }
    return _form(error["type"]) % {"why": error["msg"], **values}


def _form(kind: str) -> str:
    """Return the sentence for a kind of error; new kinds keep pydantic's words."""
    forms = {
        "missing": _("%(field)s: is missing. Add it."),
        "extra_forbidden": _(
            "%(field)s: is not a field of this kind of file. Check the spelling."
        ),
        "enum": _("%(field)s: says %(value)s, but must be one of %(expected)s."),
        "literal_error": _(
            "%(field)s: says %(value)s, but must be one of %(expected)s."
        ),
        "union_tag_invalid": _(
            "%(field)s: the kind %(tag)s is unknown. Use one of %(expected_tags)s."
        ),
        "union_tag_not_found": _("%(field)s: says no kind. Add the field “kind”."),
        "too_short": _("%(field)s: is empty. Write at least %(min_length)s."),
        "string_too_short": _("%(field)s: is empty. Write a text."),
        "greater_than_equal": _(
            "%(field)s: is %(value)s, but must be at least %(ge)s."
        ),
        "greater_than": _("%(field)s: is %(value)s, but must be above %(gt)s."),
        "less_than_equal": _("%(field)s: is %(value)s, but must be at most %(le)s."),
        "value_error": "%(field)s: %(error)s",
        "model_type": _(
            "%(field)s: says %(value)s, but must have fields below it, such as da and en."
        ),
        "model_attributes_type": _(
            "%(field)s: says %(value)s, but must have fields below it, such as da and en."
        ),
        "tuple_type": _("%(field)s: says %(value)s, but must be a list."),
    }
    if kind.startswith("date"):
        return _("%(field)s: %(value)s is not a date. Write it as 2026-11-23.")
    return forms.get(kind, _("%(field)s: %(value)s can't be used (%(why)s)."))


def _quote(value: object) -> str:
    text = " ".join(str(value).split())
    short = text if len(text) <= LONGEST_QUOTE else text[: LONGEST_QUOTE - 1] + "…"
    return f"“{short}”"

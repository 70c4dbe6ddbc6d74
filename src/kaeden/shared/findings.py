"""Say what a schema found wrong, in words that a person can act on."""

from collections.abc import Callable, Collection

from django.utils.translation import gettext as _
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from kaeden.shared.where import Place, arrows

LONGEST_QUOTE = 40


def sentences(
    error: ValidationError,
    where: Callable[[Place], str] = arrows,
    *,
    private: Collection[str] = (),
    told: Collection[Place] = (),
) -> tuple[str, ...]:
    """Return a sentence for each finding, but for places of which one is `told`.

    Values of `private` fields are not quoted.
    """
    return tuple(
        _sentence(one, where, private)
        for one in error.errors(include_url=False)
        if one["loc"] not in told
    )


def quoted(value: object) -> str:
    """Return a value as a sentence names it: short, on one line."""
    if isinstance(value, (list, tuple)):
        return _("a list")
    if isinstance(value, dict):
        return _("several fields")
    text = " ".join(str(value).split())
    short = text if len(text) <= LONGEST_QUOTE else text[: LONGEST_QUOTE - 1] + "…"
    return f"“{short}”"


def _sentence(
    error: ErrorDetails, where: Callable[[Place], str], private: Collection[str]
) -> str:
    place = tuple(part for part in error["loc"] if part != "[key]")
    is_private = bool(private) and not set(private).isdisjoint(place)
    context = error.get("ctx", {})
    # Pydantic lists words in English: 'a', 'b' or 'c'.
    expected = str(context.get("expected", "")).replace(" or ", ", ").replace("'", "")
    values = {
        "field": where(place),
        "value": _("something") if is_private else quoted(error["input"]),
        **context,
        "expected": expected,
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
        "too_long": _("%(field)s: is too long. Write at most %(max_length)s."),
        "string_too_short": _("%(field)s: is empty. Write a text."),
        "string_too_long": _(
            "%(field)s: is too long. Write at most %(max_length)s characters."
        ),
        "string_type": _("%(field)s: says %(value)s, but must be a text."),
        "int_parsing": _("%(field)s: says %(value)s, but must be a whole number."),
        "float_parsing": _(
            "%(field)s: says %(value)s, but must be a number, such as 55.67."
        ),
        "greater_than_equal": _(
            "%(field)s: is %(value)s, but must be at least %(ge)s."
        ),
        "greater_than": _("%(field)s: is %(value)s, but must be above %(gt)s."),
        "less_than_equal": _("%(field)s: is %(value)s, but must be at most %(le)s."),
        "value_error": "%(field)s: %(error)s",
        "model_type": _has_fields(),
        "model_attributes_type": _has_fields(),
        "dict_type": _has_fields(),
        "tuple_type": _("%(field)s: says %(value)s, but must be a list."),
    }
    if kind.startswith("date"):
        return _("%(field)s: %(value)s is not a date. Write it as 2026-11-23.")
    return forms.get(kind, _("%(field)s: %(value)s can't be used (%(why)s)."))


def _has_fields() -> str:
    return _(
        "%(field)s: says %(value)s, but must have fields below it, such as da and en."
    )

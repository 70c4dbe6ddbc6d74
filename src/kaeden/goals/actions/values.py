"""Hold a few values, each tied to what one can see at a level of the chain."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from kaeden.access.rules import Actor, Permission, may, require
from kaeden.audit.actions import record
from kaeden.audit.models import Event
from kaeden.goals.actions.asked import shortened, the_day, the_words, written_anew
from kaeden.goals.models import Value, ValueWords
from kaeden.goals.rules import MOST_VALUES, LeadershipLevel
from kaeden.organisation.models import Unit
from kaeden.shared.errors import BadInput, Refused

ITSELF = ""
"""The level at which a value says what it means, and not how it is seen."""


@transaction.atomic
def write_value(
    name: str,
    *,
    meaning: str,
    seen: Mapping[LeadershipLevel, str],
    municipality: Unit,
    by: Actor,
    on: date | None = None,
) -> Value:
    """Write a value, or write what is known of it anew; `seen` may leave levels out.

    Raises
    ------
    Forbidden
        If the post does not reach the municipality.
    Refused
        If the municipality has as many values as people can keep in mind.
    BadInput
        If the name, the meaning, or every sign of it is missing.
    """
    require(may(by, Permission.WRITE_VALUES, at=municipality.path))
    day = the_day(on)
    called = the_words(name, longest=60, ask=_("Write what the value is called."))
    said = {ITSELF: the_words(meaning, longest=300, ask=_("Write what it means."))}
    said |= {level.value: shortened(text, longest=300) for level, text in seen.items()}
    if not any(words for level, words in said.items() if level):
        raise BadInput(_("Write how the value is seen at one level at least."))
    value = _value(called, municipality, day)
    for level, words in said.items():
        _see(value, level, words, day)
    record(Event.Kind.VALUE_WRITTEN, by=by, about=value)
    return value


def _value(name: str, municipality: Unit, day: date) -> Value:
    held = Value.objects.filter(municipality=municipality, valid_to__isnull=True)
    there: Value | None = held.filter(name=name).first()
    if there is not None:
        return there
    if held.count() >= MOST_VALUES:
        raise Refused(
            _("%(most)s values are many to keep in mind. Let one go first.")
            % {"most": MOST_VALUES}
        )
    return Value.objects.create(municipality=municipality, name=name, valid_from=day)


def _see(value: Value, level: str, words: str, day: date) -> None:
    """Write one line anew where it differs; an empty one ends."""
    rows = ValueWords.objects.filter(value=value, level=level)
    if rows.filter(valid_to__isnull=True, words=words).exists():
        return
    if words:
        written_anew(rows, day, value=value, level=level, words=words)
    else:
        rows.end(day)


@transaction.atomic
def end_value(value: Value, *, by: Actor, on: date | None = None) -> None:
    """Let a value go; what it was is kept.

    Raises
    ------
    Forbidden
        If the post does not reach the municipality.
    Refused
        If it has ended.
    """
    require(may(by, Permission.WRITE_VALUES, at=value.municipality.path))
    if not Value.objects.filter(pk=value.pk).end(the_day(on)):
        raise Refused(_("That has ended already."))
    record(Event.Kind.VALUE_ENDED, by=by, about=value)

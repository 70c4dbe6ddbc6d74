"""What differs between two chains, in words: new, ended, moved, renamed, changed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kaeden.access.rules import Role
from kaeden.organisation.chain import Chain
from kaeden.organisation.changes import Change, Thing, Verb
from kaeden.organisation.rules import (
    POST_NAMES,
    UNIT_KIND_NAMES,
    Kind,
    municipality_name,
)
from kaeden.presentation.numbers import number


class Sort(StrEnum):
    """How a change is told of, in the order that a reader asks."""

    NEW = "new"
    ENDED = "ended"
    MOVED = "moved"
    RENAMED = "renamed"
    CHANGED = "changed"


SORT_NAMES: dict[Sort, str | Promise] = {
    Sort.NEW: gettext_lazy("New in the chain"),
    Sort.ENDED: gettext_lazy("Ends"),
    Sort.MOVED: gettext_lazy("Moves"),
    Sort.RENAMED: gettext_lazy("Changes name"),
    Sort.CHANGED: gettext_lazy("Changes otherwise"),
}
FIELDS: dict[tuple[Thing, str], Sort] = {
    (Thing.UNIT, "parent"): Sort.MOVED,
    (Thing.UNIT, "cluster"): Sort.MOVED,
    (Thing.UNIT, "name"): Sort.RENAMED,
    (Thing.POST, "unit"): Sort.MOVED,
    (Thing.POST, "title"): Sort.RENAMED,
    (Thing.COMMUNITY, "name"): Sort.RENAMED,
}
FIELD_NAMES: dict[str, str | Promise] = {
    "kind": gettext_lazy("the kind of unit"),
    "form": gettext_lazy("the form"),
    "owner": gettext_lazy("the owner"),
    "latitude": gettext_lazy("the latitude"),
    "longitude": gettext_lazy("the longitude"),
    "role": gettext_lazy("the role"),
    "staff": gettext_lazy("the number of staff"),
    "purpose": gettext_lazy("the purpose"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The changes of one sort: its name with the count, and a sentence for each."""

    title: str
    sentences: tuple[str, ...]


def grouped(changes: Sequence[Change]) -> tuple[Group, ...]:
    """Return the changes by sort; sorts without any are left out."""
    found: dict[Sort, list[str]] = {sort: [] for sort in Sort}
    for change in changes:
        found[sort_of(change)].append(sentence(change))
    return tuple(
        Group(
            title=f"{SORT_NAMES[sort]} ({number(len(sentences))})",
            sentences=tuple(sentences),
        )
        for sort, sentences in found.items()
        if sentences
    )


def heading(changes: Sequence[Change], wanted: Chain, on: date) -> str:
    """Return one sentence on how much differs, where, and from which day."""
    if not changes:
        return _("%(town)s: nothing differs from what is there on %(day)s.") % {
            "town": municipality_name(wanted.municipality, wanted.name),
            "day": date_format(on, "j. F Y"),
        }
    said = ngettext(
        "%(town)s: %(count)s change from %(day)s.",
        "%(town)s: %(count)s changes from %(day)s.",
        len(changes),
    )
    return said % {
        "town": municipality_name(wanted.municipality, wanted.name),
        "count": number(len(changes)),
        "day": date_format(on, "j. F Y"),
    }


def as_lines(changes: Sequence[Change], wanted: Chain, on: date) -> Iterator[str]:
    """Give the changes line by line, sort by sort."""
    yield heading(changes, wanted, on)
    for group in grouped(changes):
        yield ""
        yield group.title
        yield from (f"  – {sentence}" for sentence in group.sentences)


def sort_of(change: Change) -> Sort:
    """Return how a change is told of."""
    if change.verb is Verb.BEGINS:
        return Sort.NEW
    if change.verb is Verb.ENDS:
        return Sort.ENDED
    return FIELDS.get((change.thing, change.field), Sort.CHANGED)


def sentence(change: Change) -> str:
    """Return a change as a person reads it."""
    values = {
        "name": _name(change),
        "field": FIELD_NAMES.get(change.field, change.field),
        "before": _value(change, change.before) or _("none at all"),
        "after": _value(change, change.after) or _("none at all"),
    }
    return _form(change) % values


def _name(change: Change) -> str:
    if change.thing is Thing.BOUNDS:
        return str(POST_NAMES[Role(change.key).value])
    return change.name


def _value(change: Change, value: str) -> str:
    """Return what a field says, in words where it is one of ours."""
    if change.field == "kind" and value:
        return str(UNIT_KIND_NAMES[Kind(value)])
    if change.field == "role" and value:
        return str(POST_NAMES[value])
    return value


def _form(change: Change) -> str:
    """Return the sentence of a kind of change, by what it is about and what happens."""
    where = (change.thing, change.verb)
    if change.field == "title" and not change.before:
        return _("%(name)s: has been given a title of its own")
    if change.thing is Thing.UNIT and change.verb is Verb.ENDS and not change.after:
        return _("%(name)s. Nothing carries it on")
    by_field = {
        (Thing.UNIT, "cluster"): _("%(name)s: cluster from %(before)s to %(after)s"),
        (Thing.UNIT, "name"): _("%(before)s is now called %(after)s"),
        (Thing.POST, "title"): _("%(name)s: was called %(before)s"),
        (Thing.POST, "reports_to"): _(
            "%(name)s reports to %(after)s, before to %(before)s"
        ),
        (Thing.POST, "holder"): _("%(name)s: who holds it changes"),
        (Thing.COMMUNITY, "name"): _("%(before)s is now called %(after)s"),
        (Thing.COMMUNITY, "members"): _(
            "%(name)s: comes in: %(after)s; goes out: %(before)s"
        ),
    }
    moved = _("%(name)s from %(before)s to %(after)s")
    if sort_of(change) is Sort.MOVED:
        return by_field.get((change.thing, change.field), moved)
    if change.field:
        said = _("%(name)s: %(field)s from %(before)s to %(after)s")
        return by_field.get((change.thing, change.field), said)
    forms = {
        (Thing.UNIT, Verb.BEGINS): _("%(name)s, below %(after)s"),
        (Thing.UNIT, Verb.ENDS): _("%(name)s, carried on by %(after)s"),
        (Thing.CHARTER, Verb.BEGINS): _("Charter of %(name)s"),
        (Thing.CHARTER, Verb.ENDS): _("Charter of %(name)s"),
        (Thing.CHARTER, Verb.CHANGES): _("Charter of %(name)s"),
        (Thing.COMMUNITY, Verb.BEGINS): _("The community %(name)s"),
        (Thing.COMMUNITY, Verb.ENDS): _("The community %(name)s"),
        (Thing.BOUNDS, Verb.BEGINS): _("Bounds of %(name)s: %(after)s"),
        (Thing.BOUNDS, Verb.ENDS): _("Bounds of %(name)s: %(before)s"),
        (Thing.BOUNDS, Verb.CHANGES): _(
            "Bounds of %(name)s from %(before)s to %(after)s"
        ),
    }
    return forms.get(where, "%(name)s")

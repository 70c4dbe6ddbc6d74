"""OS2mo's facts on a day as a chain, by the mapping's words. Pure; no database."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kaeden.organisation.chain import Chain, ChainUnit
from kaeden.organisation.changes import is_outside
from kaeden.organisation.files.schema import CODE
from kaeden.organisation.os2mo.asked import Asked
from kaeden.organisation.os2mo.facts import Facts, UnitFact
from kaeden.organisation.os2mo.mapping import Mapping
from kaeden.organisation.os2mo.posts import posts_on
from kaeden.organisation.rules import Kind
from kaeden.shared.errors import BadInput

LONGEST_CODE = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The chain that OS2mo and the mapping give, and what they leave out."""

    chain: Chain
    left_out: tuple[str, ...]


@dataclass(slots=True)
class Found:
    """The units found so far, and what is left out.

    `codes` has each unit's own code by OS2mo's uuid; `nearest` also has those left
    out, with the code of the unit above that what lies below them hangs under.
    """

    codes: dict[str, str] = field(default_factory=dict)
    nearest: dict[str, str] = field(default_factory=dict)
    units: list[ChainUnit] = field(default_factory=list)
    unmapped: Counter[str] = field(default_factory=Counter)
    left_out: list[str] = field(default_factory=list)


def chain_on(
    day: date, facts: Facts, mapping: Mapping, base: Chain | None = None
) -> Outcome:
    """Return the chain on a day.

    What OS2mo does not know stays as it is in `base`: kinds of units and roles that the
    mapping never gives, staff, charters it has no words for, communities, bounds.

    Raises
    ------
    BadInput
        If the mapping's root is not there on that day.
    """
    asked = Asked(day=day, facts=facts, mapping=mapping, base=base)
    found = _units(asked)
    posts, left_out = posts_on(asked, found.codes, found.units)
    homeless = found.nearest.keys() - found.codes.keys()
    managers = facts.managers.on(day).values()
    there = {post.key for post in posts}
    chain = Chain(
        municipality=mapping.municipality,
        name=mapping.name,
        as_of=day,
        units=tuple(found.units),
        posts=posts,
        communities=tuple(
            replace(one, members=tuple(key for key in one.members if key in there))
            for one in (base.communities if base else ())
        ),
        bounds=base.bounds if base else {},
        carried_on=_carried_on(mapping, base, found.units),
    )
    return Outcome(
        chain=chain,
        left_out=(
            *_unmapped_units(found.unmapped),
            *found.left_out,
            *_homeless(sum(one.unit in homeless for one in managers)),
            *left_out,
        ),
    )


def _units(asked: Asked) -> Found:
    """Return the units below the root, parents first, and those kept from `base`."""
    root, there, mapping = _root(asked), asked.units, asked.mapping
    below: dict[str, list[str]] = {}
    for uuid, fact in there.items():
        below.setdefault(fact.parent, []).append(uuid)
    top = ChainUnit(
        code=mapping.municipality, kind=Kind.MUNICIPALITY, name=mapping.name, parent=""
    )
    found = Found(codes={root: top.code}, nearest={root: top.code})
    found.units.append(_with_facts(top, asked.base))
    waiting = [root]
    while waiting:
        above = waiting.pop(0)
        for uuid in sorted(below.get(above, ()), key=lambda one: there[one].name):
            if uuid != root:  # OS2mo may hang a root in a circle below itself.
                waiting.append(uuid)
                _take(uuid, there[uuid], found.nearest[above], asked, found)
    found.units += _kept(mapping, asked.base, found.units)
    return found


def _root(asked: Asked) -> str:
    """Return the uuid of the unit that becomes the municipality."""
    wanted = asked.mapping.root
    for uuid, fact in asked.units.items():
        if wanted in {uuid, fact.user_key}:
            return uuid
    raise BadInput(
        _("OS2mo has no unit “%(root)s” on %(day)s. Check the mapping's root.")
        % {"root": wanted, "day": asked.day}
    )


def _take(uuid: str, fact: UnitFact, parent: str, asked: Asked, found: Found) -> None:
    """Take a unit in if its type is mapped; what lies below it goes on either way."""
    word = asked.facts.classes.get(fact.type, "")
    kind = asked.mapping.units.get(word)
    code = _code(uuid, fact, asked.mapping)
    if kind is None or code in found.codes.values():
        found.nearest[uuid] = parent
        if kind is None:
            found.unmapped[word] += 1
        else:
            said = _("%(name)s has the code %(code)s of another unit. Give it its own.")
            found.left_out.append(said % {"name": fact.name, "code": code})
        return
    found.codes[uuid] = found.nearest[uuid] = code
    unit = ChainUnit(code=code, kind=kind, name=fact.name or code, parent=parent)
    found.units.append(_with_facts(unit, asked.base))


def _code(uuid: str, fact: UnitFact, mapping: Mapping) -> str:
    """Return the mapping's code for a unit, else its own key if it can be a code."""
    given = mapping.codes.get(fact.user_key) or mapping.codes.get(uuid)
    if given:
        return given
    if CODE.fullmatch(fact.user_key) and len(fact.user_key) <= LONGEST_CODE:
        return fact.user_key
    return uuid.replace("-", "")[:LONGEST_CODE]


def _with_facts(unit: ChainUnit, base: Chain | None) -> ChainUnit:
    """Return a unit with what only we know of it."""
    known = base.unit.get(unit.code) if base else None
    if known is None:
        return unit
    return replace(known, kind=unit.kind, name=unit.name, parent=unit.parent)


def _kept(
    mapping: Mapping, base: Chain | None, units: list[ChainUnit]
) -> Iterator[ChainUnit]:
    """Give the units of kinds that the mapping never gives, where they still hang."""
    codes = {unit.code for unit in units}
    given = {*mapping.units.values(), Kind.MUNICIPALITY}
    for unit in base.units if base else ():
        is_kept = unit.kind not in given and unit.parent in codes
        if (
            is_kept
            and unit.code not in codes
            and base
            and not is_outside(base, unit.code)
        ):
            codes.add(unit.code)
            yield unit


def _carried_on(
    mapping: Mapping, base: Chain | None, units: list[ChainUnit]
) -> dict[str, tuple[str, ...]]:
    """Return the successors of units that were there and have ended."""
    if base is None:
        return {}
    there = {unit.code for unit in units}
    fresh = {
        old: after
        for old, after in mapping.carried_on.items()
        if old in base.unit and old not in there and there.issuperset(after)
    }
    return {**base.carried_on, **fresh}


def _unmapped_units(unmapped: Counter[str]) -> Iterator[str]:
    for word, count in sorted(unmapped.items()):
        said = ngettext(
            "%(count)d unit of the type “%(word)s” is left out: it is not mapped.",
            "%(count)d units of the type “%(word)s” are left out: it is not mapped.",
            count,
        )
        yield said % {"count": count, "word": word or "–"}


def _homeless(count: int) -> Iterator[str]:
    """Tell of managers whose units are left out."""
    if count:
        said = ngettext(
            "%(count)d manager is left out together with the unit.",
            "%(count)d managers are left out together with their units.",
            count,
        )
        yield said % {"count": count}

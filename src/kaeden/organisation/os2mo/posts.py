"""OS2mo's managers on a day as posts, by the mapping's rules. Pure; no database."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kaeden.access.rules import Role
from kaeden.organisation.chain import (
    Chain,
    ChainCharter,
    ChainPost,
    ChainUnit,
    NotMine,
)
from kaeden.organisation.files.checking import SEATS
from kaeden.organisation.os2mo.asked import Asked
from kaeden.organisation.os2mo.facts import ManagerFact, PersonFact, Timeline
from kaeden.organisation.os2mo.mapping import Mapping, PostRule, When
from kaeden.organisation.rules import LEVELS, POST_NAMES, Degree, Task

LEVEL = {role: number for number, level in enumerate(LEVELS) for role in level}
LONGEST_HOLDER = 120


@dataclass(slots=True)
class Ranks:
    """The posts found so far with their rules, at units with what lies above them."""

    units: dict[str, ChainUnit]
    posts: dict[str, ChainPost] = field(default_factory=dict)
    rules: dict[str, PostRule] = field(default_factory=dict)

    def up(self, code: str) -> Iterator[str]:
        """Give a unit and those above it."""
        while code in self.units:
            yield code
            code = self.units[code].parent

    def nearest(self, post: ChainPost, roles: frozenset[Role]) -> str:
        """Return the key of the nearest other post of some roles, up the line."""
        for code in self.up(post.unit):
            at = [one for one in self.posts.values() if one.unit == code]
            found = [one for one in at if one.role in roles and one.key != post.key]
            if found:
                return max(found, key=lambda one: LEVEL.get(one.role, -1)).key
        return ""


def posts_on(
    asked: Asked, codes: dict[str, str], units: Sequence[ChainUnit]
) -> tuple[tuple[ChainPost, ...], tuple[str, ...]]:
    """Return the posts on a day, and a sentence for what is left out."""
    ranks = Ranks(units={unit.code: unit for unit in units})
    unmapped: Counter[tuple[str, str]] = Counter()
    left_out: list[str] = []
    for fact in asked.facts.managers.on(asked.day).values():
        if fact.unit not in codes:
            continue
        unit = ranks.units[codes[fact.unit]]
        rule = _rule(fact, unit, asked)
        if rule is None:
            words = asked.facts.classes.get
            unmapped[words(fact.level, ""), words(fact.type, "")] += 1
            continue
        post = _post(fact, rule, unit, _name(fact, asked.facts.persons, asked.day))
        why_not = _why_not(post, unit, ranks)
        if why_not:
            left_out.append(why_not)
            continue
        ranks.posts[post.key], ranks.rules[post.key] = post, rule
    _keep(ranks, asked.mapping, asked.base)
    posts = tuple(
        _whole(post, ranks, asked.base, left_out) for post in ranks.posts.values()
    )
    return posts, (*_unmapped_posts(unmapped), *left_out)


def _rule(fact: ManagerFact, unit: ChainUnit, asked: Asked) -> PostRule | None:
    """Return the first rule that a manager fits."""
    word = asked.facts.classes.get
    keys = {word(one, "") for one in fact.responsibilities}
    at = asked.units[fact.unit].user_key

    def fits(when: When) -> bool:
        asked = (
            (when.level, {word(fact.level, "")}),
            (when.type, {word(fact.type, "")}),
            (when.responsibility, keys),
            (when.unit, {fact.unit, at}),
            (when.unit_kind, {unit.kind}),
        )
        return all(not wanted or not has.isdisjoint(wanted) for wanted, has in asked)

    return next((rule for rule in asked.mapping.posts if fits(rule.when)), None)


def _post(fact: ManagerFact, rule: PostRule, unit: ChainUnit, holder: str) -> ChainPost:
    key = f"{rule.role.value}-{unit.code}".replace("_", "-").lower()
    return ChainPost(
        key=rule.key or key,
        role=rule.role,
        title=rule.title.replace("{unit}", unit.name)[:120],
        unit=unit.code,
        holder=holder[:LONGEST_HOLDER],
    )


def _name(fact: ManagerFact, persons: Timeline[PersonFact], day: date) -> str:
    """Return what a manager is called on a day; empty for a vacant post."""
    known = persons.facts.get(fact.person, ())
    now = next((one for one in known if one.validity.holds_on(day)), None)
    return now.name if now else next((one.name for one in reversed(known)), "")


def _why_not(post: ChainPost, unit: ChainUnit, ranks: Ranks) -> str:
    """Return why a post is left out; empty if it is not."""
    values = {
        "role": POST_NAMES[post.role.value],
        "unit": unit.name,
        "key": post.key,
    }
    if unit.kind not in SEATS[post.role]:
        return _("%(unit)s can't have a post of the role “%(role)s”.") % values
    if post.key in ranks.posts:
        return (
            _(
                "%(unit)s has two managers that become the post %(key)s. Tell them "
                "apart in the mapping."
            )
            % values
        )
    return ""


def _keep(ranks: Ranks, mapping: Mapping, base: Chain | None) -> None:
    """Keep the posts of roles that the mapping never gives, where their unit is."""
    given = {rule.role for rule in mapping.posts}
    for post in base.posts if base else ():
        if post.role not in given and post.unit in ranks.units:
            ranks.posts.setdefault(post.key, post)


def _whole(
    post: ChainPost, ranks: Ranks, base: Chain | None, left_out: list[str]
) -> ChainPost:
    """Return a post with its link up, its charter, and what only we know of it."""
    known = base.post.get(post.key) if base else None
    rule = ranks.rules.get(post.key)
    charter = known.charter if known else None
    if rule and rule.charter:
        charter = _charter(post, rule, ranks, left_out)
    above = ranks.nearest(post, _roles_above(post.role))
    if rule is None and known and known.reports_to in ranks.posts:
        above = known.reports_to
    return replace(
        post, reports_to=above, charter=charter, staff=known.staff if known else None
    )


def _roles_above(role: Role) -> frozenset[Role]:
    """Return the roles that a post of this role can report to."""
    level = LEVEL.get(role, LEVEL[Role.TEAM])
    return frozenset(one for one, its in LEVEL.items() if its < level)


def _charter(
    post: ChainPost, rule: PostRule, ranks: Ranks, left_out: list[str]
) -> ChainCharter:
    assert rule.charter
    said, lines = rule.charter, []
    for line in said.not_mine:
        ask = ranks.nearest(post, frozenset({line.ask})) or _anywhere(line.ask, ranks)
        if ask and ask != post.key:
            lines.append(NotMine(words=line.words, ask=ask))
        else:
            why = _("%(key)s: there is no post of the role “%(role)s” to ask.")
            values = {"key": post.key, "role": POST_NAMES[line.ask.value]}
            left_out.append(why % values)
    name = ranks.units[post.unit].name
    return ChainCharter(
        area=said.area.replace("{unit}", name)[:500],
        decision_room=said.decision_room.replace("{unit}", name)[:500],
        not_mine=tuple(lines),
        tasks={task: said.tasks.get(task, Degree.NOT) for task in Task},
    )


def _anywhere(role: Role, ranks: Ranks) -> str:
    """Return the only post of a role, wherever it is."""
    keys = [post.key for post in ranks.posts.values() if post.role is role]
    return keys[0] if len(keys) == 1 else ""


def _unmapped_posts(unmapped: Counter[tuple[str, str]]) -> Iterator[str]:
    for (level, kind), count in sorted(unmapped.items()):
        said = ngettext(
            "%(count)d manager of the level “%(level)s” and the type “%(type)s” is left "
            "out: no rule fits.",
            "%(count)d managers of the level “%(level)s” and the type “%(type)s” are "
            "left out: no rule fits.",
            count,
        )
        yield said % {"count": count, "level": level or "–", "type": kind or "–"}

"""Fjordby's charters: what each leading post leads, decides, and leaves to others.

Pure. The words stand in `files/charters.yaml`; here they get their unit and children.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from kaeden.access.rules import Role
from kaeden.demo.cast import Cast, CharterText, charter_texts
from kaeden.organisation.chain import ChainCharter, ChainPost, ChainUnit, NotMine
from kaeden.organisation.rules import Degree, Kind, Task

BY_KIND = {Kind.SCHOOL: "school", Kind.DAYCARE: "daycare", Kind.SOCIAL: "service"}
BY_ROLE = {
    Role.DIRECTOR: "director",
    Role.CHIEF_SCHOOLS: "chief_schools",
    Role.CHIEF_DAYCARE: "chief_daycare",
    Role.CHIEF_FAMILIES: "chief_families",
    Role.AREA_LEADER: "area_leader",
    Role.DEPARTMENT_LEADER: "department",
}


def with_charters(
    posts: Iterable[ChainPost],
    units: Iterable[ChainUnit],
    children: Mapping[str, int],
    cast: Cast,
) -> tuple[ChainPost, ...]:
    """Return the posts, the leading ones each with its charter."""
    posts = tuple(posts)
    known = {unit.code: unit for unit in units}
    with_departments = {
        post.reports_to for post in posts if post.role is Role.DEPARTMENT_LEADER
    }
    whom = {one.code: one.whom for one in cast.services}

    def given(post: ChainPost) -> ChainPost:
        unit = known[post.unit]
        text = _text_of(post.role, unit.kind)
        if text is None:
            return post
        places = {
            "unit": unit.name,
            "place": known[unit.parent].name if unit.parent else "",
            "children": f"{children[unit.code]:,}".replace(",", "."),
            "whom": whom.get(unit.code, ""),
            "above": post.reports_to,
        }
        charter = _charter(text, places)
        if post.key in with_departments:
            charter = _led_by_departments(charter)
        return replace(post, charter=charter)

    return tuple(given(post) for post in posts)


def kind_of(role: Role, kind: Kind) -> str:
    """Return the kind of charter of a post at a kind of unit; empty if it has none."""
    return BY_ROLE.get(role) or (BY_KIND[kind] if role is Role.LEADER else "")


def _text_of(role: Role, kind: Kind) -> CharterText | None:
    found: CharterText | None = getattr(charter_texts(), kind_of(role, kind), None)
    return found


def _charter(text: CharterText, places: Mapping[str, str]) -> ChainCharter:
    return ChainCharter(
        area=text.area.format_map(places),
        decision_room=text.decision_room.format_map(places),
        tasks=dict(zip(Task, text.tasks, strict=True)),
        not_mine=tuple(
            NotMine(words=one.words, ask=one.ask.format_map(places))
            for one in text.not_mine
        ),
    )


def _led_by_departments(charter: ChainCharter) -> ChainCharter:
    """Let the department leaders lead close to the staff, and the leader support."""
    return replace(charter, tasks={**charter.tasks, Task.LEAD_CLOSE: Degree.SUPPORTS})

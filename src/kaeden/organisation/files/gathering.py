"""The rows of a spreadsheet as the schema wants them, each part with its place."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from kaeden.organisation.files import layout
from kaeden.organisation.files.conversion import Content
from kaeden.organisation.files.layout import Sheet
from kaeden.organisation.rules import Task
from kaeden.shared.findings import quoted
from kaeden.shared.where import Place

TASKS = frozenset(task.value for task in Task)
SECTIONS = {
    "units": layout.UNITS,
    "posts": layout.POSTS,
    "communities": layout.COMMUNITIES,
    "bounds": layout.BOUNDS,
}
"""The sections with a sheet of their own, a row for each thing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row's values by field, as text, and the sentences for those that are none."""

    number: int
    values: Mapping[str, str]
    bad: Mapping[str, str]


Rows = Mapping[str, Iterable[Row]]


@dataclass(slots=True)
class Gathering:
    """The content put together so far, where it stands, and what is wrong with it."""

    content: Content = field(default_factory=dict)
    spots: dict[Place, tuple[Sheet, int]] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    told: set[Place] = field(default_factory=set)

    def where(self, place: Place) -> str:
        """Return the words for a place: sheet, row and heading."""
        for length in range(len(place), -1, -1):
            if place[:length] in self.spots:
                sheet, row = self.spots[place[:length]]
                return spot(sheet, row, place[length:])
        return place_of_section(place)

    def note(self, place: Place, sheet: Sheet, row: Row) -> None:
        """Keep where a part stands, and tell of its cells that can't be read."""
        self.spots[place] = sheet, row.number
        for name, sentence in row.bad.items():
            inside = ("tasks", name) if name in TASKS else (name,)
            self.told.add((*place, *inside))
            self.tell(sheet, row, name, sentence)

    def tell(self, sheet: Sheet, row: Row, name: str, sentence: str) -> None:
        """Tell of something wrong in a row."""
        self.problems.append(f"{spot(sheet, row.number, (name,))}: {sentence}")


def gathered(rows: Rows) -> Gathering:
    """Put the rows of all sheets together: charters at their posts, and so on."""
    found = Gathering()
    _town(found, rows)
    for section, sheet in SECTIONS.items():
        found.content[section] = []
        for number, row in enumerate(rows[sheet.title]):
            found.note((section, number), sheet, row)
            found.content[section].append(dict(row.values))
    _charters(found, rows)
    _not_mine(found, rows)
    _members(found, rows)
    _heirs(found, rows)
    return found


def spot(sheet: Sheet, number: int, rest: Place = ()) -> str:
    """Return the words for a row of a sheet, and the heading if one is meant."""
    titles = {column.name: column.title for column in sheet.columns}
    named = [titles[part] for part in rest if part in titles]
    values = {"sheet": sheet.title, "row": number + 1, "column": "".join(named[-1:])}
    if named:
        return _("%(sheet)s, row %(row)d, %(column)s") % values
    return _("%(sheet)s, row %(row)d") % values


def place_of_section(place: Place) -> str:
    """Return the words for a whole section: the name of its sheet."""
    sheet = SECTIONS.get(str(place[0]) if place else "", layout.TOWN)
    return _("Sheet %(sheet)s") % {"sheet": sheet.title}


def _town(found: Gathering, rows: Rows) -> None:
    for number, row in enumerate(rows[layout.TOWN.title]):
        if number:
            said = _("a file holds one municipality. Delete the row.")
            found.tell(layout.TOWN, row, "", said)
            continue
        found.note((), layout.TOWN, row)
        found.content |= row.values


def _charters(found: Gathering, rows: Rows) -> None:
    for row, number in _owned(found, rows, layout.CHARTERS, "post", "posts"):
        post = found.content["posts"][number]
        if "charter" in post:
            said = _("the post has two charters. Delete one.")
            found.tell(layout.CHARTERS, row, "post", said)
            continue
        values = {name: text for name, text in row.values.items() if name != "post"}
        tasks = {name: values.pop(name) for name in TASKS & values.keys()}
        post["charter"] = {**values, "tasks": tasks, "not_mine": []}
        found.note(("posts", number, "charter"), layout.CHARTERS, row)


def _not_mine(found: Gathering, rows: Rows) -> None:
    for row, number in _owned(found, rows, layout.NOT_MINE, "post", "posts"):
        charter = found.content["posts"][number].get("charter")
        if charter is None:
            said = _("the post has no charter. Write one, or delete the row.")
            found.tell(layout.NOT_MINE, row, "post", said)
            continue
        place = ("posts", number, "charter", "not_mine", len(charter["not_mine"]))
        found.note(place, layout.NOT_MINE, row)
        charter["not_mine"].append(
            {name: text for name, text in row.values.items() if name != "post"}
        )


def _members(found: Gathering, rows: Rows) -> None:
    owned = _owned(found, rows, layout.MEMBERS, "community", "communities")
    for row, number in owned:
        members = found.content["communities"][number].setdefault("members", [])
        place = ("communities", number, "members", len(members))
        found.note(place, layout.MEMBERS, row)
        members.append(row.values.get("post", ""))


def _heirs(found: Gathering, rows: Rows) -> None:
    heirs: dict[str, list[str]] = {}
    for row in rows[layout.HEIRS.title]:
        by = heirs.setdefault(row.values.get("unit", ""), [])
        place = ("carried_on", list(heirs).index(row.values.get("unit", "")))
        found.spots.setdefault(place, (layout.HEIRS, row.number))
        found.note((*place, "by", len(by)), layout.HEIRS, row)
        by.append(row.values.get("by", ""))
    found.content["carried_on"] = [
        {"unit": unit, "by": by} for unit, by in heirs.items()
    ]


def _owned(
    found: Gathering, rows: Rows, sheet: Sheet, name: str, section: str
) -> Iterator[tuple[Row, int]]:
    """Give each row with the number of the thing that it belongs to."""
    numbers = {
        thing.get("key"): number for number, thing in enumerate(found.content[section])
    }
    for row in rows[sheet.title]:
        key = row.values.get(name)
        if key and key in numbers:
            yield row, numbers[key]
            continue
        for field_name, sentence in row.bad.items():
            found.tell(sheet, row, field_name, sentence)
        if name not in row.bad:
            said = _("there is no %(value)s on the sheet %(sheet)s.")
            values = {"value": quoted(key or ""), "sheet": SECTIONS[section].title}
            found.tell(sheet, row, name, said % values)

"""The table of rights in docs/access.md, made from the product's own.

`python -m tests.docs.access_table` writes it anew.
"""

from kaeden.access.rules import GRANTS, Permission, Role
from tests.docs.reading import ROOT

PAGE = ROOT / "docs" / "access.md"
BEGIN, END = "<!-- table: tests/docs/access_table.py -->", "<!-- end of the table -->"
HEADS = {
    Role.COMMITTEE: "committee",
    Role.DIRECTOR: "director",
    Role.CHIEF_SCHOOLS: "chief",
    Role.AREA_LEADER: "area leader",
    Role.LEADER: "leader",
    Role.DEPARTMENT_LEADER: "department leader",
    Role.TEAM: "team",
    Role.ANALYST: "analyst",
    Role.DATA_PROTECTION: "data protection",
    Role.SYSTEM: "command line",
}
"""The three chiefs have the same rights, each in an area."""


def table():
    """Return the rights as a Markdown table: how far from a post's own unit."""
    rows = [
        ["may", *HEADS.values()],
        ["---"] * (len(HEADS) + 1),
        *(
            [f"`{one.value}`", *(GRANTS[role].get(one, "") for role in HEADS)]
            for one in Permission
        ),
    ]
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def between(text):
    """Return the page before, within and after the table."""
    before, _begin, rest = text.partition(BEGIN)
    within, _end, after = rest.partition(END)
    return before, within.strip(), after


if __name__ == "__main__":
    first, _old, last = between(PAGE.read_text(encoding="utf-8"))
    PAGE.write_text(f"{first}{BEGIN}\n{table()}\n{END}{last}", encoding="utf-8")

"""The page of a unit, then and now."""

from datetime import date

import pytest

from kaeden.organisation.history import Spell, UnitHistory
from kaeden.organisation.models import Unit
from kaeden.organisation.rules import Kind
from kaeden.presentation import unit as unit_page
from kaeden.presentation.as_of import as_of
from tests.builders.lineages import LONG_AGO, SUMMER, a_lineage
from tests.builders.structure import a_held_post, a_place, a_sound_chain

pytestmark = pytest.mark.usefixtures("english")


def a_row(code="nord", *, until=None):
    return Unit(
        pk=1,
        code=code,
        kind="school",
        name="Den nye skole",
        path=f"dk/999/schools/{code}",
        valid_from=LONG_AGO,
        valid_to=until,
    )


def page(row=None, chain=None, *, lineage=None, day="2026-09-01", **spells):
    history = UnitHistory(
        unit=row or a_row(),
        names=spells.get("names", ()),
        places=spells.get("places", ()),
        lineage=lineage or a_lineage(),
    )
    return unit_page.build(
        chain or a_sound_chain(), history, as_of("/x/", {"dato": day})
    )


def test_a_unit_says_what_is_above_it_and_below_it_on_the_day():
    chain = a_sound_chain(
        a_place("klynge", Kind.CLUSTER, "999", name="Klynge Nord"),
        a_place("nord", name="Nordskolen", cluster="klynge"),
        a_place("3a", Kind.CLASS, "nord", name="3.a"),
    )

    view = page(chain=chain)

    assert (view.name, view.kind) == ("Nordskolen", "School")
    assert [one.text for one in view.above] == [
        *("Fjordby Municipality", "Schools", "Klynge Nord")
    ]
    assert [(one.text, one.note) for one in view.below] == [("3.a", "Class")]
    assert view.below[0].href == "/kommune/999/enhed/3a/?dato=2026-09-01"
    assert view.results == "/institution/nord/?dato=2026-09-01"


def test_a_unit_shows_its_posts_without_names():
    vacant = a_held_post("x", unit="nord", holder="")

    view = page(chain=a_sound_chain(vacant))

    assert [one.note for one in view.posts] == ["held", "vacant"]
    assert "Kim" not in str(view)


@pytest.mark.parametrize(
    ("until", "day", "words"),
    [
        (SUMMER, "2026-09-01", "The unit was closed on Aug. 1, 2024."),
        (None, "1999-01-01", "The unit was not there yet. It began on Aug. 1, 2000."),
        (None, "2026-09-01", "The unit was not there on that day."),
    ],
)
def test_a_unit_that_is_not_there_on_the_day_says_why(until, day, words):
    view = page(a_row("gone", until=until), day=day)

    assert (view.name, view.away) == ("Den nye skole", words)
    assert (view.above, view.posts, view.below) == ((), (), ())


def test_whom_it_carries_on_and_who_carries_it_on_is_told_with_the_day():
    lineage = a_lineage((2, 1, SUMMER), (1, 3, date(2025, 8, 1)))

    assert [
        (one.text, one.href, one.note) for one in page(lineage=lineage).kinship
    ] == [
        ("Carries on u2", "/kommune/999/enhed/u2/", "from Aug. 1, 2024"),
        ("Carried on by u3", "/kommune/999/enhed/u3/", "from Aug. 1, 2025"),
    ]


def test_names_and_places_are_told_newest_first_with_the_way_to_their_day():
    names = (Spell(since=SUMMER, until=None, words="Den nye skole"),)
    places = (Spell(since=LONG_AGO, until=SUMMER, words="Skoler"),)

    items = page(names=names, places=places).history

    assert [(one.text, one.note) for one in items] == [
        ("Name: Den nye skole", "since Aug. 1, 2024"),
        ("Under Skoler", "Aug. 1, 2000 until Aug. 1, 2024"),
    ]
    assert items[0].href == "/kommune/999/enhed/nord/?dato=2024-08-01"


def test_only_institutions_have_results():
    row = a_row("schools")
    row.kind = "area"

    assert page(row).results == ""

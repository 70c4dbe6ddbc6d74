"""Places as lists, and the page of an institution."""

from datetime import date

import pytest

from kaeden.goals.indicators import catalogue
from kaeden.organisation.history import UnitHistory
from kaeden.organisation.models import Unit
from kaeden.organisation.rules import Kind
from kaeden.presentation import (
    institution,
    places,
)
from kaeden.presentation.as_of import as_of
from kaeden.presentation.charts.marks import ListItem
from kaeden.presentation.unit import UnitPage
from kaeden.publication.series import Pooling, Series, as_organised_now, released
from kaeden.shared.status import ValueStatus
from tests.builders.figures import (
    a_current_release,
    a_figure,
    a_town,
)
from tests.builders.lineages import LONG_AGO, SUMMER, a_lineage, a_row
from tests.builders.structure import a_place as a_part
from tests.builders.structure import a_sound_chain

pytestmark = pytest.mark.usefixtures("english")
RELEASE = a_current_release()


def a_place(path="dk/999/schools/999001", kind="school", name="Nordskolen", **facts):
    parent = None
    parts = path.split("/")
    if len(parts) == 4:
        town = Unit(path="/".join(parts[:2]), code=parts[1], kind="municipality")
        town.name = "Fjordby"
        parent = Unit(path="/".join(parts[:3]), code=parts[2], kind="area", parent=town)
    return Unit(
        pk=7, path=path, code=parts[-1], kind=kind, name=name, parent=parent, **facts
    )


def test_a_search_names_what_kind_of_place_it_found_and_where():
    town = a_place("dk/999", "municipality", "Fjordby")

    school, first = places.found("", [a_place(form="folkeskole"), town])

    assert school.note == "municipal school, Fjordby"
    assert first.href == "/kommune/999/"


def test_a_search_says_of_a_place_in_fjordby_that_it_is_invented():
    real = a_place("dk/706", "municipality", "Syddjurs")

    found = places.found(
        "", [a_place(), a_place("dk/999", "municipality", "Fjordby"), real]
    )

    assert [one.text for one in found] == [
        "Nordskolen (invented)",
        "Fjordby Municipality (invented)",
        "Syddjurs Municipality",
    ]


def test_a_search_names_the_municipality_however_deep_a_place_lies():
    area = a_place("dk/999/daycare/G99901", "daycare").parent
    cluster = Unit(path="dk/999/daycare/nord", kind="cluster", name="Nord", parent=area)
    deep = a_place("dk/999/daycare/nord/G99901", "daycare", form="vuggestue")
    deep.parent = cluster
    outside = a_place("dk/others/280001", form="efterskole")

    found = places.found("", [deep, outside])

    assert [one.note for one in found] == ["nursery, Fjordby", "boarding school"]


def test_a_search_finds_indicators_by_two_letters_or_more():
    found = places.found("absence", [])

    assert "/indikator/school-absence/" in {one.href for one in found}
    assert places.found("a", []) == []


def test_institutions_are_grouped_by_area_and_private_ones_stand_last():
    chain = a_sound_chain(
        a_part("alone", parent="999", name="Specialskolen"),
        a_part("sol", Kind.DAYCARE, "daycare", name="Solstrålen", form="vuggestue"),
        a_part("daycare", Kind.AREA, "999"),
        a_part("3a", Kind.CLASS, "nord"),
    )

    groups = places.by_area(chain, "?dato=2026-08-01")

    assert [(group.title, bool(group.note)) for group in groups] == [
        ("Schools", False),
        ("Day care", False),
        ("Specialskolen", False),
        ("Private and independent institutions", True),
    ]
    assert [one.text for one in groups[0].items] == ["Nordskolen", "Sydskolen"]
    assert groups[1].items[0].href == "/institution/sol/?dato=2026-08-01"
    assert groups[1].items[0].note == "nursery"


def test_an_unknown_form_is_shown_as_the_register_has_it():
    assert places.form_words(a_place(form="skovskole")) == "skovskole"


def an_institution(unit, figures=(), above=(), peers=(), *, lineage=None, day=None):
    unit.valid_from = LONG_AGO
    lineage = lineage or a_lineage(unit=unit.pk)
    history = UnitHistory(unit=unit, names=(), places=(), lineage=lineage)
    pooling = dict.fromkeys(catalogue(), Pooling.BY_CHILDREN).__getitem__
    asked = {"dato": day.isoformat()} if day else {}
    organised = institution.Organised(as_of=as_of("/x/", asked), history=history)
    series = as_organised_now(list(figures), lineage, released(unit), pooling=pooling)
    return institution.build(unit, series, list(above), list(peers), RELEASE, organised)


def test_results_without_a_number_stand_last_on_an_institutions_page():
    figures = [
        a_figure(),
        a_figure(indicator="exam-mark", value=None, status=ValueStatus.MISSING),
    ]

    page = an_institution(a_place(), figures)

    assert [card.id for card in page.cards] == ["school-absence"]
    assert [card.id for card in page.without] == ["exam-mark"]


def test_a_day_care_institution_shows_its_municipalitys_day_care():
    house = a_place("dk/999/daycare/G99901", "daycare", "Børnehuset Solstrålen")
    own = a_figure(unit=a_town(), indicator="staffing-0-2", period="2023", value=3.0)
    school = a_figure(unit=a_town(), indicator="high-absence", value=20.0)

    page = an_institution(house, above=[own, school])

    assert [card.id for card in page.municipal] == ["staffing-0-2"]
    assert an_institution(a_place(), above=[own]).municipal == ()


def test_an_institutions_page_leads_back_to_its_municipality():
    page = an_institution(a_place(), peers=[a_place(name="Sydskolen")])

    assert [crumb.text for crumb in page.crumbs] == [
        *("Denmark", "Fjordby Municipality", "Nordskolen")
    ]
    assert [(one.text, one.note) for one in page.peers] == [("Sydskolen", "Fjordby")]


def test_a_school_outside_every_municipality_says_that_it_leads_itself():
    page = an_institution(a_place("dk/others/999009"))

    assert len(page.crumbs) == 2
    assert page.outside == "The municipality does not lead this institution."
    assert (page.history, page.kinship) == ("", ())
    assert an_institution(a_place()).outside == ""


# Then and now --------------------------------------------------------------------------


def absence(unit, period, **facts):
    return a_row(unit, period, 7.5, **facts)


def test_a_merger_is_marked_on_the_curve_and_said_above_it():
    figures = [absence(7, "2023/24"), absence(2, "2023/24")]
    figures.append(absence(7, "2024/25", is_latest=True))

    page = an_institution(a_place(), figures, lineage=a_lineage((2, 7, SUMMER), unit=7))

    (card,) = page.cards
    assert "2024/25: joined by u2." in card.curve.table.note
    assert [one.text for one in page.kinship] == ["Carries on u2"]
    assert page.series[0].href == "/institution/999001/?dato=2024-07-31"


def test_before_the_merger_the_page_offers_the_way_back_to_now():
    lineage = a_lineage((2, 7, SUMMER), unit=7)

    page = an_institution(a_place(), lineage=lineage, day=date(2024, 7, 31))

    assert page.series[0].href == "/institution/999001/"


@pytest.mark.parametrize(
    ("descents", "new", "words"),
    [
        ([(2, 7, SUMMER)], {7: SUMMER}, "carries on u2"),
        ([(2, 7, SUMMER), (2, 3, SUMMER)], {}, "split from u2, with u3"),
    ],
)
def test_a_change_is_said_as_what_it_was(descents, new, words):
    lineage = a_lineage(*descents, unit=7, new=new)
    figures = [absence(2, "2023/24"), absence(7, "2024/25", is_latest=True)]

    (card,) = an_institution(a_place(), figures, lineage=lineage).cards

    assert f"2024/25: {words}." in card.curve.table.note


def test_a_figure_says_that_it_was_put_together_or_carried_on():
    lineage = a_lineage((2, 7, SUMMER), (3, 7, SUMMER), unit=7, new={7: SUMMER})
    both = [absence(2, "2023/24"), absence(3, "2023/24")]

    (pooled,) = an_institution(a_place(), both, lineage=lineage).cards
    (carried,) = an_institution(a_place(), both[:1], lineage=lineage).cards

    assert "the mean of the units before" in pooled.origin
    assert carried.origin == "The figure of the unit that this one carries on."


def test_an_institution_that_is_closed_says_when():
    unit = a_place()
    unit.valid_to = SUMMER

    assert an_institution(unit).away == "The unit was closed on Aug. 1, 2024."


def test_on_another_day_the_way_down_is_that_of_the_day():
    unit = a_place()
    unit.valid_from = LONG_AGO
    lineage = a_lineage(unit=7)
    history = UnitHistory(unit=unit, names=(), places=(), lineage=lineage)
    shown = as_of("/x/", {"dato": "2024-07-31"})
    place = UnitPage(
        name="Den gamle skole",
        kind="School",
        above=(ListItem(text="Fjordby Municipality", href="/kommune/999/enhed/999/"),),
        away="",
        kinship=(),
        posts=(),
        below=(),
        history=(),
        results="",
    )
    organised = institution.Organised(as_of=shown, history=history, place=place)

    page = institution.build(unit, Series(figures=()), [], [], RELEASE, organised)

    assert [one.text for one in page.crumbs] == [
        *("Denmark", "Fjordby Municipality", "Den gamle skole")
    ]

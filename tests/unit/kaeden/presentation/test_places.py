"""Places as lists, and the page of an institution."""

import pytest

from kaeden.organisation.models import Unit
from kaeden.presentation import (
    institution,
    places,
)
from kaeden.shared.status import ValueStatus
from tests.builders.figures import (
    a_current_release,
    a_figure,
    a_town,
)

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


def test_institutions_are_grouped_by_area_and_private_ones_stand_apart():
    private = a_place("dk/999/others/999003", name="Fjord Friskole")

    groups = places.by_area([private, a_place()])

    assert [group.title for group in groups] == [
        "Schools",
        "Private and independent institutions",
    ]
    assert [bool(group.note) for group in groups] == [False, True]


def test_an_unknown_form_is_shown_as_the_register_has_it():
    assert places.form_words(a_place(form="skovskole")) == "skovskole"


def an_institution(unit, figures=(), peers=()):
    return institution.build(unit, list(figures), list(peers), RELEASE)


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

    page = an_institution(house, [own, school])

    assert [card.id for card in page.municipal] == ["staffing-0-2"]
    assert an_institution(a_place(), [own]).municipal == ()


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
    assert institution.units_read(a_place("dk/others/999009")) == [7]
    assert an_institution(a_place()).outside == ""

"""A municipality's own figures come in whole, or are refused whole with a sentence."""

import pytest

from kaeden.access.rules import NOBODY, SYSTEM, Role
from kaeden.data import actions, lake, own
from kaeden.data.errors import BadFile
from kaeden.data.models import DataImport
from kaeden.data.rules import scope_of
from kaeden.goals.indicators import Unit as Scale
from kaeden.goals.indicators import catalogue
from kaeden.organisation.models import Unit
from kaeden.organisation.queries import get_municipality
from kaeden.shared.errors import Forbidden
from kaeden.shared.status import ValueStatus
from tests.builders.files import a_file
from tests.builders.places import FJORDBY, HAVBY, LOADED, TOWN, a_country, an_actor

pytestmark = pytest.mark.django_db
HEADER = "enhed;indikator;skoleår;værdi;børn"
GOOD = (
    "999001;school-absence;2023/24;7,1;640",
    "999001;school-absence;2024/25;7,8;660",
    "999002;school-absence;2024/25;*;*",
    "999;high-absence;2024/25;;",
    "999;language-assessment;2024/25;0;130",
)


@pytest.fixture
def town():
    a_country()
    return get_municipality(FJORDBY)


def imported(town, *lines, by=SYSTEM):
    return actions.import_own(town, a_file(*(lines or GOOD), header=HEADER), by=by)


def absence(town="999"):
    found = lake.measure(f"own_{town}", "value", "school-absence")
    return dict(
        zip(
            zip(found.unit_code, found.period, strict=True),
            found.value.tolist(),
            strict=True,
        )
    )


def test_figures_come_in_with_the_children_behind_them(town):
    taken = imported(town)

    assert (taken.source, taken.rows) == ("own_999", 5)
    assert absence()["999001", "2024/25"] == 7.8
    children = lake.measure("own_999", "children", "school-absence")
    assert children.value.tolist()[:2] == [640, 660]


def test_a_place_without_a_number_says_why(town):
    imported(town)

    def statuses(name):
        return list(lake.measure("own_999", "value", name).status)

    assert statuses("school-absence")[2] is ValueStatus.HIDDEN
    assert statuses("high-absence") == [ValueStatus.MISSING]
    assert statuses("language-assessment") == [ValueStatus.ZERO]


def test_the_same_file_again_changes_nothing(town):
    first, before = imported(town), lake.snapshot("999")

    assert imported(town) == first
    assert DataImport.objects.count() == 1
    assert lake.snapshot("999") == before


def test_a_newer_file_replaces_the_whole_of_the_older_and_can_be_taken_back(town):
    imported(town)
    newer = imported(town, "999001;school-absence;2024/25;8,0;660")
    assert absence() == {("999001", "2024/25"): 8.0}

    actions.revert(newer, by=SYSTEM)

    assert len(absence()) == 3


def test_two_municipalities_and_the_country_each_have_a_lake_of_their_own(town):
    country = lake.snapshot()
    imported(town)
    mine = lake.snapshot("999")
    imported(get_municipality(HAVBY), "998001;school-absence;2024/25;6,0;200")

    assert lake.snapshot() == country
    assert lake.snapshot("999") == mine != lake.snapshot("998")


@pytest.mark.parametrize(
    ("source", "scope"),
    [("own_999", "999"), ("schools", "dk"), ("own_notifications", "dk")],
)
def test_a_source_tells_whose_figures_it_holds(source, scope):
    assert scope_of(source) == scope


REFUSED = {
    "another municipality's school": (
        "998001;school-absence;2024/25;6,0;200",
        "Line 2, column “enhed”: “998001” is not a unit of this municipality.",
    ),
    "another municipality": (
        "998;high-absence;2024/25;16,0;3000",
        "“998” is not a unit of this municipality",
    ),
    "a school's indicator at a day care": (
        "G99901;school-absence;2024/25;6,0;60",
        "“G99901” can't have this indicator: it is for another kind of unit.",
    ),
    "a municipality's indicator at a school": (
        "999001;staffing-0-2;2024/25;3,1;60",
        "“999001” can't have this indicator",
    ),
    "a mean that Kæden works out itself": (
        "999;school-absence;2024/25;6,0;900",
        "“999” can't have this indicator",
    ),
    "an indicator that nobody knows": (
        "999001;happiness;2024/25;6,0;60",
        "“happiness” is not one of the contract's groups",
    ),
    "a share of more than all": (
        "999001;school-absence;2024/25;102,0;60",
        "102,0 is outside what the number can possibly be",
    ),
    "a decimal point": (
        "999001;school-absence;2024/25;6.0;60",
        "“6.0” is not a number with “,” as its decimal sign",
    ),
    "no children": (
        "999001;school-absence;2024/25;6,0;",
        "column “børn”: A figure needs the number of children behind it.",
    ),
    "a calendar year": (
        "999001;school-absence;2024;6,0;60",
        "“2024” is not one of the years",
    ),
}


@pytest.mark.parametrize(("line", "says"), REFUSED.values(), ids=REFUSED)
def test_what_a_file_may_not_hold_refuses_it_whole(town, line, says):
    imported(town)

    with pytest.raises(BadFile) as refused:
        imported(town, line)

    assert says in refused.value.message
    assert "nothing has changed" in refused.value.message
    assert len(absence()) == 3


@pytest.mark.parametrize("column", range(2))
def test_what_looks_like_a_person_is_never_repeated(town, column):
    cells = ["999001", "school-absence", "2024/25", "6,0", "60"]
    cells[column] = "010190-1234"

    with pytest.raises(BadFile) as refused:
        imported(town, ";".join(cells))

    assert "1234" not in refused.value.message


@pytest.mark.parametrize("actor", [NOBODY, an_actor(Role.DIRECTOR, TOWN)])
def test_only_the_command_line_imports(town, actor):
    with pytest.raises(Forbidden):
        imported(town, by=actor)


def test_every_scale_of_the_catalogue_has_a_range():
    assert own.POSSIBLE.keys() >= {one.unit for one in catalogue().values()}
    assert own.POSSIBLE.keys() == set(Scale)


def test_a_school_that_has_ended_keeps_its_figures(town):
    Unit.objects.filter(code="999002").update(valid_to=LOADED)

    imported(town)

    assert ("999002", "2024/25") in absence()

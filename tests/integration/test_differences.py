"""Where differences lie, and raw beside fair values: who sees what, and at what price."""

import csv
import io
import re

import pytest
from django.test import Client

from kaeden.access.rules import Role
from kaeden.engine.model_results import LevelShare
from kaeden.engine.models import Run
from tests.builders.figures import (
    a_model_result,
    a_release,
    a_result,
    a_town_result,
    a_unit_result,
)
from tests.builders.places import (
    NORDSKOLEN,
    SCHOOLS,
    TOWN,
    a_country,
    a_holder,
)

pytestmark = pytest.mark.django_db
WELLBEING = "wellbeing-general"
HERE = ("999", WELLBEING)
OF_UNITS = ("fair", "spread", "gradient")
OF_ALL = ("differences", "model_method")
MOST_QUERIES = 12


def of_fjordby(*models):
    """Release models with figures of Fjordby's own."""
    figure = a_result(indicator=WELLBEING, value=3.8)
    made = a_release(figure, a_town_result(), models=models)
    Run.objects.filter(pk=made.run_id).update(scope="999")
    return made


@pytest.fixture
def modelled(db):
    a_country()
    shares = (
        LevelShare(level="institution", share=0.06, low=0.03, high=0.12, groups=12),
        LevelShare(level="class", share=0.09, low=0.05, high=0.14, groups=88),
        LevelShare(level="child", share=0.85, low=0.8, high=0.9, groups=3000),
    )
    units = (a_unit_result(fair=4.17, low=4.0, high=4.3), a_unit_result("999002", n=3))
    return of_fjordby(a_model_result(*units, shares=shares))


@pytest.fixture
def at_post(modelled):
    """A client that is signed in as the holder of a post."""

    def sign_in(role, path):
        client = Client()
        client.force_login(a_holder(Role(role), path))
        return client

    return sign_in


# What everybody sees ------------------------------------------------------------------


def test_the_sentence_stands_on_the_page_and_in_the_list(modelled, client, to):
    said = (
        "Af forskellene mellem elever ligger 6\u00a0% mellem skoler, 9\u00a0% mellem "
        "klasser på samme skole og 85\u00a0% mellem elever i samme klasse."
    )

    assert said in client.get(to("differences", *HERE)).text
    assert said in client.get(to("all_differences", "999")).text


def test_the_page_says_how_sure_it_is_and_what_it_does_not_mean(modelled, client, to):
    page = client.get(to("differences", *HERE)).text

    assert "Andelen mellem skoler er højst sandsynligt mellem 3 og 12\u00a0%." in page
    assert "Det siger ikke, hvad de kommer af." in page
    assert to("model_method", *HERE) in page


def test_a_visitor_sees_no_unit_and_no_way_to_one(modelled, client, to):
    for name in (*OF_ALL, "model_file"):
        page = client.get(to(name, *HERE)).text
        assert "Nordskolen" not in page
        assert "4,17" not in page
        assert not any(to(one, *HERE) in page for one in OF_UNITS)


def test_the_method_says_that_the_best_answer_was_found(modelled, client, to):
    page = client.get(to("model_method", *HERE)).text

    assert "Beregningen fandt det bedste svar, og det er efterprøvet" in page
    assert "forældrenes uddannelse" in page
    assert "Ikke til at rangordne skoler" in page


def test_a_calculation_that_was_not_finished_warns_on_its_page(client, to):
    a_country()
    of_fjordby(a_model_result(is_optimum=False))

    page = client.get(to("model_method", *HERE)).text

    assert "Byg ikke noget på tallene" in page


def test_shares_that_rest_on_too_few_units_are_left_out_with_the_reason(client, to):
    a_country()
    few = (
        LevelShare(level="institution", share=0.37, low=0.3, high=0.4, groups=3),
        LevelShare(level="child", share=0.63, low=0.6, high=0.7, groups=300),
    )
    of_fjordby(a_model_result(shares=few))

    page = client.get(to("differences", *HERE)).text

    assert "færre end 5 enheder" in page
    assert "37" not in page
    assert "færre end 5 enheder" in client.get(to("all_differences", "999")).text


def test_open_data_hold_the_shares_and_no_unit(modelled, client, to):
    answer = client.get(to("model_file", *HERE))

    rows = list(csv.DictReader(io.StringIO(answer.text), delimiter=";"))
    shares = {one["name"]: one["estimate"] for one in rows if one["what"] == "share"}
    assert shares == {"institution": "0.06", "class": "0.09", "child": "0.85"}
    assert {one["what"] for one in rows} == {"share", "coefficient"}
    assert "attachment" in answer["Content-Disposition"]


@pytest.mark.parametrize("name", [*OF_ALL, "all_differences"])
def test_without_rows_a_page_says_so(client, to, name):
    a_country()
    of_fjordby()

    page = client.get(to(name, *HERE[: 1 if name == "all_differences" else 2]))

    assert page.status_code == 200
    assert "rækker for hvert barn" in page.text


@pytest.mark.parametrize(
    ("name", "args"), [("all_differences", HERE[:1]), ("model_file", HERE)]
)
def test_what_is_not_noted_as_looked_up_is_the_same_for_all(
    at_post, client, to, name, args
):
    def shown_to(reader):
        text = reader.get(to(name, *args)).text
        return text.partition("<main")[2].partition("</main")[0] or text

    assert shown_to(at_post(Role.CHIEF_SCHOOLS, SCHOOLS)) == shown_to(client)


# What is for some ---------------------------------------------------------------------


def test_raw_and_fair_stand_side_by_side_by_name(at_post, to):
    page = at_post(Role.CHIEF_SCHOOLS, SCHOOLS).get(to("fair", *HERE)).text

    assert page.index("Nordskolen") < page.index("Sydskolen")
    assert "3,80" in page
    assert "4,17" in page
    assert "skjult" in page
    assert "1 enhed er skjult, fordi der er få elever bag." in page


def test_a_leader_meets_the_own_unit_first(at_post, to):
    page = at_post(Role.LEADER, NORDSKOLEN).get(to("fair", *HERE)).text

    assert "Nordskolen: Den rå værdi er 3,80, gennemsnittet af 300 elever" in page
    assert "højst sandsynligt mellem 4,00 og 4,30" in page


def test_a_leader_reads_how_children_of_the_own_unit_lie_apart(at_post, to):
    leader = at_post(Role.LEADER, NORDSKOLEN)

    spread = leader.get(to("spread", *HERE)).text
    gradient = leader.get(to("gradient", *HERE)).text

    assert "et barn ligger typisk 0,60 fra det" in spread
    assert "Af forskellene på samme skole ligger 10\u00a0% mellem klasser." in spread
    assert (
        "Nordskolen: tre års længere uddannelse hos forældrene følges med" in gradient
    )
    assert "viser ikke, at de to enheder er forskellige" in gradient


def test_a_leader_reads_nothing_from_within_another_unit(at_post, to):
    leader = at_post(Role.LEADER, "dk/999/schools/999002")

    for name in ("spread", "gradient"):
        page = leader.get(to(name, *HERE)).text
        assert "Nordskolen" not in page
        assert "Din stilling gælder ingen enhed med børn nok" in page


@pytest.mark.parametrize("name", OF_UNITS)
def test_politicians_are_refused_what_is_said_of_units(at_post, to, name):
    committee = at_post(Role.COMMITTEE, TOWN)

    assert committee.get(to(name, *HERE)).status_code == 403
    page = committee.get(to("differences", *HERE)).text
    assert "Nordskolen" not in page
    assert to(name, *HERE) not in page


@pytest.mark.parametrize("name", OF_UNITS)
def test_units_of_another_municipality_are_not_there(at_post, to, name):
    outside = at_post(Role.DIRECTOR, "dk/998")

    assert outside.get(to(name, *HERE)).status_code == 404


@pytest.mark.parametrize("name", OF_UNITS)
def test_a_visitor_is_sent_to_sign_in(modelled, client, to, name):
    assert client.get(to(name, *HERE)).status_code == 302


@pytest.mark.parametrize("name", OF_UNITS)
def test_a_page_of_units_without_rows_says_so(at_post, to, name):
    page = at_post(Role.DIRECTOR, TOWN).get(to(name, "999", "exam-mark")).text

    assert "rækker for hvert barn" in page


@pytest.mark.parametrize("name", [*OF_ALL, *OF_UNITS])
def test_each_page_costs_little(at_post, to, name, django_assert_max_num_queries):
    director = at_post(Role.DIRECTOR, TOWN)

    with django_assert_max_num_queries(MOST_QUERIES):
        assert director.get(to(name, *HERE)).status_code == 200


# Every exit ---------------------------------------------------------------------------

SECRET = {"raw": 2.347, "fair": 2.913, "low": 2.119, "high": 3.271, "spread": 0.787}
HIDDEN = {"n": 3, "gradient": 0.391} | SECRET
DRAWN = re.compile(r'(?:csrfmiddlewaretoken" value|data-keeper)="[^"]*"')
"""What is drawn at random for each page, and may hold any letters."""


def test_what_is_hidden_stands_in_no_exit(client, to):
    a_country()
    small = a_unit_result("999002", **HIDDEN)
    in_class = a_unit_result("999001-8A", level="class", **(HIDDEN | {"n": 24}))
    of_fjordby(a_model_result(a_unit_result(), small, in_class, rows=303))
    director = Client()
    director.force_login(a_holder(Role.DIRECTOR, TOWN))

    places = [*OF_ALL, *OF_UNITS, "model_file"]
    told = [director.get(to(one, *HERE)).text for one in places]
    told += [director.get(to("all_differences", "999")).text]
    told += [director.get(to("institution", "999002")).text]

    for page in (DRAWN.sub("", text) for text in told):
        for number in SECRET.values():
            assert f"{number:.2f}".replace(".", ",") not in page
            assert f"{number}" not in page
        assert "8A" not in page
        assert "303" not in page


# The way there ------------------------------------------------------------------------


def test_a_result_leads_to_where_the_differences_lie(at_post, client, to):
    for reader in (client, at_post(Role.LEADER, NORDSKOLEN)):
        page = reader.get(to("result", "999001", WELLBEING)).text
        assert to("differences", *HERE) in page


def test_the_pages_of_school_municipality_and_indicator_lead_there(
    modelled, client, to
):
    a_release(a_result(indicator=WELLBEING, value=3.8))

    assert to("differences", *HERE) in client.get(to("institution", "999001")).text
    assert to("all_differences", "999") in client.get(to("municipality", "999")).text
    assert to("differences", *HERE) in client.get(to("indicator", WELLBEING)).text


def test_a_municipality_without_a_model_has_no_way_there(client, to):
    a_country()
    of_fjordby()

    page = client.get(to("municipality", "999")).text

    assert to("all_differences", "999") not in page


# The worked example -------------------------------------------------------------------


def test_the_worked_example_shows_real_schools_by_number(client, to):
    a_country()
    units = [a_unit_result(f"{one:05}", raw=514.0, n=30) for one in range(1, 26)]
    example = {"indicator": "", "recipe": "pisa-2003-maths", "period": "2003"}
    told = {"gradient_of": "escs", "gradient_step": 1.0}
    a_release(a_result(), models=(a_model_result(*units, **example, **told),))

    page = client.get(to("worked_example")).text

    assert "Her er tegnet 20 af de 25 skoler, efter nummer." in page
    assert "Skole 00020" in page
    assert "Skole 00021" not in page
    assert "Matematik" in page
    assert "OECD (PISA 2003)" in page


def test_without_the_worked_example_its_page_says_so(client, to):
    assert (
        "ikke regnet ud i denne installation" in client.get(to("worked_example")).text
    )

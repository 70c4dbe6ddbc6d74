"""A reorganisation drawn with forms, seen beside today, saved and carried out."""

from dataclasses import replace

import pytest
from django.test import Client
from django.utils import translation
from django.utils.html import escape

from kaeden.access.rules import Role
from kaeden.organisation.files.reading import read_chain
from kaeden.organisation.models import Draft
from kaeden.organisation.queries import get_municipality
from kaeden.organisation.snapshot import chain_of
from kaeden.shared.clock import today
from kaeden.web.step_forms import ASKED, BY_SLUG, StepForm, made_of
from tests.builders.chains import BEGAN, a_chain, applied, without
from tests.builders.places import an_account, post_at

pytestmark = pytest.mark.django_db
BASE = "/kommune/999/udkast/"
TOWN, SCHOOLS = "dk/999", "dk/999/schools"
MERGE = {"unit": "999001", "other": "999002", "name": "Fjordskolen", "code": ""}


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def _fjordby(db):
    applied(a_chain())


def as_holder(role, path):
    user = an_account(f"{role} {path}")
    post = post_at(path, role)
    post.holdings.all().delete()
    post.holdings.create(user=user, valid_from=BEGAN)
    client = Client()
    client.cookies["django_language"] = "en"
    client.force_login(user)
    return client


@pytest.fixture
def director():
    return as_holder(Role.DIRECTOR, TOWN)


@pytest.fixture
def address(director):
    return director.post(f"{BASE}nyt/", {"name": "Én skole"})["Location"]


def test_a_director_begins_a_draft_and_finds_it_again(director, address):
    assert "Én skole" in director.get(BASE).text
    assert "No step is drawn yet." in director.get(address).text


@pytest.mark.parametrize("slug", BY_SLUG)
def test_every_kind_of_step_has_its_form(director, address, slug):
    text = director.get(f"{address}?trin={slug}").text

    assert escape(str(ASKED[BY_SLUG[slug]].title)) in text
    assert f"{address}trin/{slug}/" in text


def test_an_unknown_step_shows_no_form(director, address):
    assert director.get(f"{address}?trin=x").context["form"] is None
    assert director.post(f"{address}trin/x/", {}).status_code == 404


def test_a_merger_is_seen_beside_today(director, address):
    director.post(f"{address}trin/laeg-sammen/", MERGE)

    answer = director.get(address)
    view = answer.context["view"]
    beside = {row.name: (row.today, row.draft) for row in view.measures}
    assert beside["Units"] == ("8", "7")
    assert beside["Leading posts"] == ("7", "6")
    assert "Merge Nordskolen and Sydskolen into “Fjordskolen”." in answer.text
    assert any("Sydskolen" in sentence for sentence in view.vanish)
    assert {row.name: row.draft for row in view.spans}[
        "Institution leader, Sydskolen"
    ] == "not there"


def test_what_a_draft_breaks_is_told(director, address):
    step = {"post": "leder-999002", "staff": "90"}
    director.post(f"{address}trin/medarbejdere/", step)

    view = director.get(address).context["view"]

    assert view.appear == (
        "Institution leader, Sydskolen leads 90 directly. The bounds are 8 to 25.",
    )
    assert view.spans[0].draft == "90 (outside the bounds)"


def test_a_post_whose_staff_is_not_known_says_so(director, address):
    step = {"title": "Ny", "role": "leader", "unit": "schools", "to": "skolechef"}
    director.post(f"{address}trin/ny-stilling/", step)

    spans = {row.name: row.draft for row in director.get(address).context["view"].spans}

    assert spans["Ny"] == "0 posts, staff not known"


def test_a_step_that_can_not_be_taken_comes_back_with_its_reason(director, address):
    step = {"unit": "schools", "to": "999001"}

    answer = director.post(f"{address}trin/flyt-enhed/", step)

    assert answer.status_code == 400
    assert "A unit can&#x27;t be moved below itself." in answer.text
    assert Draft.objects.get().steps == []


@pytest.mark.parametrize(
    ("slug", "step", "sentence"),
    [
        ("flyt-enhed", {}, "This field is required."),
        ("aabn-enhed", {"name": "x", "code": "a b"}, "Write letters a–z"),
        ("medarbejdere", {"post": "skolechef", "staff": "-1"}, "0"),
        ("opgave", {"post": "x", "task": "develop", "degree": "not"}, "x"),
    ],
)
def test_a_form_that_can_not_be_used_comes_back(
    director, address, slug, step, sentence
):
    answer = director.post(f"{address}trin/{slug}/", step)

    assert answer.status_code == 400
    assert sentence in answer.text


def test_a_step_is_taken_out_again(director, address):
    director.post(f"{address}trin/laeg-sammen/", MERGE)

    director.post(f"{address}fjern/1/")

    assert Draft.objects.get().steps == []


def test_a_step_that_today_has_overtaken_says_why(director, address):
    director.post(f"{address}trin/nedlaeg-stilling/", {"post": "leder-999002"})
    now = chain_of(get_municipality("999"), today())
    applied(replace(without(now, "leder-999002"), communities=()), on=today())

    assert "There is no post “leder-999002” any more." in director.get(address).text


def test_a_draft_is_saved_as_a_chain_file(director, address):
    director.post(f"{address}trin/laeg-sammen/", MERGE)

    answer = director.get(f"{address}kaede.yaml")

    chain = read_chain(answer.content, "kaede.yaml")
    assert chain.unit["999001"].name == "Fjordskolen"
    assert chain.carried_on == {"999002": ("999001",)}


def test_a_director_carries_a_draft_out(director, address):
    director.post(f"{address}trin/laeg-sammen/", MERGE)

    answer = director.post(
        f"{address}gennemfoer/", {"on": today().isoformat()}, follow=True
    )

    town = get_municipality("999")
    assert "The draft is carried out." in answer.text
    assert "Carried out from" in answer.text
    assert "Add a step" not in answer.text
    assert chain_of(town, today()).unit["999001"].name == "Fjordskolen"
    assert "carried out from" in director.get(BASE).text


@pytest.mark.parametrize(("day", "status"), [("i morgen", 400), ("2999-01-01", 409)])
def test_a_day_that_can_not_be_used_is_refused(director, address, day, status):
    director.post(f"{address}trin/laeg-sammen/", MERGE)

    assert director.post(f"{address}gennemfoer/", {"on": day}).status_code == status


def test_a_draft_is_thrown_away(director, address):
    answer = director.post(f"{address}slet/", follow=True)

    assert "The draft is thrown away." in answer.text
    assert "There is no draft yet." in answer.text


def test_a_chief_draws_and_does_not_carry_out():
    chief = as_holder(Role.CHIEF_SCHOOLS, SCHOOLS)
    address = chief.post(f"{BASE}nyt/", {"name": "Skoler"})["Location"]

    assert "The director carries drafts out." in chief.get(address).text
    assert chief.post(f"{address}gennemfoer/", {"on": "2026-01-01"}).status_code == 403


def test_a_chief_does_not_take_home_what_other_areas_decide():
    chief = as_holder(Role.CHIEF_SCHOOLS, SCHOOLS)
    address = chief.post(f"{BASE}nyt/", {"name": "Skoler"})["Location"]

    assert "kaede.yaml" not in chief.get(address).text
    assert chief.get(f"{address}kaede.yaml").status_code == 403


def test_another_chief_finds_no_such_draft(address):
    other = as_holder(Role.CHIEF_DAYCARE, "dk/999/daycare")

    assert other.get(address).status_code == 404
    assert other.get(f"{address}kaede.yaml").status_code == 403
    assert other.post(f"{address}slet/").status_code == 404


def test_a_leader_has_no_drafts():
    leader = as_holder(Role.LEADER, f"{SCHOOLS}/999001")

    assert leader.get(BASE).status_code == 403


def test_the_page_costs_the_same_however_long_the_draft(
    director, address, django_assert_max_num_queries
):
    for _ in range(5):
        director.post(
            f"{address}trin/medarbejdere/", {"post": "skolechef", "staff": "3"}
        )

    with django_assert_max_num_queries(26):
        director.get(address)


# Codes ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "taken", "code"),
    [
        ("Klynge Øst", (), "klynge-oest"),
        ("Klynge Øst", ("klynge-oest", "klynge-oest-2"), "klynge-oest-3"),
        ("Ærø Børnehus & Vuggestue ved havet", (), "aeroe-boernehus"),
        ("…", (), "ny"),
    ],
)
def test_a_code_is_made_of_the_name_where_none_is_given(name, taken, code):
    assert made_of(name, taken) == code


def test_two_new_units_get_two_codes():
    step = {"unit": "999001", "name": "Øst", "other_name": "Øst"}
    form = StepForm(step, kind="split_unit", chain=a_chain())

    assert form.is_valid()
    assert (form.step().code, form.step().other_code) == ("oest", "oest-2")

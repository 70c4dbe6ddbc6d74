"""A post's page and its charter, for the line, for a sister and for everybody."""

from dataclasses import replace

import pytest
from django.test import Client
from django.urls import resolve
from django.utils import translation

from kaeden.access.rules import Role
from kaeden.organisation.breaks import breaks
from kaeden.organisation.models import Charter, Holding
from kaeden.organisation.snapshot import all_chains
from kaeden.shared.clock import today
from tests.builders.chains import BEGAN, a_chain, applied, with_post, with_unit
from tests.builders.places import an_account, post_at

pytestmark = pytest.mark.django_db
TOWN, SCHOOLS = "dk/999", "dk/999/schools"
NORD, SYD = f"{SCHOOLS}/999001", f"{SCHOOLS}/999002"
CHIEF, DIRECTOR = (Role.CHIEF_SCHOOLS, SCHOOLS), (Role.DIRECTOR, TOWN)
LEADER, SISTER = (Role.LEADER, NORD), (Role.LEADER, SYD)
GOOD = {
    "area": "Sydskolens undervisning",
    "decision_room": "Skema og opgaver",
    "words_1": "Takster",
    "ask_1": "direktor",
    "communicate": "holds",
    **dict.fromkeys(
        ("choose", "evaluate", "prioritise", "lead_close", "develop", "coordinate"),
        "not",
    ),
}


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def _fjordby(db):
    chain = with_post(a_chain(), "leder-999002", holder="Sydskolens leder")
    chain = with_post(chain, "leder-999001", holder="Nordskolens leder")
    applied(chain)
    applied(with_unit(chain, "999002", name="Fjordskolen"), on=today())


def english(client):
    client.cookies["django_language"] = "en"
    return client


def as_holder(role, path):
    user = an_account(f"{role} {path}")
    post = post_at(path, role)
    Holding.objects.update_or_create(
        post=post, valid_to=None, defaults={"user": user, "valid_from": BEGAN}
    )
    client = english(Client())
    client.force_login(user)
    return client


def at(key, *more):
    return "/".join(["/kommune/999/stilling", key, *more, ""])


# A post --------------------------------------------------------------------------------


def test_everybody_sees_a_post_but_neither_its_holder_nor_its_charter(client):
    answer = english(client).get(at("leder-999001"))

    assert "Held since" in answer.text
    assert "Nordskolens leder" not in answer.text
    assert "Nordskolens undervisning og fritid" not in answer.text
    assert "read by those above and below it" in answer.text


@pytest.mark.parametrize("who", [DIRECTOR, CHIEF, LEADER])
def test_the_line_reads_the_charter(who):
    answer = as_holder(*who).get(at("leder-999001"))

    assert "Nordskolens undervisning og fritid" in answer.text


def test_a_sister_sees_who_holds_a_post_but_not_its_charter():
    answer = as_holder(*SISTER).get(at("leder-999001"))

    assert "Held by Nordskolens leder since" in answer.text
    assert "Nordskolens undervisning og fritid" not in answer.text


def test_a_post_shows_the_day_that_is_asked_for():
    client = as_holder(*CHIEF)

    assert "Fjordskolen" in client.get(at("leder-999002")).text
    then = client.get(f"{at('leder-999002')}?dato=2025-01-01")
    assert "As organised then" in then.text
    assert "Sydskolen" in then.text


@pytest.mark.parametrize("day", ["i går", "2999-01-01"])
def test_what_is_no_day_is_refused_with_a_sentence(client, day):
    assert client.get(f"{at('skolechef')}?dato={day}").status_code == 400


def test_before_the_municipality_was_there_the_page_says_so(client):
    answer = english(client).get(f"{at('skolechef')}?dato=1999-01-01")

    assert answer.status_code == 404
    assert "The municipality was not there" in answer.text


def test_a_closed_post_still_answers():
    chain = a_chain()
    chain = replace(chain, units=tuple(u for u in chain.units if u.code != "999002"))
    chain = replace(chain, posts=tuple(p for p in chain.posts if p.unit != "999002"))
    applied(replace(chain, communities=()), on=today())

    answer = as_holder(*CHIEF).get(at("leder-999002"))

    assert "The post was closed on" in answer.text
    assert "Change the charter" not in answer.text


def test_who_leads_a_post_fills_and_vacates_it_from_its_page():
    chief = as_holder(*CHIEF)

    assert "Vacate the post" in chief.get(at("leder-999002")).text
    chief.post(f"/stilling/{post_at(SYD, Role.LEADER).pk}/fratraed/")
    assert "Who is to hold the post?" in chief.get(at("leder-999002")).text


# A charter -----------------------------------------------------------------------------


def test_a_chief_writes_a_charter_with_the_form():
    chief = as_holder(*CHIEF)

    form = chief.get(at("leder-999002", "beskrivelse"))
    answer = chief.post(at("leder-999002", "beskrivelse", "gem"), GOOD, follow=True)

    assert "What may the post decide" in form.text
    assert answer.redirect_chain == [(at("leder-999002"), 302)]
    assert "Sydskolens undervisning" in answer.text


def test_the_form_begins_with_what_holds_today():
    form = as_holder(*CHIEF).get(at("leder-999001", "beskrivelse")).context["form"]

    assert form["area"].value() == "Nordskolens undervisning og fritid"
    assert (form["words_1"].value(), form["ask_1"].value()) == (
        "Skoledistrikter",
        "skolechef",
    )
    assert form["develop"].value() == "holds"
    assert form["read"].value() == Charter.objects.get().pk


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"area": ""}, "Write what the post leads."),
        ({"decision_room": "x" * 501}, "500"),
        ({"ask_1": ""}, "Choose whom to ask instead."),
        ({"words_1": ""}, "Write what the post does not decide."),
        ({"ask_1": "borgmester"}, "borgmester"),
        ({"communicate": "helt"}, "helt"),
    ],
)
def test_a_form_that_can_not_be_used_comes_back_with_what_is_wrong(changes, sentence):
    answer = as_holder(*CHIEF).post(
        at("leder-999002", "beskrivelse", "gem"), GOOD | changes
    )

    assert answer.status_code == 400
    assert sentence in answer.text
    assert Charter.objects.count() == 1


def test_a_line_ends_as_in_a_file_whatever_the_browser_sends():
    chief = as_holder(*CHIEF)

    chief.post(
        at("leder-999002", "beskrivelse", "gem"),
        GOOD | {"decision_room": "Skema\r\nHold"},
    )

    written = Charter.objects.get(post__key="leder-999002", valid_to=None)
    assert written.decision_room == "Skema\nHold"


def test_a_charter_that_was_changed_meanwhile_is_refused():
    answer = as_holder(*CHIEF).post(
        at("leder-999001", "beskrivelse", "gem"), GOOD | {"read": "0"}
    )

    assert answer.status_code == 409


@pytest.mark.parametrize(("who", "status"), [(LEADER, 403), (SISTER, 404)])
def test_who_does_not_lead_a_post_writes_nothing(who, status):
    client = as_holder(*who)

    assert client.get(at("leder-999001", "beskrivelse")).status_code == status
    answer = client.post(at("leder-999001", "beskrivelse", "gem"), GOOD)
    assert answer.status_code == status
    assert Charter.objects.count() == 1


def test_a_closed_post_gets_no_charter():
    chain = a_chain()
    chain = replace(chain, posts=tuple(p for p in chain.posts if p.unit != "999002"))
    applied(replace(chain, communities=()), on=today())

    answer = as_holder(*CHIEF).get(at("leder-999002", "beskrivelse"))

    assert answer.status_code == 404
    assert "The post is closed." in answer.text


# Posts and tasks -----------------------------------------------------------------------


def test_a_director_sees_the_tasks_of_all_posts():
    answer = as_holder(*DIRECTOR).get("/kommune/999/stillinger/")

    assert answer.status_code == 200
    assert len(answer.context["view"].matrices) == 1
    assert "has no charter" in answer.text


def test_a_sister_sees_what_lacks_but_not_the_others_tasks():
    answer = as_holder(*SISTER).get("/kommune/999/stillinger/")

    assert answer.context["view"].matrices == ()
    assert "No charter is written yet that you may read." in answer.text


def test_a_neighbour_finds_no_such_page(client):
    chain = replace(a_chain(), municipality="998", name="Havby", communities=())
    chain = replace(
        chain,
        units=tuple(
            replace(
                unit,
                code=unit.code.replace("999", "998"),
                parent=unit.parent.replace("999", "998"),
            )
            for unit in chain.units
        ),
        posts=tuple(
            replace(post, unit=post.unit.replace("999", "998")) for post in chain.posts
        ),
    )
    applied(chain)

    answer = as_holder(Role.DIRECTOR, "dk/998").get("/kommune/999/stillinger/")

    assert answer.status_code == 404


def test_the_page_costs_the_same_however_many_posts_there_are(
    django_assert_max_num_queries,
):
    client = as_holder(*DIRECTOR)

    with django_assert_max_num_queries(26):
        client.get("/kommune/999/stillinger/")


def test_every_address_that_a_break_begins_at_is_an_address():
    for one in breaks(all_chains(today()), today()):
        if "/udkast/" not in one.path:
            assert resolve(one.path).view_name in {"web:post", "web:charter"}


def test_the_chains_page_leads_on_for_those_within(client):
    ours, everybody = as_holder(*SISTER), english(client)

    assert "/kommune/999/stillinger/" in ours.get("/kommune/999/kaede/").text
    assert "/kommune/999/udkast/" not in ours.get("/kommune/999/kaede/").text
    assert "/kommune/999/stillinger/" not in everybody.get("/kommune/999/kaede/").text
    director = as_holder(*DIRECTOR)
    assert "/kommune/999/udkast/" in director.get("/kommune/999/kaede/").text

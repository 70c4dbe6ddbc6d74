"""Every kind of page, full, thin and empty: usable by all, quiet, within the screen."""

import pytest

pytestmark = pytest.mark.browser

PUBLIC = [
    "/",
    "/?indikator=daycare-pedagogues",
    "/?indikator=notifications",
    "/kommune/706/enheder/",
    "/kommune/706/kaede/",
    "/kommune/101/kaede/",
    "/kommune/706/maal/in-school-every-day/",
    "/indikator/",
    "/indikator/exam-mark/",
    "/indikator/school-absence/?kommune=706",
    "/indikator/staffing-3-5/",
    "/indikator/pupils-per-teacher/",
    "/indikator/socioeconomic-reference/",
    "/data/",
    "/soeg/",
    "/soeg/?q=nord",
    "/soeg/?q=xqxqxq",
    "/log-ind/",
    "/log-ind/?kommune=706",
    "/om/",
]
INSTITUTIONS = [
    "the school with the most numbers",
    "a school with hidden figures",
    "a school without a number",
    "a municipal day-care institution",
    "a private day-care institution",
    "a private school",
    "a boarding school",
]
MUNICIPALITIES = [
    "the municipality with the most numbers",
    "the municipality with the fewest numbers",
]
NOT_FOUND = [
    "/findes-ikke/",
    "/indikator/language-assessment/",
    "/kommune/000/",
    "/institution/000000/",
    "/indikator/x/",
]
IN_ENGLISH = ["/", "/kommune/706/", "/indikator/exam-mark/", "/kommune/706/kaede/"]


SPOIL = """
() => {
  document.documentElement.lang = "xx";
  document.querySelector("main").insertAdjacentHTML(
    "beforeend", '<h1>To</h1><img src="/static/findes-ikke.png"><svg width="2000"></svg>'
  );
  console.log("glemt");
  fetch("http://127.0.0.2:9/").catch(() => {});
}
"""


def test_what_is_wrong_with_a_page_would_be_seen(visit):
    visitor = visit()
    visitor.goto("/om/")
    visitor.page.evaluate(SPOIL)
    faults = "\n".join(visitor.faults())

    for fault in (
        "2 h1",
        "lang=xx",
        "image-alt",
        "sideways",
        "glemt",
        "404:",
        "127.0.0.2",
    ):
        assert fault in faults


@pytest.mark.parametrize("path", PUBLIC)
def test_a_public_page_is_sound(visit, path):
    visitor = visit()

    assert visitor.goto(path).status == 200
    assert visitor.faults() == []


@pytest.mark.parametrize("place", INSTITUTIONS)
def test_an_institution_is_sound_with_or_without_numbers(visit, product, place):
    visitor = visit()

    assert visitor.goto(f"/institution/{product.code_of(place)}/").status == 200
    assert visitor.faults() == []


def test_a_school_without_a_number_says_why_in_few_lines(visit, product):
    visitor = visit()
    visitor.goto(f"/institution/{product.code_of('a school without a number')}/")

    assert visitor.page.get_by_role("article").count() == 0
    assert "Tallet laves ikke for denne slags steder" in visitor.main()


@pytest.mark.parametrize("place", MUNICIPALITIES)
def test_a_municipality_is_sound_with_many_and_few_numbers(visit, product, place):
    visitor = visit()

    assert visitor.goto(f"/kommune/{product.code_of(place)}/").status == 200
    assert visitor.faults() == []


@pytest.mark.parametrize("path", NOT_FOUND)
def test_a_page_that_is_not_there_is_sound_and_says_so(visit, path):
    visitor = visit()

    assert visitor.goto(path).status == 404
    assert visitor.faults() == []


@pytest.mark.parametrize("path", IN_ENGLISH)
def test_a_page_is_sound_in_english(visit, path):
    visitor = visit()
    visitor.goto(path)
    visitor.press("English")

    assert visitor.faults(language="en") == []


@pytest.mark.parametrize(
    "post", ["Børne- og ungedirektør", "Skolechef", "Dagtilbudschef", "Familiechef"]
)
def test_an_empty_desk_is_sound(visit, product, post):
    visitor = visit()
    visitor.sign_in(post, product.town_without_a_queue())

    assert visitor.faults() == []


def test_a_full_queue_a_result_and_its_agenda_item_are_sound(visit, product):
    town = product.towns_with_a_queue()[0]
    chief, director = visit(), visit()
    chief.sign_in("Skolechef", town)
    assert chief.faults() == []

    chief.follow("Vurdér", exact=False)
    assert chief.faults() == []
    chief.page.get_by_label("For usikkert at sige").check()
    chief.fill("Hvorfor vurderer du sådan? Skriv én sætning", "Kun ét år er med.")
    chief.fill("Det næste skridt", "Vi ser igen til sommer.")
    chief.press("Gem vurderingen")
    assert chief.faults() == []

    director.sign_in("Børne- og ungedirektør", town)
    assert director.faults() == []


def test_the_desk_of_a_leader_is_sound(visit, product):
    visitor = visit()
    town = "740"
    _name, code = product.led_schools(town)[0]
    visitor.sign_in("Gå ind som leder", town, institution=code)

    assert visitor.faults() == []


def test_a_desk_without_a_post_is_sound(visit):
    visitor = visit()
    visitor.goto("/bord/")

    assert visitor.faults() == []


def test_an_adopted_goal_and_a_filled_post_are_sound(visit):
    visitor, town = visit(), "751"
    visitor.sign_in("Børne- og ungedirektør", town)
    visitor.goto(f"/kommune/{town}/maal/in-school-every-day/")
    assert visitor.faults() == []

    visitor.press("Vedtag målet")
    assert visitor.faults() == []
    visitor.goto(f"/kommune/{town}/kaede/")
    assert visitor.faults() == []
    visitor.goto(f"/kommune/{town}/")
    assert visitor.faults() == []


def test_the_page_that_refuses_is_sound(visit):
    """Somebody leaves the page open, and another window was quicker."""
    slow, quick, town = visit(), visit(), "746"
    for visitor in (slow, quick):
        visitor.sign_in("Børne- og ungedirektør", town)
        visitor.goto(f"/kommune/{town}/maal/in-school-every-day/")
    quick.press("Vedtag målet")

    with slow.page.expect_navigation() as answer:
        slow.press("Vedtag målet")

    assert answer.value.status == 409
    assert slow.faults() == []


def test_the_page_that_forbids_is_sound(visit):
    """A form sent to a municipality that one does not lead."""
    visitor = visit()
    visitor.sign_in("Børne- og ungedirektør", "727")
    visitor.goto("/kommune/727/maal/in-school-every-day/")
    visitor.page.evaluate(
        "() => document.querySelector('main form').action = "
        "'/kommune/730/maal/in-school-every-day/vedtag/'"
    )

    with visitor.page.expect_navigation() as answer:
        visitor.press("Vedtag målet")

    assert answer.value.status == 403
    assert visitor.faults() == []


def test_a_form_that_has_grown_too_old_is_answered_in_danish(visit):
    """The protection against forged forms speaks our language too."""
    visitor = visit()
    visitor.goto("/log-ind/?kommune=706")
    visitor.page.context.clear_cookies()

    with visitor.page.expect_navigation() as answer:
        visitor.press("Skolechef")

    assert answer.value.status == 403
    assert visitor.faults() == []


def test_a_failed_sign_in_says_what_to_mend(visit):
    visitor = visit()
    visitor.goto("/log-ind/")
    visitor.fill("Brugernavn", "ukendt")
    visitor.fill("Adgangskode", "forkert kodeord")
    visitor.press("Log ind")

    visitor.page.get_by_role("alert").wait_for()
    assert visitor.faults() == []

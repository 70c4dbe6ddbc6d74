"""What each reader comes to do, done the way a person does it."""

import csv
import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

SYDDJURS = "706"
GOAL = "Alle elever er i skole og er en del af fællesskabet"
SENTENCE = "Hvorfor vurderer du sådan? Skriv én sætning"
NEXT_STEP = "Det næste skridt"
DIRECTOR = "Børne- og ungedirektør"
CHIEF = "Skolechef"
LEADER = "Gå ind som leder"


def waiting(chief):
    """Return the links to the results that wait for assessment."""
    return chief.page.get_by_role("link", name=re.compile("^Vurdér"))


def queue(chief):
    """Return the words of each result that waits for assessment."""
    return waiting(chief).all_inner_texts()


def code_in(link):
    """Return the code of the unit that a link to assess is about."""
    return link.get_attribute("href").split("/")[2]


def assess(chief, link, *, sentence):
    """Assess the result that a link of the queue leads to."""
    link.click()
    chief.page.get_by_label("Reel udfordring").check()
    chief.fill(SENTENCE, sentence)
    chief.fill(NEXT_STEP, "Vi taler om det i august.")
    chief.press("Gem vurderingen")
    expect(chief.page.get_by_role("status").first).to_contain_text("gemt")


def test_a_citizen_goes_from_the_country_to_a_schools_curve_and_its_file(visit):
    citizen = visit()
    citizen.goto("/")
    citizen.page.get_by_label("Vis på kortet").select_option(label="Social trivsel")
    citizen.press("Vis")
    citizen.page.get_by_role("heading", name="Social trivsel", level=2).wait_for()

    citizen.follow("Syddjurs")
    citizen.follow("Skoler og dagtilbud")
    citizen.follow("Ebeltoft Skole")
    card = citizen.page.get_by_role("article").filter(has_text="Social trivsel").first
    card.get_by_text("Se kurven").click()
    card.get_by_text("Vis som tabel").first.click()
    rows = card.get_by_role("row")

    assert rows.count() >= 2
    assert card.get_by_role("img").filter(visible=True).count() == 1

    card.get_by_role("link", name="Social trivsel", exact=True).click()
    with citizen.page.expect_download() as download:
        citizen.follow("Hent alle tal (CSV)")
    with open(download.value.path(), encoding="utf-8") as file:
        lines = list(csv.reader(file, delimiter=";"))
    assert len(lines) > 1000


def test_a_citizen_finds_a_school_by_a_piece_of_its_name(visit):
    citizen = visit()
    citizen.goto("/")
    citizen.fill("Find en skole, kommune eller indikator", "ebeltoft")
    citizen.press("Søg")
    citizen.follow("Ebeltoft Skole")

    expect(citizen.page.get_by_role("heading", level=1)).to_have_text("Ebeltoft Skole")


def test_a_director_adopts_a_goal_and_sees_its_thread_on_the_chain(visit):
    director = visit()
    director.sign_in(DIRECTOR, SYDDJURS)
    director.goto(f"/kommune/{SYDDJURS}/")
    director.take_picture("kommune", height=1500)
    director.page.get_by_role("link", name=GOAL, exact=False).first.click()
    director.write_target("5,5")
    director.fill("Inden hvilket år", "2027/28")
    director.press("Vedtag målet")

    expect(director.page.get_by_role("status").first).to_have_text("Målet er vedtaget.")
    assert "Vedtaget i demoen, ikke af kommunen." in director.main()
    assert re.search(r"højst 5,5|5,5 %", director.main())

    for other in ("Flere elever har det godt", "Alle små børn er sammen med"):
        director.goto(f"/kommune/{SYDDJURS}/")
        director.page.get_by_role("link", name=other, exact=False).first.click()
        director.write_target("")
        director.fill("Inden hvilket år", "")
        director.press("Vedtag målet")
    director.goto(f"/kommune/{SYDDJURS}/kaede/")
    chain = director.page.get_by_role("img", name="Kæden i Syddjurs Kommune")
    expect(chain.filter(visible=True)).to_have_count(1)
    expect(director.page.get_by_text("3 mål er vedtaget").first).to_be_visible()
    director.page.get_by_text("Vis som liste").click()
    thread = director.page.get_by_role("listitem").filter(has_text="I skole hver dag")
    assert "(foreslået)" not in thread.first.inner_text()
    director.page.get_by_text("Vis som liste").click()
    assert director.complaints == []


def test_a_target_in_words_is_answered_with_a_sentence(visit):
    director = visit()
    director.sign_in(DIRECTOR, "710")
    director.goto("/kommune/710/maal/in-school-every-day/")
    director.write_target("så lidt som muligt")
    director.press("Vedtag målet")

    assert director.page.get_by_role("heading", level=1).inner_text()
    assert "tal" in director.main()
    director.goto("/kommune/710/")
    assert "Vedtaget i Kæden" not in director.main()


def test_a_target_without_a_year_asks_for_the_year(visit):
    director = visit()
    director.sign_in(DIRECTOR, "710")
    director.goto("/kommune/710/maal/in-school-every-day/")
    director.write_target("5")
    director.fill("Inden hvilket år", "")
    director.press("Vedtag målet")

    assert "Skriv, hvilket år målet skal være nået." in director.main()


def test_a_chief_assesses_one_of_at_most_seven_and_the_director_takes_it_up(
    visit, product
):
    town = product.towns_with_a_queue()[1]
    chief, director = visit(), visit()
    chief.sign_in(CHIEF, town)
    before = queue(chief)
    assert 1 <= len(before) <= 7

    assess(chief, waiting(chief).first, sentence="Det samme gælder på tre skoler.")
    assert before[0] not in queue(chief)
    assert "Du har vurderet 1 resultat." in chief.main()

    director.sign_in(DIRECTOR, town)
    assert "Det samme gælder på tre skoler." in director.main()
    director.press("Sæt på dagsordenen", exact=False)
    expect(director.page.get_by_role("status").first).to_have_text(
        "Punktet er på dagsordenen."
    )
    buttons = director.page.get_by_role("button", name="Sæt på dagsordenen")
    expect(buttons).to_have_count(0)


def test_only_the_leader_of_the_unit_reads_what_the_chief_wrote(visit, product):
    town = product.towns_with_a_queue()[2]
    chief, own, neighbour, citizen = visit(), visit(), visit(), visit()
    chief.sign_in(CHIEF, town)
    link = next(one for one in waiting(chief).all() if len(code_in(one)) == 6)
    code = code_in(link)
    assess(chief, link, sentence="Kun for jer at læse.")

    own.sign_in(LEADER, town, institution=code)
    assert "Kun for jer at læse." in own.main()

    other = next(one for _name, one in product.led_schools(town) if one != code)
    neighbour.sign_in(LEADER, town, institution=other)
    assert "Kun for jer at læse." not in neighbour.main()
    for reader in (neighbour, citizen):
        reader.goto(f"/institution/{code}/")
        assert "Kun for jer at læse." not in reader.main()


def test_an_assessment_without_a_sentence_leads_to_the_field(visit, product):
    town = product.towns_with_a_queue()[3]
    chief = visit()
    chief.sign_in(CHIEF, town)
    chief.follow("Vurdér", exact=False)
    # As a browser that does not check forms itself would send it.
    chief.page.evaluate(
        "() => document.querySelectorAll('form').forEach(one => one.noValidate = true)"
    )
    chief.press("Gem vurderingen")

    summary = chief.page.get_by_role("alert")
    expect(summary.get_by_role("link")).to_have_count(3)
    assert chief.faults() == []
    summary.get_by_role("link", name="Skriv en sætning").click()
    expect(chief.page.get_by_label(SENTENCE)).to_be_focused()
    summary.get_by_role("link", name="Vælg en af de fire").click()
    expect(chief.page.get_by_label("Tilfældig variation")).to_be_focused()


def test_an_analyst_reads_what_a_number_is_and_what_it_is_not(visit):
    analyst = visit()
    analyst.goto("/indikator/")
    analyst.follow("Karakterer ved 9. klasses prøver")

    for heading in ("Hvad tallet er", "Pas på"):
        analyst.page.get_by_role("heading", name=heading).wait_for()
    assert "Må ikke bruges sådan:" in analyst.main()
    funnel = analyst.page.get_by_role("figure").filter(has_text="Vis som tabel").first
    funnel.get_by_text("Vis som tabel").click()
    assert funnel.get_by_role("row").count() >= 5  # the heading, and who lies outside


def test_a_post_is_filled_and_made_vacant_again(visit):
    director = visit()
    director.sign_in(DIRECTOR, "756")
    director.goto("/kommune/756/kaede/")
    director.follow(CHIEF)
    director.fill("Hvem skal have stillingen?", "Skolechefen i demoen")
    director.press("Udfyld stillingen")
    assert "Skolechefen i demoen" in director.main()

    director.follow(CHIEF)
    director.press("Gør stillingen ledig")
    expect(director.page.get_by_role("status").first).to_have_text(
        "Stillingen er ledig."
    )

"""Which practice works, for whom and where: each role finds the right answer in Fjordby.

What is true is planted (docs/demo.md): small play groups work, dialogic reading works in
kindergartens alone, and two adults who teach together move nothing.
"""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
GROUPS, READING = "Faste små legegrupper", "Dialogisk læsning"
TOGETHER = "To voksne, der underviser sammen"
EFFECT = "Hvad har den gjort her?"
HERE = "Vil det virke hos os?"
OURS = "Ro de første ti minutter"
NUMBER = r"(−?\d+,\d+)"
INTERVAL = re.compile(rf"mellem {NUMBER} og {NUMBER}: Der ligger virkningen")
BETTER = re.compile(rf"ligger mellem {NUMBER} og {NUMBER} højere, end det ellers")
EXPECTED = re.compile(rf"fra {NUMBER} (lavere|højere) til {NUMBER} (lavere|højere)")


def value(words):
    """Return a number as it is written on a Danish page."""
    return float(words.replace("−", "-").replace(",", "."))


def interval(visitor):
    """Return between which numbers the page says that an effect lies."""
    return tuple(value(one) for one in INTERVAL.search(visitor.main()).groups())


def enter(visit, door):
    visitor = visit()
    visitor.enter(door)
    return visitor


def read_effect(visitor, practice, indicator):
    """Go from the list of practices to what one has done, the way a person does."""
    visitor.goto("/det-der-virker/")
    visitor.follow(practice)
    visitor.follow(EFFECT)
    visitor.page.wait_for_url(re.compile("/virkning/$"))
    visitor.follow(f"Se nærmere på {indicator}")
    visitor.page.wait_for_url(re.compile("/virkning/.+/"))


# Which practice works? -----------------------------------------------------------------


def test_a_chief_finds_the_practice_that_works_and_how_much(visit):
    chief = enter(visit, "Dagtilbudschef")
    read_effect(chief, GROUPS, "Trivsel i dagtilbud, set af forældre")
    low, high = interval(chief)

    assert 0 < low < 0.3 < high
    assert "mere end tilfældigheder plejer at give" in chief.main()
    assert "De valgte selv at begynde." in chief.main()
    assert chief.faults() == []


def test_a_chief_finds_no_difference_where_a_practice_does_nothing(visit):
    chief = enter(visit, "Skolechef")
    read_effect(chief, TOGETHER, "Ro og orden")
    low, high = interval(chief)

    assert low < 0 < high
    assert "Det kan være tilfældigt" in chief.main()
    assert "mere end tilfældigheder plejer at give" not in chief.main()
    assert chief.faults() == []


def test_a_chief_is_told_why_there_is_no_effect_of_what_too_few_use(visit):
    chief = enter(visit, "Skolechef")
    chief.goto("/det-der-virker/")
    chief.follow("Samtaler om fravær fra første uge")
    chief.follow(EFFECT)

    expect(chief.page.get_by_role("main")).to_contain_text("4 skoler med tal")
    assert (
        chief.page.get_by_role("link", name=re.compile("^Se nærmere på")).count() == 0
    )
    assert chief.faults() == []


def test_a_chief_decides_to_spread_it_and_says_why(visit):
    chief = enter(visit, "Dagtilbudschef")
    reason = "Ti steder bruger dem, og børnene trives bedre dér."
    chief.goto("/det-der-virker/small-play-groups/")
    chief.page.get_by_text("Beslut, hvad der skal ske med den").click()
    chief.page.get_by_role("radio").first.check()
    chief.page.get_by_role("main").locator("textarea").last.fill(reason)
    chief.press("Beslut")

    expect(chief.page.get_by_role("main")).to_contain_text(reason)
    expect(chief.page.get_by_role("main")).to_contain_text("Besluttet: skal spredes")
    assert chief.faults() == []


# Will it work here? --------------------------------------------------------------------


def test_a_chief_sees_that_what_works_in_one_kind_of_place_may_not_in_another(visit):
    chief = enter(visit, "Dagtilbudschef")
    chief.goto("/det-der-virker/dialogic-reading/")
    chief.follow(HERE)
    chief.follow("Børnehaven Regnfanget")
    chief.page.wait_for_url(re.compile("/hos-os/G99924/"))
    low, high = (value(one) for one in BETTER.search(chief.main()).groups())
    assert 0 < low < 0.45 < high
    assert "slet ikke at virke" not in chief.main()

    chief.goto("/det-der-virker/dialogic-reading/hos-os/")
    chief.follow("Børnehuset Solstrålen")
    chief.page.wait_for_url(re.compile("/hos-os/G99901/"))
    assert EXPECTED.search(chief.main()).groups()[1::2] == ("lavere", "højere")
    assert "slet ikke at virke" in chief.main()
    assert chief.faults() == []


def test_a_leader_guesses_sees_the_forecast_and_what_others_have_adapted(visit):
    leader = enter(visit, "Dagtilbudsleder")
    leader.goto("/det-der-virker/")
    leader.follow(READING)
    leader.follow(HERE)
    leader.page.wait_for_url(re.compile("/hos-os/G99901/"))
    assert EXPECTED.search(leader.main()) is None
    leader.page.get_by_label("Hvad tror du selv?").fill("0,3")
    leader.press("Vis forudsigelsen")

    assert EXPECTED.search(leader.main())
    assert "Vuggestuebørnene er med på tæppet" in leader.main()
    assert leader.page.get_by_role("link", name=re.compile("^Bed om et besøg")).count()
    assert leader.faults() == []


def test_a_leader_says_that_a_practice_is_used_from_today(visit):
    leader = enter(visit, "Skoleleder")
    leader.goto("/det-der-virker/attendance-talks/")
    leader.press("Vi bruger den fra i dag")
    leader.goto("/det-der-virker/i-brug/")

    expect(leader.page.get_by_role("main")).to_contain_text("Samtaler om fravær")
    assert leader.faults() == []


# What do we try ourselves? -------------------------------------------------------------


def test_a_team_meets_its_own_test_on_the_curve_and_counts(visit):
    team = enter(visit, "Team")
    expect(team.page.get_by_role("heading", name=OURS)).to_be_visible()
    assert "højere, end udsving forklarer" in team.main()
    team.page.get_by_role("radio", name="Elever i gang efter ti minutter").check()
    how_many = team.page.get_by_role("textbox", name="Hvor mange?", exact=True)
    how_many.fill("22")
    team.fill("Ud af hvor mange?", "23")
    team.press("Sæt det på kurven")

    expect(team.page.get_by_role("status").first).to_be_visible()
    assert team.faults() == []


def test_what_a_team_has_not_shared_is_not_the_directors_to_read(visit):
    director = enter(visit, "Direktør")
    director.goto("/afproevninger/")

    assert "Ring, før klokken er ni" in director.main()
    assert "Det samme spørgsmål tre steder" in director.main()
    assert OURS not in director.main()
    assert director.faults() == []


def test_a_director_reads_a_joint_test_of_school_day_care_and_social(visit):
    director = enter(visit, "Direktør")
    director.goto("/afproevninger/")
    director.follow("Det samme spørgsmål tre steder")
    main = director.page.get_by_role("main")

    for place in ("Nordskolen", "Børnehuset Solstrålen", "Familierådgivningen Nord"):
        expect(main).to_contain_text(place)
    assert director.faults() == []


def test_lessons_are_found_by_a_word(visit):
    team = enter(visit, "Team")
    team.goto("/erfaringer/")
    team.page.get_by_role("main").get_by_role("searchbox").fill("makkere")
    team.page.get_by_role("main").get_by_role("button", name="Søg").click()
    main = team.page.get_by_role("main")

    expect(main).to_contain_text("Makkere skal blive sammen i mindst seks uger.")
    expect(main).not_to_contain_text("Opkaldet virker kun")
    assert team.faults() == []


# For whom? -----------------------------------------------------------------------------


@pytest.mark.parametrize("door", ["Politiker", ""], ids=["politician", "citizen"])
def test_politicians_and_citizens_read_for_whom_it_is_so(visit, door):
    reader = enter(visit, door) if door else visit()
    reader.goto("/kommune/999/forskelle/wellbeing-general/")
    reader.follow("For hvem?")
    reader.page.wait_for_url(re.compile("/for-hvem/$"))

    assert "Børn af forældre med lang uddannelse ligger" in reader.main()
    assert reader.faults() == []


@pytest.mark.parametrize("door", ["Politiker", ""], ids=["politician", "citizen"])
def test_practices_are_for_those_who_lead_and_work_with_children(visit, door):
    reader = enter(visit, door) if door else visit()
    reader.goto("/det-der-virker/small-play-groups/virkning/")

    assert INTERVAL.search(reader.page.content()) is None
    assert GROUPS not in reader.main()


def test_an_analyst_reads_by_which_method_and_figures_an_effect_is_known(visit):
    analyst = enter(visit, "Analytiker")
    read_effect(analyst, READING, "Sprog i dagtilbud, set af forældre")

    assert re.search(r"udgivelse \d+ med staggered-effect@\d", analyst.main())
    assert "Før starten udviklede de sig ens" in analyst.main()
    assert analyst.faults() == []


@pytest.mark.parametrize(
    ("door", "path"),
    [
        ("Dagtilbudschef", "/det-der-virker/i-brug/"),
        ("Dagtilbudschef", "/det-der-virker/kompetencer/"),
        ("Dagtilbudschef", "/det-der-virker/small-play-groups/hos-os/"),
        ("Skoleleder", "/det-der-virker/skriv/"),
        ("Skoleleder", "/det-der-virker/skrevet/"),
        ("Team", "/afproevninger/ny/"),
        ("Team", "/erfaringer/ny/"),
    ],
)
def test_the_other_pages_of_what_works_are_sound(visit, door, path):
    visitor = enter(visit, door)
    visitor.goto(path)

    assert visitor.faults() == []

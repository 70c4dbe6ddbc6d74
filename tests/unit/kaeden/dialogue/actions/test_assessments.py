import pytest
from django.db import IntegrityError, transaction

from kaeden.access.rules import NOBODY, Role
from kaeden.audit.models import Event
from kaeden.dialogue.actions.assessments import LONGEST, assess, decide
from kaeden.dialogue.errors import OthersWereQuicker
from kaeden.dialogue.models import AgendaItem, Assessment
from kaeden.dialogue.rules.assessments import (
    LEADER_FIRST,
    AgendaStep,
    Judgement,
    Words,
)
from kaeden.publication.queries import get_figure
from kaeden.shared.clock import standing_at
from kaeden.shared.errors import BadInput, Forbidden, Refused
from tests.builders.figures import a_release, a_result, a_signal, a_town_result
from tests.builders.places import (
    DAYCARE,
    FAMILIES,
    FRISKOLEN,
    HAVBY,
    NORDSKOLEN,
    SCHOOLS,
    SYDSKOLEN,
    TOWN,
    a_country,
    a_holder,
    an_actor,
    unit_at,
)

pytestmark = pytest.mark.django_db
CHIEFS = {
    Role.CHIEF_SCHOOLS: SCHOOLS,
    Role.CHIEF_DAYCARE: DAYCARE,
    Role.CHIEF_FAMILIES: FAMILIES,
}
OTHERS = {Role.DIRECTOR: TOWN, Role.COMMITTEE: TOWN, Role.LEADER: SYDSKOLEN}


@pytest.fixture
def made(db):
    a_country()
    return a_release(
        a_signal(),
        a_result("999002", n=3.0),
        a_signal("999003"),
        a_signal("G99901"),
        a_town_result(),
        a_town_result(indicator="staffing-0-2", period="2023", value=3.2),
        a_town_result(indicator="notifications", period="2023", value=90.0),
    )


def chief(role=Role.CHIEF_SCHOOLS, path=""):
    path = path or CHIEFS[role]
    return an_actor(role, path, user=a_holder(role, path))


def judge(made, path=NORDSKOLEN, name="school-absence", **facts):
    words = {"judgement": "challenge", "sentence": "Det er nyt.", "next_step": "Mødes."}
    figure = get_figure(made.pk, unit_at(path), name)
    given = Words(**(words | {k: facts.pop(k) for k in words.keys() & facts.keys()}))
    return assess(figure, given, release_id=made.pk, **facts)


def test_an_assessment_keeps_the_chiefs_words_and_what_was_released(made):
    by = chief()

    one = judge(made, sentence="  Det er nyt. ", by=by)

    assert (one.sentence, one.next_step) == ("Det er nyt.", "Mødes.")
    assert (one.unit, one.period, one.release) == (unit_at(NORDSKOLEN), "2024/25", made)
    assert (one.post.role, one.made_by_id) == ("chief_schools", by.user_id)
    assert str(one) == "school-absence 2024/25: challenge"


def test_an_assessment_is_proposed_for_the_directors_agenda(made):
    one = judge(made, by=chief())

    item = AgendaItem.objects.get()
    assert (item.assessment, item.municipality) == (one, unit_at(TOWN))
    assert (item.step, item.decided_at) == ("proposed", None)
    assert str(item) == f"{one} (proposed)"


def test_an_assessment_is_in_the_audit_trail_without_its_words(made):
    one = judge(made, by=chief())

    event = Event.objects.get(kind=Event.Kind.RESULT_ASSESSED)
    assert event.about == f"dialogue.assessment:{one.pk}"


@pytest.mark.parametrize("judgement", Judgement)
def test_each_of_the_four_judgements_can_be_given(made, judgement):
    assert judge(made, judgement=judgement.value, by=chief()).judgement == judgement


@pytest.mark.parametrize(
    ("role", "path", "name"),
    [
        (Role.CHIEF_SCHOOLS, NORDSKOLEN, "school-absence"),
        (Role.CHIEF_DAYCARE, f"{DAYCARE}/G99901", "school-absence"),
        (Role.CHIEF_SCHOOLS, TOWN, "high-absence"),
        (Role.CHIEF_DAYCARE, TOWN, "staffing-0-2"),
        (Role.CHIEF_FAMILIES, TOWN, "notifications"),
    ],
)
def test_a_chief_assesses_the_area_and_the_municipalitys_figures_of_the_sector(
    made, role, path, name
):
    assert judge(made, path, name, by=chief(role)).post.role == role.value


@pytest.mark.parametrize(
    ("role", "home", "path", "name"),
    [
        (Role.CHIEF_DAYCARE, DAYCARE, NORDSKOLEN, "school-absence"),
        (Role.CHIEF_DAYCARE, DAYCARE, TOWN, "high-absence"),
        (Role.CHIEF_FAMILIES, FAMILIES, TOWN, "staffing-0-2"),
        (Role.CHIEF_SCHOOLS, SCHOOLS, TOWN, "notifications"),
        (Role.CHIEF_SCHOOLS, SCHOOLS, FRISKOLEN, "school-absence"),
        (Role.CHIEF_SCHOOLS, f"dk/{HAVBY}/schools", NORDSKOLEN, "school-absence"),
        (Role.CHIEF_SCHOOLS, f"dk/{HAVBY}/schools", TOWN, "high-absence"),
        *[(role, home, NORDSKOLEN, "school-absence") for role, home in OTHERS.items()],
        *[(role, home, TOWN, "high-absence") for role, home in OTHERS.items()],
    ],
)
def test_nobody_else_assesses_it(made, role, home, path, name):
    by = an_actor(role, home, user=a_holder(role, home))

    with pytest.raises(Forbidden, match="does not assess this result"):
        judge(made, path, name, by=by)

    assert not Assessment.objects.exists()


def test_who_is_not_signed_in_assesses_nothing(made):
    with pytest.raises(Forbidden):
        judge(made, by=NOBODY)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ({"judgement": ""}, "Choose one of the four judgements"),
        ({"judgement": "good"}, "Choose one of the four judgements"),
        ({"sentence": ""}, "Write one sentence, and the next step"),
        ({"sentence": " \n "}, "Write one sentence, and the next step"),
        ({"next_step": " "}, "Write one sentence, and the next step"),
        ({"sentence": "x" * (LONGEST + 1)}, "has 501 characters. Use 500 at the most"),
        ({"next_step": "x" * (LONGEST + 9)}, "has 509 characters"),
        ({"sentence": "Se på 010110-1234."}, "CPR number"),
    ],
)
def test_words_that_are_missing_or_too_many_are_refused(made, words, told):
    with pytest.raises(BadInput, match=told):
        judge(made, by=chief(), **words)

    assert not Assessment.objects.exists()


def test_the_longest_sentence_that_is_allowed_is_kept_whole(made):
    assert len(judge(made, sentence="x" * LONGEST, by=chief()).sentence) == LONGEST


def test_a_hidden_number_is_not_assessed(made):
    with pytest.raises(Refused, match="no number to assess"):
        judge(made, SYDSKOLEN, by=chief())


def test_what_is_written_anew_keeps_what_stood_and_takes_its_place_on_the_agenda(made):
    by = chief()
    first = judge(made, by=by)

    second = judge(made, sentence="Noget andet.", by=by, after=1)

    assert [one.number for one in (first, second)] == [1, 2]
    assert Assessment.objects.get(number=1).sentence == "Det er nyt."
    assert AgendaItem.objects.get().assessment == second


def test_what_the_director_has_decided_on_stays_as_it_was_read(made):
    by = chief()
    first = judge(made, by=by)
    decide(first.agenda_item, AgendaStep.ACCEPTED, by=DIRECTOR)

    judge(made, sentence="Noget andet.", by=by, after=1)

    assert AgendaItem.objects.get().assessment == first


@pytest.mark.parametrize(("written", "after"), [(1, 0), (2, 1), (0, 1), (1, 2)])
def test_who_has_not_read_the_posts_newest_words_is_told(made, written, after):
    by = chief()
    for number in range(written):
        judge(made, by=by, after=number)

    with pytest.raises(OthersWereQuicker, match="Read that first"):
        judge(made, sentence="Noget andet.", by=by, after=after)

    assert Assessment.objects.count() == written


# The leader first ---------------------------------------------------------------------


def test_a_leader_assesses_the_own_results_and_the_director_is_not_asked(made):
    by = an_actor(Role.LEADER, NORDSKOLEN, user=a_holder(Role.LEADER, NORDSKOLEN))

    assert judge(made, by=by).post.role == "leader"
    assert not AgendaItem.objects.exists()


def test_a_chief_waits_until_the_leader_has_written(made):
    leader = an_actor(Role.LEADER, NORDSKOLEN, user=a_holder(Role.LEADER, NORDSKOLEN))
    by = chief()

    with pytest.raises(Refused, match="opens when the leader has written, on"):
        judge(made, by=by)
    judge(made, by=leader)

    assert judge(made, by=by)


def test_a_chief_waits_no_more_than_two_weeks(made):
    a_holder(Role.LEADER, NORDSKOLEN)
    by = chief()

    with standing_at(made.made_at + LEADER_FIRST):
        assert judge(made, by=by)


def test_a_new_release_can_be_assessed_anew(made):
    by = chief()
    judge(made, by=by)

    judge(a_release(a_signal(value=7.9)), by=by)

    assert Assessment.objects.count() == 2


def test_the_database_takes_no_assessment_without_its_words(made):
    one = judge(made, by=chief())

    with pytest.raises(IntegrityError, match="has_its_words"), transaction.atomic():
        Assessment.objects.filter(pk=one.pk).update(next_step="")


# The agenda ---------------------------------------------------------------------------

DIRECTOR = an_actor(Role.DIRECTOR, TOWN)


@pytest.fixture
def item(made):
    return judge(made, by=chief()).agenda_item


@pytest.mark.parametrize("step", [AgendaStep.ACCEPTED, AgendaStep.DECLINED])
def test_the_director_decides_an_item(item, step):
    decide(item, step, by=DIRECTOR)

    assert item.step == step.value
    assert item.decided_at
    assert Event.objects.filter(kind=Event.Kind.AGENDA_DECIDED).count() == 1


def test_what_is_decided_is_not_decided_again(item):
    decide(item, AgendaStep.DECLINED, by=DIRECTOR)

    with pytest.raises(Refused, match="has been decided"):
        decide(item, AgendaStep.ACCEPTED, by=DIRECTOR)


def test_the_slower_of_two_is_told_to_read_it_again(item):
    stale = AgendaItem.objects.select_related("municipality").get()
    decide(item, AgendaStep.DECLINED, by=DIRECTOR)

    with pytest.raises(Refused, match="Read it again first"):
        decide(stale, AgendaStep.ACCEPTED, by=DIRECTOR)

    assert AgendaItem.objects.get().step == "declined"


@pytest.mark.parametrize(
    "actor",
    [
        NOBODY,
        an_actor(Role.CHIEF_SCHOOLS, SCHOOLS),
        an_actor(Role.COMMITTEE, TOWN),
        an_actor(Role.LEADER, NORDSKOLEN),
        an_actor(Role.DIRECTOR, f"dk/{HAVBY}"),
    ],
)
def test_nobody_but_the_municipalitys_director_decides(item, actor):
    with pytest.raises(Forbidden):
        decide(item, AgendaStep.ACCEPTED, by=actor)

    assert AgendaItem.objects.get().step == "proposed"


def test_the_database_wants_the_time_of_a_decision(item):
    with pytest.raises(IntegrityError, match="has_its_time"), transaction.atomic():
        AgendaItem.objects.update(step="accepted")

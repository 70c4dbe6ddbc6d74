from collections import Counter

import pytest
from django.db import transaction

from kaeden.access.rules import Role
from kaeden.audit.models import Event
from kaeden.goals.actions.writing import (
    adopt,
    drop_draft,
    end_goal,
    give_owner,
    reword,
    save_draft,
    write_goal,
    write_vision,
)
from kaeden.goals.errors import NoSuchGoal
from kaeden.goals.models import Goal, GoalDraft
from kaeden.shared.clock import today
from kaeden.shared.errors import BadInput, Forbidden, Refused
from tests.builders.chains import BEGAN
from tests.builders.goals import a_text, a_written_goal, acting, havby, post_of
from tests.builders.places import TOWN, an_actor

pytestmark = pytest.mark.usefixtures("town")


def adopted(town, by="udvalg"):
    return adopt("in-school-every-day", municipality=town, by=acting(by))


def test_a_goal_is_written_with_its_words_its_owner_and_its_vision(town):
    goal = a_written_goal(
        indicator="wellbeing-social", for_whom="Alle børn", by_period="2027/2028"
    )

    words = goal.words.get()
    assert (goal.key, goal.unit, str(goal)) == (
        "en-ven",
        town,
        "en-ven (Fjordby)",
    )
    assert (words.name, words.sentence) == ("En ven", "Alle børn har en ven.")
    assert (words.sectors, words.by_period) == (["school", "daycare"], "2027/28")
    assert (words.post.key, str(words)) == ("udvalg", "Alle børn har en ven.")
    assert goal.ownerships.get().post.key == "skolechef"
    assert str(goal.ownerships.get()).startswith("en-ven (Fjordby): ")
    assert kinds() == {Event.Kind.GOAL_WRITTEN: 1}


def test_nothing_but_the_sentence_must_be_there():
    goal = a_written_goal(owner="", name="", sectors=())

    assert goal.words.get().name == "Alle børn"
    assert goal.key == "alle-boern"
    assert not goal.ownerships.exists()


@pytest.mark.parametrize("sentence", ["", "  \n "])
def test_without_a_sentence_nothing_is_written(sentence):
    with pytest.raises(BadInput, match="in a sentence"), transaction.atomic():
        a_written_goal(sentence=sentence, name="Noget")

    assert not Goal.objects.exists()


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({"sentence": "x" * 301}, "has 301 signs. Keep it to 300"),
        ({"name": "x" * 61}, "Keep it to 60"),
        ({"here": "x" * 601}, "Keep it to 600"),
        ({"for_whom": "x" * 201}, "Keep it to 200"),
        ({"indicator": "luck"}, "no indicator “luck”"),
        ({"by_period": "soon"}, "“soon” is not a year"),
    ],
)
def test_what_cannot_be_kept_is_refused_whole(facts, why):
    with pytest.raises(BadInput, match=why), transaction.atomic():
        a_written_goal(**facts)

    assert not Goal.objects.exists()


def test_two_goals_of_one_name_get_keys_of_their_own_also_beside_the_set():
    keys = [a_written_goal().key, a_written_goal().key]
    shared = a_written_goal(name="In school every day").key
    signs = a_written_goal(name="!!!").key

    assert keys == ["en-ven", "en-ven-2"]
    assert shared == "in-school-every-day-2"
    assert signs == "maal"


def test_an_areas_goal_serves_the_goal_above_and_shares_its_vision(town):
    above = a_written_goal()

    goal = a_written_goal(by="skolechef", serves=above, name="Makkere")

    assert (goal.unit.code, goal.serves, goal.vision) == (
        *("schools", above),
        above.vision,
    )
    assert goal.municipality == town


@pytest.mark.parametrize(
    ("by", "unit"),
    [
        *(("skolechef", "999"), ("skolechef", "daycare"), ("skolechef", "999001")),
        *(("leder-999001", "999001"), ("udvalg", "schools")),
    ],
)
def test_a_goal_is_written_for_ones_own_place_only(by, unit):
    with pytest.raises(Forbidden):
        a_written_goal(by=by, unit=unit)


def test_the_director_writes_goals_of_the_areas_too():
    assert a_written_goal(by="direktor", unit="schools").unit.code == "schools"


def test_the_owner_and_the_goal_above_are_of_the_same_municipality(town):
    strange = adopted(havby(), by="havby-direktor")

    for facts in ({"owner": post_of("havby-direktor")}, {"serves": strange}):
        with pytest.raises(BadInput, match="same municipality"):
            write_goal(a_text(), unit=town, by=acting("udvalg"), **facts)


def test_somebody_without_a_post_writes_nothing(town):
    with pytest.raises(Forbidden, match="with a post"):
        write_goal(a_text(), unit=town, by=an_actor(Role.COMMITTEE, TOWN))


def test_new_words_are_added_and_the_old_ones_kept():
    goal = a_written_goal(on=BEGAN)

    reword(goal, a_text("Alle børn har to venner."), by=acting("udvalg"))

    old, new = goal.words.order_by("valid_from")
    assert (old.sentence, old.valid_to) == ("Alle børn har en ven.", today())
    assert (new.sentence, new.valid_to) == ("Alle børn har to venner.", None)
    assert kinds()[Event.Kind.GOAL_REWORDED] == 1


def test_the_words_of_the_starter_set_are_not_one_municipalitys_to_change(town):
    goal = adopted(town)

    with pytest.raises(Refused, match="shared by all"):
        reword(goal, a_text(), by=acting("udvalg"))


@pytest.mark.parametrize("verb", ["reword", "give", "end"])
def test_what_has_ended_is_not_changed(verb):
    goal = a_written_goal(on=BEGAN)
    end_goal(goal, by=acting("udvalg"))
    goal.refresh_from_db()
    verbs = {
        "reword": lambda: reword(goal, a_text(), by=acting("udvalg")),
        "give": lambda: give_owner(goal, post_of("skolechef"), by=acting("direktor")),
        "end": lambda: end_goal(goal, by=acting("udvalg")),
    }

    with pytest.raises(Refused, match="has ended"):
        verbs[verb]()


@pytest.mark.parametrize("verb", ["reword", "give", "end"])
def test_another_areas_chief_changes_nothing(verb):
    goal, chief = a_written_goal(), acting("dagtilbudschef")
    verbs = {
        "reword": lambda: reword(goal, a_text(), by=chief),
        "give": lambda: give_owner(goal, post_of("skolechef"), by=chief),
        "end": lambda: end_goal(goal, by=chief),
    }

    with pytest.raises(Forbidden):
        verbs[verb]()


def test_a_goal_has_one_owner_at_a_time_and_the_earlier_ones_are_kept():
    goal = a_written_goal(on=BEGAN)

    give_owner(goal, post_of("dagtilbudschef"), by=acting("direktor"))

    held = goal.ownerships.filter(valid_to=None)
    assert [one.post.key for one in held] == ["dagtilbudschef"]
    assert goal.ownerships.count() == 2
    assert kinds()[Event.Kind.GOAL_GIVEN] == 1


def test_an_ended_goal_is_kept_until_the_day_it_ended():
    goal = a_written_goal(on=BEGAN)

    end_goal(goal, by=acting("udvalg"))

    assert not Goal.objects.at(today()).exists()
    assert Goal.objects.at(BEGAN).get() == goal


def test_the_vision_is_written_anew_and_the_old_words_are_kept(town):
    write_vision(
        "Alle børn har det godt.",
        municipality=town,
        by=acting("udvalg"),
        on=BEGAN,
    )
    vision = write_vision(
        "Alle børn trives.",
        municipality=town,
        by=acting("direktor"),
        why="Fordi",
    )

    assert [str(one) for one in vision.words.order_by("pk")] == [
        *("Alle børn har det godt.", "Alle børn trives.")
    ]
    assert vision.key == "own"
    assert kinds() == {Event.Kind.VISION_WRITTEN: 2}
    assert a_written_goal().vision == vision


@pytest.mark.parametrize("by", ["skolechef", "leder-999001"])
def test_chiefs_and_leaders_do_not_write_the_vision(town, by):
    with pytest.raises(Forbidden):
        write_vision("Os først.", municipality=town, by=acting(by))


def test_a_vision_needs_a_sentence(town):
    with pytest.raises(BadInput, match="in a sentence"):
        write_vision(" ", municipality=town, by=acting("udvalg"))


def test_a_draft_is_kept_as_it_was_typed_and_thrown_away_when_done():
    draft = save_draft({"sentence": "Vi vil"}, by=acting("udvalg"))
    save_draft({"sentence": "Vi vil, at"}, by=acting("udvalg"), draft=draft.pk)

    kept = GoalDraft.objects.get()
    assert kept.content == {"sentence": "Vi vil, at"}
    assert str(kept).startswith(f"{kept.pk} (")
    drop_draft(kept.pk, by=acting("udvalg"))
    assert not GoalDraft.objects.exists()


def test_nobody_touches_the_draft_of_another_post():
    draft = save_draft({}, by=acting("udvalg"))

    for verb in (
        lambda: save_draft({"x": "y"}, by=acting("direktor"), draft=draft.pk),
        lambda: drop_draft(draft.pk, by=acting("direktor")),
    ):
        with pytest.raises(NoSuchGoal):
            verb()


def test_who_writes_no_goals_has_no_drafts():
    with pytest.raises(Forbidden):
        save_draft({}, by=acting("leder-999001"))


def kinds():
    counted = Event.objects.filter(about__startswith="goals.").values_list(
        "kind", flat=True
    )
    return Counter(counted)

"""A post's page, the table of posts and tasks, and the choice of a day."""

from datetime import date, timedelta

import pytest

from kaeden.access.rules import YES, Role, Verdict
from kaeden.organisation.chain import NotMine
from kaeden.organisation.history import PostHistory, Spell
from kaeden.organisation.lines import lines
from kaeden.organisation.rules import Kind, Task
from kaeden.presentation import posts, structure
from kaeden.presentation.as_of import as_of
from kaeden.shared.clock import today
from kaeden.shared.errors import BadInput
from tests.builders.structure import (
    EVERY_TASK,
    a_charter_of,
    a_held_post,
    a_place,
    a_sound_chain,
    with_charters,
)

pytestmark = pytest.mark.usefixtures("english")
NO = Verdict(allowed=False, why_not="Nej.")
BEGAN, LEFT = date(2026, 5, 1), date(2026, 8, 1)
HISTORY = PostHistory(
    name="Institution leader",
    posts=(Spell(since=BEGAN, until=None, words="Nordskolen"),),
    holdings=(
        Spell(since=LEFT, until=None, words="Kim"),
        Spell(since=BEGAN, until=LEFT, words="Bo"),
    ),
    charters=(Spell(since=BEGAN, until=None),),
    charter=7,
)


def page(chain=None, key="nord", *, history=HISTORY, may_read=YES, with_names=True):
    now = as_of("/x/", {})
    return posts.build(
        chain or a_sound_chain(),
        key,
        history,
        now,
        may_read=may_read,
        with_names=with_names,
    )


# The day -------------------------------------------------------------------------------


def test_without_a_day_the_page_shows_today():
    shown = as_of("/x/", {"q": "1"})

    assert (shown.day, shown.is_now, shown.query) == (today(), True, "")
    assert str(shown.words) == "As organised now."


def test_a_day_keeps_the_pages_other_choices():
    shown = as_of("/x/", {"dato": "2026-08-01", "q": "1"})

    assert (shown.day, shown.query) == (LEFT, "?dato=2026-08-01")
    assert (shown.kept, shown.now_href) == ((("q", "1"),), "/x/?q=1")
    assert "As organised then" in shown.words


def test_the_way_back_to_now_is_the_page_itself():
    assert as_of("/x/", {"dato": "2026-08-01"}).now_href == "/x/"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("1. august", "“1. august” is not a day"),
        ((today() + timedelta(days=1)).isoformat(), "has not come yet"),
    ],
)
def test_what_is_no_day_or_has_not_come_is_refused(text, sentence):
    with pytest.raises(BadInput, match=sentence):
        as_of("/x/", {"dato": text})


# A post --------------------------------------------------------------------------------


def test_a_post_says_where_it_is_whom_it_answers_to_and_whom_it_leads():
    view = page(key="chief")

    assert (view.name, view.place.text) == ("Chief of schools", "Schools")
    assert view.reports_to.text == "Director of children and youth"
    assert [one.text for one in view.leads] == [
        "Institution leader, Nordskolen",
        "Institution leader, Sydskolen",
    ]
    assert view.leads[0].href == "/kommune/999/stilling/nord/"


@pytest.mark.parametrize(
    ("facts", "with_names", "words"),
    [
        ({}, True, "Held by Kim since May 1, 2026."),
        ({}, False, "Held since May 1, 2026."),
        ({"holder": ""}, True, "Vacant in Kæden since May 1, 2026."),
        ({"holder": "", "since": None}, True, "Vacant."),
        ({"since": None}, True, "Held."),
    ],
)
def test_a_holders_name_is_told_only_where_it_may_be(facts, with_names, words):
    post = a_held_post("nord", **facts)

    assert posts.holder_words(post, with_names=with_names) == words


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"staff": 20}, "The post leads 20 employees directly. That is within"),
        ({"staff": 3}, "That is outside the municipality's bounds (9–34)."),
        ({"staff": None}, "How many staff it leads is not known."),
        ({"staff": 0}, "The post leads nobody directly."),
    ],
)
def test_a_span_is_a_sentence(facts, words):
    assert words in page(a_sound_chain(a_held_post("nord", **facts))).span


def test_posts_and_staff_are_told_apart_and_together():
    assert page(key="chief").span.startswith(
        "The post leads 2 posts and 4 employees directly: 6."
    )


def test_without_bounds_a_span_is_not_judged():
    analyst = a_held_post("x", Role.ANALYST, "director", unit="999", staff=1)

    assert page(a_sound_chain(analyst), "x").span == (
        "The post leads 1 employee directly."
    )


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("director", "2 levels of leaders stand between the post and the children."),
        ("chief", "1 level of leaders stands between the post and the children."),
        ("nord", "No other leader stands between the post and the children."),
        ("committee", ""),
    ],
)
def test_the_way_to_the_children_is_a_sentence(key, words):
    assert page(key=key).way == words


def test_a_charter_names_whom_to_ask_and_who_else_has_each_task():
    lines_left = (
        NotMine(words="Takster", ask="director"),
        NotMine(words="Andet", ask="gone"),
    )
    charter = a_charter_of(holds=[Task.CHOOSE], not_mine=lines_left)
    chain = with_charters(a_sound_chain(), {"nord": charter})

    view = page(chain).charter

    assert [row.ask.text for row in view.not_mine] == [
        "Director of children and youth",
        "a closed post",
    ]
    task = view.tasks[list(Task).index(Task.CHOOSE)]
    assert (str(task.degree), task.is_mine) == ("holds", True)
    assert task.others == "Held by Chief of schools"


def test_many_who_have_a_task_are_counted():
    chain = a_sound_chain(
        *(a_held_post(f"s{n}", charter=a_charter_of(shares=EVERY_TASK)) for n in "abcd")
    )

    assert page(chain, "chief").charter.tasks[0].others == "Shared by 4 posts"


@pytest.mark.parametrize(
    ("may_read", "words"),
    [
        (YES, "Nobody has written what the post decides."),
        (NO, "What the post decides is read by those above and below it"),
    ],
)
def test_where_no_charter_is_shown_the_page_says_why(may_read, words):
    view = page(with_charters(a_sound_chain(), {"nord": None}), may_read=may_read)

    assert view.charter is None
    assert view.no_charter.startswith(words)


def test_a_charter_is_not_shown_outside_its_line():
    assert page(may_read=NO).charter is None


def test_a_post_tells_its_history_the_newest_first_each_with_its_day():
    items = page().history

    assert [(one.text, one.note) for one in items] == [
        ("Held by Kim", "since Aug. 1, 2026"),
        ("At Nordskolen", "since May 1, 2026"),
        ("Held by Bo", "May 1, 2026 until Aug. 1, 2026"),
        ("Charter", "since May 1, 2026"),
    ]
    assert items[0].href == "/kommune/999/stilling/nord/?dato=2026-08-01"


def test_a_history_without_names_tells_that_it_was_held():
    texts = {one.text for one in page(with_names=False).history}

    assert texts == {"Held", "At Nordskolen", "Charter"}


@pytest.mark.parametrize(
    ("until", "words"),
    [
        (LEFT, "The post was closed on Aug. 1, 2026."),
        (None, "The post was not there on that day."),
    ],
)
def test_a_post_that_is_not_there_on_the_day_says_so(until, words):
    spell = Spell(since=BEGAN, until=until, words="Nordskolen")
    history = PostHistory(
        name="Leder", posts=(spell,), holdings=(), charters=(), charter=None
    )

    view = page(a_sound_chain(without=["nord"]), history=history)

    assert (view.name, view.ended, view.charter) == ("Leder", words, None)


def test_a_post_at_a_unit_that_is_not_there_has_no_place():
    chain = a_sound_chain(a_held_post("nord", unit="gone"))

    assert page(chain).place is None


# Posts and tasks -----------------------------------------------------------------------


def table(chain, readable=None):
    keys = {post.key for post in chain.posts} if readable is None else readable
    return structure.build(chain, as_of("/x/", {}), readable=keys)


def test_the_summary_counts_charters_and_lines():
    chain = with_charters(a_sound_chain(), {"nord": None})

    assert table(chain).summary == (
        "3 of 4 leading posts have a charter. "
        "In 1 of 2 lines all seven tasks have their place."
    )


def test_what_lacks_stands_by_kind_with_its_act_and_owner():
    (kind,) = table(with_charters(a_sound_chain(), {"nord": None})).lacking

    (one,) = kind.items
    assert one.sentence.startswith("Institution leader, Nordskolen has no charter")
    assert (one.act, one.owner) == ("Write the charter", "Chief of schools")


def test_each_post_below_the_director_has_a_table_with_the_director_on_top():
    (matrix,) = table(a_sound_chain()).matrices

    assert matrix.title == "Chief of schools"
    assert [row.post.text for row in matrix.rows] == [
        "Director of children and youth",
        "Chief of schools",
        "Institution leader, Nordskolen",
        "Institution leader, Sydskolen",
    ]
    assert [row.verdict for row in matrix.rows[1:3]] == [
        "",
        "All seven have their place.",
    ]


def test_posts_follow_the_one_they_answer_to():
    area = a_held_post("area", Role.AREA_LEADER, "chief", unit="schools", holder="")
    helper = a_held_post("helper", Role.ANALYST, "area", unit="schools")
    chain = a_sound_chain(area, helper, a_held_post("syd", reports_to="area"))

    (matrix,) = table(chain).matrices

    assert [row.post.text for row in matrix.rows[2:]] == [
        "Institution leader, Nordskolen",
        "Area leader",
        "Institution leader, Sydskolen",
    ]
    assert matrix.rows[3].post.note == "vacant"


def test_only_the_posts_that_are_readable_are_laid_out():
    (matrix,) = table(a_sound_chain(), {"chief", "nord"}).matrices

    assert [row.post.text for row in matrix.rows] == [
        "Chief of schools",
        "Institution leader, Nordskolen",
    ]
    assert table(a_sound_chain(), set()).matrices == ()


def test_without_any_charter_there_is_no_table():
    chain = with_charters(a_sound_chain(), dict.fromkeys(("director", "chief")))
    chain = with_charters(chain, dict.fromkeys(("nord", "syd")))

    assert table(chain).matrices == ()


def test_a_director_without_chiefs_has_a_table_of_their_own():
    chain = a_sound_chain(without=["chief", "nord", "syd"])

    assert [matrix.title for matrix in table(chain).matrices] == [
        "Director of children and youth"
    ]


def test_two_holders_are_marked_in_words():
    chain = with_charters(a_sound_chain(), {"nord": a_charter_of(holds=[Task.DEVELOP])})

    row = table(chain).matrices[0].rows[2]

    assert row.cells[list(Task).index(Task.DEVELOP)].note == "also held above"
    assert row.verdict == "Held by two: develop."


def test_a_task_of_nobody_is_named_in_the_line():
    holds = EVERY_TASK - {Task.CHOOSE}
    chain = with_charters(a_sound_chain(), {"chief": a_charter_of(holds=holds)})

    assert table(chain).matrices[0].rows[2].verdict == "Held by nobody: choose."


def test_a_post_without_charter_has_no_cells_and_its_line_is_not_judged():
    row = table(with_charters(a_sound_chain(), {"nord": None})).matrices[0].rows[2]

    assert row.cells == ()
    assert row.verdict == "A charter or a link lacks in the line."


def test_spans_are_counted_and_what_is_not_known_is_told():
    chain = a_sound_chain(a_held_post("nord", staff=2), a_held_post("syd", staff=None))

    assert structure.spans_said(chain, chain.posts[1:]) == (
        "2 of 3 posts lead a number within their bounds. "
        "For 1 post we do not know how many staff it leads."
    )


def test_the_levels_above_the_children_are_counted_by_line():
    department = a_held_post("ind", Role.DEPARTMENT_LEADER, "nord", unit="nord")
    chain = a_sound_chain(
        department, a_place("1a", Kind.CLASS, "nord"), a_held_post("syd", reports_to="")
    )

    said = list(structure.ways_said(chain, {line.posts[0] for line in lines(chain)}))

    assert said == [
        "4 leading posts, the director included, stand above the children in 1 line."
    ]


def test_the_tasks_short_names_stand_with_their_long_ones():
    names = structure.task_names()

    assert (names[0].text, names[0].note) == (
        "Communicate",
        "Communicate professional goals and results",
    )

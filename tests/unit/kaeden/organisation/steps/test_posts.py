"""Steps about posts: who answers to whom, and what is refused."""

from dataclasses import replace

import pytest

from kaeden.access.rules import Role
from kaeden.organisation.chain import NotMine
from kaeden.organisation.rules import Degree, Task
from kaeden.organisation.soundness import loose_ends
from kaeden.organisation.steps.posts import (
    ClosePost,
    MovePost,
    OpenPost,
    SeatPost,
    SetStaff,
    SetTask,
)
from kaeden.shared.errors import BadInput
from tests.builders.chains import a_chain, a_charter, with_post

CHAIN = a_chain()
NEW = OpenPost(
    key="ny", role="area_leader", title="Ny", unit="schools", to="skolechef", staff=3
)


def test_a_post_answers_to_another_and_whom_it_leads_go_along():
    chain = MovePost(post="leder-nord", to="skolechef").apply(CHAIN)

    assert chain.post["leder-nord"].reports_to == "skolechef"
    assert chain.post["leder-solstraalen"].reports_to == "leder-nord"


@pytest.mark.parametrize("to", ["leder-nord", "leder-solstraalen"])
def test_a_post_does_not_answer_to_itself(to):
    with pytest.raises(BadInput, match="can't answer to itself"):
        MovePost(post="leder-nord", to=to).apply(CHAIN)


def test_a_post_gets_its_seat_elsewhere():
    chain = SeatPost(post="leder-nord", unit="daycare").apply(CHAIN)

    assert chain.post["leder-nord"].unit == "daycare"
    assert loose_ends(chain) == ()


def test_a_new_post_is_vacant_and_without_a_charter():
    post = NEW.apply(CHAIN).post["ny"]

    assert (post.role, post.staff) == (Role.AREA_LEADER, 3)
    assert post.is_vacant
    assert post.charter is None


def test_a_key_is_used_once():
    with pytest.raises(BadInput, match="A post has the key “ny”"):
        NEW.apply(NEW.apply(CHAIN))


def test_whom_a_closed_post_led_answer_to_the_one_above():
    chain = ClosePost(post="leder-nord").apply(CHAIN)

    assert chain.post["leder-solstraalen"].reports_to == "dagtilbudschef"
    assert loose_ends(chain) == ()


def test_who_asked_the_uppermost_post_asks_nobody_when_it_is_gone():
    asked = a_charter(not_mine=(NotMine(words="Takster", ask="udvalg"),))
    chain = ClosePost(post="udvalg").apply(
        with_post(CHAIN, "leder-999001", charter=asked)
    )

    assert chain.post["leder-999001"].charter.not_mine == ()
    assert loose_ends(chain) == ()


def test_another_number_of_staff():
    chain = SetStaff(post="leder-999002", staff=30).apply(CHAIN)

    assert chain.post["leder-999002"].staff == 30


def test_another_part_in_a_task_leaves_the_others():
    step = SetTask(post="leder-999001", task="develop", degree="shares")

    charter = step.apply(CHAIN).post["leder-999001"].charter

    assert charter.degree(Task.DEVELOP) is Degree.SHARES
    assert charter.degree(Task.EVALUATE) is Degree.HOLDS


def test_a_post_without_charter_has_no_part_to_change():
    with pytest.raises(BadInput, match="has no charter"):
        SetTask(post="leder-999002", task="develop", degree="holds").apply(CHAIN)


@pytest.mark.parametrize(
    "step",
    [
        MovePost(post="x", to="skolechef"),
        MovePost(post="skolechef", to="x"),
        SeatPost(post="x", unit="schools"),
        ClosePost(post="x"),
        SetStaff(post="x", staff=1),
        SetTask(post="x", task="develop", degree="holds"),
        replace(NEW, to="x"),
    ],
)
def test_a_post_that_is_not_there_is_refused(step):
    with pytest.raises(BadInput, match="There is no post “x” any more"):
        step.apply(CHAIN)


@pytest.mark.parametrize(
    ("step", "sentence"),
    [
        (
            MovePost(post="leder-nord", to="direktor"),
            "Let Area leader, Klynge Nord answer to Director of children and youth.",
        ),
        (
            SeatPost(post="leder-nord", unit="daycare"),
            "Move the post Area leader, Klynge Nord to Dagtilbud.",
        ),
        (NEW, "Open the post “Ny” at Skoler under Chief of schools."),
        (ClosePost(post="gone"), "Close the post gone."),
        (
            SetStaff(post="skolechef", staff=3),
            "Let Chief of schools lead 3 employees.",
        ),
        (
            SetTask(post="skolechef", task="develop", degree="not"),
            "Chief of schools: does not have the task “Develop the professional competences of the workplace”.",
        ),
    ],
)
def test_a_step_is_said_in_a_sentence(step, sentence):
    assert step.said(CHAIN) == sentence

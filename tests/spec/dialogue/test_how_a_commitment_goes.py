"""How a commitment goes from one post to another.

A chief promises a leader as a leader promises a chief. It holds when the other post has
accepted it. Something else takes its place only when both agree.
"""

from itertools import product

from kaeden.dialogue.rules.commitments import Step, may_renegotiate, may_step


def test_the_steps_that_are_taken():
    taken = [
        (now.value, to.value)
        for now, to in product(Step, Step)
        if may_step(to, now, is_proposer=False)
    ]

    assert taken == [
        ("proposed", "accepted"),
        ("proposed", "declined"),
        ("accepted", "kept"),
        ("accepted", "broken"),
        ("accepted", "renegotiated"),
    ]


def test_nobody_accepts_the_own_proposal_and_everybody_can_take_it_back():
    assert not may_step(Step.ACCEPTED, Step.PROPOSED, is_proposer=True)
    assert may_step(Step.DECLINED, Step.PROPOSED, is_proposer=True)


def test_something_else_is_proposed_only_in_the_place_of_what_holds():
    assert [step.value for step in Step if may_renegotiate(step, is_pending=False)] == [
        "accepted"
    ]

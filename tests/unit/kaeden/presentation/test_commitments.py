from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.utils import translation

from kaeden.access.rules import Role, Verdict
from kaeden.dialogue.queries.commitments import LineCount, MyCommitments, Promised
from kaeden.dialogue.queries.links import SeenLink
from kaeden.dialogue.rules.commitments import NOTHING, Step, may_renegotiate, may_step
from kaeden.dialogue.rules.links import End, Pair
from kaeden.organisation.rules import Kind
from kaeden.presentation.charts.marks import Tone
from kaeden.presentation.commitments import build, view
from kaeden.shared.clock import today

DUE = date(2026, 12, 12)


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def promised(step=Step.ACCEPTED, *, is_pending=False, **facts):
    is_proposer = facts.get("is_proposer", False)
    verdicts = {to: may_step(to, step, is_proposer=is_proposer) for to in Step}
    another = may_renegotiate(step, is_pending=is_pending)
    settled = step not in {Step.PROPOSED, Step.ACCEPTED}
    known = {
        "id": 7,
        "words": "Støtte tirsdag.",
        "due": DUE,
        "step": step,
        "is_mine": True,
        "is_proposer": False,
        "across": "Chief of schools",
        "promiser": "Leader, Nordskolen",
        "proposed_on": date(2026, 11, 1),
        "accepted_on": None if step is Step.PROPOSED else date(2026, 11, 2),
        "settled_on": date(2026, 11, 20) if settled else None,
        "settled_by": "Chief of schools" if settled else "",
        "reason": "",
        "is_overdue": False,
        "follows": None,
        "verdicts": verdicts | {Step.RENEGOTIATED: another},
        "about": NOTHING,
        "hangs_on": (),
    }
    return Promised(**(known | facts))


@pytest.mark.parametrize(
    ("facts", "who"),
    [
        ({"is_mine": True}, "You have promised Chief of schools"),
        ({"is_mine": False}, "Chief of schools has promised you"),
        ({"step": Step.PROPOSED}, "You promise Chief of schools"),
        ({"step": Step.PROPOSED, "is_mine": False}, "Chief of schools promises you"),
        ({"step": Step.DECLINED, "is_mine": False}, "Chief of schools promises you"),
    ],
)
def test_it_is_said_who_has_promised_whom(facts, who):
    assert view(promised(**facts)).who == who


@pytest.mark.parametrize(
    ("facts", "state", "tone"),
    [
        ({}, "By Dec. 12, 2026", Tone.NEUTRAL),
        (
            {"step": Step.PROPOSED},
            "Proposed, by Dec. 12, 2026. Waits for your yes.",
            Tone.UNSURE,
        ),
        (
            {"step": Step.PROPOSED, "is_proposer": True},
            "Proposed, by Dec. 12, 2026. Waits for Chief of schools.",
            Tone.UNSURE,
        ),
        (
            {"step": Step.KEPT},
            "Kept. Noted by Chief of schools Nov. 20, 2026.",
            Tone.GOOD,
        ),
        (
            {"step": Step.BROKEN, "reason": "Syg"},
            "Not kept. Noted by Chief of schools Nov. 20, 2026.",
            Tone.NEUTRAL,
        ),
        (
            {"step": Step.DECLINED},
            "Declined by Chief of schools Nov. 20, 2026.",
            Tone.NEUTRAL,
        ),
        (
            {"step": Step.RENEGOTIATED},
            "Replaced by another commitment Nov. 20, 2026.",
            Tone.NEUTRAL,
        ),
    ],
)
def test_it_is_said_where_it_stands(facts, state, tone):
    seen = view(promised(**facts))

    assert (seen.state, seen.tone, seen.reason) == (
        state,
        tone,
        facts.get("reason", ""),
    )


@pytest.mark.parametrize(("days", "said"), [(1, "1 day ago"), (9, "9 days ago")])
def test_what_is_late_says_how_late(days, said):
    seen = view(promised(due=today() - timedelta(days=days), is_overdue=True))

    assert said in seen.state
    assert seen.tone is Tone.BAD


@pytest.mark.parametrize(
    ("facts", "buttons"),
    [
        ({}, ["It is kept"]),
        ({"step": Step.PROPOSED}, ["Accept", "Decline"]),
        ({"step": Step.PROPOSED, "is_proposer": True}, ["Take it back"]),
        ({"step": Step.KEPT}, []),
    ],
)
def test_only_open_steps_have_a_button(facts, buttons):
    assert [press.text for press in view(promised(**facts)).presses] == buttons


def test_what_takes_words_is_offered_where_it_may_be_done():
    held, pending = view(promised()), view(promised(is_pending=True))
    kept = view(promised(Step.KEPT, follows=3))

    assert (held.may_give_up, held.may_renegotiate, held.why_not) == (True, True, "")
    assert not pending.may_renegotiate
    assert "proposed already" in pending.why_not
    assert (kept.may_give_up, kept.why_not) == (False, "")
    assert kept.follows_href == "/aftaler/3/"
    assert held.follows_href == ""


def a_page(*found, line=None):
    link = SeenLink(
        id=4,
        upper=1,
        lower=2,
        role=Role.LEADER,
        kind=Kind.SCHOOL,
        end=End.LOWER,
        across="Chief of schools",
        pair=Pair(upper=1, lower=2, since=DUE),
    )
    return build(MyCommitments(all=found), [link], line)


@pytest.mark.parametrize(
    ("found", "lead"),
    [
        ((), "You have no commitments now."),
        ((promised(),), "1 commitment holds."),
        (
            (promised(), replace(promised(), is_overdue=True)),
            "2 commitments hold. 1 is past its day.",
        ),
        ((promised(Step.PROPOSED),), "0 commitments hold."),
    ],
)
def test_the_page_begins_with_how_many_hold_and_are_late(found, lead):
    assert a_page(*found).lead == lead


def test_the_page_sorts_what_waits_what_holds_and_what_is_over():
    mine, theirs = promised(id=1), promised(id=2, is_mine=False)
    waiting = promised(Step.PROPOSED, id=3)
    sent = promised(Step.PROPOSED, id=4, is_proposer=True)
    over = promised(Step.KEPT, id=5)

    page = a_page(mine, theirs, waiting, sent, over)

    groups = (page.waiting, page.from_me, page.to_me, page.proposed, page.settled)
    assert [[one.id for one in group] for group in groups] == [[3], [1], [2], [4], [5]]
    assert page.fresh[0].href == "/aftaler/ny/4/"
    assert page.line == ""


def test_the_line_is_counted_and_not_quoted():
    page = a_page(line=LineCount(held=41, overdue=3, kept=27, broken=2))

    assert page.line.startswith(
        "Further down your line: 41 commitments hold, 3 of them"
    )


def test_a_verdict_that_says_no_gives_no_button():
    no = dict.fromkeys(Step, Verdict(allowed=False, why_not="No."))

    assert view(promised(verdicts=no)).presses == ()

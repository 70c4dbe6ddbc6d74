"""The breaks that a post can mend itself."""

from dataclasses import replace

import pytest

from kaeden.chaincheck.queries import Known, Report
from kaeden.presentation.desks.broken import MOST, mending
from kaeden.shared.breaks import Break, BreakKind
from tests.builders.fjordby import TODAY, the_town

pytestmark = pytest.mark.usefixtures("english")
CHAIN = the_town().chain
MINE = Break(
    kind=BreakKind.POST_WITHOUT_CHARTER,
    municipality="999",
    about="post:leder-engskolen",
    unit="999007",
    owner="skolechef",
    owner_name="Skolechef",
    since=TODAY,
    sentence="Skolelederen har ingen funktionsbeskrivelse.",
    act="Skriv den",
)


def known(*breaks, own="skolechef"):
    report = Report(as_of=TODAY, chains={"999": CHAIN}, breaks=breaks)
    return Known(chain=CHAIN, goals=(), report=report, own=own)


def test_a_post_is_told_of_its_own_breaks_alone():
    view = mending(known(MINE, replace(MINE, owner="direktoer")))

    assert [one.act for one in view.told] == ["Skriv den"]
    assert view.more == ""


def test_what_has_a_part_of_its_own_is_not_told_twice():
    view = mending(known(replace(MINE, kind=BreakKind.EXPECTATION_UNCONFIRMED)))

    assert view.told == ()


@pytest.mark.parametrize(
    ("beyond", "more"), [(1, "1 more is yours."), (3, "3 more are yours.")]
)
def test_many_breaks_are_counted(beyond, more):
    view = mending(known(*[MINE] * (MOST + beyond)))

    assert len(view.told) == MOST
    assert (view.more, view.href) == (more, "/kommune/999/brud/")


def test_somebody_with_no_post_here_owns_nothing():
    assert mending(known(replace(MINE, owner=""), own="")).told == ()

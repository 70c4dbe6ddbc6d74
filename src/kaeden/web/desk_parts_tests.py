"""The parts of a desk that tell of what is tried and learnt."""

from collections.abc import Mapping
from dataclasses import dataclass

from django import forms

from kaeden.learning.queries import lessons
from kaeden.learning.queries import tests_of_change as queries
from kaeden.learning.queries.tests_of_change import SeenTest
from kaeden.learning.rules.tests_of_change import Stage
from kaeden.presentation import tests_of_change as page
from kaeden.presentation.charts.marks import ListItem
from kaeden.presentation.measures_of_tests import MeasureView
from kaeden.presentation.tests_of_change import TestView
from kaeden.web.at_desk import AtDesk, Part
from kaeden.web.change_forms import BeginForm, CountForm, DecideForm


@dataclass(frozen=True, slots=True, kw_only=True)
class OurTest:
    """The one thing that a team tries, and what it may do with it now."""

    test: TestView | None
    outcome: MeasureView | None
    forms: Mapping[str, forms.Form]
    asked: tuple[ListItem, ...]


def our_test(at: AtDesk) -> Part:
    """The one thing that the team tries, on its curve, and the three acts."""
    found = queries.mine(at.actor)
    now = _the_one(found)
    test = page.build(now) if now else None
    view = OurTest(
        test=test,
        outcome=test.measures[0] if test else None,
        forms=_forms(test) if test else {},
        asked=page.asked(found),
    )
    return Part(template="learning/desks/our_test.html", view=view)


def tries(at: AtDesk) -> Part:
    """What is tried where one leads, and for somebody new what was learnt before."""
    found = queries.tried_at(at.actor)
    view = page.tries(found, lessons.for_a_new_leader(at.actor))
    return Part(template="learning/desks/tries.html", view=view)


def _the_one(found: list[SeenTest]) -> SeenTest | None:
    """Return the test that runs; else the newest that is not over."""
    joined = [one for one in found if one.part and one.stage is not Stage.DECIDED]
    running = (one for one in joined if one.stage is Stage.RUNNING)
    return next(running, next(iter(joined), None))


def _forms(test: TestView) -> Mapping[str, forms.Form]:
    return {
        "count": CountForm(view=test, prefix="tael"),
        "begin": BeginForm(prefix="start"),
        "decide": DecideForm(prefix="beslut"),
    }

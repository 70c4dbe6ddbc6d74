"""The week's e-mail: how many of what wait, and the way there. No names, nobody's words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kaeden.presentation.charts.marks import ListItem
from kaeden.reminders.queries import Person
from kaeden.shared.due import DueKind

LEADS_TO: Mapping[DueKind, str] = {
    DueKind.COMMITMENT_OVERDUE: "web:commitments",
    DueKind.COMMITMENT_THIS_WEEK: "web:commitments",
    DueKind.COMMITMENT_TO_ANSWER: "web:commitments",
    DueKind.QUESTION_TO_ANSWER: "web:questions",
    DueKind.EXPECTATION_TO_CONFIRM: "web:expectations",
    DueKind.INQUIRY_TO_ANSWER: "web:questions",
    DueKind.CONCERN_TO_ANSWER: "web:up_and_down",
    DueKind.DECISION_DUE: "web:meetings",
    DueKind.AGENDA_TO_APPROVE: "web:meetings",
    DueKind.MINUTES_TO_APPROVE: "web:meetings",
    DueKind.TIME_ROBBER_TO_DECIDE: "web:time_robbers",
    DueKind.NEED_TO_ANSWER: "web:support",
    DueKind.PRACTICE_TO_REVIEW: "web:written_practices",
    DueKind.TOO_MUCH_AT_ONCE: "web:in_use",
    DueKind.VISIT_TO_ANSWER: "web:visits",
    DueKind.VISIT_THIS_WEEK: "web:visits",
    DueKind.VISIT_TO_TELL: "web:visits",
    DueKind.TEST_TO_DECIDE: "web:tests_of_change",
    DueKind.TEST_TO_COUNT: "web:tests_of_change",
    DueKind.TEST_TO_JOIN: "web:tests_of_change",
}
"""Where each kind is seen to; the kinds are told in this order."""

WORDS: Mapping[DueKind, Callable[[int], str]] = {
    DueKind.COMMITMENT_OVERDUE: lambda count: ngettext(
        "%(count)d commitment is past its day",
        "%(count)d commitments are past their day",
        count,
    ),
    DueKind.COMMITMENT_THIS_WEEK: lambda count: ngettext(
        "%(count)d commitment has its day this week",
        "%(count)d commitments have their day this week",
        count,
    ),
    DueKind.COMMITMENT_TO_ANSWER: lambda count: ngettext(
        "%(count)d proposed commitment waits for your yes",
        "%(count)d proposed commitments wait for your yes",
        count,
    ),
    DueKind.QUESTION_TO_ANSWER: lambda count: ngettext(
        "%(count)d question on your goals waits for an answer",
        "%(count)d questions on your goals wait for an answer",
        count,
    ),
    DueKind.EXPECTATION_TO_CONFIRM: lambda count: ngettext(
        "Expectations in %(count)d link wait for you",
        "Expectations in %(count)d links wait for you",
        count,
    ),
    DueKind.INQUIRY_TO_ANSWER: lambda count: ngettext(
        "%(count)d question from above waits for an answer",
        "%(count)d questions from above wait for an answer",
        count,
    ),
    DueKind.CONCERN_TO_ANSWER: lambda count: ngettext(
        "%(count)d concern waits for an answer",
        "%(count)d concerns wait for an answer",
        count,
    ),
    DueKind.DECISION_DUE: lambda count: ngettext(
        "%(count)d decision of a meeting is to be done",
        "%(count)d decisions of meetings are to be done",
        count,
    ),
    DueKind.AGENDA_TO_APPROVE: lambda count: ngettext(
        "%(count)d agenda is to be approved",
        "%(count)d agendas are to be approved",
        count,
    ),
    DueKind.MINUTES_TO_APPROVE: lambda count: ngettext(
        "The minutes of %(count)d meeting are to be approved",
        "The minutes of %(count)d meetings are to be approved",
        count,
    ),
    DueKind.TIME_ROBBER_TO_DECIDE: lambda count: ngettext(
        "%(count)d time robber waits for you to decide",
        "%(count)d time robbers wait for you to decide",
        count,
    ),
    DueKind.NEED_TO_ANSWER: lambda count: ngettext(
        "%(count)d need of support waits for an answer",
        "%(count)d needs of support wait for an answer",
        count,
    ),
    DueKind.PRACTICE_TO_REVIEW: lambda count: ngettext(
        "%(count)d practice waits for your review",
        "%(count)d practices wait for your review",
        count,
    ),
    DueKind.TOO_MUCH_AT_ONCE: lambda count: ngettext(
        "%(count)d unit of yours runs too much at once",
        "%(count)d units of yours run too much at once",
        count,
    ),
    DueKind.VISIT_TO_ANSWER: lambda count: ngettext(
        "%(count)d colleague has asked to visit you",
        "%(count)d colleagues have asked to visit you",
        count,
    ),
    DueKind.VISIT_THIS_WEEK: lambda count: ngettext(
        "%(count)d visit is this week", "%(count)d visits are this week", count
    ),
    DueKind.VISIT_TO_TELL: lambda count: ngettext(
        "%(count)d visit is over: what do you take home?",
        "%(count)d visits are over: what do you take home?",
        count,
    ),
    DueKind.TEST_TO_DECIDE: lambda count: ngettext(
        "%(count)d test of change to decide on",
        "%(count)d tests of change to decide on",
        count,
    ),
    DueKind.TEST_TO_COUNT: lambda count: ngettext(
        "%(count)d test of change to count in",
        "%(count)d tests of change to count in",
        count,
    ),
    DueKind.TEST_TO_JOIN: lambda count: ngettext(
        "%(count)d test that you are asked to take part in",
        "%(count)d tests that you are asked to take part in",
        count,
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PostLines:
    """What waits for one post."""

    post: str
    lines: tuple[ListItem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """An e-mail, ready to be written out."""

    subject: str
    posts: tuple[PostLines, ...]
    account_href: str

    @property
    def is_for_several(self) -> bool:
        """Whether the person holds several posts for which something waits."""
        return len(self.posts) > 1


def build(person: Person, *, address: str) -> Letter:
    """Return the e-mail to somebody; `address` is where Kæden is opened."""
    return Letter(
        subject=_("Kæden: something waits for you this week"),
        posts=tuple(
            PostLines(
                post=one.post,
                lines=tuple(
                    line(kind, one.counts[kind], address=address)
                    for kind in LEADS_TO
                    if one.counts.get(kind)
                ),
            )
            for one in person.posts
        ),
        account_href=address + reverse("web:account"),
    )


def line(kind: DueKind, count: int, *, address: str = "") -> ListItem:
    """Return how many of a kind wait, and where they are seen to."""
    words = WORDS[kind](count) % {"count": count}
    return ListItem(text=words, href=address + reverse(LEADS_TO[kind]))

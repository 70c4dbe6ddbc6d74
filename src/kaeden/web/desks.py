"""The desk: the first screen of a post, one question for each role."""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import TypeAlias

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kaeden.access.rules import Role
from kaeden.audit import queries as audit
from kaeden.audit.models import Entry, Event, LookUp
from kaeden.conditions.queries import presence, time_robbers
from kaeden.conditions.queries import support as needs
from kaeden.conditions.queries.ledger import mine_and_returned
from kaeden.dialogue.queries import (
    commitments,
    conversations,
    pulse,
    questions,
    shared,
    visits,
)
from kaeden.dialogue.queries import waiting as both_ways
from kaeden.goals import queries as goals
from kaeden.goals.indicators import published
from kaeden.goals.said import meanings_above
from kaeden.goals.standing import standing_of
from kaeden.organisation import queries as organisation
from kaeden.presentation import trail, up_and_down
from kaeden.presentation.as_of import as_of
from kaeden.presentation.desks import (
    aims,
    broken,
    mine,
    noted,
    numbers_at_hand,
    sentences,
    support,
    talks,
    time,
    words,
)
from kaeden.presentation.desks.questions import QUESTIONS
from kaeden.presentation.presence import own as own_presence
from kaeden.presentation.sources import attribution
from kaeden.presentation.trail import TrailLine
from kaeden.publication import queries as publication
from kaeden.publication.gap_queries import newest_gaps
from kaeden.shared.clock import today
from kaeden.web.at_desk import AtDesk, Part
from kaeden.web.condition_forms import PresenceForm
from kaeden.web.desk_parts_learning import practices_to_review, what_we_use
from kaeden.web.desk_parts_results import (
    agenda,
    how_soon,
    lifted_like_us,
    own_results,
    to_assess,
    written,
)
from kaeden.web.desk_parts_tests import our_test, tries
from kaeden.web.meetings import next_of as meeting_of
from kaeden.web.middleware import Request
from kaeden.web.policy import Policy, policy
from kaeden.web.questions import where_are


def whole_chain(at: AtDesk) -> Part:
    """The map of the chain now, with its breaks."""
    proposed = goals.goals_of(at.town)
    view = broken.whole(at.known, proposed, as_of=as_of("", {}))
    return Part(template="dialogue/desks/chain.html", view=view)


def mending(at: AtDesk) -> Part | None:
    """The breaks that the post itself can mend, while there are any."""
    view = broken.mending(at.known)
    if not view.told:
        return None
    return Part(template="dialogue/desks/breaks.html", view=view)


def expected(at: AtDesk) -> Part:
    """What the post and the one above it expect of each other."""
    view = mine.expected(at.expectations)
    return Part(template="dialogue/desks/expected.html", view=view)


def waiting(at: AtDesk) -> Part:
    """The expectations that the post must act on."""
    view = mine.expected(at.expectations)
    return Part(template="dialogue/desks/waiting.html", view=view)


def room(at: AtDesk) -> Part:
    """What the post decides itself."""
    view = mine.room(at.known.chain, at.known.own)
    return Part(template="dialogue/desks/room.html", view=view)


def goals_here(at: AtDesk) -> Part:
    """What the goals mean where the post is."""
    said = meanings_above(at.actor, today())
    known = at.known
    view = aims.aims(known.goals, known.chain, known.own, said, actor=at.actor)
    return Part(template="dialogue/desks/aims.html", view=view)


def our_goals(at: AtDesk) -> Part:
    """The goals as sentences; without a release, what they mean along the line."""
    if at.release is None:
        return goals_here(at)
    figures = publication.of_units(at.release.id, [at.town.pk])
    stands = standing_of(at.actor, at.town, today())
    leads = {one.lead for one in stands.goals} | {
        one.indicator for one in stands.targets
    }
    gaps = newest_gaps(at.release, stands.town, leads)
    view = sentences.build(stands, figures, at.release, gaps)
    return Part(template="dialogue/desks/sentences.html", view=view)


def numbers(at: AtDesk) -> Part:
    """Which goals have a number, and why others have none."""
    figures = publication.of_units(at.release.id, [at.town.pk]) if at.release else []
    view = numbers_at_hand.build(at.town, goals.goals_of(at.town), figures)
    return Part(template="dialogue/desks/numbers.html", view=view)


def promises(at: AtDesk) -> Part:
    """What is promised from the post and to it."""
    together = shared.unanswered(at.actor), visits.unanswered(at.actor)
    view = words.promises(commitments.mine(at.actor), *together)
    return Part(template="dialogue/desks/promises.html", view=view)


def next_talks(at: AtDesk) -> Part:
    """The next conversations, what waits for the post first."""
    view = talks.talks(conversations.mine_along(at.actor, at.links), at.town.code)
    return Part(template="dialogue/desks/talks.html", view=view)


def to_answer(at: AtDesk) -> Part | None:
    """The questions on the goals that the post owns, while there are any."""
    view = words.questions(at.asked, asks=False)
    if not view.shown:
        return None
    return Part(template="dialogue/desks/questions.html", view=view)


def asked(at: AtDesk) -> Part:
    """The questions that the post has asked."""
    found = questions.asked_by(at.actor)
    view = words.questions(found, asks=True, where=where_are(found))
    return Part(template="dialogue/desks/questions.html", view=view)


def up_down(at: AtDesk) -> Part:
    """What waits from below and above, what is sent on, and for how long."""
    view = up_and_down.on_desk(both_ways.mine_among(at.actor, at.links, at.asked))
    return Part(template="dialogue/desks/up_and_down.html", view=view)


def my_needs(at: AtDesk) -> Part:
    """What the post needs of others."""
    return Part(template="conditions/desks/needs.html", view=support.own(at.needs))


def presence_now(at: AtDesk) -> Part:
    """The two taps that note presence, and how one's own month goes."""
    form = PresenceForm(teams=presence.teams_of(at.actor))
    lead = own_presence(presence.own(at.actor)).lead
    view = {"form": form, "lead": lead}
    return Part(template="conditions/desks/presence.html", view=view)


def team_brief(_at: AtDesk) -> Part:
    """The page for the wall and the slide, one press away."""
    return Part(template="dialogue/desks/brief.html", view=None)


def put_to_me(at: AtDesk) -> Part | None:
    """What others need of the post, while somebody waits."""
    view = support.put_to_me(at.needs)
    if not view.shown:
        return None
    return Part(template="conditions/desks/put_to_me.html", view=view)


def unmet(at: AtDesk) -> Part | None:
    """The needs below the post that nobody has met, while there are any."""
    view = support.needs(needs.unmet_below(at.actor))
    if not view.shown:
        return None
    return Part(template="conditions/desks/unmet.html", view=view)


def next_meeting(at: AtDesk) -> Part:
    """The next meeting, and what was decided that is the post's to carry out."""
    return Part(template="dialogue/desks/meeting.html", view=meeting_of(at.actor))


def pulse_now(at: AtDesk) -> Part:
    """The open pulse, or what the last one said."""
    view = words.pulse(pulse.invitation(at.actor))
    return Part(template="dialogue/desks/pulse.html", view=view)


def done_lately(at: AtDesk) -> Part:
    """What the log says was done lately in the municipality."""
    view = noted.done(at.town, _newest(at, Event), lately=_lately(at, Event))
    return Part(template="dialogue/desks/noted.html", view=view)


def seen_lately(at: AtDesk) -> Part:
    """What the log says was seen lately in the municipality."""
    view = noted.seen(at.town, _newest(at, LookUp), lately=_lately(at, LookUp))
    return Part(template="dialogue/desks/noted.html", view=view)


def _newest(at: AtDesk, entries: type[Entry]) -> Sequence[TrailLine]:
    found = audit.rows_of(at.actor, entries, audit.Wanted(), at=at.town.path)
    rows = list(found[: noted.MOST])
    posts = organisation.names_of_posts({one.post_id for one in rows if one.post_id})
    return trail.build(rows, posts, found=len(rows)).lines


def _lately(at: AtDesk, entries: type[Entry]) -> int:
    first = today() - timedelta(days=noted.DAYS - 1)
    wanted = audit.Wanted(first=first)
    return audit.rows_of(at.actor, entries, wanted, at=at.town.path).count()


def own_time(at: AtDesk) -> Part:
    """What waits for the post about its time, what it has reported, and a new one."""
    mine_now = time_robbers.mine_among(at.actor, *time_robbers.around_in(at.town))
    view = time.build(at.town, mine_now)
    return Part(template="dialogue/desks/time.html", view=view)


def leaders_time(at: AtDesk) -> Part:
    """The same, and the minutes a week that are given back in the municipality."""
    view = time.build(at.town, *mine_and_returned(at.actor, at.town))
    return Part(template="dialogue/desks/time.html", view=view)


Parts: TypeAlias = tuple[Callable[[AtDesk], Part | None], ...]
CHIEF: Parts = (
    *(to_assess, next_meeting, next_talks, up_down, to_answer, unmet, promises),
    *(put_to_me, waiting, practices_to_review, leaders_time, mending),
)
LEADER: Parts = (
    *(expected, own_results, promises, next_talks, next_meeting, room),
    *(lifted_like_us, what_we_use, up_down, presence_now, team_brief, tries),
    own_time,
    *(my_needs, put_to_me),
    *(goals_here, mending, written),
)

PARTS: Mapping[Role, Parts] = {
    Role.COMMITTEE: (our_goals, asked, next_meeting),
    Role.DIRECTOR: (
        *(whole_chain, next_meeting, agenda, up_down, promises, waiting),
        *(practices_to_review, leaders_time, how_soon),
    ),
    Role.CHIEF_SCHOOLS: CHIEF,
    Role.CHIEF_DAYCARE: CHIEF,
    Role.CHIEF_FAMILIES: CHIEF,
    Role.AREA_LEADER: (
        *(next_meeting, next_talks, up_down, unmet, promises, presence_now),
        *(waiting, own_time, mending, goals_here, my_needs),
    ),
    Role.LEADER: LEADER,
    Role.DEPARTMENT_LEADER: (
        *(expected, room, next_meeting, up_down, promises, presence_now),
        *(team_brief, tries, own_time, goals_here, my_needs, mending),
    ),
    Role.TEAM: (our_test, goals_here, pulse_now, expected, up_down, promises),
    Role.ANALYST: (put_to_me, numbers, waiting),
    Role.DATA_PROTECTION: (done_lately, seen_lately, waiting),
    Role.SYSTEM: (),
}
"""The parts of each role's desk, the one that answers its question first."""

TELL_BREAKS = frozenset({whole_chain, mending})
"""The parts that tell of breaks, for which the chain is checked."""

FIGURES = frozenset({to_assess, own_results, lifted_like_us, our_goals, numbers})
"""The parts that show figures, whose sources the page then names."""


@policy(Policy.SIGNED_IN)
@require_safe
def desk(request: Request) -> HttpResponse:
    """Show what waits for the post that one acts in."""
    role = request.actor.role
    if role is None:
        return render(request, "dialogue/desk.html", {"nav": "desk"})
    tells = bool(TELL_BREAKS & {*PARTS[role]})
    at = AtDesk(actor=request.actor, role=role, tells_breaks=tells)
    shows_figures = FIGURES & {*PARTS[role]}
    scope = at.release.scope if shows_figures and at.release else ""
    parts = (make(at) for make in PARTS[role])
    shown = {
        "nav": "desk",
        "label": request.actor_label,
        "question": QUESTIONS[role],
        "parts": [part for part in parts if part is not None],
        "attribution": attribution(published(), scope) if scope else "",
    }
    return render(request, "dialogue/desk.html", shown)

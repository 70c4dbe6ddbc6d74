"""Thirty slips that a developer could make, each one patch; the suite must see each.

`near` names the routes where a slip can show, so that finding it costs little.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC
from functools import cache
from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.db.models import Q
from django.utils import timezone

from kaeden.access import rules
from kaeden.access.rules import GRANTS, YES, Permission, Reach, Role
from kaeden.dialogue.actions import assessments as judging
from kaeden.dialogue.errors import NoSuchAgendaItem
from kaeden.dialogue.models import AgendaItem, Assessment
from kaeden.dialogue.queries import assessments, links
from kaeden.organisation import actions, charters, identity, queries
from kaeden.organisation.models import Link, Post, Unit
from kaeden.shared import dated
from kaeden.shared.errors import Forbidden
from kaeden.web import (
    caching,
    desks,
    dialogue,
    duties,
    expectations,
    middleware,
    posts,
)

Patch = Any
TELLING = ("expectations", "structure")
"""Pages that tell by their status alone in which post somebody acts."""
CARDS = ("municipality", "institution", "result", "desk")


@dataclass(frozen=True)
class Fault:
    """A slip: what it is in words, how it is made, and where it can show."""

    words: str
    make: Callable[[Patch], None]
    near: tuple[str, ...] = ()


FAULTS: list[Fault] = []


def fault(words, *near):
    def keep(make):
        FAULTS.append(Fault(words, make, near))
        return make

    return keep


def reaches_by(patch, judge):
    """Let `judge` say what is reached, from home, place and reach."""
    patch.setattr(rules, "reaches", lambda reach, *, home, at: judge(home, at, reach))


def granting(patch, role, **changes):
    """Let a role have other grants; None takes one away."""
    grants = {**GRANTS[role], **{Permission(k): v for k, v in changes.items()}}
    patch.setitem(GRANTS, role, {k: v for k, v in grants.items() if v})


# Where a permission counts ---------------------------------------------------------------

REACHES = rules.reaches


@fault("a path is below another if it begins like it, slash or not", "institution")
def prefix_without_slash(patch):
    reaches_by(patch, lambda home, at, _reach: at.startswith(home))


@fault("everything below counts as the whole line", *CARDS)
def below_is_line(patch):
    reaches_by(patch, lambda home, at, _r: REACHES(Reach.LINE, home=home, at=at))


@fault("the whole line counts as what is below", "post", "charter", "chain")
def line_is_below(patch):
    reaches_by(patch, lambda home, at, _r: REACHES(Reach.BELOW, home=home, at=at))


@fault("only the post's own unit counts", *CARDS, "fill")
def only_own(patch):
    reaches_by(patch, lambda home, at, _reach: home == at)


@fault("sisters are in each other's line", *CARDS)
def sisters(patch):
    reaches_by(
        patch,
        lambda home, at, reach: (
            REACHES(reach, home=home, at=at)
            or home.rpartition("/")[0] == at.rpartition("/")[0]
        ),
    )


@fault("everybody reaches the whole municipality", *CARDS)
def whole_town(patch):
    reaches_by(patch, lambda home, at, _r: home.split("/")[:2] == at.split("/")[:2])


@fault("everybody reaches the whole country", "institution", "accept", "decline")
def whole_country(patch):
    reaches_by(patch, lambda _home, _at, _reach: True)


# Which role has what ---------------------------------------------------------------------


@fault("the analyst reads assessments", *CARDS)
def analyst_reads(patch):
    granting(patch, Role.ANALYST, read_assessment=Reach.BELOW)


@fault("the data protection officer reads assessments", *CARDS)
def officer_reads(patch):
    granting(patch, Role.DATA_PROTECTION, read_assessment=Reach.BELOW)


@fault("a leader fills posts", "fill", "vacate")
def leader_fills(patch):
    granting(patch, Role.LEADER, fill_post=Reach.BELOW)


@fault("an area leader reads assessments of the own unit alone", "institution")
def area_leader_reads_own(patch):
    granting(patch, Role.AREA_LEADER, read_assessment=Reach.OWN)


@fault("a politician decides the director's agenda", "desk", "accept", "decline")
def committee_decides(patch):
    granting(patch, Role.COMMITTEE, decide_agenda=Reach.BELOW)


# When a right begins and ends --------------------------------------------------------------


@fault("somebody has a post on the day it has ended", *TELLING)
def closed_interval(patch):
    def valid_at(day, *, known_at=None, of=""):
        lasts = Q(**{f"{of}valid_to": None}) | Q(**{f"{of}valid_to__gte": day})
        return Q(**{f"{of}valid_from__lte": day}) & lasts

    patch.setattr(dated, "valid_at", valid_at)


@fault("somebody has a post before it begins", *TELLING)
def before_it_begins(patch):
    def valid_at(day, *, known_at=None, of=""):
        return Q(**{f"{of}valid_to": None}) | Q(**{f"{of}valid_to__gt": day})

    patch.setattr(dated, "valid_at", valid_at)


@fault("a post that was held once is held for ever", *TELLING)
def ended_holding_counts(patch):
    def valid_at(day, *, known_at=None, of=""):
        return Q(**{f"{of}valid_from__lte": day})

    patch.setattr(dated, "valid_at", valid_at)


@fault("the day turns at midnight in Greenwich", *TELLING)
def day_of_greenwich(patch):
    patch.setattr(identity, "today", lambda: timezone.now().astimezone(UTC).date())


FIRST_RIGHTS = {}


@fault("a person keeps the rights of the first request", *TELLING)
def cached_rights(patch):
    asked = middleware.identity_of

    def identity_of(user, acting=None):
        return FIRST_RIGHTS.setdefault((user.pk, acting), asked(user, acting))

    patch.setattr(middleware, "identity_of", identity_of)


@fault("a closed account goes on", *TELLING)
def closed_account(patch):
    patch.setattr(ModelBackend, "user_can_authenticate", lambda *_asked: True)


@fault("a closed unit can still be opened", "institution", "result")
def closed_unit(patch):
    patch.setattr(queries, "units_now", Unit.objects.all)


@fault("a closed post can still be filled", "fill", "vacate")
def closed_post(patch):
    def get_post(pk):
        return Post.objects.select_related("unit").filter(pk=pk).first() or asked(pk)

    asked = queries.get_post
    patch.setattr(queries, "get_post", get_post)


# In which post somebody acts ---------------------------------------------------------------


@fault("whoever names a post acts in it", *CARDS, "fill")
def any_post(patch):
    asked = middleware.identity_of

    def identity_of(user, acting=None):
        found, post = asked(user, acting), Post.objects.filter(pk=acting).first()
        if not found.actor.user_id or post is None:
            return found
        actor = replace(
            found.actor, role=Role(post.role), path=post.unit.path, post_id=post.pk
        )
        return replace(found, actor=actor)

    patch.setattr(middleware, "identity_of", identity_of)


@fault("the post that somebody chose is not asked", *TELLING)
def choice_forgotten(patch):
    asked = middleware.identity_of
    patch.setattr(middleware, "identity_of", lambda user, _acting=None: asked(user))


@fault("who lacks a second factor acts all the same", *CARDS, "fill")
def no_duty(patch):
    patch.setattr(duties, "_duty_of", lambda _request: "")


# What a view, a query or an action forgets -------------------------------------------------


def open_to(view, needed):
    def make(patch):
        patch.setitem(view.__dict__, "policy", needed)

    return make


fault("the desk is open to visitors", "desk")(open_to(desks.desk, "public"))
fault("expectations need no post", "expectations")(
    open_to(expectations.all_of_mine, "signed_in")
)


@fault("assessments are read without asking who reads", *CARDS)
def no_reader(patch):
    patch.setattr(assessments, "may_at_any", lambda *_asked, **_where: YES)


@fault("a unit's assessments are everybody's in the municipality", *CARDS)
def no_unit(patch):
    asked = assessments.assessments_at

    def assessments_at(actor, unit, indicator=""):
        town = "/".join(unit.path.split("/")[:2])
        return asked(actor, unit, indicator) + [
            assessments._written(one)
            for one in Assessment.objects.filter(unit__path__startswith=f"{town}/")
            if actor.role and rules.may(actor, Permission.READ_ASSESSMENT, at=unit.path)
        ]

    for module in (assessments, dialogue.queries):
        patch.setattr(module, "assessments_at", assessments_at)


@fault("a director sees all municipalities' agendas", "desk")
def all_agendas(patch):
    def agenda_of(_actor, _municipality):
        return [assessments._proposed(item) for item in AgendaItem.objects.all()]

    patch.setattr(assessments, "agenda_of", agenda_of)


@fault("an agenda item elsewhere is refused and not hidden", "accept", "decline")
def forbidden_for_not_found(patch):
    patch.setattr(NoSuchAgendaItem, "http_status", Forbidden.http_status)


@fault("a post is filled without asking who fills it", "fill", "vacate")
def no_question(patch):
    patch.setattr(actions, "require", lambda *_asked, **_else: None)


@fault("an item that is decided is decided again", "accept", "decline")
def decided_again(patch):
    patch.setattr(judging, "require", lambda *_asked, **_else: None)


@fault("a link's expectations are open to others", "expectation_link")
def other_links(patch):
    asked = links.get_link

    def get_link(actor, pk):
        link = Link.objects.filter(pk=pk).first()
        return asked(replace(actor, post_id=link.upper_id) if link else actor, pk)

    patch.setattr("kaeden.dialogue.queries.expectations.get_link", get_link)


@fault("a charter is read by everybody", "post")
def open_charter(patch):
    patch.setattr(posts, "may_at_any", lambda *_asked, **_where: YES)


@fault("names are told to visitors", "post")
def open_names(patch):
    patch.setattr(posts, "may", lambda *_asked, **_where: YES)


@fault("whoever may write charters writes all within reach", "charter", "write_charter")
def any_writer(patch):
    patch.setattr(charters, "charter_writers", lambda chain, _key: chain.post.keys())


@fault("a kept page is shown to whoever asks next", "institution", "municipality")
def page_kept_for_all(patch):
    kept = cache(lambda _address: {})

    def called(self, request):
        if request.method != "GET":
            return self.answer(request)
        pages = kept(request.get_full_path())
        return (
            pages.setdefault("page", None)
            or pages.update(page=self.answer(request))
            or pages["page"]
        )

    patch.setattr(caching.PublicPageMiddleware, "__call__", called)

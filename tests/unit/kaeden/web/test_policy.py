"""An address opens by its declared policy, and by nothing else."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.test import RequestFactory
from django.views.i18n import set_language

from kaeden.access.rules import NOBODY, Actor, Permission, Role
from kaeden.web.policy import Policy, PolicyMiddleware, judge, policy, policy_of

WITHOUT_A_POST = Actor(user_id=1)
LEADER = Actor(user_id=2, role=Role.LEADER, path="dk/999/schools/999001", post_id=7)
DIRECTOR = Actor(user_id=3, role=Role.DIRECTOR, path="dk/999", post_id=1)
ADOPT = Permission.ADOPT_GOAL


@pytest.mark.parametrize(
    ("needed", "opens"),
    [
        (Policy.PUBLIC, {NOBODY, WITHOUT_A_POST, LEADER, DIRECTOR}),
        (Policy.SIGNED_IN, {WITHOUT_A_POST, LEADER, DIRECTOR}),
        (Policy.POST, {LEADER, DIRECTOR}),
        (ADOPT, {DIRECTOR}),
        (None, set()),
    ],
)
def test_each_policy_opens_for_some_and_tells_the_others_why(needed, opens):
    for actor in (NOBODY, WITHOUT_A_POST, LEADER, DIRECTOR):
        verdict = judge(actor, needed)

        assert bool(verdict) is (actor in opens)
        assert bool(verdict) is not bool(verdict.why_not)


def opened(actor, needed, method="get"):
    """What the middleware answers; nothing when it lets through."""

    @policy(needed)
    def view(_request):
        """Never reached: the middleware is asked alone."""

    request = getattr(RequestFactory(), method)("/bord/?a=1")
    request.actor, request.user = actor, AnonymousUser()
    middleware = PolicyMiddleware(lambda _request: HttpResponse())
    assert middleware(request).status_code == 200
    return middleware.process_view(request, view, (), {})


@pytest.mark.parametrize("needed", [Policy.SIGNED_IN, Policy.POST, ADOPT])
@pytest.mark.parametrize("method", ["get", "head"])
def test_a_visitor_who_reads_is_sent_to_sign_in_and_comes_back(needed, method):
    answer = opened(NOBODY, needed, method)

    assert answer.status_code == 302
    assert answer.headers["Location"] == "/log-ind/?next=/bord/%3Fa%3D1"


@pytest.mark.parametrize("needed", [Policy.SIGNED_IN, Policy.POST, ADOPT])
def test_a_visitor_who_presses_a_button_is_sent_to_sign_in(needed):
    answer = opened(NOBODY, needed, "post")

    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/log-ind/?next=")


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_post_of_another_kind_is_told_why(method):
    answer = opened(LEADER, ADOPT, method)

    assert answer.status_code == 403
    assert "This is not for your post to do." in answer.text


@pytest.mark.parametrize("actor", [NOBODY, DIRECTOR])
def test_an_address_that_nobody_has_decided_on_is_open_to_nobody(actor):
    answer = opened(actor, None)

    assert answer.status_code == 403
    assert "It is not decided who may open this page" in answer.text


def test_who_may_is_let_through():
    assert opened(DIRECTOR, ADOPT) is None
    assert opened(NOBODY, Policy.PUBLIC) is None


def test_a_view_that_others_wrote_has_its_policy_in_a_table():
    assert policy_of(set_language) is Policy.PUBLIC
    assert policy_of(RequestFactory) is None

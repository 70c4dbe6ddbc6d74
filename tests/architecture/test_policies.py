"""Every address says who may open it; one that does not is not built."""

import pytest
from django.urls import URLPattern, get_resolver, path

from kaeden.web import policy
from kaeden.web.policy import policy_of


def routes(patterns):
    """Give every route of the product, however deep it lies."""
    for one in patterns:
        if isinstance(one, URLPattern):
            yield one
        else:
            yield from routes(one.url_patterns)


def undeclared(patterns):
    """The addresses without a policy."""
    return [
        str(one.pattern) for one in routes(patterns) if policy_of(one.callback) is None
    ]


def test_every_address_declares_who_may_open_it():
    assert undeclared(get_resolver().url_patterns) == []


def test_an_address_without_a_policy_is_found_out():
    added = path("ny/", lambda _request: None)

    assert undeclared([*get_resolver().url_patterns, added]) == ["ny/"]


@pytest.mark.parametrize("name", policy.DECLARED)
def test_a_policy_in_the_table_is_of_a_view_that_is_in_use(name):
    callbacks = [one.callback for one in routes(get_resolver().url_patterns)]
    views = [getattr(one, "view_class", one) for one in callbacks]

    assert name in {f"{view.__module__}.{view.__qualname__}" for view in views}


def test_the_policies_are_held_after_the_actor_is_known(settings):
    order = [name.rpartition(".")[2] for name in settings.MIDDLEWARE]

    assert order[-1] == "PolicyMiddleware"
    assert order.index("ActorMiddleware") < order.index("PolicyMiddleware")

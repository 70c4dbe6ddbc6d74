"""What leaders of Fjordby have agreed on, made with the verbs that people use."""

from datetime import date, timedelta

from kaeden.access.rules import Actor, Role
from kaeden.accounts.models import User
from kaeden.dialogue.actions import expectations
from kaeden.dialogue.models import Expectation
from kaeden.dialogue.queries.links import SeenLink, links_of
from kaeden.dialogue.rules.expectations import Way
from kaeden.dialogue.rules.links import End
from kaeden.organisation.models import Holding
from kaeden.shared.clock import today
from tests.builders.places import a_holder, an_actor, post_at

WORDS = "Vi taler om børnenes resultater hver måned."


def holder_of(role: Role, path: str) -> Actor:
    """Who holds a post; the first call lets somebody begin."""
    held = Holding.objects.filter(post=post_at(path, role), valid_to=None).first()
    user: User = held.user if held and held.user else a_holder(role, path)
    return an_actor(role, path, user=user)


def up_from(actor: Actor) -> SeenLink:
    """The link from a post to the one it reports to."""
    return next(one for one in links_of(actor) if one.end is End.LOWER)


def an_expectation(
    upper: Actor, lower: Actor, way: Way = Way.DOWN, *, words: str = WORDS
) -> Expectation:
    """Words that the end which expects them has proposed."""
    by = upper if way.expecting is End.UPPER else lower
    link = up_from(lower)
    newest = Expectation.objects.filter(
        upper_id=link.upper, lower_id=link.lower, way=way.value
    ).count()
    return expectations.propose(link.id, way, words, after=newest, by=by)


def agreed(upper: Actor, lower: Actor, way: Way = Way.DOWN) -> Expectation:
    """Words that both ends have talked about and confirmed today."""
    made = an_expectation(upper, lower, way)
    expectations.discuss(made.pk, by=lower)
    for end in (upper, lower):
        expectations.confirm(made.pk, by=end)
    return made


def days_ago(days: int) -> date:
    """The day that many days before today."""
    return today() - timedelta(days=days)


def replaced(role: Role, path: str) -> Actor:
    """Somebody new holds a post from today."""
    post = post_at(path, role)
    Holding.objects.filter(post=post).end(today())
    user = User.objects.create_user(f"new {role.value} {path}", password="x" * 12)
    Holding.objects.create(post=post, user=user, valid_from=today())
    return an_actor(role, path, user=user)

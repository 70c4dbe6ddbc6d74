"""Tell what posts of Fjordby offer each other, and what leaders have needed in a year."""

from collections.abc import Iterator
from enum import StrEnum
from functools import lru_cache

from kaeden.access.rules import Actor
from kaeden.conditions.actions import support
from kaeden.conditions.models import SupportNeed
from kaeden.conditions.rules.support import Rating
from kaeden.demo.cast import Line, from_file
from kaeden.demo.scene import Scene, Telling
from kaeden.organisation.models import Link


class By(StrEnum):
    """Who noted that a need was not met."""

    ASKER = "asker"
    SUPPORT = "support"


class OfferLine(Line):
    """What a post offers, by the key that needs call it by."""

    key: str
    by: str
    what: str
    for_whom: str
    days: int
    ago: int


class NeedLine(Line):
    """A need of an offer, or of anybody, and what has become of it."""

    of: str
    by: str
    words: str
    ago: int
    wanted: int
    answer: str = ""
    answered: int | None = None
    met_by: int = 0
    met: int | None = None
    rating: int = Rating.HELP.value
    said: str = ""
    failed_by: By = By.ASKER
    failed: int | None = None
    reason: str = ""
    decided: int | None = None
    decision: str = ""


class Support(Line):
    """Everything in the file."""

    offers: tuple[OfferLine, ...]
    needs: tuple[NeedLine, ...]


@lru_cache(maxsize=1)
def told_support() -> Support:
    """Return what was offered and needed; read once."""
    return from_file("support.yaml", Support)


def tell_of_support(scene: Scene) -> Iterator[Telling]:
    """Give what is offered, then every need with its way."""
    known: dict[str, int] = {}
    for offer in told_support().offers:
        yield _offered(scene, offer, known)
    for need in told_support().needs:
        yield _needed(scene, need, known)


def _offered(scene: Scene, line: OfferLine, known: dict[str, int]) -> Telling:
    yield scene.day(line.ago)
    by = scene.voices[line.by]
    made = support.offer(line.what, line.for_whom, line.days, by=by)
    known[line.key] = made.pk


def _needed(scene: Scene, line: NeedLine, known: dict[str, int]) -> Telling:
    asker, days = scene.voices[line.by], scene.town.days
    yield scene.day(line.ago)
    made = support.need(
        line.words, wanted_by=days.ahead(line.wanted), of=known.get(line.of), by=asker
    )
    helper = _helper(scene, line)
    if line.answered is not None:
        yield scene.day(line.answered)
        met_by = days.ahead(line.met_by)
        support.answer(made.pk, line.answer, met_by=met_by, by=helper)
    yield from _over(scene, line, made, helper)


def _over(scene: Scene, line: NeedLine, made: SupportNeed, helper: Actor) -> Telling:
    """Tell how a need ended, and what those above answered."""
    asker = scene.voices[line.by]
    if line.met is not None:
        yield scene.day(line.met)
        support.meet(made.pk, by=asker)
        support.rate(made.pk, Rating(line.rating), line.said, by=asker)
    if line.failed is not None:
        yield scene.day(line.failed)
        by = asker if line.failed_by is By.ASKER else helper
        support.fail(made.pk, line.reason, by=by)
    if line.decided is not None:
        yield scene.day(line.decided)
        support.decide(made.pk, line.decision, by=_above(scene, line.by))


def _helper(scene: Scene, line: NeedLine) -> Actor:
    offers = {one.key: one.by for one in told_support().offers}
    return scene.voices[offers.get(line.of, line.by)]


def _above(scene: Scene, key: str) -> Actor:
    """Return the post that another reports to (1 query)."""
    link = Link.objects.select_related("upper").get(
        lower=scene.posts[key], valid_to=None
    )
    return scene.voices[link.upper.key]

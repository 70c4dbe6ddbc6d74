"""What the pages of a conversation are made from: figures, goals, what weighs."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from kaeden.access.rules import Actor
from kaeden.dialogue.queries.burdens import of_conversation
from kaeden.dialogue.queries.conversations import WholeTalk
from kaeden.dialogue.queries.links import links_of
from kaeden.dialogue.rules.conversations import forget_on
from kaeden.dialogue.rules.links import End
from kaeden.goals import queries as goals
from kaeden.goals.indicators import published
from kaeden.goals.said import meanings_above
from kaeden.organisation import queries as organisation
from kaeden.presentation import conversations as page
from kaeden.presentation.conversations import Figures, TalkPage
from kaeden.presentation.figures import headline
from kaeden.publication import queries as publication
from kaeden.publication.errors import NothingReleased
from kaeden.shared.clock import today
from kaeden.web.conversation_forms import BurdenForm


def page_of(actor: Actor, whole: WholeTalk) -> TalkPage:
    """Return the page of a conversation (at most 6 queries beside the conversation)."""
    unit = whole.talk.unit
    town = organisation.get_municipality(unit.municipality_code)
    meanings = meanings_above(actor, today(), path=unit.path)
    address = reverse("web:unit", args=[town.code, unit.code])
    return page.page(whole, figures_of(whole), goals.goals_of(town), meanings, address)


def figures_of(whole: WholeTalk) -> Figures:
    """Return the figures that either end points at, by release (1 query a release)."""
    newest = (whole.newest(end) for end in End)
    releases = {one.release_id for one in newest if one and one.release_id}
    return {
        pk: [
            one
            for one in publication.of_units(pk, [whole.talk.unit.pk])
            if one.is_latest
        ]
        for pk in releases
    }


def results_to_choose(whole: WholeTalk) -> list[tuple[str, str]]:
    """Return the unit's results that can be pointed at, each as a sentence (2 queries)."""
    unit = whole.talk.unit
    try:
        release = publication.current_release(unit.municipality_code)
    except NothingReleased:
        return []
    known = published()
    return [
        (one.indicator, headline(known[one.indicator], one))
        for one in publication.of_units(release.id, [unit.pk])
        if one.is_latest and one.value is not None and one.indicator in known
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class BurdenPart:
    """What weighs on the two, the form for it, and the day on which it is deleted."""

    words: str
    delete_on: date
    form: BurdenForm


def burden_part(
    actor: Actor, whole: WholeTalk, form: BurdenForm | None = None
) -> BurdenPart | None:
    """Return what the two who hold the posts now may read and write (4 queries).

    None when its time has passed, and while a post is vacant. `form` holds words that
    could not be kept.
    """
    talk = whole.talk
    link = next((one for one in links_of(actor) if one.id == talk.link), None)
    last = forget_on(talk.held_on or max(talk.planned_for, today()))
    if link is None or not link.pair.is_whole or last <= today():
        return None
    found = of_conversation(talk.id, link)
    initial = {"words": found.words, "after": found.number} if found else {"after": 0}
    return BurdenPart(
        words=found.words if found else "",
        delete_on=found.delete_on if found else last,
        form=form or BurdenForm(initial=initial),
    )

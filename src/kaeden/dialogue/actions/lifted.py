"""Share what was done before a result became better, and take it back."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from kaeden.access.rules import Actor, require
from kaeden.audit.actions import record
from kaeden.audit.models import Event
from kaeden.dialogue.errors import OthersWereQuicker
from kaeden.dialogue.models import WhatWeDid
from kaeden.dialogue.queries.lifted import may_share, shared_now
from kaeden.dialogue.rules.lifted import LONGEST
from kaeden.publication.queries import ReleasedFigure
from kaeden.shared.clock import today
from kaeden.shared.errors import Refused
from kaeden.shared.written import whole


@transaction.atomic
def share(
    figure: ReleasedFigure, words: str, *, by: Actor, after: int = 0
) -> WhatWeDid:
    """Share what was done with the leaders of the municipality; it replaces the old.

    `after` is the row whose words the writer has read: 0 for none.

    Raises
    ------
    Forbidden
        If it is not `by`'s own unit.
    Refused
        If the result has not become better by more than chance explains.
    BadInput
        If the words can't be kept.
    OthersWereQuicker
        If somebody else in the post has written meanwhile.
    """
    now = shared_now(by, figure)
    require(may_share(by, figure), otherwise=Refused)
    text = whole(words, longest=LONGEST)
    if after != (now.pk if now else 0):
        raise _quicker()
    if now:
        _end(now)
    assert by.user_id is not None, "a leader's post is somebody's"
    assert by.post_id is not None, "a leader's post is somebody's"
    try:
        with transaction.atomic():
            made = WhatWeDid.objects.create(
                unit_id=figure.unit.id,
                indicator=figure.indicator,
                words=text,
                post_id=by.post_id,
                made_by_id=by.user_id,
                shared_on=today(),
            )
    except IntegrityError as error:
        raise _quicker() from error
    record(Event.Kind.WHAT_WE_DID_SHARED, by=by, about=made)
    return made


@transaction.atomic
def take_back(figure: ReleasedFigure, *, by: Actor) -> None:
    """Share it no longer.

    Raises
    ------
    Forbidden
        If it is not `by`'s own unit.
    Refused
        If nothing is shared.
    OthersWereQuicker
        If somebody else in the post was quicker.
    """
    now = shared_now(by, figure)
    if now is None:
        raise Refused(_("Nothing is shared of this result."))
    _end(now)
    record(Event.Kind.WHAT_WE_DID_TAKEN_BACK, by=by, about=now)


def _end(one: WhatWeDid) -> None:
    if not WhatWeDid.objects.filter(pk=one.pk, ended_on=None).update(ended_on=today()):
        raise _quicker()


def _quicker() -> OthersWereQuicker:
    words = _("Somebody in your post has just written here. Read that first.")
    return OthersWereQuicker(words)

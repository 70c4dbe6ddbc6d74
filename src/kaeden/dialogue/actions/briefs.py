"""Show the team what one tries: what is ticked, and nothing else."""

from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from kaeden.access.rules import Actor
from kaeden.audit.actions import record
from kaeden.audit.models import Event
from kaeden.dialogue.models import TeamShare
from kaeden.dialogue.queries.briefs import tickable
from kaeden.organisation.models import Post
from kaeden.shared.clock import today
from kaeden.shared.database import wait_for_turn
from kaeden.shared.errors import BadInput


@transaction.atomic
def show_team(keys: Collection[str], *, by: Actor) -> None:
    """Show the team these efforts and commitments from now on, and no others.

    Raises
    ------
    Forbidden
        If `by`'s post leads nobody.
    BadInput
        If one of them is not the post's, or goes on no more.
    """
    known = {one.key for one in tickable(by)}
    if not set(keys) <= known:
        raise BadInput(_("Choose among what your post does and has agreed on now."))
    assert by.post_id is not None, "who leads holds a post"
    wait_for_turn(f"brief {by.post_id}")
    TeamShare.objects.filter(post_id=by.post_id).delete()
    rows = (key.split("-") for key in sorted(set(keys)))
    TeamShare.objects.bulk_create(
        TeamShare(post_id=by.post_id, shared_on=today(), **{f"{what}_id": int(pk)})
        for what, pk in rows
    )
    record(Event.Kind.BRIEF_SHOWN, by=by, about=Post(pk=by.post_id))

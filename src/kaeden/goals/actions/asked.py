"""What every verb asks before it changes anything."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from kaeden.access.rules import Actor
from kaeden.goals.indicators import catalogue
from kaeden.organisation.models import Post
from kaeden.shared.clock import today
from kaeden.shared.dated import DatedRows
from kaeden.shared.errors import BadInput, Forbidden
from kaeden.shared.periods import Period


def the_day(on: date | None) -> date:
    """Return the day a change holds from.

    Raises
    ------
    BadInput
        If it has not come yet.
    """
    day = on or today()
    if day > today():
        raise BadInput(_("%(day)s has not come yet. Choose today.") % {"day": day})
    return day


def the_post(by: Actor) -> Post:
    """Return the post that acts.

    Raises
    ------
    Forbidden
        If somebody acts in none.
    """
    if by.post_id is None:
        raise Forbidden(_("Sign in with a post to do this."))
    post: Post = Post.objects.select_related("unit").get(pk=by.post_id)
    return post


def the_words(text: str, *, longest: int, ask: str) -> str:
    """Return what was written, without space around it.

    Raises
    ------
    BadInput
        If nothing was written (with the sentence `ask`), or too much.
    """
    said = " ".join(text.split())
    if not said:
        raise BadInput(ask)
    return shortened(said, longest=longest)


def shortened(text: str, *, longest: int) -> str:
    """Return a text that fits its column, or none at all.

    Raises
    ------
    BadInput
        If it is too long.
    """
    said = " ".join(text.split())
    if len(said) > longest:
        values = {"length": len(said), "longest": longest}
        why = _("The text has %(length)s signs. Keep it to %(longest)s.")
        raise BadInput(why % values)
    return said


def the_indicator(name: str) -> str:
    """Return the id of an indicator of the catalogue, or none.

    Raises
    ------
    BadInput
        If the catalogue has no such indicator.
    """
    if name and name not in catalogue():
        raise BadInput(
            _("There is no indicator “%(name)s”. Choose one of the list.")
            % {"name": name}
        )
    return name


def the_period(text: str) -> str:
    """Return a year in its one form, or none.

    Raises
    ------
    BadInput
        If it is no year.
    """
    return str(Period.parse(text)) if text.strip() else ""


def written_anew(rows: DatedRows, day: date, **columns: Any) -> Any:
    """End what holds on a day, and return the row that holds instead from then on."""
    rows.end(day)
    return rows.create(valid_from=day, **columns)

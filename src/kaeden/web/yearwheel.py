"""The year wheel: what comes back in a municipality's year, as one's post sees it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kaeden.access.rules import Permission, may, require
from kaeden.organisation.errors import NoSuchUnit
from kaeden.organisation.queries import get_municipality
from kaeden.presentation import yearwheel as page
from kaeden.shared.clock import today
from kaeden.shared.errors import BadInput
from kaeden.shared.periods import Period
from kaeden.web.middleware import Request
from kaeden.web.policy import policy
from kaeden.yearwheel.queries import wheel

YEARS_ROUND = 20
"""So many years before and after today a wheel can be asked for."""


@policy(Permission.READ_HOLDERS)
@require_safe
def year(request: Request, code: str) -> HttpResponse:
    """Show a school year, the present one if none is asked for."""
    town = get_municipality(code)
    may_see = may(request.actor, Permission.READ_HOLDERS, at=town.path)
    require(may_see, otherwise=NoSuchUnit)
    found = wheel(request.actor, town, _asked(request.GET.get("aar", "")))
    view = page.build(found, code, today=today())
    return render(request, "organisation/year.html", {"town": town, "view": view})


def _asked(text: str) -> Period | None:
    """Return the school year in an address; None where there is none."""
    if not text:
        return None
    asked = Period.parse(text)
    is_near = abs(asked.start - today().year) <= YEARS_ROUND
    if not asked.is_school_year or not is_near:
        raise BadInput(
            _("“%(year)s” can't be shown. Ask for a school year near this one.")
            % {"year": text}
        )
    return asked

"""The trail of one's municipality, for the data protection officer."""

import csv
from collections.abc import Mapping

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kaeden.access.rules import Permission, may, require
from kaeden.audit import queries
from kaeden.audit.models import Entry, LookUp
from kaeden.organisation import queries as organisation
from kaeden.organisation.errors import NoSuchUnit
from kaeden.organisation.models import Unit
from kaeden.presentation import trail as trail_page
from kaeden.shared.errors import BadInput
from kaeden.web.middleware import Request
from kaeden.web.policy import policy
from kaeden.web.trail_forms import TrailForm

LINES_ON_A_PAGE = 100
BATCH = 2_000


@policy(Permission.READ_TRAIL)
@require_safe
def trail(request: Request, code: str) -> HttpResponse:
    """Show who saw what, or what was done, by post and without names."""
    town, posts, form = _asked(request, code)
    pages = Paginator(_rows(request, town, form), LINES_ON_A_PAGE)
    page = pages.get_page(request.GET.get("side"))
    asked = request.GET.copy()
    asked.pop("side", None)
    context = {
        "town": town,
        "form": form,
        "view": trail_page.build(page.object_list, posts, found=pages.count),
        "page": page,
        "asked": asked.urlencode(),
        "nav": "trail",
    }
    status = 400 if form.errors else 200
    return render(request, "audit/trail.html", context, status=status)


@policy(Permission.READ_TRAIL)
@require_safe
def trail_file(request: Request, code: str) -> HttpResponse:
    """Give the rows that were asked for as CSV, without names."""
    town, posts, form = _asked(request, code)
    if form.errors:
        raise BadInput(_("What is asked for can't be used. Choose it on the page."))
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="logbog-{code}.csv"'
    rows = _rows(request, town, form).iterator(chunk_size=BATCH)
    csv.writer(response, delimiter=";").writerows(trail_page.csv_rows(rows, posts))
    return response


def _asked(request: Request, code: str) -> tuple[Unit, Mapping[int, str], TrailForm]:
    """Return the municipality, the posts in its trail, and what is asked for."""
    town = organisation.get_municipality(code)
    may_read = may(request.actor, Permission.READ_TRAIL, at=town.path)
    require(may_read, otherwise=NoSuchUnit)
    known = queries.posts_in(request.actor, at=town.path)
    posts = organisation.names_of_posts(known)
    places = organisation.institutions_of(town)
    form = TrailForm(request.GET, posts=posts, places=places)
    form.is_valid()
    return town, posts, form


def _rows(request: Request, town: Unit, form: TrailForm) -> QuerySet[Entry]:
    """Return the rows that are asked for; none if that can't be used."""
    if form.errors:
        return LookUp.objects.none()
    return queries.rows_of(request.actor, form.table, form.wanted(), at=town.path)

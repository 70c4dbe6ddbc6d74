"""A team's brief as one page: A4 for the wall, and a slide for the meeting."""

from collections.abc import Iterator
from dataclasses import replace

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from kaeden.presentation.brief import LONG, SHORT, BriefView, shortened
from kaeden.presentation.charts.curve import Curve, CurvePicture
from kaeden.reports.document import (
    Beside,
    Bullets,
    Document,
    DocumentPart,
    Heading,
    Paragraph,
    Picture,
    Shape,
)
from kaeden.shared.clock import today

LONGEST_TITLE = 140
"""What a slide has room for above its two columns."""


def sheet(view: BriefView) -> Document:
    """Return the A4 page: everything, one thing below the other."""
    parts = [Heading(_("Where we are")), *_result(view)]
    if view.curve is not None:
        parts.append(_picture(view.curve, view.curve.wide))
    if view.signal:
        parts.append(Paragraph(view.signal))
    parts += [*_meanings(view, LONG), *_tries(view, LONG)]
    if view.caveat:
        parts.append(Paragraph(_("Bear in mind: %(caveat)s") % {"caveat": view.caveat}))
    return _document(view, Shape.A4, tuple(parts))


def slide(view: BriefView) -> Document:
    """Return the slide: words to the left, the curve to the right."""
    brief = _for_the_back_row(view)
    result, tries = _result(brief), _tries(brief, SHORT)
    meaning = tuple(_meanings(view, SHORT, most=1))
    if view.curve is None:
        columns = Beside((*result, *tries), meaning)
    else:
        drawn = _picture(view.curve, view.curve.narrow)
        columns = Beside((*result, *meaning, *tries), (drawn,))
    return _document(brief, Shape.SLIDE, (columns,))


def _for_the_back_row(view: BriefView) -> BriefView:
    """Return less of everything, in letters that can be read from the back."""
    first, *further = view.result
    return replace(
        view,
        title=shortened(view.title, LONGEST_TITLE),
        result=(shortened(first, SHORT), *further[:2]),
        tries=view.tries[:3],
    )


def _document(
    view: BriefView, shape: Shape, parts: tuple[DocumentPart, ...]
) -> Document:
    return Document(
        title=view.title,
        subtitle=view.subtitle,
        day=today(),
        parts=parts,
        footer=view.footer,
        shape=shape,
        is_one_page=True,
    )


def _result(view: BriefView) -> list[DocumentPart]:
    first, *further = view.result
    said: list[DocumentPart] = [Paragraph(first, is_strong=True)]
    if further or view.aim:
        said.append(Paragraph("\n".join((*further, *([view.aim] if view.aim else ())))))
    return said


def _meanings(
    view: BriefView, longest: int, *, most: int = 3
) -> Iterator[DocumentPart]:
    """Give what the goal means, from above down to here; else what to talk about."""
    yield Heading(_("What it means here"))
    shown = view.meanings[-most:]
    for one in shown:
        yield Paragraph(f"{one.who}: {shortened(one.words, longest)}")
    if not shown:
        yield Paragraph(_("Talk about it: what does it mean with us?"))


def _tries(view: BriefView, longest: int) -> Iterator[DocumentPart]:
    yield Heading(_("What we try"))
    if view.tries:
        yield Bullets(tuple(shortened(one, longest) for one in view.tries))
    else:
        yield Paragraph(
            _("Talk about it: what do we try, and how do we see that it helps?")
        )


def _picture(curve: Curve, picture: CurvePicture) -> Picture:
    """Return the curve as it is drawn on the pages, with its finding in words."""
    drawn = render_to_string(
        "components/curve_picture.html", {"picture": picture, "id": "c", "size": "wide"}
    )
    return Picture(drawn.strip(), f"{curve.title}. {curve.summary}")

"""The page “Where do the differences lie?”: the levels of the chain in words and bars."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from kaeden.presentation.charts.shares import (
    PERCENT,
    ShareRow,
    Shares,
    SharesData,
    draw_shares,
)
from kaeden.presentation.differences.words import (
    Subject,
    background_words,
    basis_words,
    place_words,
    share_sentence,
    whole_percent,
)
from kaeden.publication.model_rules import (
    CHILD,
    FEWEST_UNITS,
    TOO_FEW_UNITS,
    ReleasedShare,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DifferencesPage:
    """What the page shows; `why_none` stands where there are no shares."""

    title: str
    period: str
    sentence: str
    sure: tuple[str, ...]
    background: str
    chart: Shares | None
    why_none: str
    means: tuple[str, ...]
    means_not: tuple[str, ...]


def build(subject: Subject) -> DifferencesPage:
    """Return the page of one model."""
    shares = subject.facts.shares
    return DifferencesPage(
        title=subject.title,
        period=subject.facts.period,
        sentence=share_sentence(subject) if shares else "",
        sure=tuple(_sure(subject)),
        background=_background(subject),
        chart=_chart(subject) if shares else None,
        why_none=why_none(subject),
        means=tuple(_means(subject)) if shares else (),
        means_not=means_not(subject),
    )


def why_none(subject: Subject) -> str:
    """Return why no shares are shown; empty where they are."""
    if subject.facts.why_no_shares != TOO_FEW_UNITS:
        return ""
    return _(
        "How the differences are shared out is left out: at one of the levels there are "
        "fewer than %(fewest)s units, and that is too few to say it."
    ) % {"fewest": FEWEST_UNITS}


def _sure(subject: Subject) -> Iterator[str]:
    """Say how sure the shares are, level by level down to the children."""
    if subject.is_yes_or_no:
        yield _(
            "Each child is a yes or a no, so the shares are of how likely a yes is, and "
            "not of the answers themselves."
        )
    for one in subject.facts.shares:
        if one.low is not None and one.high is not None and one.level != CHILD:
            yield _("The share %(where)s is most likely %(interval)s.") % {
                "where": place_words(subject, one),
                "interval": PERCENT.between(one.low * 100, one.high * 100),
            }
    for level in subject.facts.singular:
        yield _("No difference %(where)s can be seen beyond chance.") % {
            "where": subject.level(level).between
        }


def _background(subject: Subject) -> str:
    known, explained = background_words(subject), subject.facts.explained_marginal
    if not known:
        return ""
    if explained is None:
        return _("Background is taken into account: %(known)s.") % {"known": known}
    return _(
        "Background is taken into account: %(known)s. It explains %(share)s of all "
        "differences; the sentence above is about the rest."
    ) % {"known": known, "share": PERCENT.text(explained * 100)}


def _chart(subject: Subject) -> Shares:
    shares = subject.facts.shares
    return draw_shares(
        SharesData(
            title=_("Where the differences between %(children)s lie")
            % {"children": subject.children},
            summary=_summary(subject),
            rows=tuple(
                _row(subject, one, whole)
                for one, whole in zip(shares, whole_percent(shares), strict=True)
            ),
        )
    )


def _summary(subject: Subject) -> str:
    shares = subject.facts.shares
    most = max(shares, key=lambda one: one.share)
    return _("Most lie %(where)s.") % {"where": place_words(subject, most)}


def _row(subject: Subject, one: ReleasedShare, whole: int) -> ShareRow:
    return ShareRow(
        name=place_words(subject, one),
        share=whole,
        low=None if one.low is None else one.low * 100,
        high=None if one.high is None else one.high * 100,
        basis=basis_words(subject, one),
    )


def _means(subject: Subject) -> Iterator[str]:
    """Say what the shares mean, from the largest of them."""
    shares = subject.facts.shares
    largest, outermost = max(shares, key=lambda one: one.share), shares[0]
    words = {
        "units": subject.units,
        "same": subject.level(outermost.level).same,
        "where": place_words(subject, largest),
    }
    if largest is outermost:
        yield _(
            "The %(units)s differ from each other more than what is within them."
        ) % (words)
        return
    yield (
        _(
            "The %(units)s are more like each other than the children %(same)s are. A mean "
            "of a unit hides most of the differences."
        )
        % words
    )
    yield (
        _("Most of the differences are %(where)s: that is where to look first.") % words
    )


def means_not(subject: Subject) -> tuple[str, ...]:
    """Return what the shares do not mean."""
    words = {"units": subject.units}
    return (
        _("It says where the differences are, and not what they come from."),
        _(
            "A small share between %(units)s does not mean that they make no difference: "
            "what they all do well, or all lack, is not seen here."
        )
        % words,
        _("It says nothing of how well things are, and nothing of any single child."),
    )

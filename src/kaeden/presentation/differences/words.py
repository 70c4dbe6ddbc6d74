"""A model of children's rows in words: its levels, its shares, and what it knows of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kaeden.data.contract_parts import PERIOD
from kaeden.goals.indicators import Indicator, Sector, catalogue
from kaeden.presentation.charts.shares import PERCENT
from kaeden.presentation.figures import WIDE, form_of
from kaeden.presentation.numbers import Form, number
from kaeden.publication.model_rules import CHILD, ModelFacts, ReleasedShare

Words = str | Promise
OF_UNIT = "_of_unit"
"""How the engine ends the name of a column's mean in a child's own unit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelWords:
    """A level as it stands in a sentence: between its units, in the same one, many."""

    between: Words
    same: Words
    many: Words


INSTITUTIONS: Mapping[Sector, LevelWords] = {
    Sector.SCHOOL: LevelWords(
        between=gettext_lazy("between schools"),
        same=gettext_lazy("at the same school"),
        many=gettext_lazy("schools"),
    ),
}
INSTITUTION = LevelWords(
    between=gettext_lazy("between institutions"),
    same=gettext_lazy("at the same institution"),
    many=gettext_lazy("institutions"),
)
GROUPS: Mapping[str, LevelWords] = {
    "class": LevelWords(
        between=gettext_lazy("between classes"),
        same=gettext_lazy("in the same class"),
        many=gettext_lazy("classes"),
    ),
    "group": LevelWords(
        between=gettext_lazy("between groups"),
        same=gettext_lazy("in the same group"),
        many=gettext_lazy("groups"),
    ),
}
CHILDREN: Mapping[Sector, LevelWords] = {
    Sector.SCHOOL: LevelWords(
        between=gettext_lazy("between pupils"), same="", many=gettext_lazy("pupils")
    ),
}
CHILDREN_OF_ALL = LevelWords(
    between=gettext_lazy("between children"), same="", many=gettext_lazy("children")
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """What a model's recipe says in words: its columns, their values, and why.

    `step` says one step of background, and `years` how many are read together.
    """

    titles: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[tuple[str, str], str] = field(default_factory=dict)
    title: str = ""
    why: str = ""
    caveats: tuple[str, ...] = ()
    step: str = ""
    years: int = 1

    def column(self, name: str) -> str:
        """Return what a column is called; of a product of columns, each of them."""
        return " × ".join(self._one(part) for part in name.split(":"))

    def _one(self, name: str) -> str:
        if name.endswith(OF_UNIT):
            mean_of = self._one(name.removesuffix(OF_UNIT))
            return _("%(column)s, the mean of the unit") % {"column": mean_of}
        return self.titles.get(name) or (_("school year") if name == PERIOD else name)

    def brief(self, name: str) -> str:
        """Return what a column is called, without what it is counted in."""
        return self.column(name).partition(",")[0]

    def coefficient(self, column: str, value: str) -> str:
        """Return what a coefficient is of: a column, or one of its values."""
        said = self.values.get((column, value), value)
        return f"{self.column(column)}: {said}" if value else self.column(column)


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What a page is about: what was measured, and of whom."""

    title: str
    sector: Sector
    form: Form
    facts: ModelFacts
    labels: Labels
    is_wide: bool = False

    @property
    def is_yes_or_no(self) -> bool:
        """Whether each child is a yes or a no, and a unit's value a share of yes."""
        return self.facts.kind == "binomial"

    @property
    def children(self) -> str:
        """The children, as the sector calls them."""
        return str(self.level(CHILD).many)

    @property
    def units(self) -> str:
        """The units, as the sector calls them."""
        return str(self.level("institution").many)

    @property
    def finer(self) -> Form:
        """How estimates are written: finer than the values, where those are close."""
        decimals = self.form.decimals + (0 if self.is_wide else 1)
        return Form(decimals=decimals, unit=self.form.unit)

    def level(self, name: str) -> LevelWords:
        """Return the words of a level."""
        if name == CHILD:
            return CHILDREN.get(self.sector, CHILDREN_OF_ALL)
        return GROUPS.get(name) or INSTITUTIONS.get(self.sector, INSTITUTION)


def subject_of(indicator: Indicator, facts: ModelFacts, labels: Labels) -> Subject:
    """Return what the pages of an indicator's model are about."""
    return Subject(
        title=str(indicator.title),
        sector=indicator.sector,
        form=form_of(indicator),
        facts=facts,
        labels=labels,
        is_wide=indicator.unit in WIDE,
    )


def titled(facts: ModelFacts) -> str:
    """Return the title of the indicator that a model is of."""
    return str(catalogue()[facts.indicator].title)


def place_words(subject: Subject, share: ReleasedShare) -> str:
    """Return where a share lies: between its units, within one of the level above."""
    names = [one.level for one in subject.facts.shares]
    at = names.index(share.level)
    own = str(subject.level(share.level).between)
    return f"{own} {subject.level(names[at - 1]).same}" if at else own


def share_sentence(subject: Subject) -> str:
    """Return where the differences lie, in one sentence."""
    shares = subject.facts.shares
    parts = [
        _("%(share)s lie %(where)s")
        % {"share": PERCENT.text(whole), "where": place_words(subject, one)}
        for one, whole in zip(shares, whole_percent(shares), strict=True)
    ]
    words = {"children": subject.children, "parts": in_a_row(parts)}
    return _("Of the differences between %(children)s, %(parts)s.") % words


def whole_percent(shares: Sequence[ReleasedShare]) -> list[int]:
    """Return shares in whole per cent that add up to 100: the largest rests go up.

    >>> from kaeden.publication.model_rules import ReleasedShare
    >>> parts = (0.064, 0.093, 0.843)
    >>> whole_percent(
    ...     [
    ...         ReleasedShare(level=str(one), share=one, low=None, high=None, groups=9)
    ...         for one in parts
    ...     ]
    ... )
    [7, 9, 84]
    """
    exact = [round(one.share * 100, 6) for one in shares]
    found = [int(one) for one in exact]
    missing = 100 - sum(found)
    rests = sorted(range(len(exact)), key=lambda at: found[at] - exact[at])
    for at in rests[: max(missing, 0)]:
        found[at] += 1
    return found


def in_a_row(parts: Sequence[str]) -> str:
    """Return parts as a list in a sentence, with an "and" before the last."""
    if len(parts) < 2:
        return "".join(parts)
    *first, last = parts
    return _("%(first)s and %(last)s") % {"first": ", ".join(first), "last": last}


def basis_words(subject: Subject, share: ReleasedShare) -> str:
    """Return how many units a level has; of children about how many."""
    form = _("about %(n)s %(noun)s") if share.level == CHILD else _("%(n)s %(noun)s")
    noun = subject.level(share.level).many
    return form % {"n": number(share.groups), "noun": noun}


def background_words(subject: Subject) -> str:
    """Return which background is taken into account; empty if none is."""
    named = (one.column for one in subject.facts.coefficients if one.column)
    return in_a_row(list(dict.fromkeys(subject.labels.brief(one) for one in named)))


def optimum_words(facts: ModelFacts) -> str:
    """Return whether the calculation found the best answer, and how that is known."""
    if facts.is_optimum:
        return _(
            "The calculation found the best answer, and that has been checked: no other "
            "numbers fit the rows better."
        )
    return _(
        "The calculation stopped before it was sure of the best answer. Don't rest "
        "anything on these numbers until it has been made again."
    )

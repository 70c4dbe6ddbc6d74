"""The forms of goals: what is asked, and what comes back as plain values."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kaeden.access.rules import Role
from kaeden.goals.actions.following import CheckInText
from kaeden.goals.actions.writing import GoalText
from kaeden.goals.goalcheck import Draft
from kaeden.goals.indicator_parts import Sector
from kaeden.goals.indicators import catalogue, published
from kaeden.goals.queries import MunicipalGoal
from kaeden.goals.rules import (
    CONFIDENCE_NAMES,
    LEADERSHIP_LEVEL_NAMES,
    STATE_NAMES,
    Confidence,
    LeadershipLevel,
    State,
)
from kaeden.organisation.models import Post, Unit
from kaeden.organisation.rules import LEADING, Kind
from kaeden.presentation.words import SECTOR_NAMES
from kaeden.shared.clock import today
from kaeden.shared.periods import Period

YEARS_AHEAD = 6
LONGEST_TYPED = 2_000
NEAREST_THE_CHILD = {Role.LEADER, Role.DEPARTMENT_LEADER}
Choices = Sequence[tuple[str, str | Promise]]


def years(*, back: int = 0, ahead: int = YEARS_AHEAD) -> list[tuple[str, str]]:
    """Return the school years around this one, to choose from."""
    now = today()
    this = now.year if now.month >= 8 else now.year - 1
    spans = range(this - back, this + ahead + 1)
    names = [str(Period(start=year, is_school_year=True)) for year in spans]
    return [(name, name) for name in names]


def indicators() -> list[tuple[str, str]]:
    """Return the indicators to choose from; of some there are no figures yet."""
    none_yet = _("no figures yet")
    return [
        (name, str(one.title) if name in published() else f"{one.title} ({none_yet})")
        for name, one in catalogue().items()
    ]


def words(label: Any, ask: Any, *, longest: int = 600, **facts: Any) -> forms.CharField:
    """Return a field for what a person writes; both texts may be lazy."""
    return forms.CharField(
        label=label,
        max_length=longest,
        widget=forms.Textarea(attrs={"rows": 2 if longest <= 300 else 3}),
        error_messages={
            "required": ask,
            "max_length": _("Keep it to %(limit_value)s signs; it has %(show_value)s."),
        },
        **facts,
    )


class GoalForm(forms.Form):
    """A goal as a politician or a chief writes it; only the sentence must be there."""

    sentence = words(
        _("The goal in one sentence"),
        _("Write the goal in a sentence."),
        longest=300,
        help_text=_("What will have happened for the children when it is reached?"),
    )
    for_whom = forms.CharField(
        label=_("Which children?"),
        max_length=200,
        required=False,
        help_text=_("For example: those who begin in school without a safe language"),
    )
    sectors = forms.MultipleChoiceField(
        label=_("Where are the children?"),
        choices=[(one.value, SECTOR_NAMES[one]) for one in Sector],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    indicator = forms.ChoiceField(
        label=_("What shows whether it moves?"), required=False
    )
    owner = forms.ChoiceField(label=_("Who answers for it?"), required=False)
    by_period = forms.ChoiceField(label=_("By which school year?"), required=False)
    serves = forms.ChoiceField(
        label=_("Which goal is it a step towards?"), required=False
    )
    here = words(_("Why is it important here?"), _("Write why."), required=False)
    name = forms.CharField(
        label=_("A short name"),
        max_length=60,
        required=False,
        help_text=_("Two or three words that fit on the map of the chain."),
    )

    def __init__(
        self,
        *args: Any,
        owners: Choices,
        above: Sequence[MunicipalGoal] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        nothing = ("", _("Not decided yet"))
        self._choose("indicator", [nothing, *indicators()])
        self._choose("owner", [nothing, *owners])
        self._choose("by_period", [nothing, *self._years()])
        self._choose("serves", [nothing, *((g.key, g.sentence) for g in above)])
        if not above:
            del self.fields["serves"]

    def _years(self) -> list[tuple[str, str]]:
        """Return the years ahead, and the one that was chosen before."""
        before, ahead = self.initial.get("by_period", ""), years()
        chosen = [(before, before)] if before and (before, before) not in ahead else []
        return [*chosen, *ahead]

    def _choose(self, name: str, choices: Choices) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def text(self) -> GoalText:
        """Return the goal as it was written."""
        given = self.cleaned_data
        return GoalText(
            sentence=given["sentence"],
            name=given["name"],
            here=given["here"],
            for_whom=given["for_whom"],
            sectors=tuple(Sector(one) for one in given["sectors"]),
            indicator=given["indicator"],
            by_period=given["by_period"],
        )

    def draft(self, *, baseline: str = "") -> Draft:
        """Return the goal as far as it is written, also when something is wrong."""
        sent = self.data
        said = typed(sent) if isinstance(sent, QueryDict) else dict(self.initial)
        known = {sector.value for sector in Sector}
        return Draft(
            sentence=said.get("sentence", ""),
            for_whom=said.get("for_whom", ""),
            sectors=[Sector(one) for one in said.get("sectors", ()) if one in known],
            owner=said.get("owner", ""),
            indicator=said.get("indicator", ""),
            baseline=baseline,
            by_period=said.get("by_period", ""),
        )


def typed(sent: QueryDict) -> dict[str, Any]:
    """Return what was typed into the form of a goal, whether it can be used or not."""
    names = GoalForm.base_fields
    said: dict[str, Any] = {name: sent.get(name, "")[:LONGEST_TYPED] for name in names}
    return said | {"sectors": sent.getlist("sectors")[: len(Sector)]}


def written(goal: MunicipalGoal) -> dict[str, Any]:
    """Return a goal as the form shows it."""
    return {
        "sentence": goal.sentence,
        "for_whom": goal.for_whom,
        "sectors": [sector.value for sector in goal.sectors],
        "indicator": goal.lead,
        "by_period": goal.by_period,
        "here": goal.here,
        "name": goal.name,
    }


def owners(posts: Mapping[str, Post], unit: Unit) -> list[tuple[str, str]]:
    """Return the posts that can answer for a goal of a unit, uppermost first.

    A goal of the whole municipality is not an institution leader's to answer for.
    """
    whole = unit.kind == Kind.MUNICIPALITY.value
    able = [
        post
        for post in posts.values()
        if Role(post.role) in LEADING
        and f"{post.unit.path}/".startswith(f"{unit.path}/")
        and not (whole and Role(post.role) in NEAREST_THE_CHILD)
    ]
    able.sort(key=lambda post: (post.unit.path.count("/"), post.unit.path, post.pk))
    return [(post.key, named(post)) for post in able]


def named(post: Post) -> str:
    """Return what a post is called in a list of all posts."""
    is_high = post.unit.kind in {Kind.MUNICIPALITY.value, Kind.AREA.value}
    return post.name if is_high else f"{post.name}, {post.unit.name}"


class OwnerForm(forms.Form):
    """The post that answers for a goal."""

    owner = forms.ChoiceField(
        label=_("Who answers for it?"),
        error_messages={"required": _("Choose a post.")},
    )

    def __init__(self, *args: Any, owners: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["owner"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Choose a post")), *owners]


class MeaningForm(forms.Form):
    """What a goal means where one leads."""

    words = words(
        _("Where we are, it means …"),
        _("Write what the goal means where you lead."),
        help_text=_("What would you and others see in the children you lead for?"),
    )


class StrategyForm(forms.Form):
    """The way a post means to reach a goal."""

    words = words(
        _("Our way to it"),
        _("Write how you will reach the goal."),
        help_text=_("Why should it work? What do you choose, and what do you leave?"),
    )


class EffortForm(forms.Form):
    """Something a post does to reach a goal."""

    words = words(_("One more thing we do"), _("Write what you do."), longest=300)


class ContributionForm(forms.Form):
    """What a post brings to a goal that another owns."""

    words = words(
        _("What we bring to the goal"),
        _("Write what you bring to the goal."),
        help_text=_("What do you do for it, and how can others see that it helps?"),
    )
    indicator = forms.ChoiceField(label=_("What shows it?"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["indicator"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Our own observations")), *indicators()]


class VisionForm(forms.Form):
    """What the whole area is for."""

    sentence = words(
        _("The vision in one sentence"),
        _("Write the vision in a sentence."),
        longest=300,
        help_text=_("What is the whole area for, seen from the children?"),
    )
    why = words(_("Why?"), _("Write why."), required=False)


class ValueForm(forms.Form):
    """A value, what it means, and how it is seen at each level of the chain."""

    name = forms.CharField(
        label=_("What is the value called?"),
        max_length=60,
        help_text=_("One or two words. A value with the same name is written anew."),
        error_messages={"required": _("Write what the value is called.")},
    )
    meaning = words(_("What does it mean?"), _("Write what it means."), longest=300)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for level in LeadershipLevel:
            self.fields[level.value] = words(
                LEADERSHIP_LEVEL_NAMES[level], "", longest=300, required=False
            )

    @property
    def levels(self) -> Iterator[forms.BoundField]:
        """How it is seen: a field a level."""
        return (self[level.value] for level in LeadershipLevel)

    def clean(self) -> dict[str, Any]:
        """Ask for one sign of it at least."""
        given = super().clean() or self.cleaned_data
        if not any(given.get(level.value) for level in LeadershipLevel):
            first = next(iter(LeadershipLevel)).value
            self.add_error(
                first, _("Write how the value is seen at one level at least.")
            )
        return given

    def seen(self) -> dict[LeadershipLevel, str]:
        """Return how it is seen, by level."""
        return {level: self.cleaned_data[level.value] for level in LeadershipLevel}


class CheckInForm(forms.Form):
    """How it goes with a target, and how sure one is."""

    state = forms.ChoiceField(
        label=_("How far is it?"),
        choices=list(STATE_NAMES.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how far it is.")},
    )
    confidence = forms.ChoiceField(
        label=_("Do you believe that you will get there?"),
        choices=list(CONFIDENCE_NAMES.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how sure you are.")},
    )
    words = words(
        _("How does it go?"),
        _("Write how it goes, in a sentence."),
        help_text=_("Say what you see in the children, not what you have done."),
    )
    hand_up = forms.BooleanField(
        label=_("Hand it up: those above and below in my line may read it"),
        required=False,
    )

    def text(self) -> CheckInText:
        """Return what was said."""
        given = self.cleaned_data
        return CheckInText(
            state=State(given["state"]),
            confidence=Confidence(given["confidence"]),
            words=given["words"],
            hand_up=given["hand_up"],
        )


class DeviationForm(forms.Form):
    """Why a target may be missed, and until when."""

    reason = words(_("Why is it accepted?"), _("Write why it is accepted."))
    until = forms.DateField(
        label=_("Until when?"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("At most a year. After that it is a target like any other again."),
        error_messages={
            "required": _("Choose a day."),
            "invalid": _("Write the day as 2026-12-31."),
        },
    )

"""The forms of what goes up and down the line."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kaeden.dialogue.queries.concerns import About
from kaeden.dialogue.queries.links import name_of
from kaeden.dialogue.rules import concerns, inquiries, questions
from kaeden.dialogue.rules.concerns import Subject
from kaeden.organisation.models import Post
from kaeden.shared.clock import today
from kaeden.web.dialogue_forms import DayField, WordsField

NOTHING = ""
"""What stands for a concern about nothing that is named."""


class ConcernForm(forms.Form):
    """A concern, what it is about, and by when an answer is wanted."""

    words = WordsField(
        longest=concerns.LONGEST,
        label=_("What worries you, or what do you need?"),
        help_text=_("Name no child and no employee. At most 1,000 characters."),
    )
    subject = forms.ChoiceField(
        label=_("What is it about?"),
        required=False,
        error_messages={
            "invalid_choice": _("Choose a goal or a result from the list.")
        },
    )
    answer_by = DayField(label=_("Answer wanted by"))

    def __init__(
        self,
        *args: Any,
        subjects: Sequence[tuple[Subject, About]],
        chosen: str = NOTHING,
        **kwargs: Any,
    ) -> None:
        day = today() + concerns.ANSWERED_WITHIN
        kwargs.setdefault("initial", {"answer_by": day, "subject": chosen})
        super().__init__(*args, **kwargs)
        self.known = {token(subject): subject for subject, _about in subjects}
        choices = [(token(subject), about.words) for subject, about in subjects]
        field = self.fields["subject"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(NOTHING, _("Nothing in particular")), *choices]

    def clean_answer_by(self) -> date:
        """Return a day within a year."""
        day: date = self.cleaned_data["answer_by"]
        if not concerns.is_a_fair_day(day, written_on=today()):
            raise forms.ValidationError(
                _("Choose a day after today and %(days)d days ahead at the most."),
                params={"days": concerns.LATEST.days},
            )
        return day

    def concern(self) -> dict[str, Any]:
        """Return what `actions.concerns.write` takes of the form."""
        subject = self.known.get(self.cleaned_data["subject"], Subject())
        return self.cleaned_data | {"subject": subject}


def token(subject: Subject) -> str:
    """Return what stands for a subject in a form and an address."""
    return f"maal-{subject.goal}" if subject.goal else f"resultat-{subject.indicator}"


class CarryForm(forms.Form):
    """What one adds oneself before it goes further up."""

    words = WordsField(
        longest=concerns.LONGEST,
        rows=3,
        label=_("What do you add?"),
        help_text=_("The first words stay. The post above reads both."),
    )


class ConcernAnswerForm(forms.Form):
    """The answer, which all that the concern has passed read."""

    words = WordsField(
        longest=concerns.LONGEST,
        label=_("Your answer"),
        help_text=_("Everybody whom the concern has passed reads it."),
    )


class SendDownForm(forms.Form):
    """To whom below a question is sent on, with words and a day."""

    to = forms.TypedChoiceField(
        label=_("Who knows it?"),
        coerce=int,
        error_messages={
            "required": _("Choose a post."),
            "invalid_choice": _("Choose a post below you that somebody holds."),
        },
    )
    words = WordsField(
        longest=questions.LONGEST,
        rows=3,
        label=_("What do you ask?"),
        help_text=_("In your own words. Only the two of you read it."),
    )
    answer_by = DayField(label=_("To be answered by"))

    def __init__(self, *args: Any, posts: Sequence[Post], **kwargs: Any) -> None:
        day = today() + inquiries.ANSWERED_WITHIN
        kwargs.setdefault("initial", {"answer_by": day})
        super().__init__(*args, **kwargs)
        field = self.fields["to"]
        assert isinstance(field, forms.ChoiceField)
        below = [(post.pk, name_of(post)) for post in posts]
        field.choices = [("", _("Choose a post")), *below]

    def clean_answer_by(self) -> date:
        """Return a day within a year."""
        day: date = self.cleaned_data["answer_by"]
        if not inquiries.is_a_fair_day(day, asked_on=today()):
            raise forms.ValidationError(
                _("Choose a day after today and %(days)d days ahead at the most."),
                params={"days": inquiries.LATEST.days},
            )
        return day


class FromBelowForm(forms.Form):
    """The answer from below to whoever owns the goal."""

    words = WordsField(
        longest=questions.LONGEST,
        label=_("What do you know?"),
        help_text=_("The post that owns the goal reads it, and answers the committee."),
    )

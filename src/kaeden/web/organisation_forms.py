"""The forms of the organisation: what is asked, and what comes back as plain values."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kaeden.organisation.chain import Chain, ChainCharter, NotMine
from kaeden.organisation.communities import FEWEST
from kaeden.organisation.files.reading import LARGEST, read_chain
from kaeden.organisation.rules import DEGREE_NAMES, TASK_NAMES, Degree, Task
from kaeden.shared.errors import BadInput

MOST_LINES = 6
"""How much a charter can leave to others: more than this, and nobody reads it."""


class ChainFileForm(forms.Form):
    """A chain file, which becomes the chain in it; else `problems` say why not."""

    problems: Sequence[str] = ()
    file = forms.FileField(
        label=_("The file with the chain"),
        help_text=_("A .xlsx or .yaml file, at most 2 MB."),
        error_messages={
            "required": _("Choose a file."),
            "empty": _("The file is empty. Choose another one."),
        },
    )

    def clean_file(self) -> Chain:
        """Return the chain in the file, or say everything that is wrong with it."""
        file = self.cleaned_data["file"]
        try:
            # One byte more than is allowed is enough to see that it is too much.
            return read_chain(file.read(LARGEST + 1), file.name)
        except BadInput as error:
            heading, *problems = str(error.message).splitlines()
            self.problems = [line.removeprefix("- ") for line in problems]
            raise forms.ValidationError(heading) from error


class CharterForm(forms.Form):
    """A charter: the area, the decision room, what is left to others, the tasks."""

    area = forms.CharField(
        label=_("What the post leads"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("The unit, the children and the work that the post answers for."),
        error_messages={"required": _("Write what the post leads.")},
    )
    decision_room = forms.CharField(
        label=_("What the post decides itself"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What can be decided without asking anybody."),
        error_messages={"required": _("Write what the post decides itself.")},
    )
    read = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, chain: Chain, key: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        posts = [("", "–"), *_posts(chain, without=key)]
        for line in range(1, MOST_LINES + 1):
            self.fields[f"words_{line}"] = forms.CharField(
                label=f"{line}. {_('Not for the post to decide')}",
                max_length=300,
                required=False,
            )
            self.fields[f"ask_{line}"] = forms.ChoiceField(
                label=f"{line}. {_('Ask instead')}", choices=posts, required=False
            )
        for task in Task:
            self.fields[task.value] = forms.ChoiceField(
                label=str(TASK_NAMES[task]),
                choices=[(one.value, DEGREE_NAMES[one]) for one in Degree],
                initial=Degree.NOT.value,
            )

    @property
    def lines(self) -> Iterator[tuple[forms.BoundField, forms.BoundField]]:
        """What is left to others, and whom to ask: two fields a line."""
        for line in range(1, MOST_LINES + 1):
            yield self[f"words_{line}"], self[f"ask_{line}"]

    @property
    def tasks(self) -> Iterator[forms.BoundField]:
        """The post's part in each of the seven tasks."""
        return (self[task.value] for task in Task)

    def clean(self) -> dict[str, Any]:
        """Ask for the other half of a line that is half written."""
        given = super().clean() or self.cleaned_data
        for line in range(1, MOST_LINES + 1):
            words, ask = f"words_{line}", f"ask_{line}"
            if given.get(words) and given.get(ask) == "":
                self.add_error(ask, _("Choose whom to ask instead."))
            if given.get(ask) and given.get(words) == "":
                self.add_error(words, _("Write what the post does not decide."))
        return given

    def charter(self) -> ChainCharter:
        """Return what was written."""
        given = self.cleaned_data
        return ChainCharter(
            area=one_kind_of_line_end(given["area"]),
            decision_room=one_kind_of_line_end(given["decision_room"]),
            not_mine=tuple(
                NotMine(words=given[f"words_{line}"], ask=given[f"ask_{line}"])
                for line in range(1, MOST_LINES + 1)
                if given[f"words_{line}"]
            ),
            tasks={task: Degree(given[task.value]) for task in Task},
        )


def one_kind_of_line_end(text: str) -> str:
    """Return a text as files write it: browsers end a line with two characters."""
    return text.replace("\r\n", "\n")


class CommunityForm(forms.Form):
    """A community: what it is called, what it is for, and who is in it."""

    name = forms.CharField(
        label=_("What the community is called"),
        max_length=120,
        error_messages={"required": _("Write what the community is called.")},
    )
    purpose = forms.CharField(
        label=_("What it is for, and what the members bind themselves to"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write what the community is for.")},
    )
    members = forms.MultipleChoiceField(
        label=_("Who is in it"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose two members or more.")},
    )

    def __init__(
        self, *args: Any, posts: Iterable[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        members = self.fields["members"]
        assert isinstance(members, forms.MultipleChoiceField)
        members.choices = list(posts)

    def clean_members(self) -> list[str]:
        """Ask for a second one."""
        given: list[str] = self.cleaned_data["members"]
        if len(given) < FEWEST:
            raise forms.ValidationError(_("Choose two members or more."))
        return given


def _posts(chain: Chain, *, without: str) -> Iterator[tuple[str, str | Promise]]:
    for post in chain.posts:
        if post.key != without:
            yield post.key, chain.post_name(post.key)


def written(charter: ChainCharter | None, row: int | None) -> dict[str, Any]:
    """Return what a form begins with: the charter that holds today."""
    if charter is None:
        return {}
    known: dict[str, Any] = {
        "area": charter.area,
        "decision_room": charter.decision_room,
        "read": row,
    }
    known |= {task.value: charter.degree(task).value for task in Task}
    for line, one in enumerate(charter.not_mine[:MOST_LINES], start=1):
        known |= {f"words_{line}": one.words, f"ask_{line}": one.ask}
    return known

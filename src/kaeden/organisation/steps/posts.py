"""The steps that are about posts. Pure."""

from dataclasses import dataclass, replace
from typing import ClassVar

from django.utils.translation import gettext as _

from kaeden.access.rules import Role
from kaeden.organisation.chain import Chain, ChainPost
from kaeden.organisation.files.conversion import in_order
from kaeden.organisation.lines import upward
from kaeden.organisation.rules import DEGREE_NAMES, TASK_NAMES, Degree, Task
from kaeden.organisation.steps.shape import (
    post_name,
    post_of,
    unit_name,
    unit_of,
    with_post,
    without_posts,
)
from kaeden.shared.errors import BadInput


@dataclass(frozen=True, slots=True, kw_only=True)
class MovePost:
    """A post answers to another post; whom it leads go along."""

    kind: ClassVar[str] = "move_post"
    post: str
    to: str

    def apply(self, chain: Chain) -> Chain:
        """Refuse to let a post answer to itself, also through others."""
        post, above = post_of(chain, self.post), post_of(chain, self.to)
        if post.key in {one.key for one in upward(chain, above.key)}:
            raise BadInput(_("A post can't answer to itself."))
        return with_post(chain, post.key, reports_to=above.key)

    def said(self, chain: Chain) -> str:
        """Say who answers to whom."""
        return _("Let %(post)s answer to %(to)s.") % {
            "post": post_name(chain, self.post),
            "to": post_name(chain, self.to),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatPost:
    """A post gets its seat at another unit, and so its rights there."""

    kind: ClassVar[str] = "seat_post"
    post: str
    unit: str

    def apply(self, chain: Chain) -> Chain:
        """Keep whom it answers to."""
        unit = unit_of(chain, self.unit)
        return with_post(chain, post_of(chain, self.post).key, unit=unit.code)

    def said(self, chain: Chain) -> str:
        """Say where the post goes."""
        return _("Move the post %(post)s to %(unit)s.") % {
            "post": post_name(chain, self.post),
            "unit": unit_name(chain, self.unit),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPost:
    """A new post begins, vacant and without a charter."""

    kind: ClassVar[str] = "open_post"
    key: str
    role: str
    title: str
    unit: str
    to: str
    staff: int | None = None

    def apply(self, chain: Chain) -> Chain:
        """Refuse a key that is in use."""
        if self.key in chain.post:
            raise BadInput(_("A post has the key “%(key)s”.") % {"key": self.key})
        post = ChainPost(
            key=self.key,
            role=Role(self.role),
            title=self.title,
            unit=unit_of(chain, self.unit).code,
            reports_to=post_of(chain, self.to).key,
            staff=self.staff,
        )
        return in_order(replace(chain, posts=(*chain.posts, post)))

    def said(self, chain: Chain) -> str:
        """Say what post opens, and whom it answers to."""
        return _("Open the post “%(title)s” at %(unit)s under %(to)s.") % {
            "title": self.title,
            "unit": unit_name(chain, self.unit),
            "to": post_name(chain, self.to),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosePost:
    """A post ends; whom it led answer to the post above it."""

    kind: ClassVar[str] = "close_post"
    post: str

    def apply(self, chain: Chain) -> Chain:
        """Leave its unit as it is."""
        return without_posts(chain, [post_of(chain, self.post).key])

    def said(self, chain: Chain) -> str:
        """Say what post ends."""
        return _("Close the post %(post)s.") % {"post": post_name(chain, self.post)}


@dataclass(frozen=True, slots=True, kw_only=True)
class SetStaff:
    """A post leads another number of staff."""

    kind: ClassVar[str] = "set_staff"
    post: str
    staff: int

    def apply(self, chain: Chain) -> Chain:
        """Count only those it leads directly, besides posts."""
        return with_post(chain, post_of(chain, self.post).key, staff=self.staff)

    def said(self, chain: Chain) -> str:
        """Say how many."""
        return _("Let %(post)s lead %(staff)d employees.") % {
            "post": post_name(chain, self.post),
            "staff": self.staff,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class SetTask:
    """A post gets another part in one of the seven tasks."""

    kind: ClassVar[str] = "set_task"
    post: str
    task: str
    degree: str

    def apply(self, chain: Chain) -> Chain:
        """Refuse a post without a charter: a part alone is none."""
        post = post_of(chain, self.post)
        if post.charter is None:
            raise BadInput(
                _("%(post)s has no charter. Write it before you change a task in it.")
                % {"post": chain.post_name(post.key)}
            )
        tasks = {**post.charter.tasks, Task(self.task): Degree(self.degree)}
        return with_post(chain, post.key, charter=replace(post.charter, tasks=tasks))

    def said(self, chain: Chain) -> str:
        """Say which task."""
        return _("%(post)s: %(degree)s the task “%(task)s”.") % {
            "post": post_name(chain, self.post),
            "degree": DEGREE_NAMES[Degree(self.degree)],
            "task": TASK_NAMES[Task(self.task)],
        }

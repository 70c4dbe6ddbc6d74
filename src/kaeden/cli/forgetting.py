"""Delete what was written to be forgotten; a calendar runs it every night."""

import argparse

from django.utils.translation import ngettext

from kaeden.cli.speech import say
from kaeden.data.actions import forget_children
from kaeden.dialogue.actions.burdens import forget_due


def forget(_arguments: argparse.Namespace) -> None:
    """Delete all whose day has come, and say how many."""
    gone = forget_due()
    words = ngettext("%(count)d text is deleted.", "%(count)d texts are deleted.", gone)
    say(words % {"count": gone})
    files = forget_children()
    words = ngettext(
        "%(count)d file of children's rows is deleted.",
        "%(count)d files of children's rows are deleted.",
        files,
    )
    say(words % {"count": files})

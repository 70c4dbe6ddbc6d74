"""The words of the command line, and the verb that each calls.

A verb is imported when it is called: reading files takes libraries that need a second
to come up, and a check of the chain does not wait for them.
"""

import argparse
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import TypeAlias

from django.utils.translation import gettext as _

from kaeden import __version__

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def later(room: str, verb: str) -> Callable[[argparse.Namespace], None]:
    """Return a verb of one of the command line's modules, imported when it is called."""

    def call(arguments: argparse.Namespace) -> None:
        getattr(import_module(f"kaeden.cli.{room}"), verb)(arguments)

    return call


def parser() -> argparse.ArgumentParser:
    """Return the parser of all commands; each sets `verb`."""
    top = argparse.ArgumentParser(prog="kaeden", description=_("The leadership chain"))
    top.add_argument("--version", action="version", version=__version__)
    commands = top.add_subparsers(required=True, metavar=_("command"))
    _add_demo(commands)
    _add_data(commands)
    _add_fetch(commands)
    _add_engine(commands)
    _add_indicator(commands)
    _add_practice(commands)
    _add_chain_check(commands)
    _add_brief(commands)
    _add_pulse(commands)
    _add_remind(commands)
    _add_forget(commands)
    _add_account(commands)
    _add_serve(commands)
    return top


def _add_demo(commands: Commands) -> None:
    words = _("load all Denmark's public results, and an invented municipality")
    one = commands.add_parser("demo", help=words)
    seed = _("another seed gives Fjordby other sizes and answers")
    one.add_argument("--seed", type=int, metavar="N", help=seed)
    one.set_defaults(verb=later("demo", "load"))


def _add_data(commands: Commands) -> None:
    one = commands.add_parser("import", help=_("import a file through its contract"))
    one.add_argument("source", nargs="?", help=_("the contract's name"))
    one.add_argument("file", nargs="?", type=Path, help=_("the file"))
    one.add_argument("--revert", metavar="NUMBER", type=int, help=_("undo an import"))
    whose = _("the municipality of a chain or of own figures, by name or code")
    one.add_argument("--municipality", metavar="M", help=whose)
    on = _("from which day a chain holds; else the day in its file")
    one.add_argument("--on", metavar="DATE", help=on)
    tried = _("say what a chain would change, and change nothing")
    one.add_argument("--dry-run", action="store_true", help=tried)
    one.set_defaults(verb=later("data", "import_or_revert"))
    one = commands.add_parser("export", help=_("save a municipality's chain as a file"))
    things = one.add_subparsers(required=True, metavar=_("thing"))
    two = things.add_parser("chain", help=_("units, posts, charters, communities"))
    two.add_argument("file", type=Path, help=_("a file name on .yaml or .xlsx"))
    two.add_argument(
        "--municipality", metavar="M", required=True, help=_("its name or its code")
    )
    two.add_argument("--as-of", metavar="DATE", help=_("such as 2026-08-01"))
    two.set_defaults(verb=later("chains", "save"))


def _add_fetch(commands: Commands) -> None:
    one = commands.add_parser("fetch", help=_("fetch from another system"))
    things = one.add_subparsers(required=True, metavar=_("system"))
    two = things.add_parser("os2mo", help=_("units and managers, as a chain"))
    two.add_argument("--municipality", metavar="CODE", required=True)
    reviewed = _("the reviewed file that says what OS2mo's words mean")
    two.add_argument(
        "--mapping", metavar="FILE", type=Path, required=True, help=reviewed
    )
    two.add_argument("--on", metavar="DATE", help=_("such as 2026-08-01"))
    history = _("every day on which something changed, and not only one")
    two.add_argument("--history", action="store_true", help=history)
    tried = _("say what a chain would change, and change nothing")
    two.add_argument("--dry-run", action="store_true", help=tried)
    two.set_defaults(verb=later("fetching", "os2mo"))


def _add_engine(
    commands: Commands,
) -> None:
    whose = _("a municipality's own figures instead of the public ones")
    one = commands.add_parser("compute", help=_("compute results from the lake"))
    one.add_argument("--municipality", metavar="M", help=whose)
    one.set_defaults(verb=later("engine", "compute"))
    one = commands.add_parser("publish", help=_("release the newest results"))
    one.add_argument("--municipality", metavar="M", help=whose)
    one.set_defaults(verb=later("engine", "publish"))
    one = commands.add_parser("verify", help=_("check that nothing is damaged"))
    head = _("look for a head of the trail that was noted before")
    one.add_argument(
        "--head", metavar="NUMBER:HASH", action="append", default=[], help=head
    )
    one.set_defaults(verb=later("engine", "verify"))


def _add_indicator(
    commands: Commands,
) -> None:
    one = commands.add_parser("indicator", help=_("check or preview an indicator file"))
    verbs = one.add_subparsers(required=True, metavar=_("verb"))
    for name, verb, words in (
        ("check", "check_indicator", _("say what is wrong with a file")),
        ("preview", "preview_indicator", _("show a file as its reader sees it")),
    ):
        two = verbs.add_parser(name, help=words)
        two.add_argument("file", type=Path)
        two.set_defaults(verb=later("goals", verb))


def _add_practice(commands: Commands) -> None:
    one = commands.add_parser("practice", help=_("check a practice file"))
    verbs = one.add_subparsers(required=True, metavar=_("verb"))
    two = verbs.add_parser("check", help=_("say what is wrong with a file"))
    two.add_argument("file", type=Path)
    two.set_defaults(verb=later("practices", "check_practice"))


def _add_chain_check(
    commands: Commands,
) -> None:
    one = commands.add_parser("chain-check", help=_("say where the chain is broken"))
    one.add_argument("--municipality", metavar="M", help=_("its name or its code"))
    one.add_argument("--as-of", metavar="DATE", help=_("such as 2026-08-01"))
    one.add_argument("--format", choices=("text", "json"), default="text")
    one.set_defaults(verb=later("chaincheck", "check"))


def _add_brief(commands: Commands) -> None:
    words = _("print a page and a slide for each team, on each goal")
    one = commands.add_parser("brief", help=words)
    one.add_argument(
        "--municipality", metavar="M", required=True, help=_("its name or its code")
    )
    one.add_argument("--unit", metavar="U", help=_("one institution, by its code"))
    one.add_argument("--to", metavar="FOLDER", type=Path, required=True)
    one.set_defaults(verb=later("briefs", "print_all"))


def _add_pulse(commands: Commands) -> None:
    one = commands.add_parser("pulse", help=_("open or close a round of the pulse"))
    verbs = one.add_subparsers(required=True, metavar=_("verb"))
    for name, verb, words in (
        ("open", "open_round", _("ask this quarter's few questions")),
        ("close", "close_round", _("take no more answers, and show the results")),
    ):
        two = verbs.add_parser(name, help=words)
        two.add_argument("--municipality", metavar="M", required=True)
        two.set_defaults(verb=later("pulse", verb))


def _add_remind(commands: Commands) -> None:
    words = _("send the week's e-mail to those for whom something waits")
    one = commands.add_parser("remind", help=words)
    tried = _("say how many would get one, and send nothing")
    one.add_argument("--dry-run", action="store_true", help=tried)
    one.set_defaults(verb=later("reminders", "remind"))


def _add_forget(commands: Commands) -> None:
    words = _("delete what weighed on two posts and has had its time")
    one = commands.add_parser("forget", help=words)
    one.set_defaults(verb=later("forgetting", "forget"))


def _add_account(commands: Commands) -> None:
    one = commands.add_parser("account", help=_("make accounts, and end them"))
    verbs = one.add_subparsers(required=True, metavar=_("verb"))
    two = verbs.add_parser("list", help=_("list the accounts of people"))
    two.set_defaults(verb=later("accounts", "show"))
    two = verbs.add_parser("add", help=_("make an account; print its first password"))
    two.add_argument("username")
    two.add_argument("--name", default="", help=_("the person's own name"))
    post = _("a post to hold, such as 999/director")
    two.add_argument("--post", action="append", default=[], help=post)
    two.set_defaults(verb=later("accounts", "add"))
    two = verbs.add_parser("post", help=_("let an account hold a vacant post"))
    two.add_argument("username")
    two.add_argument("post", help=post)
    two.set_defaults(verb=later("accounts", "fill"))
    two = verbs.add_parser("email", help=_("say where the weekly e-mail goes"))
    two.add_argument("username")
    two.add_argument("address", help=_("such as a@b.dk; “-” for none"))
    two.set_defaults(verb=later("accounts", "set_address"))
    two = verbs.add_parser("check", help=_("say what is wrong with a login file"))
    two.add_argument("file", type=Path)
    two.set_defaults(verb=later("accounts", "check"))
    for name, verb, words in (
        ("disable", "disable", _("let it sign in no more, and end its sessions")),
        ("enable", "enable", _("let a disabled account sign in again")),
        ("password", "give_password", _("print a new first password")),
        ("reset-second-factor", "reset", _("forget a telephone that is lost")),
    ):
        two = verbs.add_parser(name, help=words)
        two.add_argument("username")
        two.set_defaults(verb=later("accounts", verb))


def _add_serve(
    commands: Commands,
) -> None:
    one = commands.add_parser("serve", help=_("serve the pages"))
    one.add_argument("--port", type=int, default=8000)
    one.add_argument("--host", default="127.0.0.1")
    one.add_argument("--workers", type=int, default=2)
    only = _("only say whether the port is free")
    one.add_argument("--check", action="store_true", help=only)
    one.set_defaults(verb=later("server", "serve"))

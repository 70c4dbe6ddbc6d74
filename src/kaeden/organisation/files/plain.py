"""A chain file as YAML: what people write by hand, and keep under review."""

from collections.abc import Iterable, Iterator
from typing import Any

import yaml
from django.utils.translation import gettext as _

from kaeden.organisation.files.conversion import Content
from kaeden.organisation.files.source import Source
from kaeden.organisation.rules import Task
from kaeden.shared.files import decoded
from kaeden.shared.strict_yaml import read_yaml
from kaeden.shared.where import Place, arrows

HEAD = """\
# Ledelseskæden i Kæden, som den er den dag der står ved as_of.
# Felterne er forklaret i docs/chain-file.md.
"""
WIDTH = 100
TASKS = {task.value for task in Task}
REQUIRED = ("units", "posts")


def read_plain(data: bytes) -> Source:
    """Return what a YAML file says, and how to name the places in it.

    Raises
    ------
    BadInput
        If it is not UTF-8 or not YAML.
    """
    tree = read_yaml(decoded(data), as_text=True)

    def where(place: Place) -> str:
        return _("Line %(line)d, %(field)s") % {
            "line": tree.line(place),
            "field": arrows(place),
        }

    return Source(content=tree.content, where=where, problems=tree.problems)


def write_plain(content: Content) -> bytes:
    """Return the YAML file of a chain's content."""
    return "\n".join([HEAD, *_sections(content)]).encode()


def _sections(content: Content) -> Iterator[str]:
    head = {name: text for name, text in content.items() if isinstance(text, str)}
    yield _dumped(head)
    for name, things in content.items():
        if name not in head and (things or name in REQUIRED):
            yield _dumped({name: things})


class _Dumper(yaml.SafeDumper):
    """Keeps lists of keys and the seven tasks on one line, and the rest apart."""

    def represent_sequence(
        self, tag: str, sequence: Iterable[Any], flow_style: bool | None = None
    ) -> yaml.SequenceNode:
        are_keys = all(isinstance(one, str) for one in sequence)
        return super().represent_sequence(tag, sequence, flow_style or are_keys)

    def represent_mapping(
        self, tag: str, mapping: Any, flow_style: bool | None = None
    ) -> yaml.MappingNode:
        are_tasks = set(mapping) == TASKS
        return super().represent_mapping(tag, mapping, flow_style or are_tasks)


def _dumped(content: Content) -> str:
    dumped = yaml.dump(
        content, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=WIDTH
    )
    return str(dumped)

"""A chain file as YAML: what people write by hand, and keep under review."""

from collections.abc import Iterator

import yaml
from django.utils.translation import gettext as _

from kaeden.organisation.files.conversion import Content
from kaeden.organisation.files.source import Source
from kaeden.shared.files import decoded
from kaeden.shared.strict_yaml import read_yaml
from kaeden.shared.where import Place, arrows

HEAD = """\
# Ledelseskæden i Kæden, som den er den dag der står ved as_of.
# Felterne er forklaret i docs/chain-file.md.
"""
WIDTH = 100
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


def _dumped(content: Content) -> str:
    return str(
        yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=WIDTH)
    )

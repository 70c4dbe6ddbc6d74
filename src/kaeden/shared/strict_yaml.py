"""Read YAML that people write: nothing twice, nothing hidden, and every line known."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml
from django.utils.translation import gettext as _

from kaeden.shared.errors import BadInput
from kaeden.shared.where import Place

DEEPEST = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Tree:
    """What a file says, on which line, and what is written twice in it."""

    content: Any
    root: yaml.Node | None
    problems: tuple[str, ...]

    def line(self, place: Place) -> int:
        """Return the line of a place, or of the nearest thing round it."""
        node = self.root
        for part in place:
            below = _child(node, part)
            if below is None:
                break
            node = below
        return node.start_mark.line + 1 if node is not None else 1


def read_yaml(text: str, *, as_text: bool = False) -> Tree:
    """Read a text; with `as_text`, ``0461`` and ``no`` stay the words they are.

    Raises
    ------
    BadInput
        If it is not YAML, refers to itself, or goes too deep.
    """
    try:
        loader = _TextLoader(text) if as_text else _TypeLoader(text)
        root = loader.get_single_node()
        content = None if root is None else loader.construct_document(root)
    except yaml.reader.ReaderError as error:
        raise BadInput(_unseen_sentence(error, text)) from error
    except yaml.MarkedYAMLError as error:
        raise BadInput(_yaml_sentence(error)) from error
    return Tree(content=content, root=root, problems=tuple(_repeated(root)))


class _Strict(yaml.parser.Parser, yaml.composer.Composer):
    """What both loaders refuse before anything is built: self-reference and depth."""

    depth = 0

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.events.AliasEvent):
            raise BadInput(
                _("The file refers to itself with * and &. Write the text out instead.")
            )
        self.depth += 1
        if self.depth > DEEPEST:
            raise BadInput(_("The file goes too deep. Is it the right file?"))
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node


class _TypeLoader(_Strict, yaml.SafeLoader):
    """YAML's safe loader: numbers, dates and yes or no are what they look like."""


class _TextLoader(_Strict, yaml.BaseLoader):
    """Every value is the text that is written; the schema says what it means."""


def _child(node: yaml.Node | None, part: str | int) -> yaml.Node | None:
    if isinstance(node, yaml.MappingNode):
        found = (value for key, value in node.value if key.value == part)
        return next(found, None)
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int):
        return next(iter(node.value[part : part + 1]), None)
    return None


def _repeated(node: yaml.Node | None) -> Iterator[str]:
    """Give a sentence for each field that is written twice in the same place."""
    if isinstance(node, yaml.MappingNode):
        names = Counter(str(key.value) for key, _value in node.value)
        for name in (name for name, count in names.items() if count > 1):
            last = [key for key, _value in node.value if str(key.value) == name][-1]
            yield _(
                "Line %(line)d: “%(field)s” is written twice. Keep one of them."
            ) % {"line": last.start_mark.line + 1, "field": name}
        for _key, value in node.value:
            yield from _repeated(value)
    if isinstance(node, yaml.SequenceNode):
        for one in node.value:
            yield from _repeated(one)


def _unseen_sentence(error: yaml.reader.ReaderError, text: str) -> str:
    return _(
        "Line %(line)d holds a sign that can't be seen (%(sign)s). Take it out."
    ) % {
        "line": text.count("\n", 0, error.position) + 1,
        "sign": f"U+{error.character:04X}",
    }


def _yaml_sentence(error: yaml.MarkedYAMLError) -> str:
    mark = error.problem_mark
    assert mark, "YAML names the place of every problem"
    return _(
        "Line %(line)d can't be read as YAML. A text with a colon, a # or a leading "
        "quotation mark must stand in quotation marks."
    ) % {"line": mark.line + 1}

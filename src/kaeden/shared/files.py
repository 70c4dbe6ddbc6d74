"""Read a reviewed YAML file against its schema; every problem becomes a sentence."""

from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from django.utils.translation import gettext as _
from pydantic import BaseModel, ValidationError

from kaeden.shared.errors import BadInput
from kaeden.shared.findings import sentences
from kaeden.shared.strict_yaml import read_yaml

Schema = TypeVar("Schema", bound=BaseModel)
LARGEST = 200_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading(Generic[Schema]):
    """What a file held: the thing itself, or the sentences that say why not."""

    thing: Schema | None
    problems: tuple[str, ...]


def read(path: Path, schema: type[Schema]) -> Reading[Schema]:
    """Return the thing in the file, or every problem with it."""
    try:
        tree = read_yaml(decoded(read_bytes(path)))
        if tree.problems:
            return Reading(thing=None, problems=tree.problems)
        return Reading(thing=schema.model_validate(tree.content), problems=())
    except BadInput as refused:
        return Reading(thing=None, problems=(str(refused.message),))
    except ValidationError as error:
        return Reading(thing=None, problems=sentences(error))


def refusal(path: Path, problems: tuple[str, ...]) -> BadInput:
    """Return the error that names the file and lists each problem with it."""
    head = _("%(file)s can't be used. Mend this and try again:") % {"file": path.name}
    return BadInput("\n".join([head, *(f"- {problem}" for problem in problems)]))


def decoded(data: bytes) -> str:
    """Return the text of a file's bytes; a byte order mark is passed over.

    Raises
    ------
    BadInput
        If they are not UTF-8.
    """
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput(_("The file is not in UTF-8. Save it as UTF-8.")) from error


def read_bytes(path: Path, *, largest: int = LARGEST) -> bytes:
    """Return what is in a file.

    Raises
    ------
    BadInput
        If it can't be read, or is larger than `largest` bytes.
    """
    try:
        if path.stat().st_size > largest:
            raise BadInput(
                _("The file is larger than %(size)d kB. Is it the right file?")
                % {"size": largest // 1000}
            )
        return path.read_bytes()
    except OSError as error:
        raise BadInput(
            _("The file can't be read. Check the path: %(path)s") % {"path": path}
        ) from error

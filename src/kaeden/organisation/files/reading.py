"""From a file to a chain, whole or not at all; and from a chain to a file."""

from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from pydantic import ValidationError

from kaeden.organisation.chain import Chain
from kaeden.organisation.files.checking import problems_in
from kaeden.organisation.files.conversion import chain_of_file, content_of, in_order
from kaeden.organisation.files.plain import read_plain, write_plain
from kaeden.organisation.files.schema import PRIVATE, ChainFile
from kaeden.organisation.files.sheet_reading import read_sheets
from kaeden.organisation.files.sheet_writing import write_sheets
from kaeden.organisation.files.source import Source
from kaeden.shared.errors import BadInput
from kaeden.shared.files import read_bytes, refusal
from kaeden.shared.findings import sentences
from kaeden.shared.where import arrows

LARGEST = 2_000_000
MOST_TOLD = 50
READERS = {".yaml": read_plain, ".yml": read_plain, ".xlsx": read_sheets}
WRITERS = {".yaml": write_plain, ".yml": write_plain, ".xlsx": write_sheets}


def chain_in(path: Path) -> Chain:
    """Return the chain in a file.

    Raises
    ------
    BadInput
        If it can't be used; the message has a sentence for each problem.
    """
    _form(path)
    return read_chain(read_bytes(path, largest=LARGEST), path.name)


def read_chain(data: bytes, name: str) -> Chain:
    """Return the chain in what was sent under a name.

    Raises
    ------
    BadInput
        If it can't be used; the message has a sentence for each problem.
    """
    path = Path(name)
    reader = READERS[_form(path)]
    if len(data) > LARGEST:
        said = _("The file is larger than %(size)d kB. Is it the right file?")
        raise refusal(path, (said % {"size": LARGEST // 1000},))
    try:
        return _chain(reader(data))
    except _Problems as found:
        raise refusal(path, _at_most(found.problems)) from None
    except BadInput as refused:
        raise refusal(path, (str(refused.message),)) from refused


def write_chain(chain: Chain, name: str) -> bytes:
    """Return the file of a chain, in the form that the name ends on.

    Raises
    ------
    BadInput
        If the name ends on no form that is known.
    """
    return WRITERS[_form(Path(name))](content_of(chain))


def problems_of(chain: Chain) -> tuple[str, ...]:
    """Return why a chain from elsewhere could not be the chain of a file."""
    try:
        file = ChainFile.model_validate(content_of(chain))
    except ValidationError as error:
        return sentences(error, private=PRIVATE)
    return tuple(f"{arrows(at)}: {said}" for at, said in problems_in(file))


class _Problems(Exception):
    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__(problems)
        self.problems = problems


def _chain(source: Source) -> Chain:
    """Judge what a file says: first its fields, then how they hang together."""
    if source.content is None and source.problems:
        raise _Problems(source.problems)
    try:
        file = ChainFile.model_validate(source.content)
    except ValidationError as error:
        found = sentences(error, source.where, private=PRIVATE, told=source.told)
        raise _Problems((*source.problems, *found)) from None
    loose = tuple(f"{source.where(at)}: {said}" for at, said in problems_in(file))
    if source.problems or loose:
        raise _Problems((*source.problems, *loose))
    return in_order(chain_of_file(file))


def _form(path: Path) -> str:
    form = path.suffix.lower()
    if form not in READERS:
        raise BadInput(
            _("“%(file)s” is neither .yaml nor .xlsx. Choose a chain file.")
            % {"file": path.name}
        )
    return form


def _at_most(problems: tuple[str, ...]) -> tuple[str, ...]:
    more = len(problems) - MOST_TOLD
    if more <= 0:
        return problems
    rest = ngettext(
        "%(count)d more problem was found.", "%(count)d more problems were found.", more
    )
    return (*problems[:MOST_TOLD], rest % {"count": more})

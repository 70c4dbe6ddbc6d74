"""What we wrote, as text, for tests of whether it is still true."""

import re
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).parents[2]
NOT_OURS = {"vendor", "var", "node_modules", "__pycache__", "build", "dist"}
CODE = re.compile(r"```.*?```|`[^`\n]+`", re.DOTALL)


def files(pattern="*"):
    """Return the tree's files by a pattern, without what is fetched or made."""
    return sorted(
        path
        for path in ROOT.rglob(pattern)
        if path.is_file() and _is_ours(path.relative_to(ROOT).parts)
    )


def _is_ours(parts):
    hidden = any(part.startswith(".") and part != ".ci" for part in parts[:-1])
    return not hidden and not NOT_OURS & set(parts)


def name_of(path):
    """Return a file's name as a person says it."""
    return str(path.relative_to(ROOT))


def read(name):
    """Return the text of a file by its name from the top of the tree."""
    return (ROOT / name).read_text(encoding="utf-8")


def code_in(text):
    """Return all that stands as code in a page."""
    return "\n".join(CODE.findall(text))


def rows_of(text):
    """Return the cells of every row of a page's tables, headings left out."""
    lines = [*text.splitlines(), ""]
    return [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line, after in pairwise(lines)
        if line.startswith("| ") and not after.startswith("| -")
        if not line.startswith("| -")
    ]

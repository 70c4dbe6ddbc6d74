#!/usr/bin/env python3
"""Copy the browser files of pinned npm packages into the tree.

Developers run it when a pin moves, and commit what it writes; the product itself
never needs Node. A package whose content differs from its pinned digest is refused.
"""

import base64
import hashlib
import json
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).resolve().parent.parent
STATIC = ROOT / "src/kaeden/web/static/vendor"
PAPER = ROOT / "src/kaeden/reports/vendor"

FONTS = "Regular|Italic|Medium|SemiBold|Bold"
SOURCE_MAP = re.compile(
    r"\s*(?:/\*# sourceMappingURL=[^*]*\*/|//# sourceMappingURL=\S+)"
)
FONT_FACE = re.compile(r"@font-face\{[^}]*\}")
WOFF2 = re.compile(r'url\([^)]*\.woff2\) format\("woff2"\)')
ICON_CLASS = re.compile(r"\.icon-[\w-]+:not\(a\)\{background-image:url\([^)]*\)\}")
LOGO = re.compile(r"background-image:url\([^)]*logo-[\w-]*placeholder\.png\);?")
ICON = re.compile(r"\.\./(img/svg-icons/[\w-]+\.svg)")


@dataclass(frozen=True, kw_only=True, slots=True)
class Pin:
    """One npm package: which version, which content, and where its files go."""

    package: str
    integrity: str
    target: Path
    files: re.Pattern[str]


PINS = (
    Pin(
        package="dkfds@11.2.0",
        integrity="sha512-JuVf8NjEOeF+TKIhEFXa3BfZvk1ulQM8+XN+6QhgDo6kiwwvupyBY34YU4FglBeyFWHbE5mYDmnrcYTWOSKkEA==",
        target=STATIC / "dkfds-11.2.0",
        files=re.compile(
            r"LICENSE\.md|dist/(css/dkfds\.min\.css|js/dkfds\.min\.js|img/svg-icons/.*"
            rf"|fonts/IBMPlexSans/complete/woff2/(IBMPlexSans-({FONTS})\.woff2|license\.txt))"
        ),
    ),
    Pin(
        package="dkfds@11.2.0",
        integrity="sha512-JuVf8NjEOeF+TKIhEFXa3BfZvk1ulQM8+XN+6QhgDo6kiwwvupyBY34YU4FglBeyFWHbE5mYDmnrcYTWOSKkEA==",
        target=PAPER / "dkfds-11.2.0",
        files=re.compile(
            r"dist/fonts/IBMPlexSans/complete/ttf/"
            r"(IBMPlexSans-(Regular|SemiBold)\.ttf|license\.txt)"
        ),
    ),
    Pin(
        package="axe-core@4.14.1",
        integrity="sha512-FHfa+lmNjQZfJz1q8wKqIDwC6DExcHt/pkjNQb09a3NPjCKg2rhu5qb2S4r76ASyFNNtuFooJpZe37OgudVGtQ==",
        target=ROOT / "tests/browser/vendor",
        files=re.compile(r"axe\.min\.js|LICENSE"),
    ),
)


def main() -> int:
    """Fetch each package, check it, and write the files we serve."""
    for pin in PINS:
        with tempfile.TemporaryDirectory() as folder:
            archive = packed(pin, Path(folder))
            files = mended(dict(wanted(pin, archive)))
        write(pin.target, files)
        sys.stdout.write(f"{pin.package}: {len(files)} files\n")
    return 0


def packed(pin: Pin, folder: Path) -> Path:
    """The package's archive, after its digest has been checked."""
    npm = shutil.which("npm") or sys.exit("npm is not installed: install Node first.")
    command = [npm, "pack", pin.package, "--json", "--pack-destination", str(folder)]
    answer = subprocess.run(command, check=True, capture_output=True, text=True)
    archive = folder / json.loads(answer.stdout)[0]["filename"]
    digest = hashlib.sha512(archive.read_bytes()).digest()
    found = "sha512-" + base64.b64encode(digest).decode()
    if found != pin.integrity:
        sys.exit(f"{pin.package} has digest {found}, but {pin.integrity} is pinned.")
    return archive


def wanted(pin: Pin, archive: Path) -> Iterator[tuple[str, bytes]]:
    """Name and content of each file that we serve."""
    with tarfile.open(archive) as package:
        for member in package:
            name = str(PurePosixPath(member.name).relative_to("package"))
            content = package.extractfile(member) if member.isfile() else None
            if content is not None and pin.files.fullmatch(name):
                yield name.removeprefix("dist/"), content.read()


def mended(files: dict[str, bytes]) -> dict[str, bytes]:
    """The files, with style sheets that name nothing we leave out."""
    texts = {n: c.decode() for n, c in files.items() if n.endswith((".css", ".js"))}
    texts = {n: SOURCE_MAP.sub("", text) for n, text in texts.items()}
    texts |= {n: styles(text) for n, text in texts.items() if n.endswith(".css")}
    used = set(ICON.findall("".join(texts.values())))
    kept = {n: c for n, c in files.items() if "svg-icons/" not in n or n in used}
    return kept | {name: text.encode() for name, text in texts.items()}


def styles(text: str) -> str:
    """The style sheet with woff2 only, without icon classes and stand-in logos."""
    text = FONT_FACE.sub(lambda found: font_face(found[0]), text)
    return LOGO.sub("", ICON_CLASS.sub("", text))


def font_face(rule: str) -> str:
    """The rule naming its woff2 file only; nothing for a font that we leave out."""
    found = WOFF2.search(rule)
    if not found or not re.search(rf"IBMPlexSans-(?:{FONTS})\.woff2", found[0]):
        return ""
    return re.sub(r"src:[^}]*", f"src:{found[0]}", rule)


def write(target: Path, files: dict[str, bytes]) -> None:
    """Replace what stood in the target."""
    shutil.rmtree(target, ignore_errors=True)
    for name, content in sorted(files.items()):
        path = target / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


if __name__ == "__main__":
    sys.exit(main())

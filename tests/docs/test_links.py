"""Every link leads somewhere, and every picture is there and used."""

import re

import pytest

from tests.docs.reading import CODE, ROOT, files, name_of

PAGES = files("*.md")
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
LARGEST_PICTURE = 250_000


def links_of(page):
    """Return where a page's links lead, those in code left out."""
    return LINK.findall(CODE.sub("", page.read_text(encoding="utf-8")))


def anchors_of(page):
    """Return the names of a page's headings, as a link writes them."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    plain = [re.sub(r"[^\w\- ]", "", heading.lower()) for heading in headings]
    return {words.strip().replace(" ", "-") for words in plain}


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_link_leads_to_something(page):
    broken = []
    for link in links_of(page):
        if re.match(r"https?://|mailto:", link):
            continue
        place, _hash, anchor = link.partition("#")
        target = (page.parent / place).resolve() if place else page
        if not target.exists() or (anchor and anchor not in anchors_of(target)):
            broken.append(link)

    assert broken == []


def test_every_picture_is_used_and_quick_to_load():
    pictures = {path.name for path in (ROOT / "docs" / "pictures").iterdir()}
    used = {link.rsplit("/", 1)[-1] for page in PAGES for link in links_of(page)}

    assert pictures
    assert pictures - used == set()
    for picture in (ROOT / "docs" / "pictures").iterdir():
        assert picture.stat().st_size < LARGEST_PICTURE, picture.name


def test_every_picture_says_what_it_shows():
    shown = re.compile(r"!\[([^\]]*)\]")
    texts = [page.read_text(encoding="utf-8") for page in PAGES]

    assert [words for text in texts for words in shown.findall(text) if not words] == []

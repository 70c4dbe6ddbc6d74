"""Chain files, good and bad, and random chains as a file can hold them."""

import string
import unicodedata
import zipfile
from datetime import date
from io import BytesIO

import xlsxwriter
from hypothesis import strategies as st

from kaeden.organisation.chain import (
    Chain,
    ChainCharter,
    ChainCommunity,
    ChainPost,
    ChainUnit,
    NotMine,
)
from kaeden.organisation.files.archive import open_book
from kaeden.organisation.files.checking import SEATS
from kaeden.organisation.files.conversion import in_order
from kaeden.organisation.files.reading import write_chain
from kaeden.organisation.rules import LEADING, Bound, Degree, Kind, Task
from tests.builders.chains import a_chain

YAML, XLSX = "kaede.yaml", "kaede.xlsx"


def a_text(*changes, chain=None):
    """The YAML file of Fjordby's chain, with some words put in the place of others."""
    text = write_chain(chain or a_chain(), YAML).decode()
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text.encode()


def a_book(change=lambda tables: None, *, finish=lambda book: None, chain=None):
    """The spreadsheet of Fjordby's chain, after a change of its tables."""
    tables = dict(open_book(write_chain(chain or a_chain(), XLSX)).tables)
    change(tables)
    file = BytesIO()
    with xlsxwriter.Workbook(file, {"strings_to_formulas": False}) as book:
        day = book.add_format({"num_format": "dd-mm-yyyy"})
        for title, rows in tables.items():
            page = book.add_worksheet(title)
            for row, cells in enumerate(rows):
                for column, cell in enumerate(cells):
                    also = (day,) if isinstance(cell, date) else ()
                    page.write(row, column, cell, *also)
        finish(book)
    return file.getvalue()


def repacked(data, parts, *, compression=zipfile.ZIP_DEFLATED):
    """A spreadsheet with some parts of its ZIP replaced, added, or (None) left out."""
    out = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(data)) as old,
        zipfile.ZipFile(out, "w", compression) as new,
    ):
        content = {name: old.read(name) for name in old.namelist()} | parts
        for name, part in content.items():
            if part is not None:
                new.writestr(name, part)
    return out.getvalue()


CODES = st.text(string.ascii_letters + string.digits, min_size=1, max_size=6)
BEGINNINGS = st.sampled_from(
    [
        "",
        "=",
        "+",
        "-",
        "@",
        "'",
        '"',
        "#",
        "no",
        "0461",
        "_x0041_",
        "<b>",
        "2026-01-01",
    ]
)
LETTERS = st.characters(
    exclude_categories=("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"),
    exclude_characters="0123456789",
)
SPANS = st.integers(0, 40)


def texts(longest: int, *, least: int = 1):
    """Texts as people and spreadsheets write them, in one spelling and stripped."""
    raw = st.builds(str.__add__, BEGINNINGS, st.text(LETTERS, max_size=20))
    spelt = raw.map(lambda text: unicodedata.normalize("NFC", text)[:longest].strip())
    return spelt.filter(lambda text: len(text) >= least)


@st.composite
def unit_trees(draw):
    """A municipality and units below it, some in a cluster too."""
    codes = draw(st.lists(CODES, min_size=1, max_size=7, unique=True))
    units = []
    for number, code in enumerate(codes):
        kinds = st.sampled_from([k for k in Kind if k not in {*list(Kind)[:2]}])
        clusters = [unit.code for unit in units if unit.kind is Kind.CLUSTER]
        units.append(
            ChainUnit(
                code=code,
                kind=draw(kinds) if number else Kind.MUNICIPALITY,
                name=draw(texts(200)),
                parent=draw(st.sampled_from(codes[:number])) if number else "",
                cluster=draw(st.sampled_from(["", *clusters])),
                form=draw(texts(40, least=0)),
                owner=draw(texts(20, least=0)),
                latitude=draw(st.none() | st.floats(-90, 90)),
                longitude=draw(st.none() | st.floats(-180, 180)),
            )
        )
    return tuple(units)


@st.composite
def charters(draw, keys):
    """A charter that leaves something to other posts."""
    lines = st.builds(NotMine, words=texts(300), ask=st.sampled_from(keys))
    return ChainCharter(
        area=draw(texts(500)),
        decision_room=draw(texts(500)),
        not_mine=tuple(draw(st.lists(lines, max_size=2))) if keys else (),
        tasks={task: draw(st.sampled_from(Degree)) for task in Task},
    )


@st.composite
def posts_at(draw, units):
    """Posts of roles that fit their units; each reports to one before it, or none."""
    keys = draw(st.lists(CODES, max_size=6, unique=True))
    posts = []
    for number, key in enumerate(keys):
        unit = draw(st.sampled_from(units))
        roles = [role for role, kinds in SEATS.items() if unit.kind in kinds]
        others = [other for other in keys if other != key]
        posts.append(
            ChainPost(
                key=key,
                role=draw(st.sampled_from(roles)),
                title=draw(texts(120, least=0)),
                unit=unit.code,
                reports_to=draw(st.sampled_from(["", *keys[:number]])),
                staff=draw(st.none() | SPANS),
                holder=draw(texts(120, least=0)),
                charter=draw(st.none() | charters(others)),
            )
        )
    return tuple(posts)


@st.composite
def chains(draw):
    """A sound chain with something in every section, or with nothing but its top."""
    units = draw(unit_trees())
    posts = draw(posts_at(units))
    codes, keys = [unit.code for unit in units], [post.key for post in posts]
    ended = draw(st.lists(CODES.filter(lambda one: one not in codes), max_size=2))
    roles = draw(st.lists(st.sampled_from(sorted(LEADING)), max_size=2, unique=True))
    names = draw(st.lists(CODES, max_size=2, unique=True))
    members = st.lists(st.sampled_from(keys or [""]), max_size=3, unique=True)
    chain = Chain(
        municipality=codes[0],
        name=units[0].name,
        as_of=draw(st.dates(date(1970, 1, 1), date(2100, 1, 1))),
        units=units,
        posts=posts,
        communities=tuple(
            ChainCommunity(
                key=name,
                name=draw(texts(120)),
                purpose=draw(texts(500)),
                members=tuple(draw(members)) if keys else (),
            )
            for name in names
        ),
        bounds={role: Bound(*sorted(draw(st.tuples(SPANS, SPANS)))) for role in roles},
        carried_on={
            code: tuple(draw(st.lists(st.sampled_from(codes), min_size=1, unique=True)))
            for code in ended
        },
    )
    return in_order(chain)

"""A chain that is saved and loaded is the same chain, whatever is written in it."""

import re
import zipfile
from contextlib import suppress
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kaeden.organisation.changes import diff
from kaeden.organisation.files.reading import read_chain, write_chain
from kaeden.shared.errors import BadInput
from tests.builders.chain_files import a_book, a_text, chains

FORMULA = re.compile(rb"<f[ >/]")
FORMS = ["chain.yaml", "chain.xlsx"]
WHOLE = {"chain.yaml": a_text(), "chain.xlsx": a_book()}
ODD = [b"<", b">", b"&", b"\0", b"\xff", b"[", b"{", b"'", b"\t", b": ", b"- ", b"*a"]


@pytest.mark.parametrize("name", FORMS)
@given(chain=chains())
def test_a_chain_that_is_saved_and_loaded_is_the_same(name, chain):
    again = read_chain(write_chain(chain, name), name)

    assert again == chain
    assert diff(chain, again) == ()


@pytest.mark.parametrize("name", FORMS)
@given(chain=chains())
def test_the_same_chain_is_always_the_same_file(name, chain):
    once = write_chain(chain, name)

    assert write_chain(read_chain(once, name), name) == once


@given(chain=chains())
def test_both_forms_say_the_same(chain):
    plain, sheets = (read_chain(write_chain(chain, name), name) for name in FORMS)

    assert plain == sheets


@given(chain=chains())
def test_a_spreadsheet_holds_no_formula_whatever_is_written(chain):
    with zipfile.ZipFile(BytesIO(write_chain(chain, "chain.xlsx"))) as archive:
        sheets = [n for n in archive.namelist() if n.startswith("xl/worksheets/")]

        assert len(sheets) > 9
        assert not any(FORMULA.search(archive.read(name)) for name in sheets)


@pytest.mark.parametrize("name", FORMS)
@settings(max_examples=200)
@given(data=st.data())
def test_a_damaged_file_is_read_or_refused_and_nothing_else(name, data):
    damaged = bytearray(WHOLE[name])
    for _time in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(damaged)))
        damaged[at : at + data.draw(st.integers(0, 30))] = data.draw(
            st.sampled_from(ODD) | st.binary(max_size=8)
        )

    with suppress(BadInput):
        read_chain(bytes(damaged), name)

"""The example of a chain file is one, and the page names all that a file can hold."""

import re

import pytest

from kaeden.access.rules import Role
from kaeden.organisation.files import layout
from kaeden.organisation.files.reading import read_chain, write_chain
from kaeden.organisation.rules import Degree, Kind, Task
from tests.docs.reading import read

PAGE = read("docs/chain-file.md")
EXAMPLES = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)


def test_the_example_is_a_chain():
    chain = read_chain(EXAMPLES[0].encode(), "example.yaml")

    assert len(chain.units) == 4
    assert chain.post["leder-solstraalen"].charter.degree(Task.CHOOSE) is Degree.SHARES
    assert read_chain(write_chain(chain, "a.xlsx"), "a.xlsx") == chain


def test_the_example_of_a_merger_fits_the_example():
    merger = EXAMPLES[1].replace("G99910", "G99901")

    chain = read_chain(f"{EXAMPLES[0]}\n{merger}".encode(), "example.yaml")

    assert chain.carried_on == {"G99902": ("G99901",), "G99903": ("G99901",)}


@pytest.mark.parametrize("sheet", layout.SHEETS, ids=lambda sheet: sheet.title)
def test_every_sheet_and_column_is_written_down(sheet):
    titles = {column.title for column in sheet.columns}
    known = {"Kommunekode", "Gælder den", "Stilling", "Fællesskab", "Rolle", "Formål"}
    known |= {"Videreføres af"}

    assert sheet.title in PAGE or sheet is layout.TOWN
    assert {title for title in titles - known if title not in PAGE} == set()


def test_every_word_is_written_down():
    left_out = {Kind.COUNTRY, Role.SYSTEM}
    words = {*Kind, *Role, *Degree, *Task} - left_out

    assert {word.value for word in words if f"`{word.value}`" not in PAGE} == set()


def test_the_sheets_have_a_word_for_everything():
    assert set(layout.KINDS.values()) == set(Kind) - {Kind.COUNTRY}
    assert set(layout.ROLES.values()) == set(Role) - {Role.SYSTEM}
    assert set(layout.DEGREES.values()) == set(Degree)
    assert set(layout.TASKS) == set(Task)

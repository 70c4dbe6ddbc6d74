"""Every bad file is refused whole, with a sentence; shown on the files that we ship."""

import pytest

from kaeden.data import queries
from kaeden.data.errors import BadFile
from kaeden.data.lake.preparing import prepare
from tests.builders.files import (
    a_contract,
    a_file,
    a_register_contract,
    a_register_file,
)


def shipped(source):
    return queries.contract(source).shipped_file.read_bytes()


def swapped(old, new, *, source="staffing_ratio"):
    content = shipped(source)
    assert old.encode() in content
    return content.replace(old.encode(), new.encode(), 1)


REFUSED = {
    "nothing": (b"", "The file is empty"),
    "only blanks": (b" \n \n", "The file is empty"),
    "cut inside a line": (
        shipped("staffing_ratio")[:-3],
        "Line 2059, the last, is not ended",
    ),
    "cut between lines": (
        b"".join(shipped("staffing_ratio").splitlines(keepends=True)[:-1]),
        "The file has 2057 rows; a whole file has 2058",
    ),
    "a missing column": (
        swapped(",aldersgruppe,", ","),
        "The columns are wrong. Missing: “aldersgruppe”. Unknown: –.",
    ),
    "a renamed column": (
        swapped("boern_pr_voksen", "normering"),
        "Missing: “boern_pr_voksen”. Unknown: “normering”",
    ),
    "columns in another order": (
        swapped("aldersgruppe,aar", "aar,aldersgruppe"),
        "The columns are in another order",
    ),
    "semicolons for commas": (
        shipped("staffing_ratio").replace(b",", b";"),
        "The columns are wrong",
    ),
    "latin-1": (
        shipped("staffing_ratio").decode().encode("latin-1"),
        "Line 23 is not UTF-8 text",
    ),
    "utf-16": (
        shipped("staffing_ratio").decode().encode("utf-16"),
        "Line 1 is not UTF-8",
    ),
    "a zero byte": (
        swapped("Albertslund", "Alberts\0lund"),
        "Line 2 holds a zero byte",
    ),
    "a line with a field too many": (
        swapped("dagpleje,2017,3.0", "dagpleje,2017,3.0,4"),
        "Line 2 has 6 fields; the file has 5 columns. Fetch",
    ),
    "two lines with a field too few": (
        swapped("\n165,Albertslund,dagpleje,2017", "\ndagpleje,2017").replace(
            b"\n165,Albertslund,dagpleje,2018", b"\n2018", 1
        ),
        "Line 2 has 3 fields; the file has 5 columns. 1 more line is like it",
    ),
    "a decimal comma where a point is meant": (
        swapped("dagpleje,2017,3.0", 'dagpleje,2017,"3,0"'),
        "Line 2, column “boern_pr_voksen”: “3,0” is not a number with “.”",
    ),
    "a word for a number": (
        swapped("dagpleje,2017,3.0", "dagpleje,2017,ukendt"),
        "“ukendt” is not a number",
    ),
    "nan for a number": (
        swapped("dagpleje,2017,3.0", "dagpleje,2017,nan"),
        "“nan” is not a number",
    ),
    "an impossible number": (
        swapped("dagpleje,2017,3.0", "dagpleje,2017,310"),
        "310 is outside what the number can possibly be",
    ),
    "the same key twice": (
        swapped("dagpleje,2018", "dagpleje,2017"),
        "Lines 2 and 3 have the same key, “165”, “dagpleje”, “2017”",
    ),
    "a year before the first": (
        swapped("dagpleje,2017", "dagpleje,2016"),
        "Line 2: “2016” is not one of the years 2017–2023",
    ),
    "a school year for a calendar year": (
        swapped("dagpleje,2017", "dagpleje,2017/18"),
        "“2017/18” is not one of the years",
    ),
    "no year at all": (
        swapped("dagpleje,2017", "dagpleje,"),
        "“” is not one of the years",
    ),
    "an unknown municipality": (
        swapped("165,Albertslund", "999,Albertslund"),
        "Line 2, column “kommunekode”: “999” is not the code of a municipality",
    ),
    "a code of another form": (
        swapped("165,Albertslund", "0165,Albertslund"),
        "“0165” is not a code that the contract allows",
    ),
    "an unknown group": (swapped("dagpleje,2017", "sfo,2017"), "“sfo” is not one of"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_file_is_refused_with(case):
    content, sentence = REFUSED[case]

    with pytest.raises(BadFile) as refusal:
        prepare(queries.contract("staffing_ratio"), content)

    assert sentence in str(refusal.value)


def test_a_decimal_point_is_refused_where_a_comma_is_meant():
    with pytest.raises(BadFile, match=r"“7\.5” is not a number with “,”"):
        prepare(a_contract(), a_file("101;a;2020;7.5"))


def test_a_thousands_point_is_refused_and_never_guessed_at():
    with pytest.raises(BadFile, match=r"“1\.000” is not a number"):
        prepare(a_contract(), a_file("101;a;2020;1.000"))


def test_a_whole_number_may_have_no_decimals():
    wrong = swapped(",0,38,82,", ",0.5,38,82,", source="municipality_dst")

    with pytest.raises(BadFile, match=r"“0\.5” is not a whole number"):
        prepare(queries.contract("municipality_dst"), wrong)


def test_an_unknown_word_for_a_verdict_is_refused():
    wrong = swapped("Over niveau", "Bedre end forventet", source="schools")

    with pytest.raises(BadFile, match="“Bedre end forventet” is not a word"):
        prepare(queries.contract("schools"), wrong)


def test_another_years_file_is_refused_by_its_number_of_rows():
    wrong = shipped("schools") + b"101999" + b"," * 24 + b"\n"

    with pytest.raises(BadFile, match="2304 rows"):
        prepare(queries.contract("schools"), wrong)


def test_more_bytes_than_the_contract_allows_are_refused():
    with pytest.raises(BadFile, match="at most 1 MB is read"):
        prepare(a_contract(), a_file() + b"x" * 1_000_000)


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        (['101;"a;2020;7,5', "147;a;2020;6,25"], "Line 2 has 2 fields"),
        (['101;a;2020;"7,5', "147;a;2020;6,25"], "“7,5…” is not a number"),
    ],
)
def test_a_quote_that_is_never_closed_is_refused(lines, sentence):
    with pytest.raises(BadFile, match=sentence) as refusal:
        prepare(a_contract(), a_file(*lines))

    assert "147" not in str(refusal.value)


def test_problems_are_counted_and_the_first_of_each_kind_is_named():
    lines = ["101;a;2020;x", "147;a;2020;y", "999;a;2020;z", "147;a;2020;200"]

    with pytest.raises(BadFile) as refusal:
        prepare(a_contract(), a_file(*lines))

    assert str(refusal.value) == (
        "Lines 3 and 5 have the same key, “147”, “a”, “2020”."
        " Line 4, column “kommunekode”: “999” is not the code of a municipality."
        " Line 2, column “tal”: “x” is not a number with “,” as its decimal sign."
        " 2 more are like it."
        " Line 5, column “tal”: 200 is outside what the number can possibly be."
        " The file is refused, and nothing has changed."
    )


def test_at_most_five_kinds_of_problems_are_told():
    lines = ["1x1;c;1999;x", "1x1;c;1999;x", "999;a;2020;200", "101;a;1998;1"]

    with pytest.raises(BadFile, match="more problems were found") as refusal:
        prepare(a_contract(), a_file(*lines))

    assert str(refusal.value).count("Line") == 5


@pytest.mark.parametrize("number", ["010203-1234", "010203 1234", "Bo 0102031234"])
def test_a_civil_registration_number_is_refused_and_never_repeated(number):
    with pytest.raises(BadFile, match="civil registration number") as refusal:
        prepare(
            a_register_contract(),
            a_register_file(f"101001;{number};folkeskole;101;7,5"),
        )

    assert "1234" not in str(refusal.value)


def test_signs_that_cannot_be_seen_are_refused():
    with pytest.raises(BadFile, match="signs that can't be seen"):
        prepare(
            a_register_contract(),
            a_register_file("101001;Nord\u202eskolen;folkeskole;101;7,5"),
        )


def test_a_byte_order_mark_is_no_mistake():
    marked = b"\xef\xbb\xbf" + a_file()

    assert prepare(a_contract(), marked).rows == 4


def test_a_unit_may_lack_a_municipality_where_the_contract_says_so():
    content = a_register_file("411001;Øskolen;folkeskole;;7,5")

    assert prepare(a_register_contract(), content).quality[
        "units_without_municipality"
    ] == ["411001"]

"""A blank, a zero and a star are four different things, and the contract says which.

The source's file is on the left, what Kæden takes it for on the right.
"""

from kaeden.data.lake.preparing import prepare
from tests.builders.files import (
    a_contract,
    a_file,
    a_measure,
    a_register_contract,
    a_register_file,
)


def taken_for(contract, content):
    rows = prepare(contract, content).observations.to_pylist()
    return {row["unit_code"]: (row["value"], row["status"]) for row in rows}


def test_a_file_of_a_municipality_level_measure():
    file = a_file(
        "101;a;2020;7,5",
        "147;a;2020;",
        "151;a;2020;0",
        "153;a;2020;*",
        "155;a;2020;..",
        "157;a;2020;99",
    )

    assert taken_for(a_contract(), file) == {
        "101": (7.5, "value"),
        "147": (None, "missing"),
        "151": (None, "not_applicable"),  # 0 means: the municipality has no such care
        "153": (None, "hidden"),  # * means: too few children to be shown
        "155": (None, "missing"),
        "157": (None, "missing"),  # 99 is possible, but not believable
    }


def test_a_zero_is_a_number_where_the_contract_says_so():
    contract = a_contract(measures=[a_measure(zero="zero", plausible=None)])

    assert taken_for(contract, a_file("101;a;2020;0")) == {"101": (0.0, "zero")}


def test_a_blank_is_hidden_where_the_source_leaves_small_numbers_blank():
    contract = a_contract(measures=[a_measure(blank="hidden")])

    assert taken_for(contract, a_file("101;a;2020;")) == {"101": (None, "hidden")}


def test_a_blank_is_only_missing_where_the_school_should_have_a_number():
    file = a_register_file(
        "101001;Nordskolen;folkeskole;101;7,5",
        "101002;Sydskolen;folkeskole;101;",
        "101003;Fjord Friskole;friskole;101;",
        "101004;Fjord Privatskole;friskole;101;8,5",
    )

    assert taken_for(a_register_contract(), file) == {
        "101001": (7.5, "value"),
        "101002": (None, "missing"),
        "101003": (None, "not_applicable"),
        "101004": (8.5, "value"),
    }


def test_a_word_becomes_the_number_that_the_contract_gives_it():
    columns = {
        "kommunekode": {"kind": "code"},
        "gruppe": {"kind": "code"},
        "aar": {"kind": "code"},
        "tal": {"kind": "text"},
    }
    words = {"Under niveau": -1, "På niveau": 0, "Over niveau": 1}
    measure = a_measure(coded=words, zero="zero", plausible=None, hidden_codes=[])
    contract = a_contract(columns=columns, measures=[measure])

    file = a_file("101;a;2020;Under niveau", "147;a;2020;På niveau", "151;a;2020;")

    assert taken_for(contract, file) == {
        "101": (-1.0, "value"),
        "147": (0.0, "zero"),
        "151": (None, "missing"),
    }

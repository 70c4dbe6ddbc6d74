"""Small source files and the contract that they keep."""

from typing import Any

from kaeden.data.contracts import Contract

HEADER = "kommunekode;gruppe;aar;tal"
LINES = ("101;a;2020;7,5", "101;b;2020;8", "147;a;2020;6,25", "147;b;2021;9,5")
TEXT = {"da": "Prøve", "en": "Trial"}


def a_contract(**changes: Any) -> Contract:
    """A contract of a small file with decimal commas; top-level fields can be changed."""
    content: dict[str, Any] = {
        "id": "trial",
        "title": TEXT,
        "description": TEXT,
        "publisher": TEXT,
        "attribution": TEXT,
        "licence": TEXT,
        "retrieved": "2026-01-15",
        "file_name": "trial.csv",
        "format": {"delimiter": ";", "decimal": ",", "max_megabytes": 1},
        "rows": {"at_least": 1, "at_most": 50},
        "period": {
            "kind": "calendar_year",
            "column": "aar",
            "first": "2019",
            "last": "2022",
        },
        "unit": {
            "level": "municipality",
            "column": "kommunekode",
            "pattern": r"\d{3}",
        },
        "breakdown": {"column": "gruppe", "allowed": ["a", "b"]},
        "keys": ["kommunekode", "gruppe", "aar"],
        "columns": {
            "kommunekode": {"kind": "code"},
            "gruppe": {"kind": "code"},
            "aar": {"kind": "code"},
            "tal": {"kind": "number", "allowed": {"min": 0, "max": 100}},
        },
        "measures": [a_measure()],
    }
    return Contract.model_validate(content | changes)


def a_measure(**changes: Any) -> dict[str, Any]:
    """The one measure of the small file."""
    return {
        "name": "score",
        "title": TEXT,
        "column": "tal",
        "unit": "percent",
        "plausible": {"min": 1, "max": 90},
        "blank": "missing",
        "zero": "not_applicable",
        "hidden_codes": ["*"],
        "missing_codes": [".."],
    } | changes


def a_register_contract(**changes: Any) -> Contract:
    """A contract of a small register of institutions in one school year."""
    content: dict[str, Any] = {
        "period": {"kind": "school_year", "fixed": "2024/25"},
        "unit": {
            "level": "institution",
            "column": "nr",
            "pattern": r"\d{6}",
            "municipality": "kommunekode",
            "municipality_may_be_blank": True,
        },
        "breakdown": None,
        "keys": ["nr"],
        "columns": {
            "nr": {"kind": "code"},
            "navn": {"kind": "text"},
            "type": {"kind": "text"},
            "kommunekode": {"kind": "code"},
            "tal": {"kind": "number"},
        },
        "register": {"name": "navn", "type": "type"},
        "measures": [
            a_measure(blank_unless={"column": "type", "values": ["folkeskole"]})
        ],
    }
    return a_contract(**(content | changes))


def a_file(*lines: str, header: str = HEADER) -> bytes:
    """The bytes of a small file; without lines, a good one."""
    return "".join(f"{line}\n" for line in (header, *(lines or LINES))).encode()


def a_register_file(*lines: str) -> bytes:
    """The bytes of a small register."""
    return a_file(*lines, header="nr;navn;type;kommunekode;tal")

"""The rows of Fjordby's children as a municipality's own file, and what they make known."""

from collections.abc import Iterable, Mapping

import numpy as np

from kaeden.data.own import contract_of_children
from kaeden.demo.cast import cast
from kaeden.demo.children import FloatArray, Rows
from kaeden.demo.children_truth import truth
from kaeden.demo.figures import Drawn
from kaeden.shared.periods import Period

TESTED_IN = 6
"""The year group of the earlier result: it is known of those who are further up."""

OUTCOMES = ("trivsel", "karakter", "ungdomsuddannelse")
"""The columns of the outcomes, in the order of the truth's."""


def file_of(rows: Rows, until: Period) -> bytes:
    """Return the rows until a year as a file that its contract takes."""
    header = list(contract_of_children(cast().code).columns)
    cells = _cells(rows)
    columns = [cells.get(name, [""] * len(rows.year)) for name in header]
    known = [period <= until for period in rows.periods]
    lines = (
        ";".join(line)
        for line, year in zip(
            zip(*columns, strict=True), rows.year.tolist(), strict=True
        )
        if known[year]
    )
    return "".join(f"{line}\n" for line in (";".join(header), *lines)).encode()


def without_rows(figures: Iterable[Drawn], rows: Rows) -> tuple[Drawn, ...]:
    """Return the figures but those that the rows say themselves."""
    told, first = {line.indicator for line in truth().outcomes}, rows.periods[0]
    return tuple(
        one for one in figures if one.indicator not in told or one.period < first
    )


def _cells(rows: Rows) -> Mapping[str, list[str]]:
    """Return the text of every cell, by the column of the file."""
    places = [
        rows.cohorts[cohort].places[year]
        for cohort, year in zip(rows.cohort.tolist(), rows.year.tolist(), strict=True)
    ]
    years = [str(period) for period in rows.periods]
    earlier = np.where(
        rows.group > TESTED_IN, rows.background["earlier_result"], np.nan
    )
    return {
        "skoleår": [years[year] for year in rows.year.tolist()],
        "enhed": [unit for unit, _group in places],
        "klasse": [group for _unit, group in places],
        "barn": [f"b{child:05d}" for child in rows.child.tolist()],
        "klassetrin": [str(group) for group in rows.group.tolist()],
        "køn": _words(rows.background["girl"], "dreng", "pige"),
        "sprog": _words(rows.background["other_language"], "dansk", "flere"),
        "forældres_uddannelse": _told(
            rows, "parents_education", rows.background["parents_education"], 0
        ),
        "tidligere_resultat": _told(rows, "earlier_result", earlier, 0),
        **{
            column: _told(rows, line.column, rows.outcomes[line.column], line.decimals)
            for column, line in zip(OUTCOMES, truth().outcomes, strict=True)
        },
    }


def _words(values: FloatArray, no: str, yes: str) -> list[str]:
    return [yes if value else no for value in values.tolist()]


def _told(rows: Rows, name: str, values: FloatArray, decimals: int) -> list[str]:
    """Return numbers as a spreadsheet in Danish has them; blank where there is none."""
    blank = rows.hidden[name] | np.isnan(values)
    return [
        "" if missing else f"{value:.{decimals}f}".replace(".", ",")
        for value, missing in zip(values.tolist(), blank.tolist(), strict=True)
    ]

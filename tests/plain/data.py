"""The lake's queries as loops over lines, for others to compare with."""

import csv
import io

from kaeden.shared.periods import Period
from kaeden.shared.status import ValueStatus


def lines_of(contract, content):
    """Each line as a dictionary of texts."""
    text = io.StringIO(content.decode("utf-8-sig"))
    return list(csv.DictReader(text, delimiter=contract.format.delimiter))


def values_of(contract, content):
    """Every place: (measure, breakdown, unit, period) to (number or None, status)."""
    found = {}
    for line in lines_of(contract, content):
        for rule in contract.measures:
            place = (
                rule.name,
                breakdown_of(contract, rule, line),
                line[contract.unit.column],
                period_of(contract, rule, line),
            )
            found[place] = value_of(contract, rule, line)
    return found


def breakdown_of(contract, rule, line):
    return line[contract.breakdown.column] if contract.breakdown else rule.breakdown


def period_of(contract, rule, line):
    written = rule.period or contract.period.fixed or line[contract.period.column]
    return str(Period.parse(written))


def value_of(contract, rule, line):
    number, status = number_of(contract, rule, line), ValueStatus.VALUE
    if number is None:
        status = word_of(rule, line)
    elif number == 0:
        status = ValueStatus(rule.zero)
    elif rule.plausible and not rule.plausible.min <= number <= rule.plausible.max:
        status = ValueStatus.MISSING
    return (number if status.has_number else None), status


def number_of(contract, rule, line):
    cell = line[rule.column]
    if rule.coded:
        return rule.coded.get(cell)
    if cell == "" or cell in rule.codes:
        return None
    return float(cell.replace(contract.format.decimal, "."))


def word_of(rule, line):
    cell = line[rule.column]
    if cell in rule.hidden_codes:
        return ValueStatus.HIDDEN
    return ValueStatus.MISSING if cell in rule.missing_codes else blank_of(rule, line)


def blank_of(rule, line):
    only = rule.blank_unless
    if only is None or line[only.column] in only.values:
        return ValueStatus(rule.blank)
    return only.otherwise


def measure_of(contract, content, measure, breakdown=""):
    """One measure's rows (unit, period, number or None, status), sorted."""
    found = values_of(contract, content)
    return sorted(
        (unit, period, *value)
        for (name, group, unit, period), value in found.items()
        if (name, group) == (measure, breakdown)
    )


def units_of(contract, content):
    """Each unit's code, name, type and municipality, by code."""
    rule, place = contract.register_units, contract.unit.municipality
    return sorted(
        (
            line[contract.unit.column],
            line[rule.name],
            line[rule.type],
            line[place or contract.unit.column],
        )
        for line in lines_of(contract, content)
    )

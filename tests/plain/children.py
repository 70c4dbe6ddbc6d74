"""What the lake says of children's rows, as loops over the lines of a file."""

from statistics import fmean, stdev

from tests.plain.data import lines_of


def number(cell):
    return float(cell.replace(",", ".")) if cell else None


def complete_of(contract, content, columns, keep):
    """The lines that `keep` keeps and that lack none of the columns."""
    lines = [one for one in lines_of(contract, content) if keep(one)]
    return [one for one in lines if all(one[column] for column in columns)]


def means_of(lines, outcome):
    """Each unit's number of rows, mean and standard deviation."""
    found = {}
    for line in lines:
        found.setdefault(line["enhed"], []).append(number(line[outcome]))
    return {
        unit: (len(values), fmean(values), stdev(values) if len(values) > 1 else None)
        for unit, values in found.items()
    }

"""A small table of results: columns by name, rows in order. Private."""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray


class Table(dict[str, NDArray[Any]]):
    """Columns of equal length by name, read only; any table library takes it as it is.

    Examples
    --------
    >>> table = Table({"term": ["1", "prior"], "estimate": [0.5, 2.0]})
    >>> table["estimate"].tolist()
    [0.5, 2.0]
    >>> next(table.rows())
    {'term': '1', 'estimate': 0.5}
    """

    def __init__(self, columns: Mapping[str, Any]) -> None:
        super().__init__({name: _kept(one) for name, one in columns.items()})

    def rows(self) -> Iterator[dict[str, Any]]:
        """Give the rows as dictionaries."""
        lists = [column.tolist() for column in self.values()]
        for row in zip(*lists, strict=True):
            yield dict(zip(self, row, strict=True))

    def __repr__(self) -> str:
        lines = [[*self], *[[_text(v) for v in row.values()] for row in self.rows()]]
        widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
        return "\n".join(
            "  ".join(cell.ljust(w) for cell, w in zip(line, widths, strict=True))
            for line in lines
        )


def _kept(values: Any) -> NDArray[Any]:
    column = np.array(values)
    column.flags.writeable = False
    return column


def _text(value: object) -> str:
    return f"{value:.6g}" if isinstance(value, float) else str(value)

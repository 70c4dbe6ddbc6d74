"""Read what the engine reads, before anything is computed."""

from kaeden.engine import panel
from kaeden.goals.check import PreviewValue
from kaeden.goals.indicators import Indicator
from kaeden.shared.errors import NotFound


def values_of(indicator: Indicator) -> list[PreviewValue]:
    """Return an indicator's latest values in the lake; none if it holds none.

    For the analyst who writes an indicator: nothing is released by it. Groups under
    the indicator's limit are hidden by the preview.
    """
    try:
        found = panel.read(indicator)
    except NotFound:
        return []
    return [
        PreviewValue(
            unit_code=code,
            value=float(found.value[row, -1])
            if found.status[row, -1].has_number
            else None,
            n=int(found.n[row]) if found.n[row] > 0 else None,
            status=found.status[row, -1],
        )
        for row, code in enumerate(found.codes)
    ]

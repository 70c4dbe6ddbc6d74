"""The page and the picture made from the kept figures; nobody writes a number into them."""

from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path

from kaeden.engine.false_alarms import (
    SIZES,
    FalseAlarms,
    Rate,
    RuleName,
    RuleRates,
    Size,
)

DOCS = Path(__file__).parents[2] / "docs"
WORDS = Path(__file__).with_name("calibration.txt")
NAMES = {
    RuleName.OURS: "Kæden's signals",
    RuleName.LIGHT: "traffic light",
    RuleName.ARROW: "arrow",
    RuleName.TESTED_ARROW: "arrow, tested at 5 %",
    RuleName.DECILE: "worst tenth",
}
SHOWN = Size.TWO
"""The picture shows how many alarms were right where changes were of this size."""
WIDTH, ROW, LEFT, LONGEST = 390, 26, 150, 190
OURS, OTHERS, INK = "#0b4f9e", "#8c8c8c", "#1a1a1a"


def pages(kept: FalseAlarms) -> dict[Path, str]:
    """Return each file of the docs that is made from the figures."""
    figures = {
        "engine": kept.engine,
        "seed": str(kept.seed),
        "world": _world(kept),
        "false_alarms": _table(
            kept, lambda one: [_percent(one.false_alarms)], ["of units"]
        ),
        "found": _by_size(kept, lambda one: one.found),
        "found_at_our_rate": _by_size(kept, lambda one: one.found_at_our_rate),
        "found_at_few": _by_size(kept, lambda one: one.found_at_few),
        "right": _table(
            kept,
            lambda one: [_counted(one.right[size]) for size in SIZES],
            [f"{SIZES[size]:g} SD" for size in SIZES],
        ),
    }
    text = WORDS.read_text(encoding="utf-8")
    for name, figure in figures.items():
        text = text.replace(f"{{{name}}}", figure)
    return {
        DOCS / "false-alarms.md": text,
        DOCS / "pictures" / "false_alarms.svg": drawn(kept),
    }


def drawn(kept: FalseAlarms) -> str:
    """Return two rows of bars as SVG: alarms in a quiet year, and alarms that are right."""
    panels = (
        (
            "Of 100 units, with an alarm in a quiet year",
            {one.rule: one.false_alarms for one in kept.rules},
        ),
        (
            "Of 100 alarms, right when some changed by two SD",
            {one.rule: one.right[SHOWN] for one in kept.rules},
        ),
    )
    panel = (len(kept.rules) + 2) * ROW
    height = panel * len(panels)
    summary = " ".join(
        f"{title}: {', '.join(f'{NAMES[rule]} {_percent(rate)}' for rule, rate in rates.items())}."
        for title, rates in panels
    )
    frame = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" '
        f'width="{WIDTH}" height="{height}" role="img" font-family="sans-serif" '
        f'font-size="13" fill="{INK}">'
    )
    parts = [
        frame,
        "<title>False alarms and right alarms, by rule</title>",
        f"<desc>{escape(summary)}</desc>",
        f'<rect width="{WIDTH}" height="{height}" fill="#fff"/>',
    ]
    for place, (title, rates) in enumerate(panels):
        parts += _panel(title, rates, place * panel)
    return "\n".join([*parts, "</svg>", ""])


def _panel(title: str, rates: dict[RuleName, Rate], top: int) -> Iterator[str]:
    yield f'<text x="8" y="{top + 20}" font-weight="bold">{escape(title)}</text>'
    for place, (rule, rate) in enumerate(rates.items(), start=1):
        y = top + place * ROW + 6
        long = max(1.0, LONGEST * rate.share)
        colour = OURS if rule is RuleName.OURS else OTHERS
        yield f'<text x="8" y="{y + 13}">{escape(NAMES[rule])}</text>'
        size = f'width="{long:.1f}" height="{ROW - 8}"'
        yield f'<rect x="{LEFT}" y="{y}" {size} fill="{colour}"/>'
        yield f'<text x="{LEFT + long + 6:.1f}" y="{y + 13}">{_percent(rate)}</text>'


def _world(kept: FalseAlarms) -> str:
    world = kept.world
    return (
        f"{world.countries} countries of {world.towns} municipalities of {world.units} units, "
        f"each with {world.fewest_children} to {world.most_children} children, "
        f"{world.fewest_years} to {world.most_years} yearly figures and {world.indicators} "
        f"indicators. Children differ by SD {world.child_sd:g} within a unit on a scale from 1 to "
        f"5; {world.unit_share:.0%} of the whole variance lies between units (SD "
        f"{world.unit_sd:.3f}) and {world.town_share:.0%} between municipalities (SD "
        f"{world.town_sd:.3f})"
    )


def _by_size(kept: FalseAlarms, of: Callable[[RuleRates], dict[Size, Rate]]) -> str:
    return _table(
        kept,
        lambda one: [_percent(of(one)[size]) for size in SIZES],
        [f"{SIZES[size]:g} SD" for size in SIZES],
    )


def _table(
    kept: FalseAlarms, cells: Callable[[RuleRates], list[str]], heads: list[str]
) -> str:
    lines = [["rule", *heads], ["---"] * (len(heads) + 1)]
    lines += [[NAMES[one.rule], *cells(one)] for one in kept.rules]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _counted(rate: Rate) -> str:
    return f"{_percent(rate)} of {rate.of:,}"


def _percent(rate: Rate) -> str:
    """Return a share in per cent; a dash of nothing."""
    if not rate.of:
        return "–"
    return (
        f"{100 * rate.share:.1f} %" if rate.share < 0.1 else f"{100 * rate.share:.0f} %"
    )

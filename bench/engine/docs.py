"""The pages and pictures made from what was measured: ``make bench-docs``.

Nobody writes a number into them. A test makes them again from the kept measurements and
compares, so that text and numbers can't part.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.engine.bars import Bar, bars
from bench.engine.measured import HELD, KEPT, read
from bench.engine.picture import Chart, Curve, drawn

DOCS = Path(__file__).parents[2] / "docs"
WORDS = Path(__file__).with_name("benchmarks.txt")
"""The page without its figures."""
FORMS = {
    "full": "the whole model",
    "uncorrelated": "without the correlation, by ML",
    "schools": "schools alone",
}
OURS = "kaeden_stats"


def pages(measured: Mapping[str, Any]) -> dict[Path, str]:
    """Return each file of the docs that is made from the measurements."""
    parts = measured["parts"]
    words = WORDS.read_text(encoding="utf-8")
    rows, groups = _by_rows(parts), parts["growth_groups"]["sizes"]
    figures = {
        "machine": _machine(measured),
        "bars": _bars(bars(parts)),
        "race": "\n\n".join(
            _race(parts[name])
            for name in ("race", "race_lme4", "race_intercepts")
            if name in parts
        ),
        "whole": _race(parts["whole"]),
        "memory": _memory(parts["memory"]),
        "alone": _alone(parts["alone"]),
        "crossed": _race(parts["crossed"]),
        "binomial": _race(parts["binomial"]),
        "engines": _engines(parts["engines"]),
        "rows": _growth(rows, "rows"),
        "groups": _growth(groups, "groups"),
    }
    for name, text in figures.items():
        words = words.replace(f"{{{name}}}", text)
    return {
        DOCS / "benchmarks.md": words,
        DOCS / "pictures" / "growth_rows.svg": drawn(_chart(rows, "rows")),
        DOCS / "pictures" / "growth_groups.svg": drawn(_chart(groups, "groups")),
        DOCS / "pictures" / "growth_memory.svg": drawn(_memory_chart(rows)),
    }


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a table as Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def number(value: float) -> str:
    """Write a number with three figures."""
    if value >= 1000:
        return f"{value:,.0f}"
    return f"{value:.3g}"


def between(spread: Mapping[str, float]) -> str:
    """Write a median with its lowest and highest."""
    if spread["low"] == spread["high"]:
        return number(spread["median"])
    return f"{number(spread['median'])} [{number(spread['low'])}, {number(spread['high'])}]"


def _machine(measured: Mapping[str, Any]) -> str:
    machine, parts = measured["machine"], measured["parts"]
    versions = ", ".join(f"{name} {one}" for name, one in machine["versions"].items())
    when = table(
        ["part", "measured (UTC)", "load before", "load after"],
        [
            [
                name,
                one["when"],
                str(one["load"]["before"]),
                str(one["load"]["after"]),
            ]
            for name, one in sorted(parts.items())
        ],
    )
    return (
        f"{machine['processors']} processors ({machine['processor']}), "
        f"{machine['gigabytes']} GB, {machine['system']}. {versions}.\n\n{when}"
    )


def _bars(found: Sequence[Bar]) -> str:
    return table(
        ["what", "bar", "measured", ""],
        [[one.what, one.bar, one.measured, one.verdict] for one in found],
    )


def _race(found: Mapping[str, Any]) -> str:
    rows = []
    for one in found["entries"]:
        version = one.get("version", "")
        name = f"{one['name']} {version}".strip()
        if one["stopped"]:
            rows.append([name, one["stopped"], "", "", "", "", "", ""])
            continue
        rows.append(
            [
                name,
                between(one["fit"]),
                between(one["wall"]),
                between(one["processor"]),
                f"{one['megabytes']:.0f}",
                "1" if one["name"] == OURS else between(one["times_fit"]),
                "1" if one["name"] == OURS else between(one["times_wall"]),
                _optimum(one),
            ]
        )
    head = ["program", "fit, s", "whole process, s", "processor, s"]
    head += ["peak MB", "fit: times ours"]
    head += ["whole: times ours", "above the optimum"]
    title = found["title"]
    most = max(one.get("rounds", 0) for one in found["entries"])
    return f"**{title}** (at most {most} rounds)\n\n{table(head, rows)}"


def _optimum(one: Mapping[str, Any]) -> str:
    if one["name"] == OURS:
        return "–"
    excess = one.get("excess", 0.0)
    words = "no more than 1e-6" if abs(excess) <= 1e-6 else f"{excess:.1e}"
    form = "" if one["form"] == "full" else f"; {FORMS[one['form']]}"
    return f"{words}{', wrong optimum' if one.get('is_wrong') else ''}{form}"


def _memory(found: Mapping[str, Any]) -> str:
    runs = [one for one in found.values() if isinstance(one, dict) and "rows" in one]
    return table(
        ["rows", "order", "peak MB", "whole process, s"],
        [
            [
                f"{one['rows']:,}",
                "sorted by school" if one["clustered"] else "shuffled",
                f"{one['megabytes']:.0f}",
                number(one["wall"]),
            ]
            for one in runs
        ],
    )


ALONE = {
    "intercepts": "1,200 schools in 98 municipalities, 20 columns, intercepts",
    "slope": "the same with a random slope",
    "pairs": "100,000 groups of two, 20 columns, intercepts",
    "intercepts_kenward-roger": "Kenward–Roger, intercepts",
    "slope_kenward-roger": "Kenward–Roger, slope",
    "intercepts_satterthwaite": "Satterthwaite, intercepts",
    "slope_satterthwaite": "Satterthwaite, slope",
}


def _alone(found: Mapping[str, Any]) -> str:
    return table(
        ["what", "ms", "ms of processor time"],
        [
            [words, *(_ms(found[name][which]) for which in ("wall", "processor"))]
            for name, words in ALONE.items()
        ],
    )


def _ms(seconds: Mapping[str, float]) -> str:
    return between({which: 1000 * value for which, value in seconds.items()})


def _engines(found: Mapping[str, Any]) -> str:
    rows = [
        [
            name,
            f"{one['rows']:,}",
            one["stopped"] or between(one["pass"]),
            f"{one['megabytes']:.0f}",
        ]
        for name, one in found["engines"].items()
    ]
    return table(["rows lie in", "rows", "pass, s", "peak MB of our process"], rows)


def _by_rows(parts: Mapping[str, Any]) -> dict[str, Any]:
    """Return the contests at each number of rows, with those that are parts already."""
    in_r = [one for one in parts["race_lme4"]["entries"] if one["name"] == "lme4"]
    million = {"entries": [*parts["race"]["entries"], *in_r]}
    known = {"1000000": million, "10000000": parts["whole"]}
    found = known | parts["growth_rows"]["sizes"]
    return {size: found[size] for size in sorted(found, key=int)}


def _growth(held: Mapping[str, Any], axis: str) -> str:
    """Return seconds and memory of each contestant at each size."""
    rows = [[name, *(_cell(at, name) for at in held.values())] for name in _names(held)]
    return table([axis, *(f"{int(size):,}" for size in held)], rows)


def _names(held: Mapping[str, Any]) -> list[str]:
    return list(dict.fromkeys(e["name"] for at in held.values() for e in at["entries"]))


def _cell(at: Mapping[str, Any], name: str) -> str:
    entry = _entry(at, name)
    if entry is None:
        return ""
    return entry["stopped"] or f"{number(entry['fit']['median'])} s, {_size(entry)}"


def _entry(at: Mapping[str, Any], name: str) -> Mapping[str, Any] | None:
    return next((one for one in at["entries"] if one["name"] == name), None)


def _size(entry: Mapping[str, Any]) -> str:
    size = entry["megabytes"]
    return f"{size / 1000:.1f} GB" if size >= 1000 else f"{size:.0f} MB"


def _curves(held: Mapping[str, Any], what: str) -> tuple[Curve, ...]:
    curves = [
        Curve(
            name=name,
            points=tuple(
                (float(size), _value(entry, what))
                for size, at in held.items()
                if (entry := _entry(at, name)) and not entry["stopped"]
            ),
        )
        for name in _names(held)
    ]
    return tuple(one for one in curves if one.points)


def _value(entry: Mapping[str, Any], what: str) -> float:
    return float(entry[what] if what == "megabytes" else entry[what]["median"])


def _chart(held: Mapping[str, Any], axis: str) -> Chart:
    curves = _curves(held, "fit")
    (first, began), *_between, (last, ended) = curves[0].points
    return Chart(
        title=f"Seconds of the fit against {axis}",
        summary=(
            f"Ours, with its pass, takes {number(began)} s at {first:,.0f} {axis} and "
            f"{number(ended)} s at {last:,.0f}; all numbers stand in the table."
        ),
        across=axis,
        up="seconds of the fit (ours: pass and fit)",
        curves=curves,
    )


def _memory_chart(held: Mapping[str, Any]) -> Chart:
    curves = _curves(held, "megabytes")
    (first, began), *_between, (last, ended) = curves[0].points
    return Chart(
        title="Peak memory against rows",
        summary=(
            f"Ours holds {began:.0f} MB at {first:,.0f} rows and {ended:.0f} MB at "
            f"{last:,.0f}; all numbers stand in the table."
        ),
        across="rows",
        up="peak memory of the process, MB",
        curves=curves,
    )


def main() -> None:
    """Keep the newest measurements, and write the pages from them."""
    if HELD.exists():
        KEPT.write_text(HELD.read_text(encoding="utf-8"), encoding="utf-8")
    for path, text in pages(read()).items():
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()

"""Count false alarms and what was found, rule by rule."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields

import numpy as np

from bench.calibration.rules import Alarms, others, ours
from bench.calibration.world import town
from kaeden.engine import own
from kaeden.engine.false_alarms import (
    FEW,
    SIZES,
    FalseAlarms,
    Rate,
    RuleName,
    RuleRates,
    Size,
    World,
)
from kaeden.engine.panel import FloatArray

METHOD = "signals-calibration@1"
SEED = 20261124
DANISH = World(
    countries=4,
    towns=98,
    units=20,
    indicators=5,
    fewest_years=5,
    most_years=8,
    fewest_children=12,
    most_children=60,
    child_sd=0.6,
    unit_share=0.04,
    town_share=0.01,
    changed=0.1,
    decimals=2,
)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Heard:
    """One world's alarms by rule, and its truth (j, k); countries side by side."""

    alarms: Mapping[RuleName, Alarms]
    change: FloatArray


def measure(world: World = DANISH, seed: int = SEED) -> FalseAlarms:
    """Simulate three worlds: without changes, with changes of half an SD, and of one."""
    seeds = np.random.SeedSequence(seed).spawn(1 + len(SIZES))
    still = _heard(np.random.default_rng(seeds[0]), world, size=0.0)
    moved = {
        size: _heard(np.random.default_rng(own_seed), world, size=SIZES[size])
        for size, own_seed in zip(SIZES, seeds[1:], strict=True)
    }
    return FalseAlarms(
        method=METHOD,
        engine=own.METHOD,
        seed=seed,
        world=world,
        rules=tuple(_rates(rule, still, moved) for rule in RuleName),
    )


def _heard(rng: np.random.Generator, world: World, *, size: float) -> Heard:
    parts = list(_countries(rng, world, size))
    return Heard(
        alarms={
            rule: Alarms(
                **{
                    one.name: _side_by_side(
                        [getattr(alarms[rule], one.name) for alarms, _change in parts]
                    )
                    for one in fields(Alarms)
                }
            )
            for rule in RuleName
        },
        change=_side_by_side([change for _alarms, change in parts]),
    )


def _countries(
    rng: np.random.Generator, world: World, size: float
) -> Iterator[tuple[dict[RuleName, Alarms], FloatArray]]:
    for _country in range(world.countries):
        towns = [town(rng, world, size) for _town in range(world.towns)]
        alarms = {RuleName.OURS: ours(towns, world), **others(towns, world)}
        yield alarms, _side_by_side([one.change for one in towns])


def _side_by_side(parts: list[np.ndarray]) -> np.ndarray:
    return np.concatenate(parts, axis=1)


def _rates(rule: RuleName, still: Heard, moved: Mapping[Size, Heard]) -> RuleRates:
    our_rate = float(_any_alarm(still.alarms[RuleName.OURS]).mean())
    found = {size: _found(one, one.alarms[rule].worse) for size, one in moved.items()}
    return RuleRates(
        rule=rule,
        false_alarms=_rate(_any_alarm(still.alarms[rule])),
        found=found,
        found_at_our_rate=found
        if rule is RuleName.OURS
        else _found_at(our_rate, rule, still, moved),
        found_at_few=_found_at(FEW, rule, still, moved),
        right={size: _right(one, one.alarms[rule]) for size, one in moved.items()},
    )


def _found_at(
    rate: float, rule: RuleName, still: Heard, moved: Mapping[Size, Heard]
) -> dict[Size, Rate]:
    """Return what a rule finds that is as strict as gives a rate of false alarms.

    False alarms of both sides are counted, for every rule.
    """
    quiet = still.alarms[rule]
    loudest = np.maximum(quiet.loud, quiet.loud_better).max(axis=0)
    limit = np.quantile(loudest, 1 - rate, method="higher")
    return {
        size: _found(one, one.alarms[rule].loud > limit) for size, one in moved.items()
    }


def _any_alarm(alarms: Alarms) -> np.ndarray:
    return (alarms.worse | alarms.better).any(axis=0)


def _found(heard: Heard, worse: np.ndarray) -> Rate:
    return _rate(worse[heard.change < 0])


def _right(heard: Heard, alarms: Alarms) -> Rate:
    right = (alarms.worse & (heard.change < 0)) | (alarms.better & (heard.change > 0))
    return Rate(count=int(right.sum()), of=int((alarms.worse | alarms.better).sum()))


def _rate(flags: np.ndarray) -> Rate:
    return Rate(count=int(flags.sum()), of=int(flags.size))

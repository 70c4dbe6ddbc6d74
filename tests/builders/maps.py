"""A chain as the map draws it, small enough to see through."""

from typing import Any

from kaeden.presentation.charts.chain_parts import (
    ChainBreak,
    ChainLevel,
    ChainView,
    Field,
    Leader,
    Station,
    Thread,
    Where,
)

LEVELS = tuple(
    ChainLevel(key=key, name=key.capitalize())
    for key in ("committee", "director", "chiefs", "leaders")
)


def leaders(count: int, along: int, *goals: str, vacant: int = 0) -> tuple[Leader, ...]:
    """So many leaders, the first of whom have taken all the goals up."""
    return tuple(
        Leader(
            name=f"Unit {number}",
            expected=goals,
            taken_up=goals if number < along else (),
            vacant=number >= count - vacant,
        )
        for number in range(count)
    )


def a_field(*found: Leader, words: str = "12 of 14 are along", **facts: Any) -> Field:
    """The leaders below a post."""
    known: dict[str, Any] = {"level": "leaders", "short": "12 of 14"}
    return Field(leaders=found, words=words, **(known | facts))


def a_thread(key: str, name: str, hue: int, **facts: Any) -> Thread:
    """A goal that is adopted."""
    return Thread(key=key, name=name, hue=hue, **facts)


def a_director(**facts: Any) -> Station:
    """The director, who has taken up all that is adopted."""
    known: dict[str, Any] = {
        "name": "Director",
        "expected": ("thrive", "away", "chance"),
        "taken_up": ("thrive", "away"),
    }
    return Station(key="director", level="director", **(known | facts))


def a_chief(key: str, name: str, **facts: Any) -> Station:
    """A chief below the director, who has taken up both goals."""
    known: dict[str, Any] = {
        "level": "chiefs",
        "parent": "director",
        "expected": ("thrive", "away"),
        "taken_up": ("thrive", "away"),
    }
    return Station(key=key, name=name, **(known | facts))


def a_break(number: int, *places: Where, **facts: Any) -> ChainBreak:
    """A break at some places."""
    known = {"sentence": f"Break {number} is here.", "act": f"Mend {number}"}
    href = {"href": f"/mend/{number}/"}
    return ChainBreak(number=number, places=places, **(known | href | facts))


VIEW = ChainView(
    title="The chain",
    summary="The chain breaks in 2 places.",
    levels=LEVELS,
    threads=(
        a_thread("thrive", "All children thrive", 0, href="/goals/thrive/"),
        a_thread("away", "Fewer are away", 1),
        a_thread("chance", "Equal chances", 2, proposed=True),
    ),
    stations=(
        a_director(owns=("thrive",)),
        a_chief(
            "schools",
            "Head of schools",
            fields=(
                a_field(*leaders(14, 12, "thrive", "away"), stops=()),
                a_field(*leaders(3, 1, "thrive"), level="departments"),
            ),
        ),
        a_chief("family", "Head of family services", vacant=True, taken_up=("thrive",)),
    ),
    breaks=(
        a_break(1, Where(station="family", thread="away")),
        a_break(2, Where(station="schools", thread="away", at_leaders=True)),
    ),
)

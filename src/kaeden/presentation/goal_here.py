"""What one's own post has said of a goal."""

from dataclasses import dataclass

from kaeden.access.rules import Actor
from kaeden.goals.said import Along, Said


@dataclass(frozen=True, slots=True, kw_only=True)
class HerePage:
    """The post's own words, and what the goal means right above it."""

    meaning: str
    strategy: str
    efforts: tuple[Said, ...]
    brought: str
    brought_indicator: str
    above: tuple[Said, ...]


def build(said: Along, actor: Actor) -> HerePage:
    """Return the page of one post."""

    def mine(found: tuple[Said, ...]) -> tuple[Said, ...]:
        return tuple(one for one in found if one.post_id == actor.post_id)

    brought = next(iter(mine(said.contributions)), None)
    above = (
        one for one in said.meanings if f"{actor.path}/".startswith(f"{one.unit_path}/")
    )
    return HerePage(
        meaning=_words(mine(said.meanings)),
        strategy=_words(mine(said.strategies)),
        efforts=mine(said.efforts),
        brought=brought.words if brought else "",
        brought_indicator=brought.indicator if brought else "",
        above=tuple(one for one in above if one.post_id != actor.post_id),
    )


def _words(found: tuple[Said, ...]) -> str:
    return found[0].words if found else ""

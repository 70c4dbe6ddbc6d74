"""Tell what some leaders of Fjordby show their team of what they try."""

from collections.abc import Iterator

from kaeden.demo.scene import Scene, Telling
from kaeden.dialogue.actions.briefs import show_team
from kaeden.dialogue.queries.briefs import tickable

SHOWN_BY = ("leder-nordskolen", "leder-boernehuset-solstraalen", "leder-sydskolen")
AGO = 5


def tell_of_briefs(scene: Scene) -> Iterator[Telling]:
    """Give what each of them has ticked."""
    for key in SHOWN_BY:
        yield _ticked(scene, key)


def _ticked(scene: Scene, key: str) -> Telling:
    leader = scene.voices[key]
    yield scene.day(AGO)
    show_team([one.key for one in tickable(leader)], by=leader)

"""Tell how Fjordby's own figures come in, are computed and released, year by year."""

from kaeden.access.rules import SYSTEM
from kaeden.data.actions import import_children, import_own
from kaeden.demo import children_file
from kaeden.demo.children import rows_of
from kaeden.demo.figures import figures_of, file_of
from kaeden.demo.scene import Scene, Telling
from kaeden.engine.actions import compute
from kaeden.publication.actions import release
from kaeden.shared.periods import Period

RELEASED = ((370, 1), (40, 0))
"""How many days ago figures came, and how many years they lacked of the newest."""
LAST_COME_OUT = 8
"""The month from which the school year that is over is counted."""


def tell_of_results(scene: Scene, seed: int) -> Telling:
    """Let the figures come, each time with the release that follows."""
    town = scene.units[scene.town.chain.municipality]
    newest = newest_year(scene)
    figures = figures_of(scene.town, newest, seed=seed)
    rows = rows_of(scene.town, figures, newest, seed=seed)
    figures = children_file.without_rows(figures, rows)
    for ago, years_before in RELEASED:
        yield scene.day(ago)
        until = Period(start=newest.start - years_before, is_school_year=True)
        import_own(town, file_of(figures, until), by=SYSTEM)
        import_children(town, children_file.file_of(rows, until), by=SYSTEM)
        release(compute(scope=town.code, by=SYSTEM), by=SYSTEM)


def newest_year(scene: Scene) -> Period:
    """Return the school year that was over when the newest figures came."""
    ago, _years_before = RELEASED[-1]
    came = scene.day(ago)
    start = came.year if came.month >= LAST_COME_OUT else came.year - 1
    return Period(start=start - 1, is_school_year=True)

"""Tell what leaders judge of their results, believe of them, and share of what they did."""

from collections.abc import Iterator
from functools import lru_cache

from kaeden.demo.cast import Line, from_file
from kaeden.demo.scene import Scene, Telling
from kaeden.dialogue.actions import hypotheses, lifted
from kaeden.dialogue.actions.assessments import assess
from kaeden.dialogue.actions.hypotheses import Claim
from kaeden.dialogue.queries.assessments import own_words
from kaeden.dialogue.queries.lifted import may_share
from kaeden.dialogue.rules.assessments import Judgement, Words
from kaeden.dialogue.rules.hypotheses import Expected
from kaeden.publication import queries as publication
from kaeden.publication.queries import ReleasedFigure
from kaeden.shared.periods import Period


class JudgedLine(Line):
    """What a post judged of a result of the release of that day."""

    by: str
    unit: str
    indicator: str
    ago: int
    judgement: Judgement
    sentence: str
    next_step: str


class LearntLine(Line):
    """What was learnt from a claim."""

    ago: int
    words: str


class ClaimLine(Line):
    """What a post believes that a number will show so many years after the newest."""

    by: str
    unit: str
    indicator: str
    ago: int
    expected: Expected
    years: int
    words: str
    learnt: LearntLine | None = None


class ToldLine(Line):
    """What a leader tells of what was done before a result became better."""

    by: str
    indicator: str
    ago: int
    words: str


class Results(Line):
    """Everything in the file."""

    judged: tuple[JudgedLine, ...]
    hypotheses: tuple[ClaimLine, ...]
    told: tuple[ToldLine, ...]


@lru_cache(maxsize=1)
def said_of_results() -> Results:
    """Return what is said of results; read once."""
    return from_file("assessments.yaml", Results)


def tell_of_assessments(scene: Scene) -> Iterator[Telling]:
    """Give what is judged, believed and told of results."""
    said = said_of_results()
    for judged in said.judged:
        yield _judged(scene, judged)
    for claim in said.hypotheses:
        yield _claimed(scene, claim)
    for told in said.told:
        yield _told(scene, told)


def _judged(scene: Scene, line: JudgedLine) -> Telling:
    by = scene.voices[line.by]
    yield scene.day(line.ago)
    release, figure = _figure(scene, line.unit, line.indicator)
    words = Words(
        judgement=line.judgement, sentence=line.sentence, next_step=line.next_step
    )
    before = own_words(by, figure, release)
    after = before.number if before else 0
    assess(figure, words, release_id=release, by=by, after=after)


def _claimed(scene: Scene, line: ClaimLine) -> Telling:
    by = scene.voices[line.by]
    yield scene.day(line.ago)
    release, figure = _figure(scene, line.unit, line.indicator)
    newest = Period.parse(figure.period)
    year = Period(start=newest.start + line.years, is_school_year=newest.is_school_year)
    claim = Claim(words=line.words, expected=line.expected, by_period=str(year))
    made = hypotheses.write(figure, claim, release_id=release, by=by)
    if line.learnt:
        yield scene.day(line.learnt.ago)
        hypotheses.close(made.pk, line.learnt.words, by=by)


def _told(scene: Scene, line: ToldLine) -> Telling:
    by = scene.voices[line.by]
    yield scene.day(line.ago)
    _release, figure = _figure(scene, scene.posts[line.by].unit.code, line.indicator)
    if may_share(by, figure):  # with other seeds chance may hide what is planted
        lifted.share(figure, line.words, by=by)


def _figure(scene: Scene, unit: str, indicator: str) -> tuple[int, ReleasedFigure]:
    """Return the newest figure of a result, and its release."""
    release = publication.current_release(scene.town.chain.municipality)
    return release.id, publication.get_figure(release.id, scene.units[unit], indicator)

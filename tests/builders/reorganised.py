"""Fjordby reorganised in the middle of a school year, told from its beginning.

1 August 2024 the chain begins. In the autumn the chief of schools agrees with each
leader, and assesses Sydskolen. On 1 March 2025 a reorganisation is carried out from
1 February: two schools merge and are renamed, one is split, a cluster is given up with
its leader's post, a new one gathers the houses, and one house moves.
"""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from kaeden.access.rules import Role
from kaeden.accounts.models import User
from kaeden.dialogue.actions import assessments
from kaeden.dialogue.rules.assessments import Words
from kaeden.organisation import drafting
from kaeden.organisation.chain import Chain, ChainCommunity
from kaeden.organisation.identity import identity_of
from kaeden.organisation.models import Holding, Post, Unit
from kaeden.organisation.queries import get_municipality, get_unit
from kaeden.organisation.rules import Kind
from kaeden.organisation.steps.posts import ClosePost, SetTask
from kaeden.organisation.steps.units import (
    CloseUnit,
    ClusterUnit,
    MergeUnits,
    MoveUnit,
    OpenUnit,
    RenameUnit,
    SplitUnit,
)
from kaeden.publication.models import Release
from kaeden.publication.queries import get_figure
from kaeden.shared.clock import standing_at
from tests.builders.chains import a_chain, a_charter, a_post, a_unit, applied
from tests.builders.dialogue import agreed
from tests.builders.figures import a_release, a_result

BEGAN, CHANGED, TOLD = date(2024, 8, 1), date(2025, 2, 1), date(2025, 3, 1)
BEFORE, MEANWHILE, AFTER = date(2025, 1, 15), date(2025, 2, 15), date(2025, 6, 1)
NORD, SYD, HAVN = "999001", "999002", "999003"
SEATS = {
    "direktor": (Role.DIRECTOR, "999"),
    "skolechef": (Role.CHIEF_SCHOOLS, "schools"),
    "dagtilbudschef": (Role.CHIEF_DAYCARE, "daycare"),
    "leder-nord": (Role.AREA_LEADER, "nord"),
    "leder-999001": (Role.LEADER, NORD),
    "leder-999002": (Role.LEADER, SYD),
    "leder-999003": (Role.LEADER, HAVN),
    "leder-solstraalen": (Role.LEADER, "G99901"),
}
STEPS = (
    MergeUnits(unit=NORD, other=SYD, code=NORD, name="Fjordskolen"),
    SplitUnit(
        unit=HAVN,
        code="havn-a",
        name="Havn A",
        other_code="havn-b",
        other_name="Havn B",
    ),
    ClosePost(post="leder-nord"),
    CloseUnit(unit="nord", by="daycare"),
    OpenUnit(code="kyst", name="Klynge Kyst", unit_kind="cluster", to="daycare"),
    ClusterUnit(unit="G99901", cluster="kyst"),
    MoveUnit(unit="G99902", to="schools"),
    RenameUnit(unit="G99901", name="Solstrålen ved Havet"),
    SetTask(post="leder-999001", task="develop", degree="shares"),
)


@dataclass(frozen=True)
class Story:
    """What the tests are told: the town, who held what, and the first chain."""

    town: Unit
    users: dict[str, User]
    first: Chain
    release: Release

    def actor(self, key: str):
        """Who somebody is on the day one stands at, by the post they first held."""
        return identity_of(self.users[key]).actor

    def unit(self, code: str) -> Unit:
        """A unit, also one that has ended."""
        return get_unit(self.town, code)


def noon(day: date) -> datetime:
    """The middle of a day."""
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def the_first_chain() -> Chain:
    """Fjordby as it began, with a third school and a second house."""
    chain = a_chain()
    units = (
        *chain.units,
        a_unit(HAVN, "Havneskolen", Kind.SCHOOL, "schools"),
        a_unit("G99902", "Mælkevejen", Kind.DAYCARE, "nord"),
    )
    havn = a_post("leder-999003", Role.LEADER, HAVN, "skolechef", charter=a_charter())
    posts = tuple(
        replace(post, charter=post.charter or a_charter(area=f"Område {post.key}"))
        if post.key in SEATS
        else post
        for post in (*chain.posts, havn)
    )
    community = ChainCommunity(
        key="laesning",
        name="Læsefællesskabet",
        purpose="At flere børn læser med lyst",
        members=("leder-999001", "leder-999002", "leder-999003"),
    )
    return replace(
        chain, as_of=BEGAN, units=units, posts=posts, communities=(community,)
    )


def the_story() -> Story:
    """Everything that happens, each thing on its day."""
    with standing_at(noon(BEGAN)):
        chain = the_first_chain()
        applied(replace(chain, posts=tuple(replace(p, holder="") for p in chain.posts)))
        town = get_municipality("999")
        users = {key: _held_by(key) for key in SEATS}
    story = Story(town=town, users=users, first=chain, release=_released())
    with standing_at(noon(date(2024, 10, 1))):
        chief = story.actor("skolechef")
        for key in ("leder-999001", "leder-999002", "leder-999003"):
            agreed(chief, story.actor(key))
    with standing_at(noon(date(2024, 11, 1))):  # two weeks after the release
        _assess(story)
    with standing_at(noon(TOLD)):
        _reorganise(story)
    return story


def _held_by(key: str) -> User:
    user = User.objects.create_user(key, password="fjordby-fjordby")
    post = Post.objects.get(key=key, valid_to=None)
    Holding.objects.create(post=post, user=user, valid_from=BEGAN)
    return user


def _released() -> Release:
    """Two school years of absence: 100, 300 and 200 pupils."""
    with standing_at(noon(date(2024, 10, 15))):
        years = {"2022/23": False, "2023/24": True}
        schools = {NORD: (100.0, 6.0), SYD: (300.0, 8.0), HAVN: (200.0, 5.0)}
        return a_release(
            *(
                a_result(code, period=year, is_latest=latest, n=n, value=value)
                for year, latest in years.items()
                for code, (n, value) in schools.items()
            )
        )


def _assess(story: Story) -> None:
    figure = get_figure(story.release.pk, story.unit(SYD), "school-absence")
    assessments.assess(
        figure,
        Words(
            judgement="chance",
            sentence="Sydskolens fravær er et udsving.",
            next_step="Vi ser på det igen til næste år.",
        ),
        release_id=story.release.pk,
        by=story.actor("skolechef"),
    )


def _reorganise(story: Story) -> None:
    director = story.actor("direktor")
    draft = drafting.begin_draft(story.town, "Færre skoler", by=director)
    for step in STEPS:
        drafting.add_step(draft, step, by=director)
    drafting.carry_out(draft, on=CHANGED, by=director)

"""Whatever the chain: the picture can be drawn, and the list tells the same."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from kaeden.access.rules import Role
from kaeden.goals.way import Thread
from kaeden.organisation.chain import Chain
from kaeden.organisation.rules import Kind
from kaeden.presentation import chain as chain_page
from kaeden.presentation.as_of import as_of
from kaeden.shared.breaks import BreakKind
from tests.builders.breaks import a_break
from tests.builders.chains import a_post, a_unit
from tests.builders.known import all_known
from tests.unit.kaeden.presentation.charts.drawing import drawn, pictures

DAY = date(2026, 11, 24)
ROLES = (
    *(Role.COMMITTEE, Role.DIRECTOR, Role.CHIEF_SCHOOLS, Role.CHIEF_DAYCARE),
    *(Role.AREA_LEADER, Role.LEADER, Role.DEPARTMENT_LEADER, Role.TEAM, Role.ANALYST),
)
ONE_BY_ONE = {*ROLES[1:5]}
LOOSE = {"Ingen leder over sig", "No leader above them"}
UNITS = (
    a_unit("999", "Fjordby", Kind.MUNICIPALITY, ""),
    *(a_unit(f"u{n}", f"Sted {n}", Kind.SCHOOL, "999") for n in range(20)),
)


@st.composite
def chains(draw):
    """Posts of any role that report to any other, to nobody, or to each other."""
    count = draw(st.integers(0, 20))
    posts = [
        a_post(
            f"p{n}",
            draw(st.sampled_from(ROLES)),
            f"u{n}",
            draw(st.sampled_from(["", "gone", *(f"p{m}" for m in range(count))])),
            title=f"Post {n}",
            holder=draw(st.sampled_from(["", "Lederen"])),
        )
        for n in range(count)
    ]
    return Chain(
        municipality="999", name="Fjordby", as_of=DAY, units=UNITS, posts=tuple(posts)
    )


@st.composite
def goals(draw, chain):
    """Goals that some posts own and some have taken up."""
    keys = [post.key for post in chain.posts]
    some = st.sets(st.sampled_from(keys)) if keys else st.just(set())
    return tuple(
        Thread(
            id=n,
            municipality="999",
            key=f"g{n}",
            name=f"Mål {n}",
            sentence="",
            unit="999",
            since=DAY,
            owner=draw(st.sampled_from(["", *keys])),
            taken_up=dict.fromkeys(draw(some), DAY),
        )
        for n in range(draw(st.integers(0, 9)))
    )


@st.composite
def breaks(draw, chain, found):
    """Breaks of anything, also of what is not there."""
    about = ["post:gone", "goal:gone", "question:7", "indicator:x"]
    about += [f"post:{post.key}" for post in chain.posts]
    about += [f"goal:{goal.key}" for goal in found]
    one = st.builds(
        a_break,
        st.sampled_from(BreakKind),
        about=st.sampled_from(about),
        unit=st.sampled_from([unit.code for unit in chain.units]),
        owner=st.sampled_from(["", *(post.key for post in chain.posts)]),
    )
    return draw(st.lists(one, max_size=12))


def named(part, what):
    return {one.get(what) for one in part.iter() if one.get(what)}


@given(st.data())
def test_picture_and_list_have_the_same_goals_posts_and_breaks(data):
    chain = data.draw(chains())
    found = data.draw(goals(chain))
    broken = data.draw(breaks(chain, found))
    known = all_known(chain, *broken, goals=found)

    page = chain_page.build(known, [], as_of=as_of("/", {}))

    tree = drawn("chainmap", page.chainmap)
    (picture,) = pictures(tree)
    (listing,) = (p for p in tree.iter("div") if p.get("class") == "kd-chain-list")
    for what in ("data-goal", "data-post", "data-break"):
        assert named(picture, what) == named(listing, what)
    drawn_one_by_one = [p for p in chain.posts if p.role in ONE_BY_ONE]
    assert len(named(picture, "data-post") - LOOSE) == len(drawn_one_by_one)
    assert len(page.posts) == len(drawn_one_by_one)
    wide = page.chainmap.wide
    for dot in wide.dots:
        assert 0 <= dot.x - dot.radius < dot.x + dot.radius <= wide.width
        assert 0 <= dot.y - dot.radius < dot.y + dot.radius <= wide.height

"""What people have written in the small world: in the database and in the dicts."""

from datetime import timedelta

from kaeden.conditions.models import (
    PresenceNote,
    SupportNeed,
    SupportOffer,
    TimeReport,
    TimeRobber,
)
from kaeden.dialogue.models import (
    AgendaItem,
    Assessment,
    Expectation,
    PulseRound,
    SharedCommitment,
    Visit,
)
from kaeden.organisation.models import Community, Draft, Link, Membership, Unit
from kaeden.publication.models import Release
from tests.access import (
    goals_written,
    judged_written,
    learning_written,
    line_written,
    meetings_written,
    talks_written,
    tried_written,
)
from tests.access.world import (
    POSTS,
    TOWNS,
    UNITS,
    charter_of,
    newest,
    post_row,
    thing,
    word,
)
from tests.builders.figures import (
    a_model_result,
    a_release,
    a_result,
    a_signal,
    a_unit_result,
)

SCHOOL, TOWN, MODELLED = "school-absence", "high-absence", "wellbeing-general"
BETTER = {"slope": -0.3, "slope_se": 0.05, "preliminary": False, "direction": -1}
WRITERS = (
    *(("9990", "schools"), ("99901", "schools"), ("99903", "schools")),
    *(("G991", "daycare"), ("G992", "daycare"), ("99801", "h-schools")),
    *(("999", "schools"), ("998", "h-schools"), ("9990", "l-9990")),
)


def released():
    """Figures of every institution and both municipalities."""
    schools = [code for code, kind, _up in UNITS if kind in {"school", "daycare"}]
    towns = [
        a_result(code, level="municipality", indicator=TOWN, value=22.0, n=None)
        for code in TOWNS
    ]
    peers = {("institution", "9990"): ("99901",)}
    units = [a_unit_result(code) for code in schools]
    models = (a_model_result(*units),)
    signals = (
        a_signal(code, **(BETTER if code == "99901" else {})) for code in schools
    )
    return a_release(*signals, *towns, peers=peers, models=models)


def assessments(world):
    """What was judged; a chief's words are proposed to the director, some are decided."""
    release = Release.objects.get()
    for number, (code, key) in enumerate(WRITERS):
        said, unit = word(world), Unit.objects.get(code=code, valid_to=None)
        post = post_row(key)
        row = Assessment.objects.create(
            unit=unit,
            indicator=TOWN if code in TOWNS else SCHOOL,
            period="2024/25",
            release=release,
            judgement="challenge",
            sentence=said,
            next_step=said,
            post=post,
            made_by=post.holdings.get().user,
            made_at=world.moment,
        )
        thing(world, said, "assessment", unit=code, posts={key})
        if post.role != "leader":
            _item(world, row, said, "proposed" if number % 3 else "accepted")


def _item(world, row, said, step):
    town = row.unit.municipality_code
    item = AgendaItem.objects.create(
        municipality=Unit.objects.get(code=town, valid_to=None),
        assessment=row,
        step=step,
        proposed_at=world.moment,
        decided_at=None if step == "proposed" else world.moment,
    )
    key = f"item {said}"
    world.numbers[key] = item.pk
    thing(world, key, "item", unit=town, step=step, word=said)


def links(world):
    """Tell the plain world who reports to whom now, and end what is no more.

    What two posts expect is theirs while they are linked; promises stay theirs.
    """
    posts, known = world.plain["posts"], world.plain["things"]
    now = {}
    for key in {one.partition("#")[0] for one in posts}:
        low = newest(world, key)
        above = posts[low]["above"]
        up = newest(world, above) if above else None
        if up and posts[low]["to"] is None and posts[up]["to"] is None:
            now[f"link {low} {up}"] = {low, up}
    ended = [
        one for key, one in known.items() if one["kind"] == "link" and key not in now
    ]
    for one in known.values():
        theirs = any(one["posts"] == link["posts"] for link in ended)
        if theirs and one["kind"] in {"link", "expectation"}:
            one["to"] = one["to"] or world.day
    for key in sorted(now.keys() - known.keys()):
        low = posts[key.split()[1]]["number"]
        thing(world, key, "link", posts=now[key], word="")
        world.numbers[key] = Link.objects.get(lower_id=low, valid_to=None).pk


def charters(world):
    """Tell the plain world what stands in the charters of today's posts."""
    for key, *_rest in POSTS:
        post = newest(world, key)
        row = world.plain["posts"][post]
        about = "" if row["to"] else post
        thing(world, charter_of(key), "charter", unit=row["unit"], about=about)


def expectations(world):
    """What the two ends of some links expect of each other."""
    for key, row in list(world.plain["things"].items()):
        if row["kind"] == "link":
            low, up = (post_row(one) for one in key.split()[1:])
            for way, end in (("down", "upper"), ("up", "lower")):
                said = word(world)
                world.numbers[said] = Expectation.objects.create(
                    upper=up,
                    lower=low,
                    way=way,
                    number=1,
                    words=said,
                    proposed_by=end,
                    made_by=next(iter(world.accounts.values())),
                    proposed_on=world.day,
                ).pk
                thing(world, said, "expectation", posts=row["posts"])


def pulses(world):
    """A round that is closed, in each municipality."""
    for code in TOWNS:
        key = f"round {code}"
        world.numbers[key] = PulseRound.objects.create(
            municipality=Unit.objects.get(code=code, valid_to=None),
            quarter="2026-2",
            instrument="pulse@1",
            opened_on=world.day,
            closed_on=world.day,
        ).pk
        thing(world, key, "round", unit=code, word="")


SKETCHED_BY = ("director", "schools", "daycare", "h-director")
BOUND = (("l-9990", "l-G991"), ("schools", "l-9990"))


def sketches(world):
    """Reorganisations that somebody has drawn."""
    for key in SKETCHED_BY:
        said, post = word(world), post_row(key)
        code = post.unit.path.split("/")[1]
        row = Draft.objects.create(
            municipality=Unit.objects.get(code=code, valid_to=None),
            post=post,
            name=said,
            made_at=world.moment,
            changed_at=world.moment,
        )
        world.numbers[said] = row.pk
        thing(world, said, "sketch", unit=code, posts={key}, address=(code, row.pk))


def communities(world):
    """Leaders who are bound to each other, each seen by those and who may bind them."""
    for number, keys in enumerate(BOUND):
        said, key = word(world), f"faelles-{number}"
        row = Community.objects.create(
            municipality=Unit.objects.get(code="999", valid_to=None),
            key=key,
            name=said,
            purpose="At lære.",
            valid_from=world.day,
        )
        for member in keys:
            Membership.objects.create(
                community=row, post=post_row(member), valid_from=world.day
            )
        units = [post_row(member).unit.code for member in keys]
        facts = {"address": ("999", key), "units": units}
        thing(world, said, "community", unit="999", posts=keys, **facts)
        _shared(world, row, keys, said)


def _shared(world, community, keys, about):
    """What a member has proposed that all do; each of them reads it."""
    said, proposer = word(world), post_row(keys[0])
    world.numbers[said] = SharedCommitment.objects.create(
        community=community,
        words=said,
        due=world.day + timedelta(days=60),
        proposer=proposer,
        made_by=proposer.holdings.get().user,
        proposed_on=world.day,
    ).pk
    thing(world, said, "shared", posts=keys, about=about, by={keys[0]})


VISITED = (("l-9990", "l-G992"), ("schools", "l-G991"))


def visits(world):
    """Leaders who have asked to come and see: the two alone read it."""
    for visitor, host in VISITED:
        said, post = word(world), post_row(visitor)
        world.numbers[said] = Visit.objects.create(
            visitor=post,
            host=post_row(host),
            why=said,
            made_by=post.holdings.get().user,
            asked_on=world.day,
            changed_on=world.day,
        ).pk
        thing(world, said, "visit", posts={visitor, host})


NEEDED = (  # who needs something, and who offers it
    *(("l-9990", "analyst"), ("sfo", "analyst"), ("l-G991", "l-9990")),
    *(("north", "team"), ("schools", "dpo"), ("l-99901", "daycare")),
)


def needs(world):
    """What leaders need of an offer: some of it fresh, some of it late."""
    by = next(iter(world.accounts.values()))
    for number, (asker, helper) in enumerate(NEEDED):
        offer = SupportOffer.objects.create(
            post=post_row(helper),
            made_by=by,
            what=f"Hjælp {number}",
            for_whom="Alle",
            answer_days=5,
            begun_on=world.day,
        )
        said, late = word(world), number % 2
        by_day = world.day + timedelta(days=-1 if late else 3650)
        row = SupportNeed.objects.create(
            asked_by=post_row(asker),
            made_by=by,
            offer=offer,
            words=said,
            wanted_by=world.day,
            asked_on=world.day,
            answer_by=by_day,
        )
        world.numbers[said] = row.pk
        kind, code = ("unmet" if late else "need"), post_row(asker).unit.code
        more = {"is": ("any need",)}
        thing(world, said, kind, unit=code, posts={asker, helper}, **more)
        key = f"offer {number}"
        world.numbers[key] = offer.pk
        thing(world, key, "offer", unit=code, by={helper}, public=True, word="")


ROBBED = (("l-9990", "north", "999"), ("l-G991", "daycare", "999"))
ROBBED += (("h-leader", "h-schools", "998"),)


def time_robbers(world):
    """What robs leaders of time, decided; its words are for who told and who decided."""
    for key, decided_by, town in ROBBED:
        line, said, post = word(world), word(world), post_row(key)
        decider = post_row(decided_by)
        row = TimeRobber.objects.create(
            municipality=Unit.objects.get(code=town, valid_to=None),
            title=line,
            decider=decider,
            opened_on=world.day,
            decide_by=world.day,
            decision="remove",
            reason=line,
            decided_on=world.day,
            decided_by=decider,
            written_by=next(iter(world.accounts.values())),
        )
        TimeReport.objects.create(
            robber=row,
            post=post,
            made_by=next(iter(world.accounts.values())),
            words=said,
            minutes=30,
            reported_on=world.day,
        )
        world.numbers[line] = world.numbers[said] = row.pk
        thing(world, line, "ledger", unit=town, about=said)
        thing(world, said, "robber", unit=town, posts={key, decided_by})


NOTED_BY = ("schools", "l-9990", "sfo")


def presence(world):
    """What leaders have noted: of whoever held the post then, and nobody else's."""
    for asker in NOTED_BY:
        held = [one for one in world.plain["holdings"] if one["post"] == asker]
        row = PresenceNote.objects.create(
            holding=post_row(asker).holdings.get(), day=world.day, kind="visit"
        )
        key = f"note {asker}"
        world.numbers[key] = row.pk
        thing(world, key, "presence", public=True, word="", holding=held[0])


def everything(world):
    """Write all there is to write."""
    released()
    assessments(world)
    judged_written.everything(world)
    after_a_move(world)
    meetings_written.everything(world)
    expectations(world)
    pulses(world)
    goals_written.everything(world)
    line_written.everything(world)
    learning_written.everything(world)
    sketches(world)
    communities(world)
    needs(world)
    time_robbers(world)
    presence(world)
    talks_written.conversations(world)
    tried_written.everything(world)


def after_a_move(world):
    """Bring what follows from the tree in step with it."""
    links(world)
    charters(world)

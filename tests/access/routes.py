"""Every route: who may open it, what it is about, what it shows; a new one is a line.

`rule` is what the reference reads. `keys` gives what a draw chooses among, some of it of
nothing that is there; `args` turns what was chosen into the address's arguments. What
has a form is a button.

need    public, signed_in, post, or what the acting post must be allowed
among   the table of the plain world that a key is of; None for what is no row there
about   what the row must be; `ended`: it may have ended
must    what one must be allowed where the thing is, if not what the address asks for
sees    what one must be allowed where the thing is, else it is not there
known   the keys that are there, where there is no table
shows   kinds of words: whose place they are of, and roles they are not for
some    the kinds of words that may also be left out
first   what one must be allowed where the thing is, before one is told that it is there
always  whether it is open to who has a second factor to set up first
then    the answer, by the state of the thing
"""

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.access import states
from tests.access.goals_written import KEY
from tests.access.learning_written import PRACTICE
from tests.access.things import MODELLED, SCHOOL, TOWN
from tests.access.world import TOWNS, newest

NUMBER_OF_NOTHING = 10**9
HAVBY = ("998", "h-schools", "99801")
CHIEFS = ("chief_schools", "chief_daycare", "chief_families")


def the_page(_world):
    return (None,)


def towns(_world):
    return (*TOWNS, "000", "9990")


def institutions(world):
    return (*of_kind(world, "institution"), "999", "north", "000")


def figures(world):
    return (*of_kind(world, "figure"), *of_kind(world, "institution"), "000")


def with_figures(world):
    return (*of_kind(world, "figure"), "000")


def of_kind(world, what):
    return [code for code, unit in world.plain["units"].items() if what in unit["is"]]


def posts(world):
    return (*world.plain["posts"], "nobody")


def things(what):
    def of(world):
        known = world.plain["things"].items()
        return (*(key for key, one in known if what in one.get("is", ())), "nothing")

    return of


def only(what):
    return lambda world: things(what)(world)[:-1]


def names(_world):
    return (SCHOOL, "joy")


def key(_world, key):
    return (key,)


def none(_world, _key):
    return ()


def practices_known(_world):
    return (PRACTICE, "no-such")


def effect_of(_world, key):
    return (key, SCHOOL)


def of_practice(_world, key):
    return (PRACTICE, key)


def at_school(_world, _key):
    return (PRACTICE, SCHOOL)


def model(_world, key):
    return (key, MODELLED)


def figure(_world, key):
    return (key, TOWN if key in TOWNS else SCHOOL)


def post_number(world, key):
    return (world.plain["posts"].get(key, {"number": NUMBER_OF_NOTHING})["number"],)


def number(world, key):
    return (world.numbers.get(key, NUMBER_OF_NOTHING),)


def a_count_of(world, key):
    return (*number(world, key), NUMBER_OF_NOTHING)


def address(world, key):
    """The address of a thing that knows it; else of a goal that nobody has."""
    return world.plain["things"].get(key, {}).get("address", ("999", NUMBER_OF_NOTHING))


def at_leaders(world, key):
    return (*address(world, key), "ledere")


def goal_of_unit(_world, key):
    return ("998" if key in HAVBY else "999", KEY, key)


def in_fjordby(world, key):
    return ("999", number(world, key)[0])


def effort_of(world, key):
    return ("999", KEY, number(world, key)[0])


def a_step(world, key):
    return (*address(world, key), "flyt-enhed")


def first_step(world, key):
    return (*address(world, key), 1)


def draft_town(world, key):
    return (address(world, key)[0],)


def draft_query(world, key):
    return f"?kladde={number(world, key)[0]}"


def draft_of(world, key):
    return (address(world, key)[0], number(world, key)[0])


FORMS = itertools.cycle(("yaml", "xlsx"))


def as_file(_world, key):
    return (key, next(FORMS))


def open_units(world):
    units = world.plain["units"].items()
    return (*(code for code, unit in units if unit["to"] is None), "000")


def newest_posts(world):
    known = {one.partition("#")[0] for one in world.plain["posts"]}
    return (*(newest(world, one) for one in sorted(known)), "nobody")


def post_key(world, key):
    unit = world.plain["posts"].get(key, {"unit": "999"})["unit"]
    town = "998" if unit in HAVBY else "999"
    return (town, key.partition("#")[0])


def units(world):
    return (*world.plain["units"], "000")


def unit_in_town(_world, key):
    return ("998" if key in HAVBY else "999", key)


def down(world, key):
    return (world.numbers.get(key, NUMBER_OF_NOTHING), "nedad")


def an_item(world, key):
    return (number(world, key)[0], world.numbers.get(f"in {key}", 1))


def a_paper(world, key):
    return (number(world, key)[0], "referat", "docx")


def by_name(name):
    return lambda _world, _key: (name,)


def as_pdf(world, key):
    return (number(world, key)[0], "pdf")


def none_given(_world, _key):
    return {}


def a_seat(world, key):
    return {"post": post_number(world, key)[0]}


@dataclass(frozen=True)
class Route:
    """How a route is asked, and what the reference is told of it."""

    rule: dict[str, Any]
    keys: Callable[[Any], tuple[str | None, ...]] = the_page
    args: Callable[[Any, Any], tuple[Any, ...]] = none
    form: Callable[[Any, Any], dict[str, Any]] | None = None
    weight: float = 1.0
    space: str = "web:"
    query: Callable[[Any, Any], str] | None = None


def a_page(need, keys=the_page, args=none, **more):
    return _route(need, keys, args, {"then": states.page, "shows": {}} | more)


def a_button(need, keys=the_page, args=none, *, form=None, **more):
    given = form if callable(form) else lambda _world, _key: form or {}
    said = {"then": states.done, "shows": {}, "form": given}
    return _route(need, keys, args, said | more)


def _route(need, keys, args, more):
    asked = {one: more.pop(one) for one in HOW if one in more}
    rule = {"need": need, "presses": "form" in asked} | NOTHING | more
    return Route(rule, keys, args, **asked)


HOW = ("form", "weight", "space", "query")
NOTHING = {
    "among": None,
    "about": "",
    "ended": False,
    "sees": "",
    "known": (None,),
    "some": (),
    "first": "",
    "always": False,
    "must": "",
}


def the_same(keys=the_page, args=none, **more):
    return a_page("public", keys, args, weight=0.08, **more)


def through(need, args=none, **more):
    """A page of one's own account: here it only matters who may open it."""
    return a_page(need, the_page, args, then=states.own_account, weight=0.1, **more)


UNITS, POSTS, THINGS = {"among": "units"}, {"among": "posts"}, {"among": "things"}
TOWN_ROW = UNITS | {"about": "town"}
FIGURE = UNITS | {"about": "figure"}
OF_UNITS = TOWN_ROW | dict.fromkeys(("sees", "must"), "read_fair_values")
POST = POSTS | {"about": "post"}
OPEN_POST = {"known": ()} | POST
ITEM = THINGS | {"about": "item", "then": states.if_proposed}
ROUND = THINGS | {"about": "round"}
LINK = THINGS | {"about": "link"}
WORDS = THINGS | {"about": "expectation", "then": states.let_through}
LET = {"then": states.let_through}
PAGE_OF_GOAL = THINGS | {"about": "page"}
IN_TOWN = TOWN_ROW | {"sees": "read_holders", "must": "everybody"}
GOAL = THINGS | {"about": "goal"}
OWN_GOAL = THINGS | {"about": "own goal"}
DRAFT = THINGS | {"about": "draft", "must": "everybody", "first": "write_goal_there"}
WRITE = {"must": "write_goal_there"}
TARGET = THINGS | {"about": "target"}
UPLOAD = THINGS | {"about": "upload"}
CLAIM = THINGS | {"about": "hypothesis", "shows": {"hypothesis": ("this", ())}}
OF_QUESTION = {"question": ("this", ()), "inquiry": ("about", ())}
QUESTION = THINGS | {"about": "question", "shows": OF_QUESTION}
PROMISE = THINGS | {"about": "commitment", "shows": {"commitment": ("this", ())}}
MEETING = THINGS | {"about": "meeting", "must": "everybody"}
MEETING |= {"shows": {"meeting": ("this", ()), "decision": ("about", ())}}
DECISION = THINGS | {"about": "decision"}
DECISION |= {"shows": {"decision": ("this", ()), "meeting": ("all", ())}}
DECISION |= {"some": ("meeting",)}
CONCERN = THINGS | {"about": "concern", "shows": {"concern": ("this", ())}}
NEEDS = {"need": ("all", ()), "unmet": ("all", ())}
NEED = THINGS | {"about": "any need"}
NEED |= {"shows": dict.fromkeys(("need", "unmet"), ("this", ()))}
TALK = THINGS | {"about": "conversation"}
IN_TALK = TALK | {"shows": {"conversation": ("this", ())}}
MEANING = {"meaning": ("all", ()), "draft": ("all", ())}
SAID = dict.fromkeys(
    ("meaning", "strategy", "effort", "contribution", "question"), ("about", ())
)
TOLD = dict.fromkeys(("told", "note", "deviation"), ("all", ()))
OF_TARGET = dict.fromkeys(("told", "note", "deviation"), ("about", ()))
HERE = {"shows": {"assessment": ("here", ())}}
NOT_LEADERS = ("director", *CHIEFS, "area_leader", "department_leader", "team")
AT_HAND = (
    *(
        *("expectation", "commitment", "question", "inquiry", "concern", "meaning"),
        "charter",
    ),
    *("need", "unmet", "ledger"),
    *("expectation", "commitment", "question", "concern", "meaning", "charter"),
    *("need", "unmet", "ledger", "decision"),
)
TRIED = ("test", "house_test", "colleagues_test", "shared_test")
LEARNT = (*TRIED, "lesson")
DESK = {
    **dict.fromkeys((*LEARNT, "written"), ("all", ())),
    "assessment": ("mine", NOT_LEADERS),
    "item": ("mine", ()),
    **dict.fromkeys(AT_HAND, ("all", ())),
}
AT_LEVEL = dict.fromkeys(("meaning", "commitment", "concern"), ("all", ()))
BOTH_WAYS = dict.fromkeys(("concern", "commitment", "question", "inquiry"), ("all", ()))
AGREED = ("commitment", "shared", "community")
FILED = ("charter", "community")
IN_A_FILE = {"shows": dict.fromkeys(FILED, ("all", ())), "some": FILED}
SKETCH = THINGS | {"about": "sketch", "must": "everybody"}
COMMUNITY = THINGS | {"about": "community"}
ROBBER = THINGS | {"about": "robber"}
A_QUARTER = {"title": "Skemaer", "minutes": "15"}
OF_COMMUNITY = {"community": ("this", ()), "shared": ("about", ())}
SHARED = THINGS | {"about": "shared"}
VISIT = THINGS | {"about": "visit"}
USE = THINGS | {"about": "adoption", "sees": "adopt_practice"}
USE |= {"shows": {"adoption": ("this", ())}}
FORECAST = UNITS | {"about": "institution", "sees": "read_forecast"}
FORECAST |= {"shows": {"adaptation": ("all", ())}}
WRITTEN = THINGS | {"about": "written", "must": "everybody"}
WRITTEN |= {"shows": {"written": ("this", ())}}
BY_ME = WRITTEN | {"then": states.if_by_ones_own_post}
TEST = THINGS | {"about": "any test", "shows": dict.fromkeys(TRIED, ("this", ()))}
LESSON = THINGS | {"about": "lesson"}
JUDGED = {"judgement": "challenge", "sentence": "Ja.", "next_step": "Nej."}

ROUTES = {
    "denmark": the_same(),
    "indicators": the_same(),
    "sources": the_same(),
    "search": the_same(),
    "about": the_same(),
    "where": the_same(),
    "sign_in": the_same(),
    "indicator": the_same(names, key, known=(SCHOOL,)),
    "download": the_same(names, key, known=(SCHOOL,)),
    "breaks": a_page("public", towns, key, weight=0.5, **TOWN_ROW),
    "units": the_same(towns, key, **TOWN_ROW),
    "chain": a_page("public", towns, key, weight=0.3, **TOWN_ROW),
    "municipality": a_page("public", towns, key, weight=0.3, **TOWN_ROW, **HERE),
    "institution": a_page(
        *("public", institutions, key),
        **{"about": "institution", "ended": True} | UNITS | HERE,
    ),
    "worked_example": the_same(),
    "all_differences": the_same(towns, key, **TOWN_ROW),
    "differences": a_page("public", towns, model, weight=0.3, **TOWN_ROW),
    "for_whom": a_page("public", towns, model, weight=0.3, **TOWN_ROW),
    "model_method": a_page("public", towns, model, weight=0.3, **TOWN_ROW),
    "model_file": the_same(towns, model, **TOWN_ROW),
    "fair": a_page(
        "read_fair_values", towns, model, sees="read_fair_values", **TOWN_ROW
    ),
    "spread": a_page("read_spread", towns, model, **OF_UNITS),
    "gradient": a_page("read_spread", towns, model, **OF_UNITS),
    "result": a_page(
        *("public", figures, figure),
        **FIGURE
        | {
            "shows": HERE["shows"]
            | dict.fromkeys(("hypothesis", *TRIED[1:]), ("here", ()))
        },
    ),
    "desk": a_page(
        "signed_in", shows=DESK, some=(*AT_HAND, *LEARNT, "written"), weight=2.0
    ),
    "fill": a_button(
        *("fill_post", posts, post_number),
        **{"form": {"holder": "Nogen"}, "then": states.if_vacant} | POST,
    ),
    "vacate": a_button("fill_post", posts, post_number, then=states.if_held, **POST),
    "assess": a_button(
        *("assess_result", figures, figure),
        **{"form": JUDGED, "then": states.if_ones_turn_to_assess} | FIGURE,
    ),
    "my_assessments": a_page("post", shows={"assessment": ("by me", ())}, weight=0.5),
    "lifted": a_page(
        *("public", with_figures, key),
        **FIGURE | {"shows": {"what_we_did": ("all", ())}, "some": ("what_we_did",)},
    ),
    "what_we_did": a_page(
        *("share_what_we_did", figures, figure),
        **FIGURE | {"shows": {"what_we_did": ("here", ())}},
    ),
    "share_what_we_did": a_button(
        "share_what_we_did", figures, figure, **FIGURE, **LET
    ),
    "take_back_what_we_did": a_button(
        "share_what_we_did", figures, figure, **FIGURE, **LET
    ),
    "first_act": a_page("read_holders", towns, key, sees="read_holders", **TOWN_ROW),
    "all_effects": a_page(
        *("read_practices", practices_known, key), known=(PRACTICE,), weight=0.3
    ),
    "effect": a_page(
        *("read_practices", practices_known, effect_of), known=(PRACTICE,), weight=0.3
    ),
    "hypotheses": a_page("post", shows={"hypothesis": ("all", ())}, weight=0.5),
    "hypothesis": a_page("post", things("hypothesis"), number, **CLAIM),
    "close_hypothesis": a_button("post", things("hypothesis"), number, **CLAIM | LET),
    "new_hypothesis": a_page("write_hypothesis", figures, figure, **FIGURE),
    "write_hypothesis": a_button("write_hypothesis", figures, figure, **FIGURE, **LET),
    # What is tried and learnt
    "tests_of_change": a_page("post", shows=dict.fromkeys(TRIED, ("all", ()))),
    "new_test_of_change": a_page("try_change", weight=0.3),
    "plan_test": a_button("try_change", **LET, weight=0.3),
    "test_of_change": a_page("post", things("any test"), number, **TEST, weight=2.0),
    **{
        f"{act}_test": a_button("post", things("any test"), number, **TEST | LET)
        for act in (
            *("begin", "observe", "decide", "prolong", "share", "ask_to_join"),
            *("join", "leave"),
        )
    },
    "take_back_count": a_button(
        *("post", things("any test"), a_count_of),
        **TEST | {"then": states.if_taking_part},
    ),
    "lessons": a_page("post", shows={"lesson": ("all", ())}),
    "new_lesson": a_page("write_lesson", weight=0.3),
    "write_lesson": a_button("write_lesson", **LET, weight=0.3),
    "withdraw_lesson": a_button("post", things("lesson"), number, **LESSON | LET),
    "accept": a_button("decide_agenda", things("item"), number, **ITEM),
    "decline": a_button("decide_agenda", things("item"), number, **ITEM),
    # Units, posts and charters
    "unit": the_same(units, unit_in_town, about="unit", ended=True, **UNITS),
    "year": a_page(
        "read_holders", towns, key, sees="read_holders", weight=0.5, **TOWN_ROW
    ),
    "structure": a_page(
        "read_holders", towns, key, sees="read_holders", weight=0.5, **TOWN_ROW
    ),
    "post": a_page(
        *("public", newest_posts, post_key),
        **{"shows": {"charter": ("about", ())}, "ended": True} | POST,
    ),
    "charter": a_page(
        *("write_charter", newest_posts, post_key),
        **{"shows": {"charter": ("about", ())}, "sees": "read_charter"} | POST,
        then=states.if_settled_by(states.page),
    ),
    "write_charter": a_button(
        *("write_charter", newest_posts, post_key),
        **{"sees": "read_charter"} | POST,
        then=states.if_settled_by(states.let_through),
    ),
    # Expectations
    "expectations": a_page(
        "post", shows={"expectation": ("all", ())}, some=("expectation",), weight=0.5
    ),
    "expectation_link": a_page(
        *("post", things("link"), number),
        **{"shows": {"expectation": ("ends", ())}} | LINK,
    ),
    "propose_expectation": a_button(
        *("post", things("link"), down),
        **{"form": {"nedad-words": "Ny."}, "then": states.let_through} | LINK,
    ),
    "discuss_expectation": a_button("post", things("expectation"), number, **WORDS),
    "confirm_expectation": a_button("post", things("expectation"), number, **WORDS),
    "withdraw_expectation": a_button("post", things("expectation"), number, **WORDS),
    # Goals
    "goals": a_page("public", towns, key, some=MEANING, **TOWN_ROW, shows=MEANING),
    "goal": a_page(
        *("public", things("page"), address),
        **PAGE_OF_GOAL | {"shows": SAID | TOLD, "some": TOLD},
    ),
    "adopt": a_button(
        *("adopt_goal", things("page"), address),
        **PAGE_OF_GOAL | {"then": states.if_not_adopted},
    ),
    "held": a_page("public", towns, key, **TOWN_ROW),
    "write_vision": a_button("write_vision", towns, key, **TOWN_ROW, **LET),
    "write_value": a_button("write_values", towns, key, **TOWN_ROW, **LET),
    "end_value": a_button(
        "write_values", things("value"), in_fjordby, about="value", **THINGS, **LET
    ),
    "write_goal": a_page(
        *("write_goal", only("draft"), draft_town),
        **DRAFT | {"query": draft_query, "shows": {"draft": ("this", ())}},
    ),
    "check_goal": a_button("write_goal", towns, key, **TOWN_ROW, **WRITE, **LET),
    "save_draft": a_button("write_goal", towns, key, **TOWN_ROW, **WRITE, **LET),
    "adopt_own": a_button("write_goal", towns, key, **TOWN_ROW, **WRITE, **LET),
    "drop_draft": a_button("write_goal", only("draft"), draft_of, **DRAFT, **LET),
    "reword_goal": a_page("write_goal", things("own goal"), address, **OWN_GOAL),
    "save_reworded_goal": a_button(
        "write_goal", things("own goal"), address, **OWN_GOAL, **LET
    ),
    "goal_owner": a_page("write_goal", things("goal"), address, **GOAL),
    "give_goal": a_button("write_goal", things("goal"), address, **GOAL, **LET),
    "end_goal": a_button("write_goal", things("goal"), address, **GOAL, **LET),
    "goal_here": a_page(
        *("take_up_goal", things("goal"), address),
        **GOAL | {"shows": SAID, "some": SAID},
    ),
    "take_up_goal": a_button("take_up_goal", things("goal"), address, **GOAL, **LET),
    "let_go_of_goal": a_button("take_up_goal", things("goal"), address, **GOAL, **LET),
    "write_strategy": a_button("take_up_goal", things("goal"), address, **GOAL, **LET),
    "begin_effort": a_button("take_up_goal", things("goal"), address, **GOAL, **LET),
    "end_effort": a_button(
        *("take_up_goal", only("effort row"), effort_of),
        **THINGS | {"about": "effort row", "then": states.if_by_ones_own_post},
    ),
    "contribute": a_button("contribute", things("goal"), address, **GOAL, **LET),
    "end_contribution": a_button("contribute", things("goal"), address, **GOAL, **LET),
    "set_target": a_page(
        *("set_target", open_units, goal_of_unit),
        **UNITS | {"about": "unit", "shows": TOLD, "some": TOLD},
    ),
    "save_target": a_button(
        "set_target", open_units, goal_of_unit, about="unit", **UNITS, **LET
    ),
    "target": a_page(
        *("read_meaning", things("target"), in_fjordby),
        **TARGET | {"must": "everybody", "shows": OF_TARGET},
    ),
    "check_in": a_button(
        *("check_in", things("target"), in_fjordby),
        **TARGET | LET | {"sees": "read_meaning", "must": "everybody"},
    ),
    "accept_deviation": a_button(
        *("accept_deviation", things("target"), in_fjordby),
        **TARGET | LET | {"sees": "read_meaning", "must": "everybody"},
    ),
    "end_target": a_button(
        *("set_target", things("target"), in_fjordby),
        **TARGET | LET | {"sees": "read_meaning"},
    ),
    # Questions and commitments
    "questions": a_page("post", shows={"question": ("all", ())}, some=("question",)),
    "question": a_page("post", things("question"), number, **QUESTION),
    "answer_question": a_button("post", things("question"), number, **QUESTION | LET),
    "withdraw_question": a_button("post", things("question"), number, **QUESTION | LET),
    "new_question": a_page("ask_question", things("page"), address, **PAGE_OF_GOAL),
    "ask_question": a_button(
        "ask_question", things("page"), address, **PAGE_OF_GOAL, **LET
    ),
    "commitments": a_page(
        "post", shows=dict.fromkeys(AGREED, ("all", ())), some=AGREED
    ),
    "commitment": a_page("post", things("commitment"), number, **PROMISE),
    "begin_commitment": a_page("post"),
    "new_commitment": a_page(
        *("post", things("link"), number),
        **LINK | {"shows": {"commitment": ("ends", ())}, "some": ("commitment",)},
    ),
    "promise_commitment": a_button("post", things("link"), number, **LINK, **LET),
    **{
        f"{verb}_commitment": a_button(
            "post", things("commitment"), number, **PROMISE | LET
        )
        for verb in ("accept", "decline", "keep", "give_up", "renegotiate")
    },
    # What goes up and down the line
    "goal_level": a_page(
        *("read_meaning", things("goal"), at_leaders),
        **GOAL | {"shows": AT_LEVEL, "some": AT_LEVEL},
    ),
    "send_question": a_button("post", things("question"), number, **QUESTION | LET),
    "answer_inquiry": a_button("post", things("question"), number, **QUESTION | LET),
    "up_and_down": a_page("post", shows=BOTH_WAYS, some=(*BOTH_WAYS,)),
    "new_concern": a_page("post"),
    "write_concern": a_button("post", **LET),
    "concern": a_page("post", things("concern"), number, **CONCERN),
    **{
        f"{verb}_concern": a_button("post", things("concern"), number, **CONCERN | LET)
        for verb in ("answer", "carry", "withdraw")
    },
    # Meetings
    "meetings": a_page("post", shows={"decision": ("all", ())}, some=("decision",)),
    "new_meeting": a_page("hold_meeting"),
    "call_meeting": a_button("hold_meeting", **LET),
    "meeting": a_page(
        *("post", things("meeting"), number),
        **MEETING
        | {"shows": MEETING["shows"] | {"commitment": ("all", ())}}
        | {"some": ("commitment",)},
    ),
    "meeting_calendar": a_page(
        "post", things("meeting"), number, **MEETING | {"shows": {}}
    ),
    "meeting_paper": a_page("post", things("meeting"), a_paper, **MEETING),
    "agenda": a_page("hold_meeting", things("meeting"), number, **MEETING | LET),
    **{
        name: a_button("hold_meeting", things("meeting"), number, **MEETING | LET)
        for name in (
            *("approve_agenda", "add_agenda_item", "approve_minutes"),
            *("move_meeting", "cancel_meeting"),
        )
    },
    "meeting_item": a_page("post", things("meeting"), an_item, **MEETING),
    **{
        name: a_button("post", things("meeting"), an_item, **MEETING | LET)
        for name in ("write_minute", "decide_item", "correct_minutes")
    },
    "decision": a_page("post", things("decision"), number, **DECISION),
    **{
        f"{verb}_decision": a_button(
            "post", things("decision"), number, **DECISION | LET
        )
        for verb in ("finish", "carry_on", "strike")
    },
    # Leaders' time
    "time_robbers": a_page(
        "post", shows={"ledger": ("all", ())}, some=("ledger",), weight=0.5
    ),
    "new_time_robber": a_page("report_time_robber", weight=0.5),
    "report_time_robber": a_button("report_time_robber", **LET),
    "time_robber": a_page(
        *("post", things("robber"), number),
        **ROBBER | {"shows": {"robber": ("this", ()), "ledger": ("about", ())}},
    ),
    "join_time_robber": a_button(
        *("report_time_robber", things("ledger"), number),
        **THINGS | {"about": "ledger", "must": "everybody", "form": A_QUARTER} | LET,
    ),
    **{
        f"{verb}_time_robber": a_button(
            "post", things("robber"), number, **ROBBER, **LET
        )
        for verb in ("decide", "hand_on", "merge", "split", "measure")
    },
    "ledger": a_page(
        "read_ledger", towns, key, **TOWN_ROW | {"shows": {"ledger": ("town", ())}}
    ),
    # Conversations
    "conversations": a_page("post"),
    "new_conversation": a_page("post", things("link"), number, **LINK),
    "plan_conversation": a_button("post", things("link"), number, **LINK, **LET),
    "conversation": a_page(
        *("post", things("conversation"), number),
        **TALK
        | {
            "shows": {"conversation": ("this", ()), "meaning": ("all", ())},
            "some": ("meaning",),
        },
    ),
    "write_conversation": a_page(
        *("post", things("conversation"), number),
        **IN_TALK | {"some": ("conversation",)},
    ),
    "conversation_for_parents": a_page("post", things("conversation"), number, **TALK),
    "conversation_page": a_page(
        "post", things("conversation"), as_pdf, **IN_TALK, weight=0.1
    ),
    "parents_page": a_page(
        *("post", things("conversation"), as_pdf),
        **TALK | {"then": states.no_such_step},
    ),
    **{
        name: a_button("post", things("conversation"), number, **TALK | LET)
        for name in (
            *("move_conversation", "prepare_conversation", "hold_conversation"),
            *("conclude_conversation", "promise_in_conversation"),
            *("confirm_conversation", "add_to_conversation"),
            *("write_burden", "delete_burden"),
        )
    },
    # Communities
    "communities": a_page(
        *("read_holders", towns, key),
        **TOWN_ROW | {"sees": "read_holders", "shows": {"community": ("town", ())}},
    ),
    "new_community": a_page("form_community", towns, key, **IN_TOWN),
    "form_community": a_button("form_community", towns, key, **IN_TOWN, **LET),
    "community": a_page(
        *("read_holders", things("community"), address),
        **COMMUNITY | {"must": "everybody", "shows": OF_COMMUNITY},
    ),
    "new_shared": a_page(
        *("read_holders", things("community"), address),
        **COMMUNITY | {"must": "everybody", "shows": {"community": ("this", ())}},
    ),
    "propose_shared": a_button(
        *("read_holders", things("community"), address),
        **COMMUNITY | {"must": "everybody"} | LET,
    ),
    "shared_commitment": a_page(
        *("post", things("shared"), number),
        **SHARED | {"shows": {"shared": ("this", ()), "community": ("all", ())}},
        some=("community",),
    ),
    **{
        f"{verb}_shared": a_button("post", things("shared"), number, **SHARED | LET)
        for verb in ("accept", "decline", "keep", "give_up")
    },
    "withdraw_shared": a_button(
        *("post", things("shared"), number),
        **SHARED | {"then": states.if_proposed_by_ones_post},
    ),
    # Visits
    "visits": a_page("post", shows={"visit": ("all", ())}),
    "visit": a_page(
        *("post", things("visit"), number),
        **VISIT | {"shows": {"visit": ("this", ())}},
    ),
    **{
        f"{verb}_visit": a_button("post", things("visit"), number, **VISIT | LET)
        for verb in ("plan", "hold", "decline", "call_off")
    },
    "visit_unit": a_page(
        "visit", args=by_name("nobody"), weight=0.1, then=states.no_such_step
    ),
    "new_visit": a_page("visit", args=by_name(0), weight=0.1, then=states.no_such_step),
    "ask_for_visit": a_button(
        "visit", args=by_name(0), weight=0.1, then=states.no_such_step
    ),
    "change_community": a_page(
        *("form_community", things("community"), address),
        **COMMUNITY | {"shows": {"community": ("this", ())}},
    ),
    "save_community": a_button(
        *("form_community", things("community"), address),
        **COMMUNITY | LET | {"must": "everybody"},
    ),
    "end_community": a_button(
        "form_community", things("community"), address, **COMMUNITY, **LET
    ),
    # Drafts of a reorganisation
    "drafts": a_page(
        *("draw_draft", towns, key),
        **IN_TOWN | {"shows": {"sketch": ("town", ())}},
    ),
    "begin_draft": a_button("draw_draft", towns, key, **IN_TOWN, **LET),
    "draft": a_page(
        *("draw_draft", things("sketch"), address),
        **SKETCH | {"shows": {"sketch": ("this", ())}},
    ),
    "add_step": a_button("draw_draft", things("sketch"), a_step, **SKETCH, **LET),
    "remove_step": a_button(
        *("draw_draft", things("sketch"), first_step),
        **SKETCH | {"then": states.no_such_step},
    ),
    "carry_out": a_button("load_chain", things("sketch"), address, **SKETCH, **LET),
    "throw_draft": a_button("draw_draft", things("sketch"), address, **SKETCH, **LET),
    "draft_file": a_page(
        *("load_chain", things("sketch"), address),
        **SKETCH | IN_A_FILE,
    ),
    # The chain as a file
    "chain_file": a_page("load_chain", towns, key, sees="load_chain", **TOWN_ROW),
    "chain_download": a_page(
        *("load_chain", towns, as_file),
        **TOWN_ROW | IN_A_FILE | {"sees": "load_chain"},
    ),
    "chain_send": a_button(
        "load_chain", towns, key, sees="load_chain", **TOWN_ROW, **LET
    ),
    "chain_changes": a_page("load_chain", things("upload"), in_fjordby, **UPLOAD),
    "chain_load": a_button("load_chain", things("upload"), in_fjordby, **UPLOAD, **LET),
    "chain_discard": a_button(
        "load_chain", things("upload"), in_fjordby, **UPLOAD, **LET
    ),
    # The log
    "trail": a_page("read_trail", towns, key, sees="read_trail", **TOWN_ROW),
    "trail_file": a_page("read_trail", towns, key, sees="read_trail", **TOWN_ROW),
    # The team's brief: a PDF tells its words to no search for them
    "brief": a_page(
        "take_up_goal",
        shows={"effort": ("all", ()), "commitment": ("all", ())},
        some=("effort", "commitment"),
    ),
    "show_team": a_button("take_up_goal", **LET),
    "brief_sheet": a_page("take_up_goal", **LET, weight=0.1),
    "brief_slide": a_page("take_up_goal", **LET, weight=0.1),
    # Presence
    "presence": a_page("note_presence"),
    "note_presence": a_button("note_presence", **LET),
    "plan_presence": a_button("note_presence", **LET),
    "take_back_presence": a_button(
        *("note_presence", things("presence"), number),
        **THINGS | {"about": "presence", "must": "everybody"},
        then=states.if_of_ones_own_time,
    ),
    "presence_shares": a_page(
        "see_presence", towns, key, sees="see_presence", **TOWN_ROW
    ),
    # Support
    "offered": a_page("read_holders", towns, key, sees="read_holders", **TOWN_ROW),
    "support": a_page("post", shows=NEEDS, some=("need", "unmet")),
    "offer_support": a_button("offer_support", **LET),
    "end_offer": a_button(
        *("offer_support", things("offer"), number),
        **THINGS | {"about": "offer", "must": "everybody"},
        then=states.if_by_ones_own_post,
    ),
    "new_need": a_page("write_need"),
    "write_need": a_button("write_need", **LET),
    "need": a_page("post", things("any need"), number, **NEED),
    **{
        name: a_button("post", things("any need"), number, **NEED | LET)
        for name in (
            *("answer_need", "meet_need", "fail_need"),
            *("withdraw_need", "rate_support"),
        )
    },
    "decide_need": a_button(
        "decide_need", things("any need"), number, **NEED | LET | {"must": "everybody"}
    ),
    # What works
    "practices": a_page("read_practices"),
    "practice_choice": a_page("read_practices"),
    "practice": a_page(
        "read_practices", args=by_name(PRACTICE), shows={"adaptation": ("all", ())}
    ),
    "forecasts": a_page("read_forecast", args=by_name(PRACTICE)),
    "forecast": a_page("read_forecast", institutions, of_practice, **FORECAST),
    "ask_forecast": a_button("ask_forecast", args=at_school, **LET),
    "adopt_practice": a_button("adopt_practice", args=by_name(PRACTICE), **LET),
    "decide_practice": a_button("decide_practice", args=by_name(PRACTICE), **LET),
    "in_use": a_page("read_adoption", shows={"adoption": ("all", ())}),
    "adoption": a_page("adopt_practice", things("adoption"), number, **USE),
    **{
        name: a_button("adopt_practice", things("adoption"), number, **USE | LET)
        for name in ("tell_adoption", "end_adoption")
    },
    "competences": a_page("read_competences"),
    "count_competence": a_page("write_competences", args=by_name(PRACTICE)),
    "note_competence": a_button("write_competences", args=by_name(PRACTICE), **LET),
    "new_practice": a_page("write_practice"),
    "write_practice": a_button("write_practice", **LET),
    "written_practices": a_page("post", shows={"written": ("all", ())}),
    "written_practice": a_page("post", things("written"), number, **WRITTEN),
    "rewrite_practice": a_page("write_practice", things("written"), number, **BY_ME),
    "write_practice_again": a_button(
        "write_practice", things("written"), number, **BY_ME
    ),
    "withdraw_practice": a_button("post", things("written"), number, **WRITTEN | LET),
    **{
        name: a_button("review_practice", things("written"), number, **WRITTEN | LET)
        for name in ("accept_practice", "send_back_practice")
    },
    # The pulse
    "pulse": a_page("post", sees="see_pulse"),
    "answer_pulse": a_button("post", then=states.let_through),
    "open_pulse": a_button("run_pulse", then=states.let_through),
    "close_pulse": a_button("run_pulse", then=states.let_through),
    "pulse_results": a_page("see_pulse"),
    "pulse_round": a_page("see_pulse", things("round"), number, **ROUND),
    # Accounts
    "act": a_button("signed_in", posts, form=a_seat, known=(), weight=0.2),
    "sign_out": a_button("public", weight=0.2),
    "enter_demo": a_button("public", known=(), weight=0.2),
    "set_language": a_button("public", weight=0.2, space=""),
    "account": through("signed_in"),
    "end_other_sessions": a_button("signed_in", weight=0.2),
    "choose_reminders": a_button("signed_in", weight=0.2),
    "mfa_index": through("signed_in", space=""),
    "account_login": through("public", space=""),
    "account_inactive": a_page("public", space="", weight=0.1, then=states.closed),
    "mfa_authenticate": through("public", space=""),
    "account_change_password": through("signed_in", space="", always=True),
    "account_reauthenticate": through("signed_in", space="", always=True),
    "mfa_reauthenticate": through("signed_in", space="", always=True),
    "mfa_activate_totp": through("signed_in", space="", always=True),
    "mfa_deactivate_totp": through("signed_in", space=""),
    "mfa_view_recovery_codes": through("signed_in", space=""),
    "mfa_generate_recovery_codes": through("signed_in", space=""),
    **{
        name: through("public", args=by_name("kommunen"), space="")
        for name in (
            *("openid_connect_login", "openid_connect_callback", "saml_login"),
            *("saml_metadata", "saml_finish_acs", "saml_sls"),
        )
    },
    "saml_acs": through("public", args=by_name("x"), form=none_given, space=""),
    "socialaccount_login_cancelled": through("public", space=""),
}

"""Every route of the product, with what opens it and what it refuses.

`args` are of the country that is loaded whole; a new route without a line here fails.
"""

from dataclasses import dataclass

GET, POST = "get", "post"
ABSENCE, GOAL = "school-absence", "in-school-every-day"


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One route: its verbs, good arguments, arguments of something that isn't there."""

    verbs: tuple[str, ...]
    good: tuple[object, ...] = ()
    unknown: tuple[tuple[object, ...], ...] = ()


READ, WRITE = (GET,), (POST,)
PLACE = {"good": ("706",), "unknown": (("000",), ("101003",), ("schools",))}

A_POST = {
    "good": ("706", "chief-schools"),
    "unknown": (("000", "director"), ("706", "borgmester")),
}
A_CHAIN = {"good": ("706", 1), "unknown": (("000", 1), ("706", 0), ("706", 10**12))}
A_DRAFT = {"good": ("706", 1), "unknown": (("000", 1), ("706", 10**12))}

NUMBERED = {"good": (1,), "unknown": ((0,), (10**12,))}
AN_ITEM = {"good": (1, 1), "unknown": ((0, 1), (1, 10**12))}
A_GOAL = {
    "good": ("706", GOAL),
    "unknown": (("000", GOAL), ("706", "be-best")),
}
A_MODEL = {
    "good": ("706", ABSENCE),
    "unknown": (("000", ABSENCE), ("706", "joy")),
}
A_PRACTICE = {"good": ("co-teaching",), "unknown": (("magic",), ("999-0",))}
A_TARGET = {"good": ("706", 1), "unknown": (("000", 1), ("706", 10**12))}
A_UNITS_TARGET = {
    "good": ("706", GOAL, "706"),
    "unknown": (("000", GOAL, "706"), ("706", GOAL, "000"), ("706", "be-best", "706")),
}

ROUTES = {
    "denmark": Route(verbs=READ),
    "municipality": Route(verbs=READ, **PLACE),
    "chain": Route(verbs=READ, **PLACE),
    "breaks": Route(verbs=READ, **PLACE),
    "chain_file": Route(verbs=READ, **PLACE),
    "chain_download": Route(
        verbs=READ, good=("706", "yaml"), unknown=(("000", "yaml"), ("706", "pdf"))
    ),
    "chain_send": Route(verbs=WRITE, **PLACE),
    "chain_changes": Route(verbs=READ, **A_CHAIN),
    "chain_load": Route(verbs=WRITE, **A_CHAIN),
    "chain_discard": Route(verbs=WRITE, **A_CHAIN),
    "units": Route(verbs=READ, **PLACE),
    "unit": Route(
        verbs=READ,
        good=("706", "schools"),
        unknown=(("000", "schools"), ("706", "101003")),
    ),
    "all_differences": Route(verbs=READ, **PLACE),
    "differences": Route(verbs=READ, **A_MODEL),
    "fair": Route(verbs=READ, **A_MODEL),
    "spread": Route(verbs=READ, **A_MODEL),
    "gradient": Route(verbs=READ, **A_MODEL),
    "for_whom": Route(verbs=READ, **A_MODEL),
    "model_method": Route(verbs=READ, **A_MODEL),
    "model_file": Route(verbs=READ, **A_MODEL),
    "worked_example": Route(verbs=READ),
    "communities": Route(verbs=READ, **PLACE),
    "new_community": Route(verbs=READ, **PLACE),
    "form_community": Route(verbs=WRITE, **PLACE),
    "community": Route(verbs=READ, good=("706", "laesning")),
    "change_community": Route(verbs=READ, good=("706", "laesning")),
    "save_community": Route(verbs=WRITE, good=("706", "laesning")),
    "end_community": Route(verbs=WRITE, good=("706", "laesning")),
    "new_shared": Route(verbs=READ, good=("706", "laesning")),
    "propose_shared": Route(verbs=WRITE, good=("706", "laesning")),
    "shared_commitment": Route(verbs=READ, **NUMBERED),
    "accept_shared": Route(verbs=WRITE, **NUMBERED),
    "decline_shared": Route(verbs=WRITE, **NUMBERED),
    "keep_shared": Route(verbs=WRITE, **NUMBERED),
    "give_up_shared": Route(verbs=WRITE, **NUMBERED),
    "withdraw_shared": Route(verbs=WRITE, **NUMBERED),
    "visits": Route(verbs=READ),
    "visit_unit": Route(verbs=READ, good=("101003",), unknown=(("000",), ("706",))),
    "new_visit": Route(verbs=READ, **NUMBERED),
    "ask_for_visit": Route(verbs=WRITE, **NUMBERED),
    "visit": Route(verbs=READ, **NUMBERED),
    "plan_visit": Route(verbs=WRITE, **NUMBERED),
    "hold_visit": Route(verbs=WRITE, **NUMBERED),
    "decline_visit": Route(verbs=WRITE, **NUMBERED),
    "call_off_visit": Route(verbs=WRITE, **NUMBERED),
    "drafts": Route(verbs=READ, **PLACE),
    "begin_draft": Route(verbs=WRITE, **PLACE),
    "draft": Route(verbs=READ, **A_DRAFT),
    "add_step": Route(verbs=WRITE, good=("706", 1, "flyt-enhed")),
    "remove_step": Route(verbs=WRITE, good=("706", 1, 1)),
    "carry_out": Route(verbs=WRITE, **A_DRAFT),
    "throw_draft": Route(verbs=WRITE, **A_DRAFT),
    "draft_file": Route(verbs=READ, **A_DRAFT),
    "trail": Route(verbs=READ, **PLACE),
    "trail_file": Route(verbs=READ, **PLACE),
    "year": Route(verbs=READ, **PLACE),
    "structure": Route(verbs=READ, **PLACE),
    "post": Route(verbs=READ, **A_POST),
    "charter": Route(verbs=READ, **A_POST),
    "write_charter": Route(verbs=WRITE, **A_POST),
    "goals": Route(verbs=READ, **PLACE),
    "held": Route(verbs=READ, **PLACE),
    "write_vision": Route(verbs=WRITE, **PLACE),
    "write_value": Route(verbs=WRITE, **PLACE),
    "end_value": Route(verbs=WRITE, **A_TARGET),
    "write_goal": Route(verbs=READ, **PLACE),
    "check_goal": Route(verbs=WRITE, **PLACE),
    "save_draft": Route(verbs=WRITE, **PLACE),
    "adopt_own": Route(verbs=WRITE, **PLACE),
    "drop_draft": Route(verbs=WRITE, **A_TARGET),
    "goal": Route(verbs=READ, **A_GOAL),
    "adopt": Route(verbs=WRITE, **A_GOAL),
    "reword_goal": Route(verbs=READ, **A_GOAL),
    "save_reworded_goal": Route(verbs=WRITE, **A_GOAL),
    "goal_owner": Route(verbs=READ, **A_GOAL),
    "give_goal": Route(verbs=WRITE, **A_GOAL),
    "end_goal": Route(verbs=WRITE, **A_GOAL),
    "goal_here": Route(verbs=READ, **A_GOAL),
    "take_up_goal": Route(verbs=WRITE, **A_GOAL),
    "let_go_of_goal": Route(verbs=WRITE, **A_GOAL),
    "write_strategy": Route(verbs=WRITE, **A_GOAL),
    "begin_effort": Route(verbs=WRITE, **A_GOAL),
    "end_effort": Route(
        verbs=WRITE, good=("706", GOAL, 1), unknown=(("000", GOAL, 1),)
    ),
    "contribute": Route(verbs=WRITE, **A_GOAL),
    "end_contribution": Route(verbs=WRITE, **A_GOAL),
    "set_target": Route(verbs=READ, **A_UNITS_TARGET),
    "save_target": Route(verbs=WRITE, **A_UNITS_TARGET),
    "target": Route(verbs=READ, **A_TARGET),
    "check_in": Route(verbs=WRITE, **A_TARGET),
    "accept_deviation": Route(verbs=WRITE, **A_TARGET),
    "end_target": Route(verbs=WRITE, **A_TARGET),
    "institution": Route(
        verbs=READ, good=("101003",), unknown=(("706",), ("000",), ("dk",))
    ),
    "indicators": Route(verbs=READ),
    "indicator": Route(
        verbs=READ, good=(ABSENCE,), unknown=(("joy",), ("language-assessment",))
    ),
    "download": Route(
        verbs=READ, good=(ABSENCE,), unknown=(("joy",), ("language-assessment",))
    ),
    "sources": Route(verbs=READ),
    "search": Route(verbs=READ),
    "fill": Route(verbs=WRITE, good=(1,), unknown=((0,), (10**12,))),
    "vacate": Route(verbs=WRITE, good=(1,), unknown=((0,), (10**12,))),
    "desk": Route(verbs=READ),
    "result": Route(
        verbs=READ,
        good=("101003", ABSENCE),
        unknown=(("000", ABSENCE), ("101003", "joy"), ("101003", "high-absence")),
    ),
    "assess": Route(
        verbs=WRITE,
        good=("101003", ABSENCE),
        unknown=(("000", ABSENCE), ("101003", "joy"), ("101003", "high-absence")),
    ),
    "my_assessments": Route(verbs=READ),
    "lifted": Route(
        verbs=READ, good=("101003",), unknown=(("000",), ("schools",), ("dk",))
    ),
    "what_we_did": Route(
        verbs=READ,
        good=("101003", ABSENCE),
        unknown=(("000", ABSENCE), ("101003", "joy")),
    ),
    "share_what_we_did": Route(
        verbs=WRITE,
        good=("101003", ABSENCE),
        unknown=(("000", ABSENCE), ("101003", "joy")),
    ),
    "take_back_what_we_did": Route(
        verbs=WRITE,
        good=("101003", ABSENCE),
        unknown=(("000", ABSENCE), ("101003", "joy")),
    ),
    "first_act": Route(verbs=READ, **PLACE),
    "tests_of_change": Route(verbs=READ),
    "new_test_of_change": Route(verbs=READ),
    "plan_test": Route(verbs=WRITE),
    "test_of_change": Route(verbs=READ, **NUMBERED),
    "begin_test": Route(verbs=WRITE, **NUMBERED),
    "observe_test": Route(verbs=WRITE, **NUMBERED),
    "take_back_count": Route(verbs=WRITE, **AN_ITEM),
    "decide_test": Route(verbs=WRITE, **NUMBERED),
    "prolong_test": Route(verbs=WRITE, **NUMBERED),
    "share_test": Route(verbs=WRITE, **NUMBERED),
    "ask_to_join_test": Route(verbs=WRITE, **NUMBERED),
    "join_test": Route(verbs=WRITE, **NUMBERED),
    "leave_test": Route(verbs=WRITE, **NUMBERED),
    "lessons": Route(verbs=READ),
    "new_lesson": Route(verbs=READ),
    "write_lesson": Route(verbs=WRITE),
    "withdraw_lesson": Route(verbs=WRITE, **NUMBERED),
    "hypotheses": Route(verbs=READ),
    "all_effects": Route(verbs=READ, good=("attendance-talks",)),
    "effect": Route(verbs=READ, good=("attendance-talks", ABSENCE)),
    "hypothesis": Route(verbs=READ, good=(1,), unknown=((0,), (10**12,))),
    "close_hypothesis": Route(verbs=WRITE, good=(1,), unknown=((0,), (10**12,))),
    "new_hypothesis": Route(
        verbs=READ,
        good=("101003", ABSENCE),
        unknown=(("000", ABSENCE), ("101003", "joy")),
    ),
    "write_hypothesis": Route(
        verbs=WRITE,
        good=("101003", ABSENCE),
        unknown=(("000", ABSENCE), ("101003", "joy")),
    ),
    "accept": Route(verbs=WRITE, good=(1,), unknown=((0,), (10**12,))),
    "decline": Route(verbs=WRITE, good=(1,), unknown=((0,), (10**12,))),
    "expectations": Route(verbs=READ),
    "expectation_link": Route(verbs=READ, good=(1,), unknown=((0,), (10**12,))),
    "propose_expectation": Route(
        verbs=WRITE, good=(1, "nedad"), unknown=((1, "skraat"), (10**12, "opad"))
    ),
    "discuss_expectation": Route(verbs=WRITE, good=(1,), unknown=((0,), (10**12,))),
    "confirm_expectation": Route(verbs=WRITE, good=(1,), unknown=((0,), (10**12,))),
    "withdraw_expectation": Route(verbs=WRITE, good=(1,), unknown=((0,), (10**12,))),
    "commitments": Route(verbs=READ),
    "commitment": Route(verbs=READ, good=(1,), unknown=((0,), (10**12,))),
    "begin_commitment": Route(verbs=READ),
    "new_commitment": Route(verbs=READ, good=(1,), unknown=((0,), (10**12,))),
    "promise_commitment": Route(verbs=WRITE, good=(1,), unknown=((0,), (10**12,))),
    "accept_commitment": Route(verbs=WRITE, good=(1,), unknown=((0,), (10**12,))),
    "decline_commitment": Route(verbs=WRITE, good=(1,), unknown=((0,), (10**12,))),
    "keep_commitment": Route(verbs=WRITE, good=(1,), unknown=((0,), (10**12,))),
    "give_up_commitment": Route(verbs=WRITE, good=(1,), unknown=((0,), (10**12,))),
    "renegotiate_commitment": Route(verbs=WRITE, good=(1,), unknown=((0,), (10**12,))),
    "time_robbers": Route(verbs=READ),
    "new_time_robber": Route(verbs=READ),
    "report_time_robber": Route(verbs=WRITE),
    "time_robber": Route(verbs=READ, good=(1,), unknown=((0,), (10**12,))),
    "join_time_robber": Route(verbs=WRITE, good=(1,), unknown=((0,), (10**12,))),
    "decide_time_robber": Route(verbs=WRITE, good=(1,), unknown=((0,), (10**12,))),
    "hand_on_time_robber": Route(verbs=WRITE, good=(1,), unknown=((0,), (10**12,))),
    "merge_time_robber": Route(verbs=WRITE, good=(1,), unknown=((0,), (10**12,))),
    "split_time_robber": Route(verbs=WRITE, good=(1,), unknown=((0,), (10**12,))),
    "measure_time_robber": Route(verbs=WRITE, good=(1,), unknown=((0,), (10**12,))),
    "ledger": Route(verbs=READ, **PLACE),
    "conversations": Route(verbs=READ),
    "new_conversation": Route(verbs=READ, good=(1,), unknown=((0,), (10**12,))),
    "plan_conversation": Route(verbs=WRITE, good=(1,), unknown=((0,), (10**12,))),
    "conversation": Route(verbs=READ, good=(1,), unknown=((0,), (10**12,))),
    "move_conversation": Route(verbs=WRITE, good=(1,), unknown=((0,), (10**12,))),
    "write_conversation": Route(verbs=READ, good=(1,), unknown=((0,), (10**12,))),
    "prepare_conversation": Route(verbs=WRITE, good=(1,), unknown=((0,), (10**12,))),
    "hold_conversation": Route(verbs=WRITE, good=(1,), unknown=((0,), (10**12,))),
    "conclude_conversation": Route(verbs=WRITE, good=(1,), unknown=((0,), (10**12,))),
    "promise_in_conversation": Route(verbs=WRITE, good=(1,), unknown=((0,), (10**12,))),
    "confirm_conversation": Route(verbs=WRITE, good=(1,), unknown=((0,), (10**12,))),
    "add_to_conversation": Route(verbs=WRITE, good=(1,), unknown=((0,), (10**12,))),
    "write_burden": Route(verbs=WRITE, good=(1,), unknown=((0,), (10**12,))),
    "delete_burden": Route(verbs=WRITE, good=(1,), unknown=((0,), (10**12,))),
    "conversation_page": Route(
        verbs=READ, good=(1, "pdf"), unknown=((0, "pdf"), (1, "odt"))
    ),
    "conversation_for_parents": Route(verbs=READ, good=(1,), unknown=((0,), (10**12,))),
    "parents_page": Route(
        verbs=READ, good=(1, "pdf"), unknown=((0, "pdf"), (1, "odt"))
    ),
    "questions": Route(verbs=READ),
    "question": Route(verbs=READ, good=(1,), unknown=((0,), (10**12,))),
    "answer_question": Route(verbs=WRITE, good=(1,), unknown=((0,), (10**12,))),
    "withdraw_question": Route(verbs=WRITE, good=(1,), unknown=((0,), (10**12,))),
    "new_question": Route(
        verbs=READ, good=("706", GOAL), unknown=(("000", GOAL), ("706", "be-best"))
    ),
    "ask_question": Route(
        verbs=WRITE, good=("706", GOAL), unknown=(("000", GOAL), ("706", "be-best"))
    ),
    "goal_level": Route(
        verbs=READ,
        good=("706", GOAL, "ledere"),
        unknown=(("000", GOAL, "ledere"), ("706", "be-best", "ledere")),
    ),
    "send_question": Route(verbs=WRITE, good=(1,), unknown=((0,), (10**12,))),
    "answer_inquiry": Route(verbs=WRITE, good=(1,), unknown=((0,), (10**12,))),
    "up_and_down": Route(verbs=READ),
    "new_concern": Route(verbs=READ),
    "write_concern": Route(verbs=WRITE),
    "concern": Route(verbs=READ, good=(1,), unknown=((0,), (10**12,))),
    "answer_concern": Route(verbs=WRITE, good=(1,), unknown=((0,), (10**12,))),
    "carry_concern": Route(verbs=WRITE, good=(1,), unknown=((0,), (10**12,))),
    "withdraw_concern": Route(verbs=WRITE, good=(1,), unknown=((0,), (10**12,))),
    "meetings": Route(verbs=READ),
    "new_meeting": Route(verbs=READ),
    "call_meeting": Route(verbs=WRITE),
    "meeting": Route(verbs=READ, **NUMBERED),
    "agenda": Route(verbs=READ, **NUMBERED),
    "meeting_calendar": Route(verbs=READ, **NUMBERED),
    "meeting_paper": Route(
        verbs=READ,
        good=(1, "referat", "pdf"),
        unknown=((0, "referat", "pdf"), (1, "referat", "odt"), (1, "noter", "pdf")),
    ),
    "meeting_item": Route(verbs=READ, **AN_ITEM),
    **{
        name: Route(verbs=WRITE, **AN_ITEM)
        for name in ("write_minute", "decide_item", "correct_minutes")
    },
    **{
        name: Route(verbs=WRITE, **NUMBERED)
        for name in (
            *("approve_agenda", "add_agenda_item", "approve_minutes"),
            *("move_meeting", "cancel_meeting", "finish_decision"),
            *("carry_on_decision", "strike_decision"),
        )
    },
    "decision": Route(verbs=READ, **NUMBERED),
    "brief": Route(verbs=READ),
    "show_team": Route(verbs=WRITE),
    "brief_sheet": Route(verbs=READ),
    "brief_slide": Route(verbs=READ),
    "presence": Route(verbs=READ),
    "note_presence": Route(verbs=WRITE),
    "plan_presence": Route(verbs=WRITE),
    "take_back_presence": Route(verbs=WRITE, good=(1,), unknown=((0,), (10**12,))),
    "presence_shares": Route(verbs=READ, **PLACE),
    "offered": Route(verbs=READ, **PLACE),
    "support": Route(verbs=READ),
    "offer_support": Route(verbs=WRITE),
    "end_offer": Route(verbs=WRITE, good=(1,), unknown=((0,), (10**12,))),
    "new_need": Route(verbs=READ),
    "write_need": Route(verbs=WRITE),
    "need": Route(verbs=READ, good=(1,), unknown=((0,), (10**12,))),
    **{
        name: Route(verbs=WRITE, good=(1,), unknown=((0,), (10**12,)))
        for name in (
            *("answer_need", "meet_need", "fail_need", "withdraw_need"),
            *("rate_support", "decide_need"),
        )
    },
    "practices": Route(verbs=READ),
    "practice_choice": Route(verbs=READ),
    "practice": Route(verbs=READ, **A_PRACTICE),
    "forecasts": Route(verbs=READ, **A_PRACTICE),
    "forecast": Route(
        verbs=READ,
        good=("co-teaching", "101003"),
        unknown=(("magic", "101003"), ("co-teaching", "000")),
    ),
    "ask_forecast": Route(verbs=WRITE, good=("co-teaching", ABSENCE)),
    "adopt_practice": Route(verbs=WRITE, **A_PRACTICE),
    "decide_practice": Route(verbs=WRITE, **A_PRACTICE),
    "in_use": Route(verbs=READ),
    "adoption": Route(verbs=READ, **NUMBERED),
    "tell_adoption": Route(verbs=WRITE, **NUMBERED),
    "end_adoption": Route(verbs=WRITE, **NUMBERED),
    "competences": Route(verbs=READ),
    "count_competence": Route(verbs=READ, **A_PRACTICE),
    "note_competence": Route(verbs=WRITE, **A_PRACTICE),
    "new_practice": Route(verbs=READ),
    "write_practice": Route(verbs=WRITE),
    "written_practices": Route(verbs=READ),
    "written_practice": Route(verbs=READ, **NUMBERED),
    "rewrite_practice": Route(verbs=READ, **NUMBERED),
    **{
        name: Route(verbs=WRITE, **NUMBERED)
        for name in (
            *("write_practice_again", "withdraw_practice"),
            *("accept_practice", "send_back_practice"),
        )
    },
    "pulse": Route(verbs=READ),
    "answer_pulse": Route(verbs=WRITE),
    "open_pulse": Route(verbs=WRITE),
    "close_pulse": Route(verbs=WRITE),
    "pulse_results": Route(verbs=READ),
    "pulse_round": Route(verbs=READ, good=(1,), unknown=((0,), (10**12,))),
    "sign_in": Route(verbs=(GET, POST)),
    "enter_demo": Route(verbs=WRITE),
    "sign_out": Route(verbs=WRITE),
    "act": Route(verbs=WRITE),
    "account": Route(verbs=READ),
    "end_other_sessions": Route(verbs=WRITE),
    "choose_reminders": Route(verbs=WRITE),
    "about": Route(verbs=READ),
    "where": Route(verbs=READ),
}

SIGN_IN_ROUTES = frozenset(
    {
        *("account_login", "account_inactive", "account_change_password"),
        *("account_reauthenticate", "mfa_authenticate", "mfa_reauthenticate"),
        *("mfa_index", "mfa_activate_totp", "mfa_deactivate_totp"),
        *("mfa_view_recovery_codes", "mfa_generate_recovery_codes"),
        *("openid_connect_login", "openid_connect_callback"),
        *("saml_login", "saml_acs", "saml_finish_acs", "saml_sls", "saml_metadata"),
        "socialaccount_login_cancelled",
    }
)
"""The routes that django-allauth asks for by these names.

`test_accounts` and `test_municipal_login` open them.
"""

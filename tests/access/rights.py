"""The rights as agreed: what posts of which roles may do, how far from their own unit.

Written by hand from the decisions, for the reference alone; the product has its own.
"""

CHIEFS = ("chief_schools", "chief_daycare", "chief_families")
LEADERS = ("director", *CHIEFS, "area_leader", "leader")
LEADING = (*LEADERS, "department_leader")
TRYING = ("leader", "department_leader", "team")
CHAIN = ("committee", *LEADING, "team")


def to(reach, *roles):
    return dict.fromkeys(roles, reach)


IN_LINE = to("line", *CHAIN)
MAY = {
    "read_holders": to("town", *CHAIN, "analyst", "data_protection"),
    "fill_post": to("below", "director", *CHIEFS),
    "load_chain": to("below", "director"),
    "draw_draft": to("below", "director", *CHIEFS),
    "read_sketch": to("below", "director"),
    "form_community": to("below", "director", *CHIEFS),
    "read_community": to("below", "director", *CHIEFS),
    "visit": to("own", *LEADING),
    "read_trail": to("below", "data_protection"),
    "read_charter": IN_LINE,
    "write_charter": to("below", *LEADERS),
    # Results and what is judged of them
    "read_assessment": to("below", *LEADERS),
    "assess_result": to("sector", *CHIEFS) | to("own", "leader"),
    "write_hypothesis": to("line", *LEADING, "team") | to("own", "committee"),
    "read_hypothesis": to("line", *LEADING, "team") | to("own", "committee"),
    "share_what_we_did": to("own", "leader"),
    "read_what_we_did": to("town", *LEADING),
    "read_fair_values": to("town", *LEADING, "team", "analyst"),
    "read_spread": to("below", *LEADING, "team", "analyst"),
    "read_item": to("below", "director"),
    "decide_agenda": to("below", "director"),
    # Goals
    "adopt_goal": to("below", "committee", "director"),
    "write_goal": to("own", "committee", *CHIEFS) | to("below", "director"),
    "write_goal_there": to("town", "committee", "director", *CHIEFS),
    "write_vision": to("own", "committee", "director"),
    "write_values": to("own", "committee", "director"),
    "take_up_goal": to("line", *LEADING),
    "contribute": to("line", *LEADING),
    "set_target": to("own", "committee") | to("below", *LEADING),
    "check_in": to("own", *LEADING),
    "accept_deviation": to("own", "committee") | to("below", *LEADERS),
    "read_meaning": IN_LINE,
    "read_target": IN_LINE,
    "read_contribution": IN_LINE,
    "read_deviation": IN_LINE,
    "read_told": IN_LINE,
    "read_strategy": to("line", *LEADING, "team"),
    "read_effort": to("line", *LEADING, "team"),
    # What is said along the chain
    "ask_question": to("below", "committee"),
    "read_question": IN_LINE,
    "hold_meeting": to("own", "committee", *LEADING),
    "read_meeting": to("below", *LEADING),
    "read_decision": to("below", *LEADING),
    "see_pulse": to("line", *CHAIN, "analyst"),
    "read_round": to("line", *CHAIN, "analyst"),
    "run_pulse": to("below", "director"),
    # Time
    "report_time_robber": to("own", *LEADING),
    "read_ledger": to("town", *CHAIN, "analyst", "data_protection"),
    # Conditions
    "offer_support": to("own", *LEADING, "team", "analyst", "data_protection"),
    "write_need": to("own", *LEADING),
    "decide_need": to("below", *LEADERS),
    "read_unmet": to("below", *LEADERS),
    "note_presence": to("own", *LEADING),
    "see_presence": to("line", *CHAIN, "analyst"),
    # Learning
    "read_practices": to("town", *LEADING, "team", "analyst"),
    "read_adoption": to("below", *LEADING, "team"),
    "read_adaptation": to("town", *LEADING, "team", "analyst"),
    "read_written": to("below", "director", *CHIEFS),
    "adopt_practice": to("own", "leader"),
    "ask_forecast": to("own", "leader"),
    "read_forecast": to("below", *LEADING),
    "write_practice": to("own", *CHIEFS, "area_leader", "leader", "department_leader"),
    "review_practice": to("below", "director", *CHIEFS),
    "decide_practice": to("own", "director", *CHIEFS),
    "read_competences": to("below", *LEADING),
    "write_competences": to("own", "leader"),
    # What is tried and learnt: a test is protected until it is shared
    "try_change": to("own", *TRYING),
    "read_test": to("below", "leader", "department_leader"),
    "read_house_test": to("line", *TRYING),
    "read_colleagues_test": to("town", *TRYING),
    "read_shared_test": to("town", *LEADING, "team"),
    "write_lesson": to("own", *TRYING),
    "read_lesson": to("town", *LEADING, "team"),
}

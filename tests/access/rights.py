"""The rights as agreed: what, how far from the post's own unit, for which roles.

Written by hand from the decisions, for the reference alone; the product has its own.
"""

CHIEFS = {"chief_schools", "chief_daycare", "chief_families"}
LEADERS = {"director", *CHIEFS, "area_leader", "leader"}
CHAIN = {"committee", *LEADERS, "department_leader", "team"}
MAY = {  # what: how far from the post's own unit, and for posts of which roles
    "read_holders": ("town", {*CHAIN, "analyst", "data_protection"}),
    "read_charter": ("line", CHAIN),
    "write_charter": ("below", LEADERS),
    "read_assessment": ("below", LEADERS),
    "assess_result": ("sector", CHIEFS),
    "fill_post": ("below", {"director", *CHIEFS}),
    "adopt_goal": ("below", {"committee", "director"}),
    "read_item": ("below", {"director"}),
    "decide_agenda": ("below", {"director"}),
    "read_trail": ("below", {"data_protection"}),
    "see_pulse": ("line", {*CHAIN, "analyst"}),
    "read_round": ("line", {*CHAIN, "analyst"}),
    "run_pulse": ("below", {"director"}),
}

"""What each form of Kæden is thought to take, before there is enough use to measure."""

from collections.abc import Mapping

PRESS = 5
"""The seconds that a button counts for which has nothing to fill in."""

FILLED: Mapping[str, int] = {
    # Results and what is judged of them
    "assess": 120,
    # Goals
    "adopt": 60,
    "write_vision": 120,
    "write_value": 60,
    "adopt_own": 300,
    "save_reworded_goal": 180,
    "give_goal": 20,
    "take_up_goal": 180,
    "write_strategy": 120,
    "begin_effort": 60,
    "contribute": 90,
    "save_target": 90,
    "check_in": 120,
    "accept_deviation": 90,
    # What is said along the chain
    "propose_expectation": 120,
    "promise_commitment": 60,
    "renegotiate_commitment": 60,
    "give_up_commitment": 45,
    "propose_shared": 60,
    "give_up_shared": 45,
    "ask_for_visit": 60,
    "plan_visit": 15,
    "hold_visit": 60,
    "ask_question": 60,
    "answer_question": 120,
    "write_concern": 60,
    "answer_concern": 90,
    "carry_concern": 45,
    "send_question": 60,
    "answer_inquiry": 90,
    "answer_pulse": 60,
    # Time and support
    "report_time_robber": 20,
    "decide_time_robber": 60,
    "hand_on_time_robber": 15,
    "merge_time_robber": 30,
    "write_need": 60,
    "answer_need": 60,
    "rate_support": 10,
    "fail_need": 30,
    "decide_need": 60,
    "offer_support": 120,
    "show_team": 20,
    "note_presence": 10,
    "plan_presence": 45,
    # Meetings
    "call_meeting": 60,
    "move_meeting": 20,
    "approve_agenda": 60,
    "add_agenda_item": 45,
    "write_minute": 120,
    "decide_item": 60,
    "correct_minutes": 60,
    "finish_decision": 30,
    "carry_on_decision": 30,
    # The conversation of the year
    "plan_conversation": 45,
    "move_conversation": 20,
    "prepare_conversation": 900,
    "hold_conversation": 60,
    "add_to_conversation": 120,
    "promise_in_conversation": 60,
    "conclude_conversation": 120,
    "write_burden": 60,
    # What leaders do together
    "share_what_we_did": 120,
    "write_hypothesis": 120,
    "close_hypothesis": 60,
    # What works
    "adopt_practice": 10,
    "tell_adoption": 60,
    "end_adoption": 20,
    "decide_practice": 60,
    "write_practice": 300,
    "write_practice_again": 180,
    "send_back_practice": 60,
    "note_competence": 60,
    # The chain
    "chain_send": 120,
    "write_charter": 600,
    "form_community": 180,
    "save_community": 120,
    "add_step": 60,
    "carry_out": 60,
    "begin_draft": 20,
    "fill": 30,
    # One's own account
    "choose_reminders": 15,
    "sign_in": 20,
    "enter_demo": 10,
    "account_change_password": 60,
    "account_reauthenticate": 15,
    "mfa_authenticate": 20,
    "mfa_reauthenticate": 20,
    "mfa_activate_totp": 120,
    "mfa_deactivate_totp": 10,
    "mfa_generate_recovery_codes": 10,
}
"""Seconds, by the name of the address that the form is sent to."""

PRESSED = frozenset(
    {
        *("act", "sign_out", "set_language", "end_other_sessions"),
        *("vacate", "accept", "decline"),
        *("discuss_expectation", "confirm_expectation", "withdraw_expectation"),
        *("accept_commitment", "decline_commitment", "keep_commitment"),
        *("accept_shared", "decline_shared", "keep_shared", "withdraw_shared"),
        *("decline_visit", "call_off_visit"),
        *("withdraw_question", "withdraw_concern", "open_pulse", "close_pulse"),
        *("join_time_robber", "measure_time_robber", "split_time_robber"),
        *("end_offer", "meet_need", "withdraw_need"),
        *("take_back_presence", "approve_minutes", "cancel_meeting"),
        *("strike_decision", "confirm_conversation", "delete_burden"),
        "take_back_what_we_did",
        *("withdraw_practice", "accept_practice"),
        *("drop_draft", "check_goal", "save_draft", "end_value", "let_go_of_goal"),
        *("end_effort", "end_contribution", "end_goal", "end_target"),
        *("chain_load", "chain_discard", "end_community", "remove_step", "throw_draft"),
    }
)
"""The addresses of buttons with nothing to fill in."""

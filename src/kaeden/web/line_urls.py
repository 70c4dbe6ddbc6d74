"""Addresses of what goes up and down the line."""

from django.urls import path

from kaeden.web import concerns, goal_level, inquiries

urlpatterns = [
    path(
        "kommune/<str:code>/maal/<slug:key>/led/<slug:level>/",
        goal_level.level,
        name="goal_level",
    ),
    path("spoergsmaal/<int:pk>/videre/", inquiries.send, name="send_question"),
    path("spoergsmaal/<int:pk>/nedefra/", inquiries.answer, name="answer_inquiry"),
    path("op-og-ned/", concerns.up_and_down, name="up_and_down"),
    path("op-og-ned/ny/", concerns.new, name="new_concern"),
    path("op-og-ned/ny/send/", concerns.write, name="write_concern"),
    path("op-og-ned/<int:pk>/", concerns.one, name="concern"),
    path("op-og-ned/<int:pk>/svar/", concerns.answer, name="answer_concern"),
    path("op-og-ned/<int:pk>/loeft/", concerns.carry, name="carry_concern"),
    path(
        "op-og-ned/<int:pk>/traek-tilbage/",
        concerns.withdraw,
        name="withdraw_concern",
    ),
]

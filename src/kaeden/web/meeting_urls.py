"""Addresses of meetings, agendas, minutes and decisions."""

from django.urls import path

from kaeden.web import meetings, minutes

urlpatterns = [
    path("moeder/", meetings.all_of_mine, name="meetings"),
    path("moeder/nyt/", meetings.new, name="new_meeting"),
    path("moeder/nyt/indkald/", meetings.call, name="call_meeting"),
    path("moeder/<int:pk>/", meetings.one, name="meeting"),
    path("moeder/<int:pk>/flyt/", meetings.move, name="move_meeting"),
    path("moeder/<int:pk>/aflys/", meetings.cancel, name="cancel_meeting"),
    path("moeder/<int:pk>/moede.ics", meetings.calendar, name="meeting_calendar"),
    path(
        "moeder/<int:pk>/papir/<str:what>.<str:form>",
        meetings.paper,
        name="meeting_paper",
    ),
    path("moeder/<int:pk>/dagsorden/", meetings.agenda, name="agenda"),
    path(
        "moeder/<int:pk>/dagsorden/godkend/",
        meetings.approve_agenda,
        name="approve_agenda",
    ),
    path("moeder/<int:pk>/dagsorden/punkt/", meetings.add_item, name="add_agenda_item"),
    path(
        "moeder/<int:pk>/referat/godkend/",
        meetings.approve_minutes,
        name="approve_minutes",
    ),
    path("moeder/<int:pk>/punkt/<int:item_pk>/", minutes.item, name="meeting_item"),
    path(
        "moeder/<int:pk>/punkt/<int:item_pk>/skriv/",
        minutes.write,
        name="write_minute",
    ),
    path(
        "moeder/<int:pk>/punkt/<int:item_pk>/beslut/",
        minutes.decide,
        name="decide_item",
    ),
    path(
        "moeder/<int:pk>/punkt/<int:item_pk>/ret/",
        minutes.correct,
        name="correct_minutes",
    ),
    path("beslutninger/<int:pk>/", minutes.decision, name="decision"),
    path("beslutninger/<int:pk>/faerdig/", minutes.finish, name="finish_decision"),
    path("beslutninger/<int:pk>/videre/", minutes.carry_on, name="carry_on_decision"),
    path("beslutninger/<int:pk>/stryg/", minutes.strike, name="strike_decision"),
]

"""Where communities agree on something together, and leaders visit each other."""

from django.urls import path

from kaeden.web import shared, visits

urlpatterns = [
    path(
        "kommune/<str:code>/faellesskaber/<str:key>/aftal/",
        shared.new,
        name="new_shared",
    ),
    path(
        "kommune/<str:code>/faellesskaber/<str:key>/aftal/foreslaa/",
        shared.propose,
        name="propose_shared",
    ),
    path("aftaler/faelles/<int:pk>/", shared.one, name="shared_commitment"),
    path("aftaler/faelles/<int:pk>/ja/", shared.accept, name="accept_shared"),
    path("aftaler/faelles/<int:pk>/nej/", shared.decline, name="decline_shared"),
    path("aftaler/faelles/<int:pk>/holdt/", shared.keep, name="keep_shared"),
    path("aftaler/faelles/<int:pk>/ikke-holdt/", shared.give_up, name="give_up_shared"),
    path(
        "aftaler/faelles/<int:pk>/traek-tilbage/",
        shared.withdraw,
        name="withdraw_shared",
    ),
    path("besoeg/", visits.all_of_mine, name="visits"),
    path("besoeg/hos/<str:code>/", visits.at_unit, name="visit_unit"),
    path("besoeg/ny/<int:pk>/", visits.new, name="new_visit"),
    path("besoeg/ny/<int:pk>/bed/", visits.ask, name="ask_for_visit"),
    path("besoeg/<int:pk>/", visits.one, name="visit"),
    path("besoeg/<int:pk>/plan/", visits.plan, name="plan_visit"),
    path("besoeg/<int:pk>/holdt/", visits.hold, name="hold_visit"),
    path("besoeg/<int:pk>/afvis/", visits.decline, name="decline_visit"),
    path("besoeg/<int:pk>/aflys/", visits.call_off, name="call_off_visit"),
]

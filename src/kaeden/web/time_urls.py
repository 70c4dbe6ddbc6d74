"""Addresses of what robs leaders of time, and of the ledger."""

from django.urls import path

from kaeden.web import time_robbers

urlpatterns = [
    path("tidsroevere/", time_robbers.all_of_mine, name="time_robbers"),
    path("tidsroevere/meld/", time_robbers.new, name="new_time_robber"),
    path("tidsroevere/meld/send/", time_robbers.report, name="report_time_robber"),
    path("tidsroevere/<int:pk>/", time_robbers.one, name="time_robber"),
    path("tidsroevere/<int:pk>/ogsaa-mig/", time_robbers.join, name="join_time_robber"),
    path(
        "tidsroevere/<int:pk>/beslut/", time_robbers.decide, name="decide_time_robber"
    ),
    path(
        "tidsroevere/<int:pk>/send-videre/",
        time_robbers.hand_on,
        name="hand_on_time_robber",
    ),
    path("tidsroevere/<int:pk>/saml/", time_robbers.merge, name="merge_time_robber"),
    path("tidsroevere/<int:pk>/skil/", time_robbers.split, name="split_time_robber"),
    path("tidsroevere/<int:pk>/nu/", time_robbers.measure, name="measure_time_robber"),
    path("kommune/<str:code>/tidsroevere/", time_robbers.town_ledger, name="ledger"),
]

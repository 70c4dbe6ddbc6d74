"""Addresses of the support that leaders need and others offer."""

from django.urls import path

from kaeden.web import support

urlpatterns = [
    path("kommune/<str:code>/stoette/", support.offered, name="offered"),
    path("stoette/", support.mine, name="support"),
    path("stoette/tilbud/gem/", support.offer, name="offer_support"),
    path("stoette/tilbud/<int:pk>/afslut/", support.end_offer, name="end_offer"),
    path("stoette/behov/nyt/", support.new_need, name="new_need"),
    path("stoette/behov/gem/", support.write_need, name="write_need"),
    path("stoette/behov/<int:pk>/", support.need, name="need"),
    path("stoette/behov/<int:pk>/svar/", support.answer_need, name="answer_need"),
    path("stoette/behov/<int:pk>/daekket/", support.meet_need, name="meet_need"),
    path("stoette/behov/<int:pk>/ikke-daekket/", support.fail_need, name="fail_need"),
    path(
        "stoette/behov/<int:pk>/traek-tilbage/",
        support.withdraw_need,
        name="withdraw_need",
    ),
    path("stoette/behov/<int:pk>/bedoem/", support.rate_support, name="rate_support"),
    path("stoette/behov/<int:pk>/afgoer/", support.decide_need, name="decide_need"),
]

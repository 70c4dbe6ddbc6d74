"""Addresses of presence: one's own, and the shares of a municipality's levels."""

from django.urls import path

from kaeden.web import presence

urlpatterns = [
    path("naervaer/", presence.mine, name="presence"),
    path("naervaer/noter/", presence.note, name="note_presence"),
    path("naervaer/plan/", presence.plan, name="plan_presence"),
    path("naervaer/<int:pk>/fortryd/", presence.take_back, name="take_back_presence"),
    path("kommune/<str:code>/naervaer/", presence.shares, name="presence_shares"),
]

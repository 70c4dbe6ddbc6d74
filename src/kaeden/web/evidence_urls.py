"""Addresses of what practices have done."""

from django.urls import path

from kaeden.web import evidence

HERE = "det-der-virker/<slug:key>/virkning/"

urlpatterns = [
    path(HERE, evidence.all_effects, name="all_effects"),
    path(f"{HERE}<slug:name>/", evidence.effect, name="effect"),
]

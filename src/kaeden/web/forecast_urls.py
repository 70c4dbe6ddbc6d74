"""Addresses of what practices can be expected to give."""

from django.urls import path

from kaeden.web import forecasts

HERE = "det-der-virker/<slug:key>/hos-os/"

urlpatterns = [
    path(HERE, forecasts.places, name="forecasts"),
    path(f"{HERE}<str:code>/", forecasts.forecast, name="forecast"),
    path(f"{HERE}spoerg/<slug:name>/", forecasts.ask, name="ask_forecast"),
]

"""Addresses."""

from django.urls import include, path

urlpatterns = [
    path("sprog/", include("django.conf.urls.i18n")),
    path("", include("kaeden.web.urls")),
]

"""Addresses."""

from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt
from django.views.i18n import set_language

urlpatterns = [
    # Choosing a language changes nothing of anybody's, and a public page needs no
    # cookie when its only form needs no token.
    path("sprog/", csrf_exempt(set_language), name="set_language"),
    path("", include("kaeden.web.urls")),
    path("", include("kaeden.web.login_urls")),
]

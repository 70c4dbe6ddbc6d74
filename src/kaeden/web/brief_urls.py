"""Addresses of the team's brief."""

from django.urls import path

from kaeden.web import briefs

urlpatterns = [
    path("team/", briefs.brief, name="brief"),
    path("team/vis/", briefs.show_team, name="show_team"),
    path("team/side.pdf", briefs.sheet, name="brief_sheet"),
    path("team/slide.pdf", briefs.slide, name="brief_slide"),
]

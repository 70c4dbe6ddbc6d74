"""Addresses of what is judged of results, and of claims that results can test."""

from django.urls import path

from kaeden.web import assessments, hypotheses, lifted

urlpatterns = [
    path("vurderinger/", assessments.mine, name="my_assessments"),
    path(
        "kommune/<str:code>/foerste-handling/",
        assessments.first_act,
        name="first_act",
    ),
    path("hypoteser/", hypotheses.in_my_line, name="hypotheses"),
    path("hypoteser/<int:pk>/", hypotheses.one, name="hypothesis"),
    path("hypoteser/<int:pk>/luk/", hypotheses.close, name="close_hypothesis"),
    path("hypoteser/ny/<str:code>/<slug:name>/", hypotheses.new, name="new_hypothesis"),
    path(
        "hypoteser/ny/<str:code>/<slug:name>/gem/",
        hypotheses.write,
        name="write_hypothesis",
    ),
    path("loeftet/<str:code>/", lifted.lifted, name="lifted"),
    path(
        "loeftet/<str:code>/<slug:name>/hvad-gjorde-vi/",
        lifted.what_we_did,
        name="what_we_did",
    ),
    path(
        "loeftet/<str:code>/<slug:name>/hvad-gjorde-vi/del/",
        lifted.share,
        name="share_what_we_did",
    ),
    path(
        "loeftet/<str:code>/<slug:name>/hvad-gjorde-vi/tag-tilbage/",
        lifted.take_back,
        name="take_back_what_we_did",
    ),
]

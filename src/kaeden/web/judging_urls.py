"""Addresses of what is judged of results, and of claims that results can test."""

from django.urls import path

from kaeden.web import assessments, hypotheses

urlpatterns = [
    path("vurderinger/", assessments.mine, name="my_assessments"),
    path("hypoteser/", hypotheses.in_my_line, name="hypotheses"),
    path("hypoteser/<int:pk>/", hypotheses.one, name="hypothesis"),
    path("hypoteser/<int:pk>/luk/", hypotheses.close, name="close_hypothesis"),
    path("hypoteser/ny/<str:code>/<slug:name>/", hypotheses.new, name="new_hypothesis"),
    path(
        "hypoteser/ny/<str:code>/<slug:name>/gem/",
        hypotheses.write,
        name="write_hypothesis",
    ),
]

"""Where the pages of the chain are; `query` keeps the day that is shown."""

from django.urls import reverse


def post_href(town: str, key: str, query: str = "") -> str:
    """Return the page of a post."""
    return reverse("web:post", args=[town, key]) + query


def unit_href(town: str, code: str, query: str = "") -> str:
    """Return the page of a unit."""
    return reverse("web:unit", args=[town, code]) + query

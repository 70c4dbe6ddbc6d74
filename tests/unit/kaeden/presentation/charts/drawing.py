"""Helpers that draw a component and read it back."""

from xml.etree import ElementTree as ET

from django.template.loader import render_to_string
from django.utils.translation import override

SVG = "{http://www.w3.org/2000/svg}"


def drawn(component, chart, language="en"):
    """The component as a tree, in a language."""
    with override(language):
        markup = render_to_string(
            f"components/{component}.html", {"chart": chart, "id": "c"}
        )
    return ET.fromstring(markup)


def pictures(tree):
    """The pictures that are told apart by size."""
    return [svg for svg in tree.iter(f"{SVG}svg") if svg.get("role")]


def picture_rows(svg):
    """The rows of a picture."""
    return [part.get("data-row") for part in svg.iter() if part.get("data-row")]


def table_rows(tree):
    """The rows of the table beneath."""
    heads = (head for head in tree.iter("th") if head.get("scope") == "row")
    return ["".join(head.itertext()).strip() for head in heads]


def words(part):
    """All text within."""
    return " ".join("".join(part.itertext()).split())

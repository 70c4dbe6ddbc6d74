"""Components get what they name and nothing else; nothing stands inline."""

import re

import pytest
from django.template import TemplateDoesNotExist
from django.template.loader import get_template

from tests.architecture.reading import TEMPLATES, name_of

COMPONENTS = [path for path in TEMPLATES if path.parent.name == "components"]
INCLUDE = re.compile(r"\{% include .*?%\}", re.DOTALL)
SIGNATURE = re.compile(r"\{# \w+.*[:;] .+ #\}")
INLINE = re.compile(
    r"""<style[\s>]            # a style sheet in the page
    |<script(?![^>]*\ssrc=)    # a script in the page
    |<[^>]*\sstyle\s*=         # a style on an element
    |<[^>]*\son\w+\s*=         # a script on an element
    |\b(?:href|action)\s*=\s*["']\s*javascript:""",
    re.VERBOSE | re.IGNORECASE,
)


@pytest.mark.parametrize("template", TEMPLATES, ids=name_of)
def test_a_component_is_given_what_it_needs_and_sees_no_more(template):
    includes = INCLUDE.findall(template.read_text(encoding="utf-8"))

    assert [one for one in includes if not one.endswith(" only %}")] == []


@pytest.mark.parametrize("component", COMPONENTS, ids=name_of)
def test_a_component_begins_with_what_it_takes(component):
    first = component.read_text(encoding="utf-8").splitlines()[0]

    assert SIGNATURE.fullmatch(first)


@pytest.mark.parametrize("template", TEMPLATES, ids=name_of)
def test_no_style_or_script_stands_inline(template):
    assert INLINE.findall(template.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "bad",
    [
        "<style>p{}</style>",
        "<script>go()</script>",
        '<p class="x" style="color:red">',
        '<a onclick="go()">',
        '<a href="javascript:go()">',
    ],
)
def test_what_stands_inline_would_be_seen(bad):
    assert INLINE.search(bad)


def test_a_script_of_its_own_file_is_no_inline_script():
    assert not INLINE.search('<script src="a.js" defer></script>')


@pytest.mark.parametrize(
    "name", ["account/login.html", "mfa/index.html", "admin/index.html"]
)
def test_no_page_of_a_library_can_be_shown(name):
    with pytest.raises(TemplateDoesNotExist):
        get_template(name)

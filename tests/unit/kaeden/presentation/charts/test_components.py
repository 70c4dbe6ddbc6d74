"""The small components."""

import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from django import forms
from django.template.loader import render_to_string
from django.utils.translation import override

from kaeden import web
from kaeden.presentation.charts.marks import Crumb, ListItem, Mark, Tone
from kaeden.presentation.charts.parts import FigureTable, Scale, alphabetical, wrapped
from kaeden.presentation.numbers import Form

WEB = Path(web.__file__).parent
STATIC, TEMPLATES = WEB / "static", WEB / "templates"


def shown(component, **context):
    with override("en"):
        return render_to_string(f"components/{component}.html", context)


@pytest.mark.parametrize("tone", list(Tone))
def test_a_mark_says_its_finding_with_a_sign_and_words(tone):
    mark = Mark(label="Target", finding="Not sure", basis="7 of 10", tone=tone)
    markup = shown("marks", marks=(mark,) * 3)
    assert markup.count("Not sure") == 3
    assert markup.count(mark.sign) == 3
    assert f"kd-tone-{tone}" in markup


def test_every_tone_has_a_sign_of_its_own():
    signs = {Mark(label="", finding="", basis="", tone=tone).sign for tone in Tone}
    assert len(signs) == len(Tone)


def test_a_disabled_button_says_why_not():
    markup = shown("verdict_button", id="b", text="Assess", why_not="Only the chief.")
    assert 'disabled aria-describedby="b-why">Assess' in markup
    assert 'id="b-why">Only the chief.' in markup


def test_a_button_that_may_be_used_says_nothing_more():
    markup = shown("verdict_button", id="b", text="Assess", why_not="", name="a")
    assert "disabled" not in markup
    assert 'name="a"' in markup


def test_the_last_crumb_is_the_page_itself():
    markup = shown(
        "breadcrumbs", steps=(Crumb(text="Goal", href="/g/"), Crumb(text="Us"))
    )
    assert markup.count("<a ") == 1
    assert 'aria-current="page">Us' in markup


def test_an_empty_list_says_so():
    assert "Nothing today." in shown("link_list", items=(), empty="Nothing today.")
    assert "/a/" in shown(
        "link_list", items=(ListItem(text="A", href="/a/"),), empty=""
    )


def test_the_error_summary_leads_to_the_fields():
    class Question(forms.Form):
        words = forms.CharField(label="Your question")

    assert not shown("error_summary", form=Question()).strip().startswith("<div")
    assert 'href="#id_words"' in shown("error_summary", form=Question({}))
    assert 'id="id_words_error"' in shown("field", field=Question({})["words"])


def test_a_table_names_its_columns_and_rows():
    table = FigureTable(caption="Wellbeing", heads=("School", "Value"), rows=())
    root = ET.fromstring(shown("figure_table", table=table))
    assert [head.get("scope") for head in root.iter("th")] == ["col", "col"]


def test_style_sheets_name_only_files_that_are_shipped():
    sheets = list(STATIC.rglob("*.css"))
    named = [
        (sheet.parent / name).resolve()
        for sheet in sheets
        for name in re.findall(r"url\(([^)]+)\)", sheet.read_text())
    ]
    assert len(sheets) == 2
    assert [path for path in named if not path.is_file()] == []
    assert not any("sourceMappingURL" in sheet.read_text() for sheet in sheets)


def test_no_template_of_ours_has_styles_or_scripts_of_its_own():
    for template in (TEMPLATES / "base.html", *TEMPLATES.glob("components/*.html")):
        text = template.read_text()
        assert not re.search(r"\s(style|on(?!e=)\w+)=|<style|<script>", text), (
            template.name
        )


def test_every_component_begins_with_its_signature():
    for template in TEMPLATES.glob("components/*.html"):
        assert re.match(r"\{# \w.+ #\}\n", template.read_text()), template.name


def test_danish_letters_come_last_and_aa_is_an_a_with_a_ring():
    names = ["Ærø", "Aabenraa", "Ølgod", "Odense", "Assens", "Århus"]
    assert sorted(names, key=alphabetical) == [
        "Assens",
        "Odense",
        "Ærø",
        "Ølgod",
        "Aabenraa",
        "Århus",
    ]


def test_a_word_too_long_for_its_line_is_parted_with_a_hyphen():
    assert wrapped("ungdomsuddannelse", 80, 14) == ("ungdoms-", "uddannelse")
    assert wrapped("institution", 60, 14) == ("instit-", "ution")


def test_ticks_are_round_and_have_no_more_digits_than_the_form():
    with override("en"):
        ticks = Scale(low=0.2, high=3.9, start=0, end=100).ticks(Form(decimals=0))
    assert [tick.label for tick in ticks] == ["1", "2", "3"]

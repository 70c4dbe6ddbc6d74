"""The director takes the chain home as a file, and brings it back changed."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def brought(director, file):
    """Send a file and see what it changes."""
    director.page.get_by_label("Filen med kæden").set_input_files(file)
    director.press("Se, hvad der ændres")
    return director.page.get_by_role("main")


def test_a_director_loads_a_changed_chain_after_seeing_the_difference(visit, tmp_path):
    director = visit()
    director.goto("/log-ind/")
    director.press("Direktør")
    director.goto("/kommune/999/stillinger/")
    director.follow("Kæden som fil")
    assert director.faults() == []

    with director.page.expect_download() as download:
        director.follow("Som tekstfil")
    whole, changed = tmp_path / "kaede.yaml", tmp_path / "rettet.yaml"
    download.value.save_as(whole)
    text = whole.read_text(encoding="utf-8")
    changed.write_text(text.replace("name: Område Nord", "name: Nordklyngen", 1))

    expect(brought(director, changed)).to_contain_text("kommer til at hedde Nordkly")
    assert director.faults() == []
    director.press("Indlæs kæden")
    expect(director.page.get_by_role("status").first).to_contain_text("1 ændring")

    director.follow("Kæden som fil")
    expect(brought(director, whole)).to_contain_text("kommer til at hedde Område Nord")
    director.press("Indlæs kæden")
    expect(director.page.get_by_role("status").first).to_contain_text("1 ændring")


def test_a_director_is_told_what_is_wrong_with_a_file(visit, tmp_path):
    director = visit()
    director.goto("/log-ind/")
    director.press("Direktør")
    director.goto("/kommune/999/kaede/fil/")
    bad = tmp_path / "kaede.yaml"
    bad.write_text("municipality: '999'\nas_of: i morgen\nunits: []\nposts: []\n")

    expect(brought(director, bad)).to_contain_text("Linje 2, as_of: er ikke en dato")
    # The browser notes the answer 400, which is what a refusal is.
    director.complaints.clear()
    assert director.faults() == []

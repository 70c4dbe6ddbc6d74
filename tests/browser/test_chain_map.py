"""The chain map: by keyboard, on a phone, on paper, and the same in words."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

FJORDBY = "/kommune/999/kaede/"
NAMED = """
(what) => [".kd-picture", ".kd-chain-list"].map(where => [
  ...new Set([...document.querySelectorAll(`${where} [data-${what}]`)]
    .map(one => one.dataset[what]))
].sort())
"""
PAGE = re.compile(rb"/Type\s*/Page\b")
SHEET = re.compile(rb"/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)\s*\]")
LYING_DOWN = (842, 595)  # A4 in points


@pytest.fixture
def director(visit):
    """Somebody who leads Fjordby's chain, and sees all of it."""
    visitor = visit()
    visitor.enter("Direktør")
    return visitor


@pytest.mark.parametrize("address", [FJORDBY, "/kommune/999/brud/"])
def test_the_chain_and_its_breaks_are_sound_to_the_director(director, address):
    director.goto(address)

    assert director.faults() == []


@pytest.mark.parametrize(
    "address", [FJORDBY, "/kommune/999/brud/", "/kommune/706/brud/"]
)
def test_the_chain_and_its_breaks_are_sound_to_anybody(visit, address):
    visitor = visit()
    visitor.goto(address)

    assert visitor.faults() == []


@pytest.mark.parametrize("what", ["goal", "post", "break"])
def test_the_list_has_what_the_picture_has(director, what):
    director.goto(FJORDBY)
    director.take_picture("kaede", height=1440)
    picture, listing = director.page.evaluate(NAMED, what)

    assert picture == listing
    assert len(picture) >= 3


def test_the_map_is_read_and_mended_with_the_keyboard_alone(director):
    director.goto(FJORDBY)
    page = director.page
    summary = page.get_by_text("Vis som liste")
    summary.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Taget op her:").first).to_be_visible()

    act = page.get_by_role("link", name="Udfyld stillingen").first
    act.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Leder")


def test_on_a_phone_one_goal_is_followed_at_a_time(visit):
    visitor = visit(width=390)
    visitor.goto("/log-ind/")
    visitor.press("Direktør")
    visitor.goto(FJORDBY)
    page = visitor.page

    assert page.get_by_role("img", name="Kæden").filter(visible=True).count() == 0
    goal = page.get_by_role("group").filter(has_text="Trivsel i skolen").first
    expect(goal.get_by_text("Skolechef")).to_be_hidden()
    goal.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(goal.get_by_text("Skolechef")).to_be_visible()
    expect(goal.get_by_text("har sagt, hvad det betyder hos dem").last).to_be_visible()


def printed(visitor, path, tmp_path):
    """Print a page; return its sheets, each as width and height in points."""
    visitor.goto(path)
    file = tmp_path / "kaede.pdf"
    visitor.page.pdf(path=file, prefer_css_page_size=True)
    written = file.read_bytes()
    sizes = [(round(float(w)), round(float(h))) for w, h in SHEET.findall(written)]
    return len(PAGE.findall(written)), set(sizes)


def test_a_chain_of_more_than_a_hundred_units_is_one_sheet_of_paper(
    visit, product, tmp_path
):
    town = product.code_of("a municipality that leads more than 100 units")

    assert printed(visit(), f"/kommune/{town}/kaede/", tmp_path) == (1, {LYING_DOWN})


def test_the_directors_map_with_all_its_breaks_is_one_sheet_of_paper(
    director, tmp_path
):
    assert printed(director, FJORDBY, tmp_path) == (1, {LYING_DOWN})


def test_no_text_on_the_map_is_smaller_than_twelve_pixels_on_the_screen(director):
    director.goto(FJORDBY)
    smallest = director.page.evaluate(
        """() => {
          const svg = document.querySelector(".kd-picture");
          const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
          return Math.min(...[...svg.querySelectorAll("text")]
            .map(one => parseFloat(getComputedStyle(one).fontSize) * scale));
        }"""
    )

    assert smallest >= 12

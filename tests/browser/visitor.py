"""A person at the screen: what they do, and what their browser complains of."""

import os
from pathlib import Path

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]
OPEN_ALL = "() => document.querySelectorAll('details').forEach(one => one.open = true)"
RUN_AXE = """
async rules => {
  const { violations } = await axe.run(document, { runOnly: rules });
  return violations.map(one => `${one.id}: ${one.help}: ${one.nodes[0].html}`);
}
"""
TOO_WIDE = """
() => document.documentElement.scrollWidth > window.innerWidth
"""
LEADS_ON = """
one => one.type === "submit" && one.form && !one.form.matches("[hx-get], [hx-post]")
    && !one.matches("[hx-get], [hx-post]")
    && (one.form.noValidate || one.form.checkValidity())
"""
WIDTHS = (1280, 390)
PICTURES = Path(__file__).parents[2] / "docs" / "pictures"


class Visitor:
    """One person with one browser window; `steps` counts what they do with it."""

    def __init__(self, page, product):
        self.page = page
        self.product = product
        self.complaints = []
        self.steps = 0
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))
        page.on("requestfailed", self._failed)
        page.on("request", self._outside)
        page.on("response", self._refused)

    def goto(self, path):
        """Open an address; return the answer."""
        return self.page.goto(path)

    def enter(self, door):
        """Enter Fjordby by one of the doors of the sign-in page."""
        self.goto("/log-ind/")
        self.press(door)
        self._sit_down()
        self.steps = 0

    def sign_in(self, post, town, *, institution=""):
        """Sign in as a post of a real municipality, the way a person does."""
        self.goto("/log-ind/")
        self.page.get_by_text("Vælg en rigtig kommune").click()
        self.page.get_by_label("Kommune", exact=True).select_option(value=town)
        self.press("Vælg")
        if institution:
            self.page.get_by_label("Leder af").select_option(value=institution)
        real = self.page.get_by_role("group").filter(has_text="Vælg en rigtig kommune")
        real.get_by_role("button", name=post, exact=True).click()
        self._sit_down()

    def _sit_down(self):
        here = self.page.locator("[aria-current=page]")
        here.and_(self.page.get_by_role("link", name="Mit bord")).wait_for()

    def press(self, name, *, exact=True):
        """Press a button by its words."""
        self.steps += 1
        button = self.page.get_by_role("button", name=name, exact=exact).first
        if button.evaluate(LEADS_ON):
            with self.page.expect_navigation():
                button.click()
        else:
            button.click()

    def follow(self, name, *, exact=True):
        """Follow a link by its words."""
        self.steps += 1
        self.page.get_by_role("link", name=name, exact=exact).first.click()

    def fill(self, label, words):
        """Write in a field by its label."""
        self.steps += 1
        self.page.get_by_label(label).fill(words)

    def press_at(self, words, name):
        """Follow or press something in the article that holds some words."""
        self.steps += 1
        within = self.page.get_by_role("article").filter(has_text=words).first
        within.get_by_role("link", name=name, exact=False).click()

    def write_target(self, words):
        """Write the number to reach, in the form that adopts a goal."""
        self.page.get_by_role("textbox", name="Måltal (kan udelades)").fill(words)

    def take_picture(self, name, *, height):
        """Take one of the README's pictures from the top of the page, when asked to."""
        if os.environ.get("KAEDEN_PICTURES") == "1":
            self.page.set_viewport_size({"width": 1280, "height": height})
            self.page.mouse.move(0, 0)
            self.page.evaluate("() => (document.activeElement.blur(), scrollTo(0, 0))")
            self.page.screenshot(path=PICTURES / f"{name}.png")

    def main(self):
        """Return what stands in the page's main part."""
        return self.page.get_by_role("main").inner_text()

    def faults(self, *, language="da"):
        """Return all that is wrong with the page, wide and narrow, all unfolded."""
        self.page.wait_for_load_state("networkidle")
        self.page.evaluate(OPEN_ALL)
        self.page.evaluate(AXE)
        found = self._faults_of_structure(language)
        for width in WIDTHS:
            self.page.set_viewport_size({"width": width, "height": 1000})
            found += [f"{width}: {one}" for one in self._faults_of_width()]
        return found + self.complaints

    def _faults_of_structure(self, language):
        found = []
        headings = self.page.locator("h1").count()
        if headings != 1:
            found.append(f"{headings} h1")
        written = self.page.locator("html").get_attribute("lang")
        if written != language:
            found.append(f"lang={written}")
        return found

    def _faults_of_width(self):
        found = self.page.evaluate(RUN_AXE, RULES)
        if self.page.evaluate(TOO_WIDE):
            found.append("scrolls sideways")
        return found

    def _console(self, message):
        # The browser repeats the status of an error page; the test asks for that.
        is_the_page = message.location["url"] == self.page.url
        repeats = is_the_page and message.text.startswith("Failed to load resource")
        # It also says that it has done what signing out asked for.
        if not (repeats or message.text.startswith("Clear-Site-Data header")):
            self.complaints.append(f"console: {message.text}")

    def _failed(self, request):
        # Walking on to the next page stops what the last one was still fetching.
        if "ERR_ABORTED" not in (request.failure or ""):
            self.complaints.append(f"failed: {request.url} {request.failure}")

    def _outside(self, request):
        if not request.url.startswith((self.product.address, "data:")):
            self.complaints.append(f"outside: {request.url}")

    def _refused(self, response):
        if response.status >= 400 and not response.request.is_navigation_request():
            self.complaints.append(f"{response.status}: {response.url}")

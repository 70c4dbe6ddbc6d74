"""Each role's errands as one table: by keyboard alone, in at most six interactions.

An interaction is a press that acts or leads on, a choice, or a field filled. A task begins
at the desk, and is done when the page says so. Reading takes no interaction.
"""

import re
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

import pytest
from playwright.sync_api import expect

from kaeden.shared.clock import today

pytestmark = pytest.mark.browser
MOST = 6
WIDE, PHONE = 1280, 390
DESK = "/bord/"
SOON = (today() + timedelta(days=40)).isoformat()
ABSENCE = "Alle elever er i skole og er en del af fællesskabet."
LANGUAGE = "Alle børn begynder i skole med et sprog, de kan lære og lege med."


@dataclass(frozen=True)
class Step:
    """One interaction: with what, by which words, and what is written."""

    role: str
    name: str
    words: str = ""
    group: str = ""


@dataclass(frozen=True, kw_only=True)
class Task:
    """What somebody comes to do from the desk; `shown` is on the page when it is done."""

    does: str
    steps: tuple[Step, ...] = ()
    shown: str
    width: int = WIDE


go, press, choose, unfold = (
    partial(Step, role) for role in ("link", "button", "radio", "summary")
)
write = partial(Step, "textbox")


def agree(statement):
    """Answer one of the pulse's statements."""
    return choose("Enig", group=statement)


POLITICIAN = (
    Task(
        does="see which goals move, and how sure it is",
        shown="Ingen sikker ændring",
    ),
    Task(does="open a gap", steps=(go(ABSENCE),), shown="særlig støtte"),
    Task(
        does="put one question",
        steps=(
            go(f"Spørg om det : {LANGUAGE}"),
            write("Dit spørgsmål", "Hvilke børn mangler ord, og hvem leger med dem?"),
            press("Spørg"),
        ),
        shown="Dit spørgsmål er stillet. Svaret kommer her.",
    ),
    Task(
        does="read the answer to a question",
        shown="Skovskolen og Strandskolen begynder efter jul.",
    ),
)
DIRECTOR = (
    Task(
        does="find the weakest link and its owner",
        shown="Ungehuset Kajen: Ingen har stillingen i Kæden. Ejer: Familiechef",
    ),
    Task(
        does="go where the weakest link is mended",
        steps=(go("Udfyld stillingen"),),
        shown="Hvem skal have stillingen?",
    ),
    Task(
        does="approve the agenda",
        steps=(go("Godkend dagsordenen"), press("Godkend dagsordenen")),
        shown="Dagsordenen er godkendt. Deltagerne kan læse den.",
    ),
    Task(
        does="see own promises",
        shown="Jeg tager specialområdets økonomi op med udvalget i januar.",
    ),
)
CHIEF = (
    Task(
        does="assess one result",
        steps=(
            go("Vurdér"),
            choose("Reel udfordring"),
            write("Hvorfor vurderer du sådan?", "Det gælder fire af skolerne."),
            write("Det næste skridt", "Vi ser på 8. årgang sammen."),
            press("Gem vurderingen"),
        ),
        shown="Din vurdering er gemt",
    ),
    Task(
        does="prepare a conversation",
        steps=(
            go("Skriv din side"),
            write("Fokus 1", "Hvad siger eleverne selv?"),
            press("Del det med den anden"),
        ),
        shown="Det er delt med den anden af jer.",
    ),
    Task(
        does="give a promise",
        steps=(
            go("Alle aftaler, og en ny"),
            go("Skoleleder, Engskolen"),
            write("Det, der loves", "Jeg er med på jeres møde i næste uge."),
            write("Senest hvilken dag", SOON),
            press("Foreslå"),
        ),
        shown="Den er foreslået.",
    ),
)
DAY_CARE_LEADER = (
    Task(
        does="choose focus for the next conversation",
        steps=(
            go("Børnehuset Solstrålen"),
            go("Skriv andre ord"),
            write("Fokus 1", "De fem børn, der har færrest ord"),
            press("Del det med den anden"),
        ),
        shown="Det er delt med den anden af jer.",
    ),
    Task(
        does="report a time robber",
        steps=(
            go("Meld en tidsrøver"),
            write("Hvad tager din tid?", "Tre lister over de samme legesager"),
            choose("30 min."),
            choose("En anden del af kommunen"),
            press("Meld den"),
        ),
        shown="Den er meldt.",
        width=PHONE,
    ),
    Task(
        does="log presence",
        steps=(choose("Observation"), press("Færdig")),
        shown="Det er noteret. Kun du kan se det.",
        width=PHONE,
    ),
    Task(
        does="tick a promise",
        steps=(press("Den er holdt"),),
        shown="Aftalen er noteret som holdt.",
        width=PHONE,
    ),
)
SCHOOL_LEADER = (
    Task(
        does="see what is expected and what one may decide",
        shown="Det bestemmer du selv",
    ),
    Task(
        does="see who like us has lifted themselves",
        steps=(go("Se hvem, og hvad de gjorde"),),
        shown="Skovskolen",
    ),
    Task(
        does="renegotiate a promise",
        steps=(
            go("Vi ringer hjem den første fraværsdag"),
            unfold("Aftal noget andet"),
            write("Det, der loves", "Vi ringer hjem i 7. og 8. årgang til jul."),
            write("Senest hvilken dag", SOON),
            press("Foreslå"),
        ),
        shown="Den gamle gælder, til den anden accepterer.",
        width=PHONE,
    ),
)
TEAM = (
    Task(
        does="see what the goals mean here",
        shown="I udskolingen har hver elev en voksen",
    ),
    Task(
        does="answer the pulse",
        steps=(
            go("Svar på pulsen"),
            agree("Vi ved"),
            agree("Vi taler om"),
            agree("Vi arbejder"),
            agree("Når en af os spørger"),
            press("Send mine svar"),
        ),
        shown="Tak. Dine svar ligger i kassen.",
        width=PHONE,
    ),
    Task(
        does="say yes to a promise",
        steps=(press("Accepter"),),
        shown="Aftalen gælder.",
        width=PHONE,
    ),
)
ANALYST = (
    Task(
        does="see why a value is missing",
        shown="Ingen kilde leverer tallet endnu.",
    ),
    Task(
        does="read a definition",
        steps=(go("Fravær i skolen"),),
        shown="Må ikke bruges sådan:",
    ),
    Task(
        does="answer a need",
        steps=(
            go("Nogen, der har prøvet at flytte morgensamlingen"),
            write("Hvad gør I?", "Jeg finder to skoler, der har prøvet."),
            write("Hvilken dag er det klaret?", SOON),
            press("Send svaret"),
        ),
        shown="Dit svar står ved behovet.",
    ),
)
TASKS = {
    "Politiker": POLITICIAN,
    "Direktør": DIRECTOR,
    "Skolechef": CHIEF,
    "Dagtilbudsleder": DAY_CARE_LEADER,
    "Skoleleder": SCHOOL_LEADER,
    "Team": TEAM,
    "Analytiker": ANALYST,
}


def lead_on(page, _wanted, _step):
    """Press Enter, and wait for the page it leads to."""
    with page.expect_navigation():
        page.keyboard.press("Enter")


def mark(page, _wanted, _step):
    """Press Space on a choice."""
    page.keyboard.press("Space")


def open_up(page, wanted, _step):
    """Press Enter on what is folded, unless looking at the page has unfolded it."""
    if not wanted.evaluate("one => one.parentElement.open"):
        page.keyboard.press("Enter")


def put_down(page, wanted, step):
    """Write in a field; a day goes in as the browser's calendar would put it."""
    if wanted.get_attribute("type") == "date":
        wanted.fill(step.words)
    else:
        page.keyboard.press("Control+a")
        page.keyboard.insert_text(step.words)


KEYS = {
    "link": lead_on,
    "button": lead_on,
    "radio": mark,
    "summary": open_up,
    "textbox": put_down,
}


class Hands:
    """Somebody with a keyboard and no mouse, whose interactions are counted."""

    def __init__(self, visitor, looked_at):
        self.visitor = visitor
        self.page = visitor.page
        self.looked_at = looked_at

    def do(self, task):
        """Do a task from the desk; return how many interactions it took."""
        self.page.set_viewport_size({"width": task.width, "height": 1000})
        self.visitor.goto(DESK)
        before = self.visitor.steps
        for step in task.steps:
            self.look(task.width)
            self.take(step)
        expect(self.page.get_by_role("main")).to_contain_text(task.shown)
        self.look(task.width)
        return self.visitor.steps - before

    def take(self, step):
        """Take one step with the keyboard."""
        self.visitor.steps += 1
        wanted = self.find(step)
        wanted.focus()
        assert wanted.evaluate(
            "one => one === document.activeElement && one.tabIndex >= 0"
        ), step
        KEYS[step.role](self.page, wanted, step)

    def find(self, step):
        """Return what a step is taken with."""
        main = self.page.get_by_role("main")
        if step.group:
            main = main.get_by_role("group", name=step.group)
        if step.words:
            return main.get_by_label(step.name).first
        if step.role == "summary":
            return main.locator("summary").filter(has_text=step.name).first
        exact = step.role == "radio"
        return main.get_by_role(step.role, name=step.name, exact=exact).first

    def look(self, width):
        """See that the page is sound, once for each kind of page."""
        self.page.wait_for_load_state()
        kind = re.sub(r"\d+", "", self.page.url)
        if kind not in self.looked_at:
            self.looked_at.add(kind)
            assert self.visitor.faults() == []
            self.page.set_viewport_size({"width": width, "height": 1000})


@pytest.fixture(scope="module")
def looked_at():
    """The kinds of pages that have been looked at."""
    return set()


@pytest.mark.parametrize("door", TASKS)
def test_each_task_of_a_role_takes_at_most_six_interactions(visit, looked_at, door):
    visitor = visit()
    visitor.enter(door)
    looked_at.discard(f"{visitor.product.address}{DESK}")
    hands = Hands(visitor, looked_at)

    taken = [(task, hands.do(task)) for task in TASKS[door]]

    assert [(task.does, count) for task, count in taken if count > MOST] == []
    assert visitor.complaints == []


def test_every_political_goal_leads_in_one_click_to_the_levels_below_it(visit):
    politician = visit()
    politician.enter("Politiker")
    found = politician.page.get_by_role("article").locator("h2 a").all()
    goals = {one.get_attribute("href"): one.inner_text() for one in found}

    for address, sentence in goals.items():
        politician.goto(address)
        politician.follow("Aftaler og resultater her", exact=False)
        expect(politician.page).to_have_url(re.compile(f"{address}led/"))
        expect(politician.page.get_by_role("heading", level=1)).to_have_text(sentence)
    assert len(goals) == 8
    assert politician.complaints == []

"""Every form says what it takes, measured from use and led back to nobody."""

import re
from datetime import timedelta

import pytest
from django.db import DatabaseError
from django.test import Client, RequestFactory

from kaeden.accounts.models import User
from kaeden.conditions.actions.form_minutes import count_use
from kaeden.conditions.models import FormUse
from kaeden.shared.clock import now, standing_at
from kaeden.web import form_minutes
from kaeden.web.form_estimates import FILLED, PRESSED
from kaeden.web.form_minutes import Opened, measured_for, opened, opened_in, says
from tests.architecture.reading import TEMPLATES, name_of
from tests.builders.conditions import chief, leader
from tests.builders.places import FJORDBY, SYDSKOLEN
from tests.integration.routes import POST, ROUTES, SIGN_IN_ROUTES

FORM = re.compile(r'<form\b[^>]*method="post"[^>]*>.*?</form>', re.DOTALL)
FILLED_IN = re.compile(
    r"""components/(field|agree)\.html|<textarea|<select
    |<input(?![^>]*type="hidden")|\{\{\s*(\w+\.)?form(?!\.\w+\.as_hidden)""",
    re.VERBOSE,
)
TAG = re.compile(r'\{% form_minutes "(\w+)" %\}')


def forms(template):
    return FORM.findall(template.read_text(encoding="utf-8"))


@pytest.mark.parametrize("template", TEMPLATES, ids=name_of)
def test_a_form_that_is_filled_in_says_what_it_takes(template):
    silent = [one for one in forms(template) if FILLED_IN.search(one)]

    assert [one for one in silent if not TAG.search(one)] == [], (
        'write {% form_minutes "NAME OF THE ADDRESS" %} after {% csrf_token %}'
    )


def test_what_the_forms_say_is_estimated():
    named = {name for one in TEMPLATES for name in TAG.findall(one.read_text())}

    assert named <= set(FILLED), "estimate it in kaeden.web.form_estimates"


def test_every_address_that_takes_something_is_estimated_or_a_press():
    sent = {name for name, one in ROUTES.items() if POST in one.verbs}
    silent = sent - set(FILLED) - PRESSED

    assert silent == set(), "add it to kaeden.web.form_estimates"
    known = {*ROUTES, *SIGN_IN_ROUTES, "set_language"}
    assert set(FILLED) | PRESSED <= known
    assert not set(FILLED) & PRESSED


def test_a_form_that_is_forgotten_would_be_seen():
    forgotten = '<form method="post"><textarea name="words"></textarea></form>'
    pressed = '<form method="post">{{ form.title.as_hidden }}<button>Ja</button></form>'

    assert FILLED_IN.search(forgotten)
    assert not FILLED_IN.search(pressed)


@pytest.mark.django_db
class TestInUse:
    """From opening a form to its being taken."""

    @pytest.fixture(autouse=True)
    def _fjordby(self, fjordby):
        chief()

    @pytest.fixture
    def page(self):
        client = Client()
        client.force_login(User.objects.get(pk=leader(SYDSKOLEN).user_id))
        return client

    def note_on(self, page, to):
        shown = page.get(to("new_time_robber")).text
        return re.search(r'name="opened" value="([^"]+)"', shown)[1].replace(
            "&quot;", '"'
        )

    def sent(self, note, **more):
        post = str(chief().post_id)
        form = {"title": "Skemaer", "minutes": "15", "remover": post, "opened": note}
        return form | more

    def test_the_time_from_opening_to_being_taken_is_counted(self, page, to):
        note = self.note_on(page, to)

        with standing_at(now() + timedelta(seconds=100)):
            wrong = page.post(to("report_time_robber"), self.sent(note, title=""))
            again = re.search(r'name="opened" value="([^"]+)"', wrong.text)[1]
            assert not FormUse.objects.exists()
            page.post(to("report_time_robber"), self.sent(again))

        use = FormUse.objects.get()
        assert (use.form, use.length, use.count) == ("report_time_robber", 3, 1)

    def test_a_note_that_is_not_ours_counts_nothing(self, page, to):
        page.post(to("report_time_robber"), self.sent("report_time_robber 1:x"))

        assert not FormUse.objects.exists()

    def test_a_press_counts_as_a_few_seconds(self, page, to):
        page.post(to("sign_out"))

        assert FormUse.objects.get(form="sign_out").length == 0

    def test_a_count_that_fails_stops_nobody(self, page, to, monkeypatch, caplog):
        def fail(_form, _seconds):
            raise DatabaseError

        monkeypatch.setattr(form_minutes, "count_use", fail)

        assert page.post(to("sign_out")).status_code == 302
        assert "could not be counted" in caplog.text

    def test_what_is_measured_takes_the_place_of_what_is_estimated(self, page, to):
        before = page.get(to("new_time_robber")).text
        for _use in range(10):
            count_use("report_time_robber", 100)
        after = page.get(to("new_time_robber")).text

        assert "Tager ca. 20 sekunder (anslået)." in before
        assert "Tager ca. 2 minutter." in after

    def test_kaedens_own_cost_is_one_line_of_the_ledger(self, page, to):
        ledger = to("ledger", FJORDBY)

        assert "for lidt brug til at sige" in page.get(ledger).text
        for _use in range(100):
            count_use("assess", 100)
        assert "ca. 2,5 timer tilsammen: 100 formularer" in page.get(ledger).text

    def test_all_forms_of_a_page_are_asked_for_at_once(self, django_assert_num_queries):
        request = RequestFactory().get("/")

        with django_assert_num_queries(1):
            for _form in range(5):
                measured_for(request)

    def test_a_minute_is_one_minute(self):
        assert (
            says("answer_pulse", measured_for(None)) == "Tager ca. 1 minut (anslået)."
        )


def test_a_note_holds_a_form_and_a_moment_and_nobody():
    note = Opened(form="assess", at=1_700_000_000)

    assert opened(str(note)) == note
    assert str(note).startswith("assess 1700000000:")


def test_the_note_of_another_form_is_not_taken_over():
    sent = {"opened": str(Opened(form="assess", at=1))}
    request = RequestFactory().post("/", sent)

    assert opened_in(request, "assess").at == 1
    assert opened_in(request, "adopt").at > 1
    assert opened_in(None, "assess").at > 1

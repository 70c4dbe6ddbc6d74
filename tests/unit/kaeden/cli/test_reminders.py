"""The command that sends the week's e-mail."""

from smtplib import SMTPServerDisconnected

import pytest

from kaeden.access.rules import Role
from kaeden.accounts.models import User
from kaeden.cli import main
from kaeden.organisation.models import Holding
from kaeden.reminders.models import Reminder
from tests.builders.dialogue import WORDS, a_commitment, holder_of
from tests.builders.places import (
    LOADED,
    NORDSKOLEN,
    SCHOOLS,
    SYDSKOLEN,
    a_country,
    post_at,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _told(db, settings):
    a_country()
    settings.EMAIL_HOST = "mail.kaeden.dk"
    settings.DEFAULT_FROM_EMAIL = "kaeden@kaeden.dk"
    settings.KAEDEN_ADDRESS = "https://kaeden.dk"


@pytest.fixture
def leader():
    chief = holder_of(Role.CHIEF_SCHOOLS, SCHOOLS)
    leader = holder_of(Role.LEADER, NORDSKOLEN)
    User.objects.filter(pk=leader.user_id).update(email="leder@kaeden.dk")
    a_commitment(chief, leader)
    return leader


def remind(*words):
    return main.main(["remind", *words])


def test_who_has_something_waiting_gets_one_email_in_danish(leader, mailoutbox, capsys):
    assert remind() == 0
    assert remind() == 0

    (mail,) = mailoutbox
    assert mail.subject == "Kæden: noget venter på dig i denne uge"
    assert (mail.to, mail.from_email) == (["leder@kaeden.dk"], "kaeden@kaeden.dk")
    assert "- 1 foreslået aftale venter på dit ja\n  https://kaeden.dk/aftaler/" in (
        mail.body
    )
    assert "https://kaeden.dk/konto/" in mail.body
    (html, kind) = mail.alternatives[0]
    assert kind == "text/html"
    assert '<a href="https://kaeden.dk/aftaler/">1 foreslået aftale' in html
    for text in (mail.body, html, mail.subject):
        assert "Støtte tirsdag" not in text
        assert WORDS not in text
        assert "leder@" not in text
        assert str(User.objects.get(pk=leader.user_id)) not in text
    said = capsys.readouterr().out
    assert "1 e-mails were sent." in said
    assert "1 got one less than a week ago." in said
    assert "1 have no e-mail address." in said


def test_a_dry_run_sends_nothing(leader, mailoutbox, capsys):
    assert remind("--dry-run") == 0

    assert (mailoutbox, Reminder.objects.count()) == ([], 0)
    said = capsys.readouterr().out
    assert "Something waits for 2 people. 1 are to get an e-mail." in said
    assert "Nothing was sent: it was a dry run." in said


def test_several_posts_are_told_in_one_email(leader, mailoutbox):
    user = User.objects.get(pk=leader.user_id)
    post = post_at(SYDSKOLEN, Role.LEADER)
    Holding.objects.create(post=post, user=user, valid_from=LOADED)

    assert remind() == 0

    (mail,) = mailoutbox
    assert "Sydskolen" in mail.body
    assert "<h2>" in mail.alternatives[0][0]


def test_without_settings_it_says_what_to_set(leader, settings, capsys, mailoutbox):
    settings.EMAIL_HOST = settings.KAEDEN_ADDRESS = ""

    assert remind() == 5

    assert "set KAEDEN_MAIL_HOST, KAEDEN_ADDRESS." in capsys.readouterr().err
    assert mailoutbox == []


def test_where_nothing_waits_nothing_is_asked_of_the_mail_server(settings, capsys):
    settings.EMAIL_HOST = ""

    assert remind() == 0
    assert "Something waits for 0 people" in capsys.readouterr().out


def test_a_mail_server_that_breaks_off_is_told(leader, monkeypatch, capsys):
    def gone(*_):
        raise SMTPServerDisconnected("gone")

    monkeypatch.setattr(
        "django.core.mail.backends.locmem.EmailBackend.send_messages", gone
    )

    assert remind() == 5
    assert "nobody gets it twice" in capsys.readouterr().err
    assert Reminder.objects.get().sent_at is None


def test_the_operator_says_where_the_email_goes(leader):
    name = User.objects.get(pk=leader.user_id).username

    assert main.main(["account", "email", name, "ny@kaeden.dk"]) == 0
    assert User.objects.get(pk=leader.user_id).email == "ny@kaeden.dk"
    assert main.main(["account", "email", name, "-"]) == 0
    assert User.objects.get(pk=leader.user_id).email == ""
    assert main.main(["account", "email", name, "nix"]) == 6

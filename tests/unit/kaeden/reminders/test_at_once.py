"""Two runs at once: nobody gets the week's e-mail twice."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.mail import EmailMultiAlternatives
from django.db import connection

from kaeden.access.rules import SYSTEM, Role
from kaeden.reminders.actions import remind
from kaeden.reminders.models import Reminder
from tests.builders.dialogue import holder_of
from tests.builders.places import NORDSKOLEN, a_country

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def _places(own_database):
    a_country()


def test_of_runs_at_once_one_sends(mailoutbox):
    user = holder_of(Role.LEADER, NORDSKOLEN).user_id
    ready = Barrier(4)

    def run(_number):
        mail = EmailMultiAlternatives("s", "b", "from@kaeden.dk", ["a@b.dk"])
        ready.wait()
        try:
            return remind(user, mail, by=SYSTEM)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        sent = list(threads.map(run, range(4)))

    assert (sum(sent), len(mailoutbox), Reminder.objects.count()) == (1, 1, 1)

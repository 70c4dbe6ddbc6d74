import pytest

from kaeden.access.rules import Role
from kaeden.cli import main
from kaeden.dialogue.models import PulseRound
from tests.builders.dialogue import answered, holder_of
from tests.builders.places import NORDSKOLEN, a_country

pytestmark = pytest.mark.django_db


def pulse(verb, town="Fjordby"):
    return main.main(["pulse", verb, "--municipality", town])


def test_a_round_is_opened_and_closed_by_the_municipalitys_name(capsys):
    a_country()

    assert pulse("open") == 0
    answered(holder_of(Role.LEADER, NORDSKOLEN), 3, 3, 3, 3)
    assert pulse("close", "999") == 0

    quarter = PulseRound.objects.get().quarter
    assert capsys.readouterr().out == (
        f"The pulse of {quarter} is open in Fjordby Municipality.\n"
        f"The pulse of {quarter} is closed in Fjordby Municipality. 1 have answered.\n"
    )


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("close",), 5, "No pulse is open."),
        (("open", "Nowhere"), 4, "There is no municipality called “Nowhere”."),
    ],
)
def test_what_cannot_be_done_is_a_sentence_and_an_exit_code(capsys, words, code, said):
    a_country()

    assert pulse(*words) == code
    assert said in capsys.readouterr().err

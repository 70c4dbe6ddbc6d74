import pytest

from kaeden.shared.errors import BadInput, Forbidden, KaedenError, NotFound, Refused

MEANINGS = [
    (KaedenError, 400, 2),
    (Forbidden, 403, 3),
    (NotFound, 404, 4),
    (Refused, 409, 5),
    (BadInput, 400, 6),
]


@pytest.mark.parametrize(("error", "http_status", "exit_code"), MEANINGS)
def test_each_error_means_the_same_at_every_door(error, http_status, exit_code):
    assert (error.http_status, error.exit_code) == (http_status, exit_code)


def test_no_two_errors_share_an_exit_code():
    assert len({error.exit_code for error, _http, _code in MEANINGS}) == len(MEANINGS)


def test_an_error_keeps_its_sentence():
    assert Refused("Vælg en anden.").message == "Vælg en anden."

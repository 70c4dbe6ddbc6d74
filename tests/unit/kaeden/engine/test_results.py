from dataclasses import fields

import pytest

from kaeden.engine import results
from kaeden.engine.errors import ResultsAreDamaged
from kaeden.engine.results import SCHEMA, Result
from tests.builders.figures import a_model_result, a_result, a_run, a_signal

pytestmark = pytest.mark.django_db
PEERS = {("institution", "999001"): ("999002", "999003"), ("municipality", "999"): ()}


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.KAEDEN_RESULTS = tmp_path / "results"
    return settings.KAEDEN_RESULTS


def test_what_is_written_is_read_as_it_was():
    found = [a_signal(), a_result("999002", value=None, status="missing")]
    run = a_run(*found, peers=PEERS)

    assert results.read(run) == found
    assert results.read_peers(run) == PEERS


def test_models_of_rows_are_read_as_they_were():
    made = (a_model_result(), a_model_result(indicator="", singular=("class",)))

    assert results.read_models(run := a_run(a_result(), models=made)) == made
    assert results.read(run) == [a_result()]


def test_a_run_without_models_has_none():
    assert results.read_models(a_run(a_result())) == ()


def test_the_same_results_have_the_same_name_and_leave_one_pair_of_files(folder):
    first = results.write([a_result()], PEERS)

    assert results.write([a_result()], dict(reversed(PEERS.items()))) == first
    assert sorted(path.suffix for path in folder.iterdir()) == [".peers", ".results"]


def test_other_results_or_other_peers_have_another_name():
    names = {
        results.write([a_result()], PEERS),
        results.write([a_result(value=7.6)], PEERS),
        results.write([a_result()], {}),
        results.write([a_result()], PEERS, [a_model_result()]),
        results.write([a_result()], PEERS, [a_model_result(mean=3.8)]),
    }

    assert len(names) == 5


@pytest.mark.parametrize(
    "read", [results.read, results.read_peers, results.read_models]
)
@pytest.mark.parametrize("name", ["results", "peers", "models"])
@pytest.mark.parametrize("harm", ["changed", "cut", "gone"])
def test_a_damaged_file_is_refused(folder, read, name, harm):
    run = a_run(a_result(), peers=PEERS, models=(a_model_result(),))
    file = folder / f"{run.results_digest}.{name}"
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    if harm == "gone":
        file.unlink()
    else:
        file.write_bytes(content if harm == "changed" else content[:-1])

    with pytest.raises(ResultsAreDamaged, match="damaged or gone"):
        read(run)


def test_every_field_of_a_result_has_its_column():
    assert set(SCHEMA.names) == {field.name for field in fields(Result)}

"""A school of three pupils in the source's file never reaches a page."""

import csv
import io

import pytest
from django.test import Client
from django.urls import reverse

from kaeden.access.rules import SYSTEM
from kaeden.cli import demo
from kaeden.data import actions as data
from kaeden.data import queries as sources
from kaeden.engine import actions as engine
from kaeden.engine import results
from kaeden.publication import actions as publication

pytestmark = pytest.mark.django_db
SCHOOL, SECRET = "101003", "23.7"


@pytest.fixture
def planted(settings, tmp_path, db):
    """Denmark, where one school has three pupils and an absence of its own."""
    settings.KAEDEN_LAKE, settings.KAEDEN_RESULTS = tmp_path / "lake", tmp_path / "run"
    for contract in sources.contracts():
        content = contract.shipped_file.read_bytes()
        if contract.id == "schools":
            content = with_three_pupils(content)
        data.import_file(contract, content, by=SYSTEM)
    demo.load_organisation()
    return publication.release(engine.compute(by=SYSTEM), by=SYSTEM)


def with_three_pupils(content):
    rows = list(csv.DictReader(io.StringIO(content.decode())))
    for row in rows:
        if row["institutionsnummer"] == SCHOOL:
            row |= {"elevtal": "3", "elevfravaer_pct": SECRET, "trivsel_social": "4.7"}
    text = io.StringIO()
    table = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
    table.writeheader()
    table.writerows(rows)
    return text.getvalue().encode()


def test_three_pupils_are_computed_with_and_never_shown(planted):
    own = [one for one in results.read(planted.run) if one.code == SCHOOL]
    assert {one.value for one in own if one.indicator == "school-absence"} == {23.7}

    figures = planted.figures.filter(unit__code=SCHOOL)
    assert set(figures.values_list("status", flat=True)) <= {"hidden", "missing"}
    assert not figures.exclude(value=None, n=None, estimate=None).exists()

    client = Client()
    for page in (
        reverse("web:institution", args=[SCHOOL]),
        reverse("web:result", args=[SCHOOL, "school-absence"]),
        reverse("web:indicator", args=["school-absence"]) + "?kommune=101",
        reverse("web:download", args=["school-absence"]),
    ):
        lines = client.get(page).text.splitlines()
        told = "\n".join(line for line in lines if SCHOOL in line or "<h1" in line)
        assert "23,7" not in told
        assert SECRET not in told

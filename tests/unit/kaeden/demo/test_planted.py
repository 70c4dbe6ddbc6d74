"""Each kind of break can be met in Fjordby, and docs/demo.md says where."""

import pytest

from kaeden.chaincheck.queries import check
from kaeden.shared.breaks import BreakKind
from tests.builders.fjordby import TODAY
from tests.docs.reading import read, rows_of


def written_down():
    """Return the kinds that the page lists, with where each is met."""
    rows = rows_of(read("docs/demo.md").split("## What is broken, on purpose")[1])
    return {row[0].strip("`"): row[1] for row in rows if row[0].startswith("`")}


@pytest.mark.django_db
@pytest.mark.usefixtures("told")
def test_every_kind_is_planted_and_no_other_is_found():
    found = {one.kind for one in check(TODAY, "999").breaks}

    assert found == set(BreakKind)


def test_the_page_lists_every_kind_and_where_it_is_met():
    assert written_down().keys() == {kind.value for kind in BreakKind}
    assert all(written_down().values())

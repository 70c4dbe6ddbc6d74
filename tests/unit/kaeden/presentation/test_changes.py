"""What differs between two chains, as a person reads it."""

from dataclasses import replace
from datetime import date

import pytest

from kaeden.access.rules import Role
from kaeden.organisation.chain import ChainCommunity
from kaeden.organisation.changes import diff
from kaeden.organisation.rules import Bound, Kind
from kaeden.presentation.changes import as_lines, grouped
from tests.builders.chains import (
    a_chain,
    a_charter,
    a_post,
    a_unit,
    with_post,
    with_unit,
    without,
)

ON = date(2026, 8, 1)
NEW_UNIT = a_unit("G99902", "Børnehuset Muslingen", Kind.DAYCARE, "nord")
NEW_POST = a_post("team-nord", Role.TEAM, "999001", "leder-999001")
NORD, CHIEF = "Områdeleder, Klynge Nord", "Dagtilbudschef, Dagtilbud"
OTHER = ChainCommunity(key="leg", name="Legefællesskabet", purpose="Mere leg")
TITLED = with_post(a_chain(), "leder-nord", title="Klyngeleder")


def more(**sections):
    chain = a_chain()
    return replace(
        chain, **{name: (*getattr(chain, name), one) for name, one in sections.items()}
    )


@pytest.mark.parametrize(
    ("wanted", "title", "sentence"),
    [
        (more(units=NEW_UNIT), "Nye (1)", "Børnehuset Muslingen, under Klynge Nord"),
        (more(posts=NEW_POST), "Nye (1)", "Teammedlem, Nordskolen"),
        (more(communities=OTHER), "Nye (1)", "Fællesskabet Legefællesskabet"),
        (
            with_post(a_chain(), "leder-nord", charter=a_charter()),
            "Nye (1)",
            "Funktionsbeskrivelsen for Områdeleder, Klynge Nord",
        ),
        (
            replace(a_chain(), bounds={**a_chain().bounds, Role.DIRECTOR: Bound(2, 9)}),
            "Nye (1)",
            "Rammerne for Børne- og ungedirektør: 2–9, 1",
        ),
        (
            without(a_chain(), "999001-3a"),
            "Lukkes (1)",
            "3.a. Ingen fører den videre",
        ),
        (
            replace(
                without(a_chain(), "999001-3a"), carried_on={"999001-3a": ("999001",)}
            ),
            "Lukkes (1)",
            "3.a, føres videre af Nordskolen",
        ),
        (
            with_unit(a_chain(), "G99901", parent="daycare"),
            "Flyttes (1)",
            "Børnehuset Solstrålen fra Klynge Nord til Dagtilbud",
        ),
        (
            with_unit(a_chain(), "999002", cluster="nord"),
            "Flyttes (1)",
            "Sydskolen: klynge fra ingen til Klynge Nord",
        ),
        (
            with_post(a_chain(), "leder-nord", unit="daycare"),
            "Flyttes (1)",
            "Områdeleder, Dagtilbud fra Klynge Nord til Dagtilbud",
        ),
        (
            with_unit(a_chain(), "nord", name="Nordklyngen"),
            "Skifter navn (1)",
            "Klynge Nord kommer til at hedde Nordklyngen",
        ),
        (
            with_post(a_chain(), "leder-nord", title="Klyngeleder"),
            "Skifter navn (1)",
            "Klyngeleder, Klynge Nord: har fået sin egen titel",
        ),
        (
            with_post(TITLED, "leder-nord", title=""),
            "Skifter navn (1)",
            "Områdeleder, Klynge Nord: hed før Klyngeleder",
        ),
        (
            with_unit(a_chain(), "nord", kind=Kind.AREA),
            "Ændres (1)",
            "Klynge Nord: arten fra en klynge til et område",
        ),
        (
            with_post(a_chain(), "leder-999002", staff=14),
            "Ændres (1)",
            "Institutionsleder, Sydskolen: antal ansatte fra 12 til 14",
        ),
        (
            with_post(a_chain(), "leder-nord", role=Role.TEAM),
            "Ændres (1)",
            "Teammedlem, Klynge Nord: rollen fra Områdeleder til Teammedlem",
        ),
        (
            with_post(a_chain(), "leder-nord", reports_to="direktor"),
            "Ændres (1)",
            f"{NORD} refererer til Børne- og ungedirektør, Fjordby, før til {CHIEF}",
        ),
        (
            replace(a_chain(), bounds={Role.LEADER: Bound(5, 9)}),
            "Ændres (1)",
            "Rammerne for Institutionsleder fra 8–25, 1 til 5–9, 1",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_change_is_a_sentence_under_its_sort(wanted, title, sentence):
    before = TITLED if "hed før" in sentence else a_chain()

    groups = grouped(diff(before, wanted))

    assert [(one.title, one.sentences) for one in groups] == [(title, (sentence,))]


def test_who_holds_a_post_is_never_named():
    wanted = with_post(a_chain(), "direktor", holder="Kim Larsen")

    lines = "\n".join(as_lines(diff(a_chain(), wanted), wanted, ON))

    assert "hvem der har stillingen, ændres" in lines
    assert "Kim" not in lines
    assert "Direktøren" not in lines


def test_the_changes_are_counted_and_dated():
    wanted = without(a_chain(), "999001-3a")

    lines = list(as_lines(diff(a_chain(), wanted), wanted, ON))

    assert lines[0] == "Fjordby Kommune: 1 ændring fra den 1. august 2026."
    assert lines[1:] == ["", "Lukkes (1)", "  – 3.a. Ingen fører den videre"]


def test_no_change_is_said_in_a_sentence():
    (line,) = as_lines((), a_chain(), ON)

    assert line == (
        "Fjordby Kommune: intet er anderledes end det, der er den 1. august 2026."
    )

"""A chain of rows tells where it was tampered with."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import numpy as np
import pytest

from kaeden.audit.errors import TrailIsDamaged
from kaeden.audit.rules import Head, Row, digest_of, follow

CHAIN = "events"
DAMAGES = 1_000


def a_chain(length, *, chain=CHAIN):
    """Rows as they are written, one a minute; the first and last say the same."""
    rows, head = [], Head()
    for number in range(1, length + 1):
        said = {
            "at": datetime(2026, 10, 25, 2, number % 60, tzinfo=UTC),
            "actor_id": number % 3 or None,
            "kind": "result_assessed",
            "about": f"dialogue.assessment:{number % (length - 1)}",
        }
        row = Row(number=number, said=said, digest=digest_of(chain, head, number, said))
        rows.append(row)
        head = Head(number=number, digest=row.digest)
    return rows


WHOLE = a_chain(40)


def test_a_whole_chain_leads_to_its_head():
    assert follow(CHAIN, WHOLE) == Head(number=40, digest=WHOLE[-1].digest)
    assert follow(CHAIN, []) == Head()
    assert str(Head(number=7, digest="ab")) == "7:ab"


def test_the_form_that_is_digested_stays_as_it_is():
    said = {"about": "æ", "at": datetime(2026, 1, 2, 3, 4, 5, 6, tzinfo=UTC), "n": None}

    digest = digest_of("events", Head(), 1, said)

    assert digest == "530c9d54b3c300f0c40ca8e34314991c507d888a9825d58901c89fbf879747a5"
    east = timezone(timedelta(hours=1))
    elsewhere = said | {"at": said["at"].astimezone(east)}
    assert digest_of("events", Head(), 1, elsewhere) == digest


def damaged(rows, at, how, rng):
    """The rows, tampered with at one place, and the first row that shows it."""
    rows = list(rows)
    if how == "edited":
        name = rng.choice(sorted(rows[at].said))
        was = rows[at].said[name]
        new = was + timedelta(microseconds=1) if name == "at" else f"{was}x"
        rows[at] = replace(rows[at], said=rows[at].said | {name: new})
    elif how == "digest edited":
        rows[at] = replace(rows[at], digest=rows[at].digest[::-1])
    elif how == "deleted":
        del rows[at]
    elif how == "put in":
        rows.insert(at, replace(rows[at], digest=rows[at - 1].digest))
    elif how == "swapped":
        one, two = rows[at], rows[at + 1]
        rows[at], rows[at + 1] = (
            replace(two, number=one.number),
            replace(one, number=two.number),
        )
    elif how == "order swapped":
        rows[at], rows[at + 1] = rows[at + 1], rows[at]
    return rows, rows[at].number


HOW = ("edited", "digest edited", "deleted", "put in", "swapped", "order swapped")


def test_a_thousand_random_damages_are_all_found_where_they_are(capsys):
    rng, found = np.random.default_rng(14), 0

    for _time in range(DAMAGES):
        at, how = int(rng.integers(0, len(WHOLE) - 1)), str(rng.choice(HOW))
        rows, first = damaged(WHOLE, at, how, rng)
        with pytest.raises(TrailIsDamaged, match=f"row {first} is not what was"):
            follow(CHAIN, rows)
        found += 1

    with capsys.disabled():
        print(f"\ndamages of the trail found: {found} of {DAMAGES}")  # noqa: T201
    assert found == DAMAGES


def test_rows_of_one_chain_do_not_fit_another():
    with pytest.raises(TrailIsDamaged, match="Who saw what"):
        follow("look-ups", WHOLE)


def test_the_damage_is_told_with_the_last_row_that_is_whole():
    rows = [row for row in WHOLE if row.number != 17]

    with pytest.raises(TrailIsDamaged) as told:
        follow(CHAIN, rows)

    assert "“What was done”: row 18 is not what was written after row 16." in str(
        told.value.message
    )


def test_a_tail_that_is_cut_off_leaves_a_whole_chain_with_another_head():
    assert follow(CHAIN, WHOLE[:-3]) != follow(CHAIN, WHOLE)


def test_a_chain_written_anew_from_a_row_on_has_another_head():
    anew = a_chain(40)
    edited = anew[20].said | {"actor_id": 99}
    head = Head(number=20, digest=anew[19].digest)
    for at in range(20, 40):
        said = edited if at == 20 else anew[at].said
        digest = digest_of(CHAIN, head, at + 1, said)
        anew[at] = Row(number=at + 1, said=said, digest=digest)
        head = Head(number=at + 1, digest=digest)

    assert follow(CHAIN, anew).digest != WHOLE[-1].digest

"""The file's fields are those of the chain, and no longer than the tables hold."""

from dataclasses import fields

import pytest

from kaeden.organisation.chain import ChainCharter, ChainCommunity, ChainPost, ChainUnit
from kaeden.organisation.files import schema
from kaeden.organisation.files.checking import SEATS
from kaeden.organisation.models import Charter, Community, Holding, NotMine, Post, Unit
from kaeden.organisation.rules import POST_NAMES

HISTORY = {"since", "successors", "is_demo"}
"""What the database knows and a file of one day does not say."""
COLUMNS = {
    schema.UnitPart: Unit,
    schema.PostPart: Post,
    schema.CharterPart: Charter,
    schema.NotMinePart: NotMine,
    schema.CommunityPart: Community,
}


@pytest.mark.parametrize(
    ("part", "thing"),
    [
        (schema.UnitPart, ChainUnit),
        (schema.PostPart, ChainPost),
        (schema.CharterPart, ChainCharter),
        (schema.CommunityPart, ChainCommunity),
    ],
)
def test_a_part_holds_all_that_the_chain_does(part, thing):
    assert set(part.model_fields) == {one.name for one in fields(thing)} - HISTORY


@pytest.mark.parametrize(("part", "table"), COLUMNS.items())
def test_no_text_is_longer_than_its_column(part, table):
    limits = {
        name: rule.max_length
        for name, field in part.model_fields.items()
        for rule in field.metadata
        if getattr(rule, "max_length", 0)
    }
    columns = {one.name: one.max_length for one in table._meta.fields if one.max_length}

    shared = limits.keys() & columns.keys()
    assert shared
    assert {name: limits[name] for name in shared} == {n: columns[n] for n in shared}


def test_a_holder_fits_the_column():
    limits = [
        rule.max_length
        for rule in schema.PostPart.model_fields["holder"].metadata
        if getattr(rule, "max_length", 0)
    ]

    assert limits == [Holding._meta.get_field("holder_name").max_length]


def test_every_role_has_its_seats():
    assert {role.value for role in SEATS} == set(POST_NAMES)

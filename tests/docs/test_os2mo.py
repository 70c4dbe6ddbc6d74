"""The example of a mapping is one, and the page says what the client does."""

import re

import yaml

from kaeden.access.rules import Role
from kaeden.organisation.os2mo.client import TOKEN_PATH, TRIES, VERSION
from kaeden.organisation.os2mo.mapping import Mapping, When
from kaeden.organisation.rules import Kind
from tests.docs.reading import read

PAGE = read("docs/os2mo.md")
(EXAMPLE,) = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)


def test_the_example_is_a_mapping():
    mapping = Mapping.model_validate(yaml.safe_load(EXAMPLE))

    assert mapping.units["klynge"] is Kind.CLUSTER
    assert mapping.posts[-1].charter.not_mine[0].ask is Role.CHIEF_DAYCARE
    assert mapping.carried_on == {"G99902": ("G99910",)}


def test_every_field_of_the_mapping_is_written_down():
    fields = {*Mapping.model_fields, *When.model_fields}

    assert {name for name in fields if f"`{name}`" not in PAGE} == set()


def test_the_page_says_how_it_asks():
    assert f"/graphql/{VERSION}" in PAGE
    assert TOKEN_PATH in PAGE
    assert all(str(status) in PAGE for status in TRIES.status_forcelist)

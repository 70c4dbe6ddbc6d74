"""Recipes of models, and rows of children in a lake for them."""

from typing import Any

from kaeden.access.rules import SYSTEM
from kaeden.data import actions
from kaeden.engine.model_recipes import ModelRecipe, recipes
from kaeden.organisation.queries import get_municipality
from tests.builders.children import a_file_of_children
from tests.builders.places import FJORDBY, a_country, a_school

SCHOOLS = tuple(f"9990{place:02d}" for place in range(1, 9))
"""Eight schools of Fjordby, as many as a model of schools takes."""


def a_recipe(name: str = "wellbeing-general", **changes: Any) -> ModelRecipe:
    """A shipped recipe; fields can be changed."""
    content = recipes()[name].model_dump() | changes
    return ModelRecipe.model_validate(content)


def a_lake_of_children(*lines: str) -> None:
    """These rows of children in Fjordby's part of the lake."""
    a_country([a_school(code, f"Skole {code}") for code in SCHOOLS])
    town = get_municipality(FJORDBY)
    actions.import_children(town, a_file_of_children(*lines), by=SYSTEM)

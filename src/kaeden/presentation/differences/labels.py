"""What a model's recipe says in words, read from its reviewed file."""

from kaeden.data.contracts import Contract
from kaeden.data.queries import contract
from kaeden.engine.model_recipes import ModelRecipe, recipes
from kaeden.presentation.differences.words import Labels
from kaeden.publication.model_rules import ModelFacts

EXAMPLE = "pisa_2003"
"""The source of the worked example."""


def labels_of(facts: ModelFacts) -> Labels:
    """Return what a model's recipe says; of one that is gone, only its names."""
    recipe = recipes().get(facts.recipe)
    return _labels(recipe) if recipe else Labels()


def example_source() -> Contract:
    """Return the source of the worked example."""
    return contract(EXAMPLE)


def _labels(recipe: ModelRecipe) -> Labels:
    columns = recipe.columns.values()
    return Labels(
        titles={one.name: str(one.title) for one in columns},
        values={
            (one.name, value): str(words)
            for one in columns
            for value, words in one.values.items()
        },
        title=str(recipe.title),
        why=str(recipe.why),
        caveats=tuple(str(one) for one in recipe.caveats),
        step=str(recipe.gradient.says) if recipe.gradient else "",
        years=recipe.years,
    )

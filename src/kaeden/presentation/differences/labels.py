"""What the columns of children's rows are called, read from the contract of the file."""

from kaeden.data.contracts import Contract
from kaeden.data.own import contract_of_children
from kaeden.data.queries import contract
from kaeden.presentation.differences.words import Labels

EXAMPLE = "pisa_2003"
"""The source of the worked example."""


def labels_of(town: str) -> Labels:
    """Return what the columns of a municipality's rows are called."""
    return _labels(contract_of_children(town))


def example_source() -> Contract:
    """Return the source of the worked example."""
    return contract(EXAMPLE)


def example_labels() -> Labels:
    """Return what the columns of the worked example's rows are called."""
    return _labels(example_source())


def _labels(source: Contract) -> Labels:
    columns = source.children.columns if source.children else ()
    return Labels(
        titles={one.name: str(one.title) for one in columns},
        values={
            (one.name, value): str(words)
            for one in columns
            for value, words in one.values.items()
        },
    )

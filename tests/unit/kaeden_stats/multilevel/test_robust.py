"""Standard errors that do not lean on the model's variances."""

import numpy as np
import pytest

from kaeden_stats import multilevel
from kaeden_stats.errors import InvalidInput
from tests.builders.mixed_fits import fitted, rows_of
from tests.plain.mixed_dense import dense, robust


@pytest.mark.parametrize("name", ["days", "slope", "three_slope", "weighted"])
def test_the_sandwich_is_that_of_all_matrices(name):
    fit, plain = fitted(name), dense(fitted(name), rows_of(name))
    level = fit.levels[0]
    truth = np.sqrt(np.diag(robust(plain, plain.units[level])))

    found = multilevel.robust_standard_errors(fit, level, method="CR0")
    assert found["standard_error"] == pytest.approx(truth)
    assert found["ratio"] == pytest.approx(truth / fit.coefficients["standard_error"])


def test_few_clusters_widen_it():
    fit = fitted("three")
    plain = multilevel.robust_standard_errors(fit, "authority", method="CR0")
    found = multilevel.robust_standard_errors(fit, "authority")

    wider = plain["standard_error"] * np.sqrt(9 / 8)
    assert found["standard_error"] == pytest.approx(wider)


@pytest.mark.parametrize(
    ("words", "name", "said"),
    [
        ("method is 'CR2'", "slope", {"level": "school", "method": "CR2"}),
        ("crossed groups depend", "crossed", {"level": "school"}),
        ("outermost level, authority; school is not", "three", {"level": "school"}),
    ],
)
def test_dependent_clusters_and_unknown_methods_are_refused(words, name, said):
    with pytest.raises(InvalidInput, match=words):
        multilevel.robust_standard_errors(fitted(name), **said)

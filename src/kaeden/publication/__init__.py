"""What we may show: from a run's results to a release that everything reads.

In: the results of a run. Out: released figures, versioned and immutable.
Promise: nothing unreleased is shown; groups under the limit never leave here.
"""

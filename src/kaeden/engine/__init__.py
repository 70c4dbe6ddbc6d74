"""What we can say: from rows in the lake to results with their run.

In: indicators, the lake. Out: results that only publication may read.
Promise: no figure without its run; the same snapshot, recipe and seed give the
same bits; what was left out is counted.
"""

"""What a practice did to an indicator: figures and the years of adoption in, effect out.

Pure functions on plain values. `values` has the forms, `estimate` the effect against
those that had not begun, `matched` the fallback against units that are alike, `library`
is the one place that knows diff-diff. What is made from protected figures is protected.
"""

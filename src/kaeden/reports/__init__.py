"""Documents: what people take to a meeting, or into another system.

A `Document` is words in order. `paper.pdf` sets it for printing and for reading aloud,
`office.docx` for going on with; neither knows what it is about.
"""

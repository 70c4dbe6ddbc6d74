"""What we make of it: assessments, and what they put on an agenda.

In: released figures, posts. Out: assessments, proposed agenda items.
Promise: a judgement stands beside the number, never instead of it; it is never
rewritten, only followed by a newer one.
"""

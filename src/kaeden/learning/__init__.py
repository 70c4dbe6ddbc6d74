"""What works, for whom and where: practices, who uses them, and what came of it.

In come reviewed files, what leaders tell of their own practice, and released figures.
Out come a practice's life, its evidence and what others can learn. A stage is derived
wherever it can be; nothing here is a judgement of a person.
"""

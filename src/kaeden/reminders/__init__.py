"""The week's e-mail: at most one to each, of what waits for the posts they hold.

In: each station's room `due`, and who holds which post. Out: who is to be told how many
of what, and a row for each who was told. Nobody's words and no names leave by it.
"""

"""The chain as OS2mo knows it: asked for, mapped by a reviewed file, never invented.

In come OS2mo's units, managers, persons and classes with their validities; out goes a
`Chain` for a day. What the mapping does not name is told and left out.
"""

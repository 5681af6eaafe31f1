"""How changes are shown: one file a form, one row each in ``table``.

A view is a function from ``Changes`` to text. It decides nothing about a root: kinds, plans and
causes are what the comparison says.
"""

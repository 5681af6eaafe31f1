"""The runtimes: one file each, one row each in ``table``.

A file holds the fields that its runtime has, and what crosses fields. What a single value may be
is said by the module; what all runtimes share stands beside them by concern.
"""

"""Intended tags against those that are there, by files that the clouds' own tools export.

Nothing is called over the network, and no state is read but one that ``terraform show`` printed.
"""

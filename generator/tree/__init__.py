"""Roots on the disk: comparing, writing, retiring and pruning them. The only writer of roots.

It gets the texts of roots and knows manifests and folders; what a root says was decided before.
"""

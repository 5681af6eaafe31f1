"""Tells from a note of the last run that nothing has to be done, and imports little for it.

It knows files and their stamps only. Without a note, or with a doubt, everything is done as usual.
"""

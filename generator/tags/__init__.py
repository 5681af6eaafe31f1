"""Tags: layers, precedence, provenance, spellings, and what each cloud allows.

Here a set of tags is made and checked for one cloud. Where it goes in a root is for ``plan``; the
table of what is a tag is in ``concepts``.
"""

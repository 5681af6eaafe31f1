"""The table of tags that we know, with every spelling that each has had.

It is data: which value a tag has is for ``tags``, and which key it gets on a cloud as well.
"""

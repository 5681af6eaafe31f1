"""How many resources of which type a call of a shipped module makes, as far as its inputs say.

What follows from a module's ``count`` and ``for_each`` stands here; which types can be tagged, too.
"""

"""Where every tag, input and name of a root comes from, as data and as text.

It asks the stages and decides nothing itself.
"""

"""The tag policy of dativo.yaml, in the words of tools that others enforce it with.

One module a target. Each says what it cannot express; nothing is weakened without a word.
"""

"""Small tools on text: what prints safely, what is meant by a misspelt word, patterns, counts.

It imports nothing of ours but the errors, and reads no file.
"""

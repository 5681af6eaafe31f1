"""Rewrites a job file of an older dialect in the canonical form.

What the dialects say the file means is written down in the canonical spelling; every value that
did not change keeps its own text, and every comment stays at the value that it stood at. Top-level
keys that say the same in both forms keep their bytes.
"""

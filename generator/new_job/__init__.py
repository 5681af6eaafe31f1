"""A new job file: what it is asked for, its text, and its trial before it is written.

What a job needs is not known here: the pipeline says so, and a table tells which option gives it.
"""

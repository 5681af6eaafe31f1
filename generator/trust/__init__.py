"""What a job may name that others own: the block ``trust`` of dativo.yaml, held against each job.

Values are brought into one spelling before a pattern is held against them, and what cannot be is
refused. Which values a job has is for ``job`` and ``plan`` to know; nothing here changes one.
"""

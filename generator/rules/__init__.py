"""Policies of dativo.yaml held against each job: what it must be like, and what it is not.

What a policy may say is for ``model`` and ``job``; nothing here reads a file or changes a job.
"""

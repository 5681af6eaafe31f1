"""What users write, as pydantic models: job, infrastructure, asset, settings, and ``${NAME}``.

A model says which keys there are and what a value may be. It reads no file, knows no cloud and
decides nothing: that is ``job``, ``tags`` and ``plan``.
"""

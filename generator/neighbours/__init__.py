"""Jobs that need jobs: which one an entry of ``needs`` means, in what order, and whether it may.

Here job files are found and loaded by the name of a job. What a root takes from another is decided
in ``plan``; who builds which root when is decided by whoever runs.
"""

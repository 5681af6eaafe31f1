"""What a job names and others made, as data sources that are read when its root is planned.

One file a cloud. A check says what must be true of the thing and what the user is told; how it
looks in HCL is for ``render``.
"""

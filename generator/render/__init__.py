"""The plan of a root becomes ``{path: text}``: Jinja for files, ``hcl`` for every value, manifests.

A template never decides and never sees a job; nothing here touches the disk but templates.
"""

"""What the last runs came to, job file by job file, and whether it is so still.

It knows files, stamps and digests only, and imports little. Without a record, or with a doubt,
a job is built as usual; no text of a root is ever taken from here.
"""

"""The pipelines of a user's repository: what they are made of, their text, and the work they share.

From settings and manifests alone, so that the same commit gives the same bytes. What the pipelines
then do is in ``steps``; nothing here runs Terraform or asks a code host.
"""

"""The code hosts: pull requests, their one comment, issues, and proposals, through each one's API.

A host is asked for a few things, alike for all; what differs between them stays in its file. No
text is made here.
"""

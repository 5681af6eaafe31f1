"""Every job with its tags and its plan, one at a time: what reports, audits and exports go over.

Nothing is rendered or written here.
"""

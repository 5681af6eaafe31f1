"""What forces a replacement, defaults, conflicts: read from the providers, kept for the stand-ins.

``python -m scripts.provider_facts --help`` says how; CONTRIBUTING.md says when.
"""

"""A job and its tags become the plan of a root: backend, providers, module call, outputs.

All that a template needs is decided here, and nothing else is: no disk but modules, no Jinja.
"""

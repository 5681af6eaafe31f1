"""How fast dativo is: a corpus of jobs, what is run over it, and what that is compared with.

``python -m benchmarks --help`` says how; docs/benchmarks.md has the results.
"""

"""Other tools on the same work: what is laid out for them, and one program each that runs them.

The programs run in the environment of ``requirements/benchmarks.txt`` and import nothing of ours.
"""

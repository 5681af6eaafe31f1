"""Proof by Terraform: roots of random jobs are validated and planned, some of them lived through.

``python -m tests.proof --roots 1000 --seed 1`` draws jobs, writes their roots with the package
itself, and runs Terraform on them against the stand-in providers. A case is named ``SEED/NUMBER``;
its project is the same on every machine, and stays where a failure is told.
"""

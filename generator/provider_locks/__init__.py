"""Locks of providers: one file for all roots that need the same ones, made by Terraform itself.

A root's ``.terraform.lock.hcl`` is a copy of the file of the project that fits it. Whether one
fits is what ``terraform init`` asks: the same providers, and versions that every constraint
allows. Only ``make`` runs Terraform; all else reads.
"""

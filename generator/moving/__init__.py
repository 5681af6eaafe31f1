"""Retires and renames jobs on purpose: which job files and roots change, before any of it does.

What a root becomes is decided where it always is, by a run over the project as it will be; no
Terraform is read or run here, and nothing is written but by ``done.carry_out``.
"""

"""What a Terraform module declares: its inputs, outputs, types and validations; read once and kept.

Here live the reading of ``.tf`` files for it, and whether a call fits. What a job asks of a module,
and which module a job calls, is decided in ``plan``.
"""

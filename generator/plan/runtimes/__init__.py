"""The runtimes: one file each, one row each in ``table``."""

"""The version of the distribution, told here alone."""

__version__ = "0.1.0"

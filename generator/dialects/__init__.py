"""Older spellings of the job file, translated to the canonical form."""

from generator.dialects.translation import CANONICAL, Translation, to_canonical, written

__all__ = ["CANONICAL", "Translation", "to_canonical", "written"]

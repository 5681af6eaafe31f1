"""Older spellings of the job file, translated to the canonical form.

All spellings of one key are one row of one table. What comes out is plain data, as if the user
had written the canonical form; whether it is a valid job is for ``job`` to say.
"""

from generator.dialects.canonical import to_canonical
from generator.dialects.translation import CANONICAL, Translation, written

__all__ = ["CANONICAL", "Translation", "to_canonical", "written"]

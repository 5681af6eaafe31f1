"""What can happen to a root."""

from __future__ import annotations

CREATED = "created"
CHANGED = "changed"
UNCHANGED = "unchanged"
# Its job is gone: a tombstone, so that a plain apply destroys what it made.
RETIRED = "retired"
# Its job is gone and its state belongs to another root now.
REMOVED = "removed"

"""What a power cut leaves of files that were written shortly before it.

A file system may have the name of a file on the disk and not yet its content: the file is empty,
full of NUL, or ends where a block does. Nothing is lost of one that is the beginning of what is to
be written there anyway.
"""

from __future__ import annotations

from generator.text import conflicts

# Disks write blocks of this many bytes, or of a multiple.
_BLOCK = 512
# How a manifest starts and ends.
_STARTS, _ENDS = b'{\n  "job": "', b"}\n"


def is_blank(data: bytes) -> bool:
    """Whether nothing stands in a file."""
    return not data.strip(b"\0")


def is_cut(data: bytes) -> bool:
    """Whether a file ends as hardly one does that somebody edited."""
    begun = data.rstrip(b"\0")
    return len(begun) < len(data) or len(begun) % _BLOCK == 0


def is_begun(data: bytes, wanted: bytes) -> bool:
    """Whether a file holds nothing but the beginning of what is to be written, cut short.

    One that ends with a whole line is none: somebody may have removed the others.
    """
    begun = data.rstrip(b"\0")
    return wanted.startswith(begun) and (is_cut(data) or not begun.endswith(b"\n"))


def is_lost(data: bytes) -> bool:
    """Whether a manifest is none any more, since its end is missing or all of it is."""
    begun = data.rstrip(b"\0")
    if begun.endswith(_ENDS):
        return False
    starts = begun.startswith(_STARTS) or _STARTS.startswith(begun)
    return starts and not conflicts.conflict_lines(begun.decode(errors="replace"))

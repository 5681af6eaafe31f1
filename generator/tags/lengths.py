"""How long a key or value of a tag is, as a cloud counts it, and how it is made to fit."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from typing import NamedTuple


class Fitted(NamedTuple):
    """A key or value as a cloud takes it.

    Attributes:
        text: the result; what was written, when it is at fault.
        note: what was changed that the author should hear of.
        refusal: why it cannot be used.
    """

    text: str
    note: str = ""
    refusal: str = ""


def hash_of(text: str) -> str:
    """Eight characters that differ where texts do."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]


def in_units(text: str) -> int:
    """Length as the clouds count it: in UTF-16 units, the strictest reading of "characters"."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def in_bytes(text: str) -> int:
    """Length as Terraform's provider for Azure counts it: in bytes of UTF-8."""
    return len(text) if text.isascii() else len(text.encode("utf-8", "surrogatepass"))


def shortened(
    title: str,
    text: str,
    most: int,
    written: str,
    shorten: bool,
    size: Callable[[str], int] = in_units,
) -> Fitted:
    """A text that fits.

    Args:
        title: the cloud, for people.
        text: the key or value.
        most: how long it may be.
        written: what the hash at the end is of, so that what differs stays so.
        shorten: cut it; otherwise it is refused.
        size: how the cloud counts.
    """
    found = size(text)
    if found <= most:
        return Fitted(text)
    word = "bytes" if size is in_bytes else "characters"
    told = f"it has {found} {word}, {title} allows {most}"
    if not shorten:
        return Fitted(text, refusal=told)
    cut = text[: most - 9]
    while size(cut) > most - 9:
        cut = cut[:-1]
    cut = f"{cut}-{hash_of(written)}"
    return Fitted(cut, f'{told}: it becomes "{cut}"')

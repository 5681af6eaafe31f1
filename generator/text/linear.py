"""Regular expressions of people, in an engine whose time grows with the text and not beyond.

Python's own tries every way of a pattern such as ``(a+)+b``, which takes minutes on thirty
letters, and who writes the text need not be who wrote the pattern. Rust's engine, which Pydantic
brings, has no such patterns; nor has it looking around, or what a group held.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from generator.text.patterns import lazy

_PIECE = lazy(r"\\p[A-Z]|\\.|\[\^?\]?|\{,(?=[0-9]+\})|.", 16)  # re.DOTALL
_NAMED_CLASS = lazy(r"\[:\^?[a-z]+:\]")
# What Python's syntax says otherwise: Rust's crate regex, "Syntax"; Python, "re".
_OF_PYTHON = {r"\Z": r"\z", r"\<": "<", r"\>": ">", "{,": "{0,"}


@cache
def matcher(pattern: str) -> Callable[[Any], bool]:
    """What tells whether a pattern in Rust's syntax is found in a text.

    Raises:
        ValueError: with what is wrong with it.
    """
    from pydantic_core import SchemaError, SchemaValidator

    try:
        return SchemaValidator({"type": "str", "pattern": pattern}).isinstance_python
    except SchemaError as error:
        raise ValueError(str(error).rstrip().rpartition("rror: ")[2]) from None


def whole(pattern: str) -> Callable[[Any], bool]:
    """What tells whether a pattern, as Python writes them, matches a text from end to end.

    Raises:
        ValueError: with what is wrong with it, or with what the engine lacks.
    """
    matcher(rewritten(pattern, _OF_PYTHON))  # alone, or a bracket too many would close our own
    return matcher(f"^(?:{rewritten(pattern, _OF_PYTHON)})$")


def rewritten(pattern: str, pieces: Mapping[str, str]) -> str:
    """A pattern with some pieces replaced, and classes that Rust reads as others do.

    Args:
        pattern: of a syntax in which a class holds characters, and no classes or operations.
        pieces: escapes, and what stands for each.
    """
    written, at, inside = "", 0, False
    while found := (inside and _NAMED_CLASS.match(pattern, at)) or _PIECE.match(pattern, at):
        piece, at = found[0], found.end()
        if piece == "{," and inside:
            pass
        elif piece in pieces:
            piece = pieces[piece]
        elif inside and (piece[0] in "[&~" or piece == "-" == written[-1:]):
            if _NAMED_CLASS.fullmatch(piece) is None:
                # Rust has operations on classes and classes in classes; others have characters.
                piece, at = "\\" + piece[0], found.start() + 1
        elif not inside and piece[0] == "[":
            inside = True
            piece = piece.replace("]", r"\]")
        elif inside and piece == "]":
            inside = False
        written += piece
    return written

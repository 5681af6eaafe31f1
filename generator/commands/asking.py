"""What commands that put questions share: whether anybody can answer, and answers given."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from generator.errors import UsageError


def add_defaults(parser: argparse.ArgumentParser, meaning: str) -> None:
    """The option that puts no questions, also on a terminal."""
    parser.add_argument("--defaults", action="store_true", help=meaning)


def has_terminal() -> bool:
    """Whether questions can be put: somebody reads them, and can answer."""
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout))


def pairs(option: str, given: Sequence[str]) -> dict[str, str]:
    """``KEY=VALUE`` of an option that may be given again, as a mapping.

    Raises:
        UsageError: one is none, or two differ about a key; with all that is wrong.
    """
    found: dict[str, str] = {}
    wrong = []
    for text in given:
        key, equals, value = text.partition("=")
        if not equals or not key:
            wrong.append(f"{option} {text}: write KEY=VALUE")
        elif found.setdefault(key, value) != value:
            wrong.append(f'{option} {key} is given twice: "{found[key]}" and "{value}"')
    if wrong:
        raise UsageError("\n".join(wrong))
    return found

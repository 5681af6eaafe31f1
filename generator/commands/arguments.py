"""Options that several commands have, and messages about wrong ones."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Sequence
from typing import NoReturn

from generator.report import FORMATS
from generator.text.hints import did_you_mean

_CHOICE = re.compile(
    r"invalid choice: '(?P<word>[^']*)' \(choose from (?P<words>.*)\)\Z", re.DOTALL
)


class Parser(argparse.ArgumentParser):
    """A parser whose errors name what may have been meant.

    They end with 1, since 2 means that differences were found.
    """

    def error(self, message: str) -> NoReturn:
        """Show the usage of this command, say what is wrong, and exit."""
        if (choice := _CHOICE.search(message)) is not None:
            meant = did_you_mean(choice["word"], re.findall(r"[\w-]+", choice["words"]))
            message += f"; did you mean {meant}?" if meant else ""
        self.print_usage(sys.stderr)
        self.exit(1, f"{self.prog}: {message}\n")

    def parse_args(  # type: ignore[override] # of its two forms this is the one in use
        self, args: Sequence[str] | None = None, namespace: argparse.Namespace | None = None
    ) -> argparse.Namespace:
        """Parse a whole command line; what nobody knows is the error of the command it is for."""
        options, unknown = self.parse_known_args(args, namespace)
        if unknown:
            self._innermost(options)._refuse(unknown)
        return options

    def _innermost(self, options: argparse.Namespace) -> Parser:
        """The parser of the command, or of the kind of command, that was named."""
        for action in self._actions:
            if isinstance(action, argparse._SubParsersAction):
                found = action.choices.get(getattr(options, action.dest, ""))
                return self if found is None else found._innermost(options)
        return self

    def _refuse(self, unknown: list[str]) -> NoReturn:
        options = [
            word.partition("=")[0] for word in unknown if word.startswith("-") and word != "-"
        ]
        if not options:
            self.error(f"too much on the command line: {' '.join(unknown)}")
        messages = []
        for option in options:
            meant = did_you_mean(option, self._option_string_actions)
            messages.append(
                f"unknown option {option}" + (f"; did you mean {meant}?" if meant else "")
            )
        self.error("\n".join(messages))


def add_format(parser: argparse.ArgumentParser) -> None:
    """The option that says how problems are printed."""
    parser.add_argument(
        "--format", choices=FORMATS, default="text", help="how problems are told (default: text)"
    )


def add_cache(parser: argparse.ArgumentParser) -> None:
    """The option that keeps out of the cache."""
    parser.add_argument(
        "--no-cache",
        action="store_true",
        help="build every job anew: neither read nor write what earlier runs left in .dativo/",
    )


def add_paths(parser: argparse.ArgumentParser) -> None:
    """The job files or folders to work on."""
    parser.add_argument(
        "paths", nargs="*", metavar="PATH", help="job files or folders (default: all jobs)"
    )


def add_job(parser: argparse.ArgumentParser, optional: bool = False) -> None:
    """The job to work on, in any way that people name one; see ``generator.tree.selection``."""
    parser.add_argument(
        "job",
        metavar="JOB",
        nargs="?" if optional else None,
        help="a job's name, its file, its root, or a folder of one of these",
    )

"""Writes docs/reference/commands.md from the command line's own help."""

from __future__ import annotations

import argparse

from generator.cli import COMMANDS, parser
from scripts.pages import Files

PAGE = "docs/reference/commands.md"
_HEAD = """# Commands

Exit codes: 0 fine, 1 something is wrong with the input, 2 differences found, 3 a bug in dativo,
130 interrupted. Problems are told on standard error for people, on standard output for machines
(`--format json`, `github` or `sarif`). Colours only on a terminal, and not with `NO_COLOR`.
"""


def files() -> Files:
    """The page."""
    commands = _choices(parser())
    yield PAGE, "\n".join([_HEAD, *(_section(name, commands[name]) for name in COMMANDS)])


def _choices(command: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    """The commands below a command."""
    nested = [a for a in command._actions if isinstance(a, argparse._SubParsersAction)]
    return dict(nested[0].choices) if nested else {}


def _section(name: str, command: argparse.ArgumentParser) -> str:
    verbs = _choices(command)
    if verbs:
        return "\n".join(_section(f"{name} {verb}", verbs[verb]) for verb in verbs)
    rows = [_row(action) for action in command._actions if action.dest != "help"]
    section = f"## dativo {name}\n\n{command.description}\n"
    if rows:
        section += "\n| argument | meaning |\n|---|---|\n"
    return section + "".join(f"| `{argument}` | {text} |\n" for argument, text in rows)


def _row(action: argparse.Action) -> tuple[str, str]:
    """An argument as it is typed, and what it means.

    Not in argparse's own layout, which differs from one Python to the next.
    """
    value = action.metavar or ("|".join(action.choices) if action.choices else "")
    if not action.option_strings:
        shown = f"{value} ..." if action.nargs == "*" else str(value)
    else:
        shown = ", ".join(action.option_strings) + (f" {value}" if action.nargs != 0 else "")
    return shown.replace("|", "\\|"), (action.help or "").replace("|", "\\|")

"""``dativo changed``: lists the roots that differ between two trees of git."""

from __future__ import annotations

import argparse

from generator.changes.views.table import FORMS
from generator.commands.comparing import add_comparison, show


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    add_comparison(parser, FORMS)


def run(options: argparse.Namespace) -> int:
    """Compare, and list the roots."""
    return show(options, FORMS)

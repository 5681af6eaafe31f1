"""``dativo diff``: shows what changed in the roots between two trees of git, for people."""

from __future__ import annotations

import argparse

from generator.changes.views.table import DIFF_FORMS
from generator.commands.comparing import add_comparison, show


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    add_comparison(parser, DIFF_FORMS)


def run(options: argparse.Namespace) -> int:
    """Compare, and show each difference once with the roots that have it."""
    return show(options, DIFF_FORMS)

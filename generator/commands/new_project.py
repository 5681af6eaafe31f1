"""``dativo new project``: lays down a new repository with Copier, and checks it."""

from __future__ import annotations

import argparse
import os
import shlex
from collections.abc import Iterator

from generator.commands import EXIT_OK
from generator.commands.asking import add_defaults, has_terminal, pairs
from generator.commands.common import print_problems
from generator.errors import UsageError
from generator.text.printable import printable

TYPE_CHECKING = False  # the rooms behind are imported when they are needed
if TYPE_CHECKING:
    from generator.scaffold.lay_down import Laid


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument(
        "folder", nargs="?", default=".", metavar="DIR", help="an empty or new folder (default: .)"
    )
    parser.add_argument(
        "--template",
        metavar="ADDRESS",
        help="the template: a git address or a folder (default: the one that dativo ships)",
    )
    parser.add_argument(
        "--ref", metavar="REF", help="tag, branch or commit of --template (default: its last tag)"
    )
    parser.add_argument(
        "--data",
        action="append",
        default=[],
        metavar="KEY=VALUE",
        help="the answer to a question of the template; may be given again",
    )
    add_defaults(parser, "ask nothing: the template's default for what --data does not answer")


def run(options: argparse.Namespace) -> int:
    """Lay a repository down, or say all that stands against it."""
    from generator.scaffold.lay_down import lay_down
    from generator.scaffold.template import source_of

    if options.project is not None:
        raise UsageError("--project names a project that is there; name the new folder as DIR")
    source = source_of(options.template, options.ref)
    answers = pairs("--data", options.data)
    laid = lay_down(source, options.folder, answers, ask=has_terminal(), defaults=options.defaults)
    print_problems(laid.warnings, options)
    for line in _said(laid):
        print(printable(line))
    return EXIT_OK


def _said(laid: Laid) -> Iterator[str]:
    here = os.path.relpath(laid.folder)
    here = laid.folder if here.startswith("..") else here
    yield f"created   {here}, with {', '.join(laid.jobs)}, checked"
    yield ""
    yield "Next:"
    if here != ".":
        yield f"  cd {shlex.quote(here)}"
    if laid.inside is None and not os.path.lexists(os.path.join(laid.folder, ".git")):
        yield "  git init"
    yield "  dativo generate"
    yield "  git add --all && git commit"
    yield ""
    yield "README.md says which example values to replace before the first plan, and how to set up"
    yield "the hook; `dativo new job` adds the next job."
    if laid.inside is not None:
        yield ""
        yield f"This folder is a part of the repository {laid.inside}: git hooks, pre-commit and"
        yield "code hosts read their files at its top only, so move those there."

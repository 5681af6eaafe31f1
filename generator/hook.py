"""The commit hook: regenerates, and stops a commit that lacks a change of the roots.

What is committed has to agree with itself, whatever else lies in the working tree. Where
everything is staged, that is so when regenerating changed nothing. Where it is not, the
staged files are laid out in a temporary folder and checked there.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence

from generator.cli import main as dativo
from generator.folders import project_folder
from generator.own_process import prepare


def main(argv: Sequence[str] | None = None) -> int:
    """Run the hook inside a git repository.

    Args:
        argv: at most one argument, the project folder; without it, the folder that
            ``dativo generate`` finds.

    Returns:
        0 when the commit may go on; 1 and above as ``dativo generate`` returns them, 1 also
        when roots changed that are not staged.
    """
    if argv is None:
        prepare()
    arguments = list(sys.argv[1:] if argv is None else argv)
    if len(arguments) > 1 or arguments[:1] in (["-h"], ["--help"]):
        print("usage: dativo-hook [PROJECT]", file=sys.stderr)
        return 0 if len(arguments) == 1 else 1
    folder = project_folder(arguments[0] if arguments else None)
    if folder is None:
        print(f"dativo-hook: {arguments[0]}: no such folder", file=sys.stderr)
        return 1
    if code := dativo(["generate", "--project", folder]):
        return code
    try:
        return _compare_with_index(folder)
    except subprocess.CalledProcessError as error:
        print(f"dativo-hook: git: {error.stderr.decode(errors='replace').strip()}", file=sys.stderr)
        return 1


def _compare_with_index(folder: str) -> int:
    output = _output(folder) + "/"
    loose = _not_staged(folder)
    roots = [path for path in loose if path.startswith(output)]
    if not loose:
        return 0
    if len(roots) < len(loose) and _staged_is_consistent(folder):
        return 0
    if not roots:
        print("these files are not part of the commit, but its roots follow from them:")
        _show(loose)
        print("add them, or set them aside: git stash --keep-index --include-untracked")
        return 1
    print("roots changed that are not part of the commit:")
    _show(roots)
    print(f"review them, then: git add {output}")
    return 1


def _output(folder: str) -> str:
    """The output folder: from the note that lies in it, else from the settings."""
    from generator.unchanged import read_note

    if note := read_note(folder):
        return note["hand"][0][0]
    from generator.project import open_project

    return open_project(folder).settings.output


def _show(paths: Sequence[str], most: int = 20) -> None:
    from generator.report.printable import printable

    for path in paths[:most]:
        print(f"  {printable(path)}")
    if len(paths) > most:
        print(f"  and {len(paths) - most} more")


def _not_staged(folder: str) -> list[str]:
    """Files below the folder that differ from the index, and those git does not know."""
    prefix = _prefix(folder)
    listed = _git(
        "status", "--porcelain=v1", "-z", "--no-renames", "--untracked-files=all", "--", folder
    )
    entries = [entry for entry in listed.split("\0") if entry]
    return sorted(entry[3:].removeprefix(prefix) for entry in entries if entry[1] != " ")


def _staged_is_consistent(folder: str) -> bool:
    """Whether the roots in the index are those that its jobs make."""
    import tempfile

    with tempfile.TemporaryDirectory(prefix="dativo-") as copy:
        _git("checkout-index", "--all", f"--prefix={copy}/")
        inner = os.path.join(copy, *_prefix(folder).split("/"))
        return not os.path.isdir(inner) or dativo(["check", "--project", inner]) == 0


def _prefix(folder: str) -> str:
    """What leads from the top of the working tree to the project: "" or "data/etl/"."""
    top = _git("rev-parse", "--show-toplevel").rstrip("\n")
    below = os.path.relpath(os.path.realpath(folder), os.path.realpath(top))
    return "" if below == os.curdir else below.replace(os.sep, "/") + "/"


def _git(*arguments: str) -> str:
    # Git runs hooks at the top of the working tree and may name the index relative to it
    # (GIT_INDEX_FILE), so the folder is not changed here.
    done = subprocess.run(["git", *arguments], check=True, capture_output=True)
    return done.stdout.decode("utf-8", "surrogateescape")

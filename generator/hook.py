"""The commit hook: regenerates, and stops a commit that lacks a change of the roots.

What is committed has to agree with itself, whatever else lies in the working tree. Where all
that dativo reads or writes is staged, that is so when regenerating changed nothing. Where it is
not, the staged files are laid out in a temporary folder and checked there.
"""

from __future__ import annotations

import contextlib
import io
import os
import subprocess
import sys
from collections.abc import Collection, Sequence
from importlib import import_module
from typing import TYPE_CHECKING

from generator.cli import main as dativo
from generator.files import staged
from generator.files.folders import project_folder
from generator.files.names import DEPTH, MANIFEST, ROOT_LOCK
from generator.files.own_process import prepare

if TYPE_CHECKING:
    from generator.kept.settled import Settled

# Endings of what dativo reads; of the rest it looks at nothing.
_READ = (".yaml", ".yml", ".tf", ".tf.json", ".tofu", ".tofu.json")


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
    try:
        return _judge(folder)
    except subprocess.CalledProcessError as error:
        print(f"dativo-hook: git: {error.stderr.decode(errors='replace').strip()}", file=sys.stderr)
    except FileNotFoundError as error:
        print(f"dativo-hook: {error.filename}: {error.strerror}", file=sys.stderr)
    return 1


def _judge(folder: str) -> int:
    from generator.noop.answer import record_for

    generate = ["generate", "--project", folder]
    settled = record_for(generate)
    try:
        return _judged(folder, generate, settled)
    finally:
        if settled is not None:
            settled.end()


def _judged(folder: str, generate: list[str], settled: Settled | None) -> int:
    from generator.noop.answer import answer, tell

    with staged.status_meanwhile(folder) as status:
        said = None if settled is None else answer(generate, settled)
        if said is None:  # what it takes to build is imported while git looks
            import_module("generator.commands.generate")
        output = _output(folder, settled)
        below, found = status()
    loose = [path for path in found.loose if _matters(folder, output, path)]
    if loose:
        return _judge_staged(folder, output, below, loose)
    if said is not None:
        tell(*said)
    else:
        if code := dativo(generate, settled):
            return code
        found = staged.status(folder, below)
    return _compare_with_index(folder, output, found)


def _compare_with_index(
    folder: str,
    output: str | None,
    found: staged.Status,
    roots: Collection[str] | None = None,
) -> int:
    """Stop when generated files are not part of the commit.

    Args:
        folder: the project folder, generated.
        output: its output folder; None where the settings do not load.
        found: what git says of its files.
        roots: below the project folder, those that are asked for; None means all.
    """
    output = output or ""
    files = [p for p in found.loose if _root_of(folder, output, p) and _is_wanted(p, roots)]
    if files:
        print("roots changed that are not part of the commit:")
        _show(files)
        what = " ".join(sorted(filter(None, (_root_of(folder, output, p) for p in files))))
        few = roots is not None and len(roots) <= 5
        print(f"review them, then: git add {what if few else output + '/'}")
        return 1
    if ignored := _ignored(folder, output, found.ignored):
        print("git ignores these roots, so that they are not part of the commit:")
        _show(ignored)
        print("change what .gitignore says, or: git add --force " + " ".join(ignored[:5]))
        return 1
    return 0


def _judge_staged(folder: str, output: str | None, below: str, loose: Sequence[str]) -> int:
    """Judge what is staged by itself, since the working tree holds other things as well."""
    from generator import api
    from generator.errors import InputError

    with staged.laid_out(below) as copy:
        if copy is None:
            return 0
        try:
            result = api.check(copy)
        except InputError as error:
            _print(error.problems, copy)
            return 1
        _print(result.problems, copy)
    if result.up_to_date:
        return 0
    if not result.ok:
        return 1
    roots = {root for root, status in result.roots.items() if status != "unchanged"}
    if output is not None and _all_ignored(output, staged.status(folder, below).ignored):
        return 0
    code, said = _quietly("generate", "--project", folder)
    if code == 0 and _compare_with_index(folder, output, staged.status(folder, below), roots):
        return 1
    if code:
        print("these roots do not follow from what is staged:")
        _show(sorted(roots))
        print("and the working tree, with what is not staged, cannot be generated:")
        print(said, end="")
    else:
        print("these files are not part of the commit, but its roots follow from them:")
        _show(loose)
    print("add them, or set them aside: git stash --keep-index --include-untracked")
    return 1


def _print(problems: Sequence[object], folder: str) -> None:
    import argparse

    from generator.commands.common import print_problems

    print_problems(problems, argparse.Namespace(project=folder))  # type: ignore[arg-type]


def _quietly(*arguments: str) -> tuple[int, str]:
    """The exit code of a command, and what it would have printed."""
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        code = dativo(arguments)
    return code, said.getvalue()


def _output(folder: str, settled: Settled | None) -> str | None:
    """The output folder: from the record of earlier runs, else from the settings, if they load."""
    if settled is not None and settled.settings():
        return settled.output
    from generator.errors import InputError
    from generator.job.project import open_project

    try:
        return open_project(folder).settings.output
    except InputError:
        return None


def _matters(folder: str, output: str | None, path: str) -> bool:
    """Whether dativo reads or writes a file: one that is not staged makes a difference then."""
    if output is None or path.endswith((*_READ, "/")) or _root_of(folder, output, path):
        return True
    full = os.path.join(folder, path)
    return os.path.islink(full) or os.path.isdir(full)  # a submodule


def _root_of(folder: str, output: str, path: str) -> str | None:
    """The root that a file is a generated one of, by its place and name; None for any other."""
    below = path.removeprefix(output + "/")
    if below == path or below.count("/") != DEPTH:
        return None
    from generator.render.manifest_check import GENERATED

    root, _, name = path.rpartition("/")
    is_file = name in GENERATED or name == MANIFEST
    is_file = is_file or (name == ROOT_LOCK and _is_our_lock(os.path.join(folder, path)))
    return root if is_file else None


def _is_our_lock(path: str) -> bool:
    """Whether a root's lock of providers is a copy of the project's: the user's has no header."""
    from generator.files.regular import read
    from generator.tree.ours import has_header

    try:
        return has_header(read(path, follow=False)[0])
    except OSError:
        return False


def _is_wanted(path: str, roots: Collection[str] | None) -> bool:
    return roots is None or path.rpartition("/")[0] in roots


def _all_ignored(output: str, ignored: Sequence[str]) -> bool:
    """Whether the output folder is kept out of git as a whole, which is done on purpose."""
    return any(path.endswith("/") and f"{output}/".startswith(path) for path in ignored)


def _ignored(folder: str, output: str, ignored: Sequence[str]) -> list[str]:
    """The roots among what git ignores, in order."""
    if _all_ignored(output, ignored):
        return []
    found = {_root_of(folder, output, path) for path in ignored}
    for path in ignored:
        if path.endswith("/") and path.startswith(output + "/"):
            for top, _, names in os.walk(os.path.join(folder, path)):
                shown = os.path.relpath(top, folder).replace(os.sep, "/")
                found |= {_root_of(folder, output, f"{shown}/{name}") for name in names}
    return sorted(filter(None, found))


def _show(paths: Sequence[str], most: int = 20) -> None:
    from generator.text.printable import printable

    for path in paths[:most]:
        print(f"  {printable(path)}")
    if len(paths) > most:
        print(f"  and {len(paths) - most} more")

"""The roots on disk: folders below the output folder that bear our manifest."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

from generator.errors import InputError, Place, Problem, TreeError
from generator.render import manifest
from generator.render.manifest import Manifest
from generator.tree.paths import output_folder, read_file

# tenant / job / environment
_DEPTH = 3


def scan(
    project: str, output: str, matters: Callable[[str, bytes], bool] | None = None
) -> tuple[dict[str, Manifest], list[Problem]]:
    """Read the manifest of every root.

    Args:
        project: the project folder.
        output: the output folder below it.
        matters: whether a root's manifest is worth parsing, from its folder and the file's
            bytes; None parses all.

    Returns:
        Root folder to its manifest, in order; and a problem for each that cannot be read.

    Raises:
        TreeError: the output folder is a link or lies outside the project, or a folder in it
            cannot be read.
    """
    top = output_folder(project, output)
    found: dict[str, Manifest] = {}
    problems: list[Problem] = []
    for folder in sorted(_folders(top, "", 0)):
        shown = f"{output}/{folder}/{manifest.NAME}"
        try:
            data = read_file(os.path.join(top, folder, manifest.NAME))
            if data is not None and (matters is None or matters(folder, data)):
                found[folder] = manifest.read(data, folder, shown)
        except InputError as error:
            problems += error.problems
        except OSError as error:
            problems.append(
                Problem("manifest", f"cannot read {shown}: {error.strerror}", Place(shown))
            )
    return found, problems


def _folders(top: str, below: str, depth: int) -> Iterator[str]:
    if depth == _DEPTH:
        yield below
        return
    try:
        entries = os.scandir(os.path.join(top, below))
    except FileNotFoundError:
        return
    except OSError as error:
        message = f"cannot read {error.filename}: {error.strerror}"
        raise TreeError(Problem("unreadable", message)) from error
    for entry in entries:
        if not entry.name.startswith(".") and entry.is_dir(follow_symlinks=False):
            yield from _folders(top, f"{below}/{entry.name}" if below else entry.name, depth + 1)

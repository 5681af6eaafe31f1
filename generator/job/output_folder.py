"""Where roots may not go: into folders that mean something else to git, to tools, or to dativo."""

from __future__ import annotations

import os
import posixpath
import unicodedata
from collections.abc import Iterator

from generator.errors import Location, Problem
from generator.files.names import LOCKS_FOLDER, SETTINGS_FILE
from generator.model.settings import Settings

# What a project has beside its roots, by the names that the template and this page's readers use.
_TAKEN = {
    "assets": "asset contracts",
    "hooks": "hooks",
    "jobs": "job files",
    LOCKS_FOLDER: "locks of providers",
    "modules": "Terraform modules",
    "schemas": "JSON Schemas",
    "templates": "templates",
}
_HINT = "for example `output: generated`"


def problems(folder: str, settings: Settings) -> Iterator[Problem]:
    """What speaks against the output folder: one thing at most.

    Args:
        folder: the project folder.
        settings: dativo.yaml; that the folder lies below the project is known.
    """
    output = posixpath.normpath(settings.output)
    real = os.path.relpath(
        os.path.realpath(os.path.join(folder, output)), os.path.realpath(folder)
    ).replace(os.sep, "/")
    fault = _fault(output, settings)
    if fault is None and real != output and not real.startswith("../"):
        fault = _fault(real, settings)
    if fault is not None:
        message = f'"output" cannot be "{settings.output}": {fault}'
        yield Problem("output-folder", message, Location(SETTINGS_FILE, ("output",)), _HINT)


def _fault(output: str, settings: Settings) -> str | None:
    if output == ".":
        return "it is the project itself"
    parts = [_folded(part) for part in output.split("/")]
    for part, written in zip(parts, output.split("/"), strict=True):
        if part.startswith(".") or part == "git~1":
            return f"folders such as {written} belong to git and to other tools"
        if written != written.rstrip(". "):
            return "Windows takes dots and blanks away from the end of a name"
    if parts[0] in _TAKEN:
        return f"{_TAKEN[parts[0]]} are in a folder of that name"
    for jobs in settings.jobs:
        if _is_in(jobs, parts):
            return f"the job files in {posixpath.normpath(jobs)} would lie among the roots"
    source = settings.modules.source
    if "::" not in source and "://" not in source and _is_in(source, parts):
        return f"modules are in {source}"
    return None


def _is_in(path: str, parts: list[str]) -> bool:
    """Whether a path is that of a folder, or one below it."""
    return [_folded(part) for part in posixpath.normpath(path).split("/")][: len(parts)] == parts


def _folded(name: str) -> str:
    """A name as file systems compare it that do not look at case or invisible characters.

    HFS+ leaves format characters out, and git refuses names that come to .git by that
    (CVE-2014-9390).
    """
    seen = "".join(c for c in name if unicodedata.category(c) != "Cf")
    return unicodedata.normalize("NFKC", seen).casefold()

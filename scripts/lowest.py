"""Runs dativo in the environment at hand: every module is imported, every example made anew.

``make lowest`` does so with the oldest dependencies that pyproject.toml allows.
"""

from __future__ import annotations

import filecmp
import importlib
import os
import pkgutil
import shutil
import sys
import tempfile
import warnings

import generator
from generator.cli import main as dativo
from scripts.pages import TOP

_INPUTS = ("assets", "jobs", "locks", "modules")


def main() -> int:
    """Exit code 1 when a module cannot be imported, or an example's root differs."""
    warnings.simplefilter("error")
    modules = list(pkgutil.walk_packages(generator.__path__, "generator."))
    for module in modules:
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    print(f"{len(modules)} modules can be imported")
    with tempfile.TemporaryDirectory() as folder:
        return _examples(folder) or _new_project(os.path.join(folder, "new"))


def _examples(folder: str) -> int:
    project = os.path.join(folder, "project")
    for name in _INPUTS:
        if os.path.isdir(os.path.join(TOP, name)):
            shutil.copytree(os.path.join(TOP, name), os.path.join(project, name))
    shutil.copy(os.path.join(TOP, "dativo.yaml"), project)
    if code := dativo(["generate", "--project", project]):
        return code
    differing = _differing(os.path.join(TOP, "generated"), os.path.join(project, "generated"))
    for path in differing:
        print(f"{path} differs from the example that is committed", file=sys.stderr)
    return 1 if differing else 0


def _differing(one: str, other: str, below: str = "") -> list[str]:
    """Files of two folders that are not the same, or in one alone; dativo's cache left out."""
    compared = filecmp.dircmp(os.path.join(one, below), os.path.join(other, below))
    names = [*compared.left_only, *compared.right_only]
    same = compared.common_files
    _, different, odd = filecmp.cmpfiles(compared.left, compared.right, same, shallow=False)
    found = [os.path.join(below, name) for name in [*names, *different, *odd] if _is_ours(name)]
    for name in compared.common_dirs:
        if _is_ours(name):
            found += _differing(one, other, os.path.join(below, name))
    return sorted(found)


def _is_ours(name: str) -> bool:
    return name not in (".dativo-cache", ".terraform", "outputs.json")


def _new_project(folder: str) -> int:
    """Lay a new repository down, which Copier does, and make its roots."""
    return dativo(["new", "project", "--defaults", folder]) or dativo(
        ["generate", "--project", folder]
    )


if __name__ == "__main__":
    sys.exit(main())

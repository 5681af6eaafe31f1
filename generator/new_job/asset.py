"""The asset of a new job: one that is there, or a least one that is made with it."""

from __future__ import annotations

import os
import posixpath
from typing import NamedTuple

from generator.errors import Problem
from generator.files.folders import yaml_files
from generator.job.asset_file import local_path
from generator.job.project import Project
from generator.model.fields import name_fault
from generator.text.hints import did_you_mean
from generator.yaml.write import scalar

FOLDER = "assets"
_VERSION = "1.0"


class Chosen(NamedTuple):
    """An asset.

    Attributes:
        name: what the job calls it.
        file: below the project folder.
        data: its content where it has to be made; None where it is there.
    """

    name: str
    file: str
    data: bytes | None = None


def asset_files(project: Project) -> list[str]:
    """The asset files that are where assets usually are."""
    there = os.path.isdir(os.path.join(project.folder, FOLDER))
    return yaml_files(project.folder, [FOLDER]) if there else []


def chosen_asset(
    project: Project, given: str, make: bool, *, source: str = "", owner: str = ""
) -> Chosen | Problem:
    """The asset that is meant, or what is wrong with naming it so.

    Args:
        project: the repository.
        given: a file below the project folder, or the name of an asset without folders.
        make: it is to be made, and must not be there.
        source: the connector that the data comes from, for one that is made.
        owner: who answers for the data, likewise.
    """
    is_path = "/" in given or given.endswith((".yaml", ".yml"))
    known = asset_files(project)
    if is_path:
        file = local_path(project, given)
        found = [file] if os.path.isfile(os.path.join(project.folder, file)) else []
    else:
        found = [file for file in known if _stem(file) == given]
        file = posixpath.join(FOLDER, source or given, f"v{_VERSION}", f"{given}.yaml")
    if make:
        return _made(given, file, found, source, owner)
    if len(found) == 1:
        return Chosen(_name(project, found[0]), found[0])
    if found:
        message = f"--asset {given}: several are called so: {', '.join(found)}"
        return Problem("asset", message, None, "name the file")
    meant = did_you_mean(given, known if is_path else map(_stem, known))
    hint = f"did you mean {meant}? " if meant else ""
    return Problem(
        "asset", f"--asset {given}: there is no such asset", None, f"{hint}--new-asset makes it"
    )


def _made(given: str, file: str, found: list[str], source: str, owner: str) -> Chosen | Problem:
    stem = _stem(file)
    if found:
        message = f"--new-asset: the asset {found[0]} is there already"
        return Problem("asset", message, None, "leave --new-asset out to use it")
    if file.startswith("../") or posixpath.isabs(file) or not file.endswith((".yaml", ".yml")):
        hint = f"name a .yaml file below {FOLDER}/"
        return Problem("asset", f"--asset {given} cannot be made", None, hint)
    for name in (stem, *([source] if source and file.startswith(f"{FOLDER}/{source}/") else [])):
        if fault := name_fault("job", name):
            return Problem("asset", f'--asset {given}: the name "{name}" {fault}')
    top = posixpath.relpath("schemas/asset.schema.json", posixpath.dirname(file) or ".")
    lines = [
        f"# yaml-language-server: $schema={top}",
        "# The contract of the data: what it is, whose it is, how long it is kept.",
        f"name: {scalar(stem)}",
        f'version: "{_VERSION}"',
        "status: active",
        *([f"source_type: {scalar(source)}"] if source else []),
        f"object: {scalar(stem)}",
        *(["team:", f"  owner: {scalar(owner)}"] if owner else []),
    ]
    return Chosen(stem, file, ("\n".join(lines) + "\n").encode())


def _stem(file: str) -> str:
    return posixpath.splitext(posixpath.basename(file))[0]


def _name(project: Project, file: str) -> str:
    """What the asset calls itself; its file's name where it does not say."""
    from generator.errors import InputError
    from generator.yaml.load import load_yaml

    try:
        document = load_yaml(project.read(file), file)
    except (InputError, OSError):
        return _stem(file)  # the trial of the job tells what is wrong with it
    inner = document.get("asset") if isinstance(document, dict) else None
    for held in (document, inner):
        if isinstance(held, dict) and isinstance(held.get("name"), str):
            return str(held["name"])
    return _stem(file)

"""Who reads the state of a root: roots of others and files of the user's, by a data source."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Iterator, Mapping
from typing import Any

from generator.errors import Location, Problem
from generator.files.names import MANIFEST
from generator.files.regular import read as read_regular
from generator.files.terraform_files import is_terraform, terraform_files
from generator.job.project import Project
from generator.plan.backend import address_of
from generator.render.manifest_check import GENERATED
from generator.terraform_text.blocks import Block, body_of, items_of, text_of
from generator.terraform_text.literals import ExpressionError, literal
from generator.terraform_text.scan import UnreadableError

CODE = "state-is-read"
_DATA = "terraform_remote_state"
_MOST_BYTES = 1024 * 1024


def readers(project: Project, addresses: Mapping[str, str]) -> list[Problem]:
    """An error for each data source that reads one of some states.

    One whose configuration is no literal tells nobody what it reads.

    Args:
        project: the repository.
        addresses: state to its root, below the output folder.
    """
    found = []
    for file in _files(project):
        try:
            data, _ = read_regular(os.path.join(project.folder, file), most=_MOST_BYTES)
        except OSError:
            continue
        if _DATA.encode() not in data:
            continue
        for address, line in _read(file, data):
            root = addresses.get(address)
            if root is not None and posixpath.dirname(file) != f"{project.settings.output}/{root}":
                message = f"the state of {project.settings.output}/{root} is read here"
                hint = "take that data source out first, or let it read another state"
                found.append(Problem(CODE, message, Location(file, line=line, column=1), hint))
    return found


def _files(project: Project) -> Iterator[str]:
    """Terraform files that people wrote: roots, and files beside ours.

    Who reads a state in a generated file says so with ``needs``, and is told by the run.
    """
    output = project.settings.output
    for file in terraform_files(project.folder, list(project.searched), output):
        if not file.endswith((".json", "/", MANIFEST)):
            yield file
    top = os.path.join(project.folder, output)
    for folder, folders, names in os.walk(top):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        below = os.path.relpath(folder, project.folder).replace(os.sep, "/")
        own = [n for n in sorted(names) if is_terraform(n) and n not in GENERATED]
        yield from (f"{below}/{name}" for name in own)


def _read(file: str, data: bytes) -> Iterator[tuple[str, int]]:
    """The address of each state that a file reads, and the line."""
    try:
        blocks = list(body_of(text_of(data)).of("data"))
    except UnreadableError:
        return
    for block in blocks:
        if block.labels[:1] == (_DATA,):
            address = _address(block, posixpath.dirname(file))
            if address is not None:
                yield address, block.line


def _address(block: Block, folder: str) -> str | None:
    try:
        arguments = block.body().arguments
        kind = literal(arguments["backend"].text)
        config = {name: _value(text) for name, text in items_of(arguments["config"]).items()}
    except (UnreadableError, ExpressionError, KeyError):
        return None
    return address_of(kind, {k: v for k, v in config.items() if v is not None}, folder)


def _value(text: str) -> Any:
    try:
        return literal(text)
    except ExpressionError:
        return None

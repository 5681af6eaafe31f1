"""The files in ``locks/``, and lock files of roots: which versions they hold.

The blocks are Terraform's ("Dependency Lock File" in its documentation) and stay as it wrote
them. What it has no place for stands in comments above them: for which platforms the checksums
are, and which modules' providers were found out by fetching the module.
"""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from generator.errors import InputError, Location, Problem, Problems
from generator.files.names import LOCKS_FOLDER
from generator.files.terraform_files import is_lock
from generator.job.project import Project
from generator.terraform_text.blocks import Block, body_of, text_of
from generator.terraform_text.literals import ExpressionError, literal
from generator.terraform_text.scan import UnreadableError
from generator.text import conflicts

FIRST = "# Locked by dativo for all roots that need these providers. To renew it: dativo lock"
_PLATFORMS = "# Platforms: "
_MODULE = "# Module: "
_PLATFORM = re.compile(r"[a-z0-9]+_[a-z0-9]+").fullmatch
_ADDRESS = re.compile(r"([a-z0-9.-]+(?::[0-9]+)?)/([a-z0-9_-]+/[a-z0-9_-]+)").fullmatch


class Locked(NamedTuple):
    """One provider in a lock file.

    Attributes:
        host: of the registry in its address: registry.terraform.io, registry.opentofu.org.
        version: the one version.
        hashes: checksums of its packages, in no order.
    """

    host: str
    version: str
    hashes: frozenset[str]


class LockFile(NamedTuple):
    """A lock file of the project.

    Attributes:
        file: below the project folder.
        platforms: those that its checksums are for, as ``linux_amd64``.
        modules: what Terraform fetched to know their providers: source, a blank and a version.
        providers: ``hashicorp/aws`` to what is locked.
        blocks: the text below the comments.
    """

    file: str
    platforms: tuple[str, ...]
    modules: frozenset[str]
    providers: Mapping[str, Locked]
    blocks: str

    def text(self) -> str:
        """The whole file."""
        lines = [FIRST, _PLATFORMS + ", ".join(sorted(self.platforms))]
        lines += [_MODULE + module for module in sorted(self.modules)]
        return "\n".join(lines) + "\n\n" + self.blocks


def locks_of(project: Project) -> tuple[list[LockFile], Problems]:
    """The lock files of a project by name, and what is wrong with any of them.

    Files in the folder that do not bear our first line are somebody else's and left out.
    """
    found, problems = [], Problems()
    files = lock_names(project.folder)
    project.seen.locks(LOCKS_FOLDER, map(posixpath.basename, files))
    for file in files:
        try:
            data = project.read(file)
        except (OSError, InputError) as error:
            why = error.strerror if isinstance(error, OSError) else "it lies outside the project"
            problems.error("unreadable", f"cannot read {file}: {why}", Location(file))
            continue
        if not is_ours(data):
            continue
        with problems.kept():
            found.append(parse(file, data))
    return found, problems


def lock_names(folder: str) -> list[str]:
    """The lock files below a project folder, ours or not."""
    try:
        names = os.listdir(os.path.join(folder, LOCKS_FOLDER))
    except (FileNotFoundError, NotADirectoryError):
        return []
    return sorted(posixpath.join(LOCKS_FOLDER, name) for name in names if is_lock(name))


def is_ours(data: bytes) -> bool:
    """Whether dativo made a lock file of the project; with conflicts in it, it still did."""
    return FIRST.encode() in data[:2000]


def parse(file: str, data: bytes) -> LockFile:
    """Read one.

    Args:
        file: below the project folder.
        data: what it holds; it bears our first line.

    Raises:
        InputError: it has conflicts, was cut short, or edited to what Terraform does not write.
    """
    text = data.decode(errors="replace").replace("\r\n", "\n")
    if lines := conflicts.conflict_lines(text):
        hint = "run: dativo lock, which makes it anew"
        location = Location(file, line=lines[0], column=1)
        raise InputError(Problem("merge-conflict", conflicts.message(lines[0]), location, hint))
    head, _, blocks = text.partition("\n\n")
    platforms: list[str] = []
    modules = set()
    for line in head.splitlines():
        if line.startswith(_PLATFORMS):
            platforms = line.removeprefix(_PLATFORMS).split(", ")
        elif line.startswith(_MODULE):
            modules.add(line.removeprefix(_MODULE))
    providers = providers_in(data)
    if not providers or not platforms or not all(map(_PLATFORM, platforms)):
        message = f"{file} is no lock file as dativo lock writes it"
        location = Location(file, line=1, column=1)
        raise InputError(Problem("lock-file", message, location, "run: dativo lock"))
    return LockFile(file, tuple(sorted(platforms)), frozenset(modules), providers, blocks)


def providers_in(data: bytes) -> dict[str, Locked] | None:
    """The providers of any lock file, by namespace and name; None when it is none."""
    try:
        body = body_of(text_of(data))
        found = dict(map(_locked, body.of("provider")))
    except (UnreadableError, ExpressionError, ValueError):
        return None
    return found


def _locked(block: Block) -> tuple[str, Locked]:
    address = _ADDRESS(block.labels[0]) if len(block.labels) == 1 else None
    arguments = body_of(block.text).arguments
    version = literal(arguments["version"].text) if "version" in arguments else None
    hashes = literal(arguments["hashes"].text) if "hashes" in arguments else []
    if address is None or not isinstance(version, str) or not isinstance(hashes, list):
        raise ValueError(block.labels)
    return address[2], Locked(address[1], version, frozenset(map(str, hashes)))


def blocks_of(text: str, keep: Iterable[str]) -> str:
    """The blocks of some providers, by namespace and name, in a lock file's text."""
    kept = set(keep)
    parts = re.findall(r'^provider "[^"\n]+" \{\n.*?^\}\n', text, re.MULTILINE | re.DOTALL)
    return "\n".join(p for p in parts if p.split('"')[1].partition("/")[2] in kept)

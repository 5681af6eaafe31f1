"""Finds the interface of the module that a root calls, and remembers it.

One catalogue serves a whole run. Local modules are read from the project; git and registry
modules from a copy that ``terraform init`` left in ``.terraform/modules``, or from the shipped
module of the same name when the settings point at our own repository's modules.
"""

from __future__ import annotations

import json
import os
from functools import cache
from typing import Any

from generator.files import shipped
from generator.files.cache import cache_folder, write
from generator.files.names import INTERFACES
from generator.files.regular import read as read_regular
from generator.files.stamps import MARK
from generator.job.project import Project
from generator.modules.declarations import parse
from generator.modules.files import digest, module_files
from generator.modules.interface import Interface, UnreadError
from generator.modules.read import interface


class Catalogue:
    """Interfaces by folder, each file set parsed at most once on this machine.

    Args:
        cache_folder: where parsed interfaces are kept between runs; None keeps none.
    """

    def __init__(self, cache_folder: str | None) -> None:
        self._cache_file = os.path.join(cache_folder, INTERFACES) if cache_folder else None
        self._by_folder: dict[str, Interface | UnreadError | None] = {}
        self._interfaces: dict[str, Any] | None = None
        self._new: dict[str, Any] = {}

    def find(self, folder: str) -> Interface | None:
        """The interface of the module in a folder.

        Returns:
            None when the folder holds no Terraform files.

        Raises:
            UnreadError: files are there, but not all can be read.
        """
        if folder not in self._by_folder:
            self._by_folder[folder] = self._read(folder)
        found = self._by_folder[folder]
        if isinstance(found, UnreadError):
            raise found
        return found

    def _read(self, folder: str) -> Interface | UnreadError | None:
        try:
            files = module_files(folder)
            return self._interface(files) if files else None
        except FileNotFoundError:
            return None
        except UnreadError as error:
            return error

    def _interface(self, files: dict[str, bytes]) -> Interface:
        key = digest(files)
        if self._interfaces is None:
            self._interfaces = {**_read(self._cache_file, own=True), **shipped_interfaces()}
        data = self._interfaces.get(key)
        if data is None:
            data = self._interfaces[key] = self._new[key] = parse(files)
        return interface(data)

    @property
    def learnt(self) -> dict[str, Any]:
        """What was parsed in this run, by digest: for the cache."""
        return self._new


def shipped_interfaces() -> dict[str, Any]:
    """The interfaces of the shipped modules by digest; scripts/module_interfaces.py writes them."""
    return _read(os.path.join(shipped.folder("modules"), INTERFACES))


# Reads a file of 400 kB; asked for each unknown input.
@cache
def shipped_names(part: str) -> frozenset[str]:
    """The names that any shipped module has for its inputs or outputs.

    Args:
        part: "variables" or "outputs".
    """
    return frozenset(
        name for interface in shipped_interfaces().values() for name in interface[part]
    )


def _read(path: str | None, own: bool = False) -> dict[str, Any]:
    """Interfaces by digest; ``own``: only from a file that dativo wrote on this machine."""
    if path is None:
        return {}
    try:
        text, found = read_regular(path)
        if own and found.st_mtime_ns != MARK:
            return {}
        data = json.loads(text)
    except (OSError, ValueError, RecursionError):
        return {}
    return data if isinstance(data, dict) else {}


def open_catalogue(project: Project) -> Catalogue:
    """The interfaces of modules, with those that earlier runs read."""
    return Catalogue(cache_folder(project.folder, project.settings.output))


def keep_interfaces(project: Project, learnt: dict[str, Any]) -> None:
    """Add interfaces to those kept for the next run."""
    if not learnt:
        return
    folder, output = project.folder, project.settings.output
    try:
        before = json.loads(read_regular(os.path.join(cache_folder(folder, output), INTERFACES))[0])
    except (OSError, ValueError, RecursionError):
        before = {}
    kept = {**before, **learnt} if isinstance(before, dict) else learnt
    write(folder, output, INTERFACES, json.dumps(kept))

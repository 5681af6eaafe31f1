"""Finds the interface of the module that a root calls, and remembers it for a run.

Local modules are read from the project; of git and registry modules that are called like a
shipped one the interface is that of the shipped one. What ``terraform init`` left in
``.terraform/modules`` is read only where a call is checked.
"""

from __future__ import annotations

import json
import os
from functools import cache
from typing import Any

from generator.files import shipped
from generator.files.names import INTERFACES
from generator.files.seen import Seen
from generator.job.project import Project
from generator.modules.declarations import parse
from generator.modules.files import digest, module_files
from generator.modules.interface import Interface, UnreadError
from generator.modules.read import interface


class Catalogue:
    """Interfaces by folder, each file set parsed at most once.

    Args:
        project: where to note what is read below it; None for folders of no project.
    """

    def __init__(self, project: Project | None) -> None:
        self._seen = Seen() if project is None else project.seen
        self._inside = None if project is None else project.folder.rstrip(os.sep) + os.sep
        self._interfaces: dict[str, Any] | None = None

    def find(self, folder: str) -> Interface | None:
        """The interface of the module in a folder.

        Returns:
            None when the folder holds no Terraform files.

        Raises:
            UnreadError: files are there, but not all can be read.
        """
        found = self._seen.once((Catalogue, folder), lambda: self._read(folder))
        if isinstance(found, UnreadError):
            raise found
        return found

    def _read(self, folder: str) -> Interface | UnreadError | None:
        files: dict[str, bytes] = {}
        try:
            files = module_files(folder)
            return self._interface(files) if files else None
        except FileNotFoundError:
            return None
        except UnreadError as error:
            return error
        finally:
            self._note(folder, files)

    def _note(self, folder: str, files: dict[str, bytes]) -> None:
        if self._inside is not None and folder.startswith(self._inside):
            below = os.path.relpath(folder, self._inside).replace(os.sep, "/")
            self._seen.module(below, files)
            for name, data in files.items():
                self._seen.file(f"{below}/{name}", data)

    def _interface(self, files: dict[str, bytes]) -> Interface:
        key = digest(files)
        if self._interfaces is None:
            self._interfaces = dict(shipped_interfaces())
        data = self._interfaces.get(key)
        if data is None:
            data = self._interfaces[key] = parse(files)
        return interface(data)


@cache
def shipped_interfaces() -> dict[str, Any]:
    """The interfaces of the shipped modules by digest; scripts/module_interfaces.py writes them."""
    try:
        with open(os.path.join(shipped.folder("modules"), INTERFACES), "rb") as file:
            found: dict[str, Any] = json.loads(file.read())
    except FileNotFoundError:  # while it is written for the first time
        return {}
    return found


# Asked for each unknown input.
@cache
def shipped_names(part: str) -> frozenset[str]:
    """The names that any shipped module has for its inputs or outputs.

    Args:
        part: "variables" or "outputs".
    """
    return frozenset(
        name for interface in shipped_interfaces().values() for name in interface[part]
    )


def open_catalogue(project: Project) -> Catalogue:
    """The interfaces of modules that a project's roots call."""
    return Catalogue(project)

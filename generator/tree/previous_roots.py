"""The root that had a state before a new one takes it: the job was renamed and kept its state."""

from __future__ import annotations

import json
import re

from generator.errors import InputError
from generator.files.names import MANIFEST
from generator.files.paths import read_file
from generator.render import manifest
from generator.render.manifest import Manifest
from generator.tree.scan import OnDisk

_ADDRESS = re.compile(rb'"address": ("(?:[^"\\]|\\.)*")')


class PreviousRoots:
    """The states of the roots on disk, looked at when the first new root asks."""

    def __init__(self, project: str, output: str, disk: OnDisk | None = None) -> None:
        """Args: the project folder, the output folder below it, and the manifests in that."""
        self._project, self._output = project, output
        self._disk = disk or OnDisk(project, output)
        self._folders: dict[bytes, str] | None = None

    def of(self, new: Manifest) -> Manifest | None:
        """The manifest of another root on disk with the state of a new one.

        One that cannot be read is left out; whoever compares that root reports it.
        """
        if self._folders is None:
            self._folders = {}
            self._disk.scan(self._matters)
        folder = self._folders.get(json.dumps(new.address).encode())
        if folder is None or folder == new.folder:
            return None
        shown = f"{self._output}/{folder}"
        data = read_file(f"{self._project}/{shown}/{MANIFEST}")
        try:
            return None if data is None else manifest.read(data, folder, shown)
        except InputError:
            return None

    def _matters(self, folder: str, data: bytes) -> bool:
        """Note the state; nothing needs to be parsed for that."""
        match = _ADDRESS.search(data)
        if match is not None and self._folders is not None:
            self._folders[match[1]] = folder
        return False

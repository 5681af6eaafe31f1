"""What vouches for the files of a root: its manifest, those that wait beside it, and git's."""

from __future__ import annotations

import contextlib
import subprocess
from collections.abc import Iterable, Iterator

from generator.errors import InputError
from generator.files.git import git
from generator.files.names import MANIFEST
from generator.files.paths import is_pending, read_file
from generator.render import manifest
from generator.render.manifest import Manifest
from generator.tree.cut import is_lost

# File name to the digests of what dativo wrote there, or was about to.
Known = dict[str, set[str]]


class Vouchers:
    """The manifests of one root, as the disk and git have them.

    Args:
        project: the project folder.
        shown: the root below it.
        folder: the root below the output folder.
        force: a manifest that cannot be read is as good as none.
    """

    def __init__(self, project: str, shown: str, folder: str, force: bool) -> None:
        self._project, self._shown, self._folder = project, shown, folder
        self._force = force
        self._committed: list[Manifest] | None = None

    def manifests(self, name: str = MANIFEST) -> list[Manifest]:
        """What a manifest says; of one that git merged, what each branch says.

        Of one that a power cut took, what git has of it.

        Raises:
            InputError: it says nothing that can be used.
            OSError: it cannot be read.
        """
        data = read_file(f"{self._project}/{self._shown}/{name}")
        if data is None:
            return []
        if is_lost(data):
            return self._of_git() if name == MANIFEST else []
        try:
            return self._read(data, name)
        except InputError:
            if self._force:
                return []
            raise

    def known(self, olds: Iterable[Manifest], names: Iterable[str]) -> Known:
        """What dativo wrote there.

        Args:
            olds: manifests that say so.
            names: of files in the root, of which manifests that were about to be put in place do.
        """
        known: Known = {}
        pending: list[Manifest] = []
        for name in filter(is_pending, names):
            with contextlib.suppress(InputError):  # cut short in the middle of its first file
                pending += self.manifests(name)
        _add(known, (*olds, *pending))
        return known

    def ask_git(self, known: Known) -> None:
        """Add what dativo wrote by the manifests that git has."""
        _add(known, self._of_git())

    def _of_git(self) -> list[Manifest]:
        if self._committed is None:
            self._committed = []
            for data in self._blobs():
                with contextlib.suppress(InputError):
                    self._committed += self._read(data, MANIFEST)
        return self._committed

    def _blobs(self) -> Iterator[bytes]:
        """The manifest of the last commit, and the staged one."""
        for revision in ("HEAD", ""):
            what = f"{revision}:./{self._shown}/{MANIFEST}"
            # No git, no repository, no commit, or no such file in it.
            with contextlib.suppress(OSError, subprocess.CalledProcessError):
                yield git("cat-file", "blob", what, at=self._project)

    def _read(self, data: bytes, name: str) -> list[Manifest]:
        return manifest.read_sides(data, self._folder, f"{self._shown}/{name}")


def _add(known: Known, manifests: Iterable[Manifest]) -> None:
    for one in manifests:
        for name, digest in one.files.items():
            known.setdefault(name, set()).add(digest)

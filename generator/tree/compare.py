"""What has to happen on disk so that the roots are what they should be; nothing is changed here.

A run that was cut short leaves some files new and the manifest old. It also leaves the manifest
that it was about to put in place (``PENDING``), so the next run tells its files from those that
somebody edited.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from errno import ELOOP

from generator.errors import InputError, Place, Problem
from generator.plan.collisions import BACKEND
from generator.render import manifest
from generator.render.manifest import Manifest, sha256
from generator.render.manifest_check import GENERATED
from generator.render.render import HEADER
from generator.tree.paths import (
    PENDING,
    SCRATCH,
    exists,
    output_folder,
    read_file,
    read_stamped,
    refuse_links,
)
from generator.tree.status import CHANGED, CREATED, REMOVED, RETIRED, UNCHANGED

_HEADERS = (HEADER.encode(), b"<!-- " + HEADER[2:].encode())


@dataclass(slots=True)
class RootChange:
    """What happens to one root.

    Attributes:
        folder: below the output folder.
        status: one of ``generator.tree.status``.
        writes: file name to new content, the manifest last.
        removals: generated files that are no longer wanted, and what a run cut short left.
        stamps: file name to the stamp of what was read, and once written, of that.
    """

    folder: str
    status: str
    writes: dict[str, bytes] = field(default_factory=dict)
    removals: list[str] = field(default_factory=list)
    stamps: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Comparison:
    """Wanted roots against the disk.

    Attributes:
        top: the absolute output folder.
        output: the same below the project folder.
        roots: one for each wanted root, in order.
        problems: what stands in the way; nothing may be written while there is an error.
    """

    top: str
    output: str
    roots: list[RootChange] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def compare(
    project: str,
    output: str,
    wanted: Mapping[str, Mapping[str, str]],
    *,
    force: bool = False,
    migrate: bool = False,
) -> Comparison:
    """Compare roots with the disk.

    Args:
        project: the project folder.
        output: the output folder below it.
        wanted: root folder to file name to text; no files for a root that goes without a
            tombstone, since its state lives on in another root.
        force: replace generated files that were edited by hand.
        migrate: a state may move to another address.

    Raises:
        TreeError: the output folder is a link or lies outside the project.
    """
    top = output_folder(project, output)
    result = Comparison(top, output)
    checked: set[str] = set()
    for folder in sorted(wanted):
        try:
            refuse_links(top, folder, project, checked)
            change = _Root(top, output, folder, force, migrate, result.problems).compare(
                wanted[folder]
            )
        except InputError as error:
            result.problems += error.problems
        except OSError as error:
            result.problems.append(_unreadable(error, f"{output}/{folder}"))
        else:
            result.roots.append(change)
    return result


def _unreadable(error: OSError, shown: str) -> Problem:
    if error.errno == ELOOP:
        name = os.path.basename(error.filename or "")
        message = f"{shown}/{name} is a symbolic link, which is never followed"
        return Problem("symbolic-link", message, Place(f"{shown}/{name}"), "remove it")
    name = os.path.basename(error.filename or "")
    if name and name != os.path.basename(shown):
        shown = f"{shown}/{name}"
    return Problem("unreadable", f"cannot read {shown}: {error.strerror}", Place(shown))


class _Root:
    """The comparison of one root."""

    def __init__(
        self,
        top: str,
        output: str,
        folder: str,
        force: bool,
        migrate: bool,
        problems: list[Problem],
    ) -> None:
        self._path, self._shown, self._folder = f"{top}/{folder}", f"{output}/{folder}", folder
        self._force, self._migrate, self._problems = force, migrate, problems

    def compare(self, wanted: Mapping[str, str]) -> RootChange:
        change = RootChange(self._folder, UNCHANGED)
        new = {name: text.encode() for name, text in wanted.items()}
        found: dict[str, bytes | None] = {}
        for name in new or (manifest.NAME,):
            found[name], change.stamps[name] = read_stamped(f"{self._path}/{name}")
        if exists(f"{self._path}/{PENDING}"):
            change.removals = [n for n in (SCRATCH, PENDING) if exists(f"{self._path}/{n}")]
        elif found == new:
            return change
        old = self._manifest(manifest.NAME)
        known = self._known(old)
        for name, data in new.items():
            if not _same(found[name], data):
                change.writes[name] = data
                if name != manifest.NAME:
                    self._check(name, found[name], known)
        self._stale(new, known, change)
        change.status = self._status(found, new, old, change)
        return change

    def _status(
        self,
        found: Mapping[str, bytes | None],
        new: Mapping[str, bytes],
        old: Manifest | None,
        change: RootChange,
    ) -> str:
        if not change.writes and not change.removals:
            return UNCHANGED
        if not new:
            return REMOVED
        wanted = manifest.read(new[manifest.NAME], self._folder, self._shown)
        if old is not None:
            self._check_state(old, wanted)
        if wanted.retired:
            return RETIRED
        return CREATED if all(data is None for data in found.values()) else CHANGED

    def _known(self, old: Manifest | None) -> dict[str, set[str]]:
        """File name to the digests that dativo wrote, or was about to write."""
        known: dict[str, set[str]] = {}
        try:
            pending = self._manifest(PENDING)
        except InputError:  # cut short in the middle of its first file
            pending = None
        for files in (found.files for found in (old, pending) if found is not None):
            for name, digest in files.items():
                known.setdefault(name, set()).add(digest)
        return known

    def _manifest(self, name: str) -> Manifest | None:
        data = read_file(f"{self._path}/{name}")
        if data is None:
            return None
        try:
            return manifest.read(data, self._folder, f"{self._shown}/{name}")
        except InputError:
            if self._force:
                return None
            raise

    def _check(self, name: str, data: bytes | None, known: Mapping[str, set[str]]) -> None:
        """Whether the file on disk may be replaced: it is ours, and nobody edited it."""
        if data is None:
            return
        place = Place(f"{self._shown}/{name}", line=1, column=1)
        if not data.startswith(_HEADERS):
            hint = "move it away or rename it; files of your own may be called *_extra.tf"
            message = f"{place.file} was not written by dativo and is not overwritten"
            self._problems.append(Problem("foreign-file", message, place, hint))
        elif self._force or _written(data, known.get(name, ())):
            return
        elif not known:
            message = f"nothing vouches for {place.file}, since {manifest.NAME} beside it is gone"
            hint = "restore that file from git, or replace this one with --force"
            self._problems.append(Problem("hand-edited", message, place, hint))
        else:
            message = f"{place.file} was edited by hand"
            hint = "put the change into the job or a file of your own; --force replaces the file"
            self._problems.append(Problem("hand-edited", message, place, hint))

    def _stale(
        self, new: Mapping[str, bytes], known: Mapping[str, set[str]], change: RootChange
    ) -> None:
        """Files that dativo wrote and nobody wants any more; what lacks our header is not ours."""
        for name in sorted(GENERATED - new.keys()):
            data = read_file(f"{self._path}/{name}")
            if data is None or not data.startswith(_HEADERS):
                continue
            if self._force or _written(data, known.get(name, ())):
                change.removals.append(name)
            else:
                place = Place(f"{self._shown}/{name}", line=1, column=1)
                message = f"{place.file} is no longer generated, but was edited by hand"
                hint = "move what is yours to a file of your own; --force removes the file"
                self._problems.append(Problem("hand-edited", message, place, hint))
        if not new and exists(f"{self._path}/{manifest.NAME}"):
            change.removals.append(manifest.NAME)

    def _check_state(self, old: Manifest, wanted: Manifest) -> None:
        """A state at another address is an empty one: Terraform would create everything anew."""
        if self._migrate or wanted.address == old.address:
            return
        message = f"the state of {self._shown} would move from {old.address} to {wanted.address}"
        hint = (
            f"to move it: dativo generate --migrate-state {wanted.job_file}, "
            f"then terraform -chdir={self._shown} init -migrate-state"
        )
        self._problems.append(
            Problem("state-moved", message, Place(wanted.job_file, BACKEND, True), hint)
        )


def _same(found: bytes | None, wanted: bytes) -> bool:
    """Equal but for line ends, which git may have changed on the way out of the repository."""
    return found == wanted or (found is not None and found.replace(b"\r\n", b"\n") == wanted)


def _written(data: bytes, digests: Collection[str]) -> bool:
    return sha256(data) in digests or sha256(data.replace(b"\r\n", b"\n")) in digests

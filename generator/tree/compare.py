"""What has to happen on disk so that the roots are what they should be; nothing is changed here."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field

from generator.errors import InputError, Place, Problem
from generator.render import manifest
from generator.render.manifest import Manifest, sha256
from generator.render.render import HEADER
from generator.tree.paths import output_folder, read_file, refuse_link

_HEADERS = (HEADER.encode(), b"<!-- " + HEADER[2:].encode())
CREATED, CHANGED, UNCHANGED, RETIRED = "created", "changed", "unchanged", "retired"


@dataclass(slots=True)
class RootChange:
    """What happens to one root.

    Attributes:
        folder: below the output folder.
        status: created, changed, unchanged or retired.
        writes: file name to new content, the manifest last.
        removals: generated files that are no longer wanted.
        edited: files that were edited by hand and would be replaced.
    """

    folder: str
    status: str
    writes: dict[str, bytes] = field(default_factory=dict)
    removals: list[str] = field(default_factory=list)
    edited: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Comparison:
    """Wanted roots against the disk.

    Attributes:
        top: the absolute output folder.
        roots: one for each wanted root, in order.
        problems: what stands in the way; nothing may be written while there is an error.
    """

    top: str
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
        wanted: root folder to file name to text.
        force: replace generated files that were edited by hand.
        migrate: a state may move to another address.

    Raises:
        TreeError: the output folder is a link or lies outside the project.
    """
    top = output_folder(project, output)
    result = Comparison(top)
    checked: set[str] = set()
    for folder in sorted(wanted):
        try:
            _refuse_links(top, folder, project, checked)
            change = _Root(top, output, folder, force, migrate, result.problems).compare(
                wanted[folder]
            )
        except InputError as error:
            result.problems += error.problems
        except OSError as error:
            shown = f"{output}/{folder}"
            result.problems.append(
                Problem("unreadable", f"cannot read {shown}: {error.strerror}", Place(shown))
            )
        else:
            result.roots.append(change)
    return result


def _refuse_links(top: str, folder: str, project: str, checked: set[str]) -> None:
    path = top
    for step in folder.split("/"):
        path = f"{path}/{step}"
        if path not in checked:
            refuse_link(path, project)
            checked.add(path)


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
        new = {name: text.encode() for name, text in wanted.items()}
        found = {name: read_file(f"{self._path}/{name}") for name in new}
        change = RootChange(self._folder, UNCHANGED)
        if found == new:
            return change
        old = self._manifest(found[manifest.NAME])
        for name, data in new.items():
            if found[name] != data:
                change.writes[name] = data
                if name != manifest.NAME:
                    self._check(name, found[name], old, change)
        self._stale(new, old, change)
        if old is not None:
            self._check_state(old, new[manifest.NAME])
        change.status = CREATED if old is None else CHANGED
        if manifest.read(new[manifest.NAME], self._folder, self._shown).retired:
            change.status = RETIRED
        return change

    def _manifest(self, data: bytes | None) -> Manifest | None:
        if data is None:
            return None
        try:
            return manifest.read(data, self._folder, f"{self._shown}/{manifest.NAME}")
        except InputError:
            if self._force:
                return None
            raise

    def _check(
        self, name: str, data: bytes | None, old: Manifest | None, change: RootChange
    ) -> None:
        """Whether the file on disk may be replaced: it is ours, and nobody edited it."""
        if data is None:
            return
        place = Place(f"{self._shown}/{name}", line=1, column=1)
        if not data.startswith(_HEADERS):
            hint = "move it away or rename it; files of your own may be called *_extra.tf"
            message = f"{place.file} was not written by dativo and is not overwritten"
            self._problems.append(Problem("foreign-file", message, place, hint))
        elif old is None or old.files.get(name) != sha256(data):
            change.edited.append(name)
            if not self._force:
                message = f"{place.file} was edited by hand"
                hint = (
                    "put the change into the job or a file of your own; --force replaces the file"
                )
                self._problems.append(Problem("hand-edited", message, place, hint))

    def _stale(self, new: Mapping[str, bytes], old: Manifest | None, change: RootChange) -> None:
        """Files that the manifest lists and nobody wants any more."""
        for name, digest in (old.files if old else {}).items():
            if name in new:
                continue
            data = read_file(f"{self._path}/{name}")
            if data is None:
                continue
            if sha256(data) == digest or self._force and data.startswith(_HEADERS):
                change.removals.append(name)
            else:
                place = Place(f"{self._shown}/{name}", line=1, column=1)
                message = f"{place.file} is no longer generated, but was edited by hand"
                hint = "move what is yours to a file of your own; --force removes the file"
                self._problems.append(Problem("hand-edited", message, place, hint))

    def _check_state(self, old: Manifest, new: bytes) -> None:
        """A state at another address is an empty one: Terraform would create everything anew."""
        wanted = manifest.read(new, self._folder, self._shown)
        if self._migrate or wanted.address == old.address:
            return
        message = f"the state of {self._shown} would move from {old.address} to {wanted.address}"
        hint = (
            f"to move it: dativo generate --migrate-state {wanted.job_file}, "
            f"then terraform -chdir={self._shown} init -migrate-state"
        )
        self._problems.append(Problem("state-moved", message, Place(wanted.job_file), hint))

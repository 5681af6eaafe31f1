"""What has to happen on disk so that the roots are what they should be; nothing is changed here.

A run that was cut short leaves some files new and the manifest old. It also leaves the manifest
that it was about to put in place (``PENDING``), so the next run tells its files from those that
somebody edited.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Mapping
from errno import ELOOP
from typing import NamedTuple

from generator.errors import InputError, Location, Problem
from generator.files.names import MANIFEST, ROOT_LOCK
from generator.files.paths import (
    exists,
    leftovers,
    output_folder,
    read_file,
    read_stamped,
    refuse_links,
)
from generator.plan.collisions import BACKEND
from generator.render import manifest
from generator.render.manifest import Manifest
from generator.render.manifest_check import GENERATED
from generator.text.count import listed
from generator.tree.change import (
    CHANGED,
    CREATED,
    REMOVED,
    RETIRED,
    UNCHANGED,
    Comparison,
    RootChange,
)
from generator.tree.cut import is_blank
from generator.tree.ours import edited_leftover, has_header, is_written, refusal, same
from generator.tree.own_files import with_own_files
from generator.tree.previous_roots import PreviousRoots
from generator.tree.root_lock import lacks, settled, with_kept_lock, without_lock
from generator.tree.scan import OnDisk
from generator.tree.transition import OnChange, transition
from generator.tree.vouchers import Vouchers


def compare(  # noqa: PLR0913 - all but the first three are options
    project: str,
    output: str,
    wanted: Mapping[str, Mapping[str, str]],
    *,
    force: bool = False,
    migrate: bool = False,
    on_change: OnChange = "stop",
    disk: OnDisk | None = None,
) -> Comparison:
    """Compare roots with the disk.

    Args:
        project: the project folder.
        output: the output folder below it.
        wanted: root folder to file name to text; no files for a root that goes without a
            tombstone, since its state lives on in another root.
        force: replace generated files that were edited by hand.
        migrate: a state may move to another address.
        on_change: what to do with a root whose runtime changes under its state.
        disk: the manifests, where they were read already.

    Raises:
        TreeError: the output folder is a link or lies outside the project.
    """
    top = output_folder(project, output)
    result = Comparison(project, top, output)
    checked: set[str] = set()
    allowed = _Allowed(force, migrate, on_change, PreviousRoots(project, output, disk))
    for folder in sorted(wanted):
        try:
            refuse_links(top, folder, project, checked)
            change = _Root(result, folder, allowed).compare(wanted[folder])
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
        return Problem("symbolic-link", message, Location(f"{shown}/{name}"), "remove it")
    name = os.path.basename(error.filename or "")
    if name and name != os.path.basename(shown):
        shown = f"{shown}/{name}"
    return Problem("unreadable", f"cannot read {shown}: {error.strerror}", Location(shown))


class _Allowed(NamedTuple):
    force: bool
    migrate: bool
    on_change: OnChange
    previous_roots: PreviousRoots


class _Root:
    """The comparison of one root."""

    def __init__(self, result: Comparison, folder: str, allowed: _Allowed) -> None:
        top, output, problems = result.top, result.output, result.problems
        self._path, self._shown, self._folder = f"{top}/{folder}", f"{output}/{folder}", folder
        self._force, self._migrate, self._on_change, self._previous_roots = allowed
        self._output, self._problems = output, problems
        self._vouchers = Vouchers(result.project, self._shown, folder, self._force)
        # In a folder that is not there nothing needs to be looked for.
        self._is_there = exists(self._path)

    def compare(self, wanted: Mapping[str, str]) -> RootChange:
        change = RootChange(self._folder, UNCHANGED, texts=wanted)
        new = {name: text.encode() for name, text in wanted.items()}
        found: dict[str, bytes | None] = {}
        for name in new or (MANIFEST,):
            found[name], change.stamps[name] = self._stamped(name)
        change.removals = self._leftovers()
        if found == new and not change.removals and not _is_tombstone(wanted):
            change.exact = True
            return change
        olds = self._vouchers.manifests() if self._is_there else []
        old = olds[0] if olds else None
        asked: Manifest | None = None
        if new:
            asked = self._settle(old, found, change)
        known = self._vouchers.known(olds, change.removals)
        rewritten = self._settle_lock(known, found, change, asked)
        new = {name: text.encode() for name, text in change.texts.items()}
        change.differing += [name for name, data in new.items() if not same(found[name], data)]
        mine = set(change.differing) - {MANIFEST, rewritten}
        if list(self._refused(mine, found, new, known)):
            self._vouchers.ask_git(known)
            self._problems += self._refused(mine, found, new, known)
        change.exact = all(
            name in change.differing or found[name] == data for name, data in new.items()
        )
        self._stale(new, known, change)
        change.status = self._status(found, asked, old, change)
        self._check_further(olds[1:], asked)
        return change

    def _refused(
        self,
        names: Collection[str],
        found: Mapping[str, bytes | None],
        new: Mapping[str, bytes],
        known: Mapping[str, Collection[str]],
    ) -> Iterator[Problem]:
        for name in sorted(names):
            shown = f"{self._shown}/{name}"
            yield from refusal(shown, found[name], new[name], known, self._force)

    def _settle(
        self, old: Manifest | None, found: dict[str, bytes | None], change: RootChange
    ) -> Manifest:
        """What the root is to hold, given what it was; ``found`` has just those files then."""
        asked, texts = self._asked(change.texts), change.texts
        old = old or self._previous_roots.of(asked)
        if old is None:
            return asked
        own: Mapping[str, str] = {}
        change.texts, problems = transition(old, asked, change.texts, self._output, self._on_change)
        if _is_tombstone(change.texts):
            beside = with_own_files(self._path, old, change.texts, self._output)
            change.texts, own = beside.texts, beside.stamps
            problems += beside.problems
            data = self._read(ROOT_LOCK)
            change.texts = with_kept_lock(change.texts, old, data, self._shown)
        self._problems += problems
        for name in change.texts.keys() - found.keys():
            found[name], change.stamps[name] = self._stamped(name)
        for name in found.keys() - change.texts.keys():
            del found[name], change.stamps[name]
        change.stamps.update(own)
        return asked if change.texts is texts else self._asked(change.texts)

    def _settle_lock(
        self,
        known: Mapping[str, Collection[str]],
        found: dict[str, bytes | None],
        change: RootChange,
        asked: Manifest | None,
    ) -> str | None:
        """Keep the lock of providers out of the root where it has one of its own.

        Returns:
            The name of the lock where Terraform rewrote it and it is replaced all the same.
        """
        texts = change.texts
        if ROOT_LOCK not in texts or asked is None or asked.retired:
            return None
        shown = f"{self._shown}/{ROOT_LOCK}"
        if lacking := lacks(texts, asked):
            stays, ours = True, False
            message = f"{shown} goes until the old runtime is gone: it lacks {listed(lacking)}"
            self._problems.warning("no-lock", message, Location(self._shown))
        else:
            stays, problem, ours = settled(
                shown, found[ROOT_LOCK], texts[ROOT_LOCK], known.get(ROOT_LOCK, ()), self._force
            )
            self._problems += [problem] if problem else []
            ours = ours or (problem is not None and problem.severity == "error")
        if stays:
            change.texts = without_lock(texts, asked)
            del found[ROOT_LOCK]
        return ROOT_LOCK if ours else None

    def _read(self, name: str) -> bytes | None:
        return read_file(f"{self._path}/{name}") if self._is_there else None

    def _stamped(self, name: str) -> tuple[bytes | None, str]:
        return read_stamped(f"{self._path}/{name}") if self._is_there else (None, "")

    def _leftovers(self) -> list[str]:
        return leftovers(self._path) if self._is_there else []

    def _asked(self, texts: Mapping[str, str]) -> Manifest:
        return manifest.read_own(texts[MANIFEST], self._folder)

    def _status(
        self,
        found: Mapping[str, bytes | None],
        asked: Manifest | None,
        old: Manifest | None,
        change: RootChange,
    ) -> str:
        if not change.differing and not change.removals:
            return UNCHANGED
        if asked is None:
            return REMOVED
        if old is not None:
            self._check_state(old, asked)
        if asked.retired:
            return RETIRED
        return CREATED if all(data is None for data in found.values()) else CHANGED

    def _check_further(self, olds: list[Manifest], asked: Manifest | None) -> None:
        """After a merge the state must be where each of the branches had it."""
        for old in olds:
            if asked is not None and not any(p.code == "state-moved" for p in self._problems):
                self._check_state(old, asked)

    def _stale(
        self, new: Mapping[str, bytes], known: Mapping[str, set[str]], change: RootChange
    ) -> None:
        """Files that dativo wrote and nobody wants any more; what lacks our header is not ours."""
        for name in sorted((GENERATED | {ROOT_LOCK}) - new.keys()):
            data, stamp = self._stamped(name)
            blank = data is not None and is_blank(data) and name in known
            if data is None or not (blank or has_header(data)):
                continue
            if self._force or blank or is_written(data, known.get(name, ())):
                change.removals.append(name)
                change.seen[name] = stamp
            else:
                self._problems.append(edited_leftover(f"{self._shown}/{name}"))
        if not new and exists(f"{self._path}/{MANIFEST}"):
            change.removals.append(MANIFEST)

    def _check_state(self, old: Manifest, wanted: Manifest) -> None:
        """A state at another address is an empty one: Terraform would create everything anew."""
        if self._migrate or wanted.address == old.address:
            return
        message = f"the state of {self._shown} would move from {old.address} to {wanted.address}"
        hint = (
            f"to move it: dativo generate --migrate-state {wanted.job_file}, "
            f"then terraform -chdir={self._shown} init -migrate-state"
        )
        self._problems.error("state-moved", message, Location(wanted.job_file, BACKEND, True), hint)


def _is_tombstone(texts: Mapping[str, str]) -> bool:
    """Whether files are those of a root without a module call."""
    return bool(texts) and "main.tf" not in texts

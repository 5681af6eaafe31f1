"""The ``.terraform.lock.hcl`` of a root: ours, rewritten by ``terraform init``, or the user's.

Terraform writes the file anew, without our header, when it adds checksums or selects other
versions. That the manifest knows the file tells that it was ours; what stands in it tells what
happened.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import NamedTuple

from generator.errors import Location, Problem
from generator.files.names import MANIFEST, ROOT_LOCK
from generator.provider_locks.lock_file import Locked, providers_in
from generator.render import manifest
from generator.render.manifest import Manifest, signed
from generator.text.count import listed
from generator.text.versions import newer
from generator.tree.cut import is_begun
from generator.tree.ours import has_header, is_written, same

FOREIGN = "foreign-lock"
REWRITTEN = "rewritten-lock"


class Settled(NamedTuple):
    """What becomes of a root's lock.

    Attributes:
        stays: the file on disk is left as it is, and is none of ours.
        problem: what is to be said of it.
        ours: Terraform rewrote what was ours, and it may be replaced.
    """

    stays: bool = False
    problem: Problem | None = None
    ours: bool = False


def settled(
    shown: str, found: bytes | None, wanted: str, known: Collection[str], force: bool
) -> Settled:
    """What becomes of the lock on disk where the project has one for the root.

    Args:
        shown: the file, below the project folder.
        found: what stands in it; None where it is not there.
        wanted: what the project's lock would have in it.
        known: the digests of what dativo wrote there.
        force: take the project's in any case, where the file was ours once.
    """
    whole = wanted.encode()
    if found is None or same(found, whole) or has_header(found) or is_begun(found, whole):
        return Settled()
    mine, theirs = providers_in(whole) or {}, providers_in(found)
    source = wanted.partition(" from ")[2].partition(". ")[0]
    if not known:
        return _foreign(shown, mine, theirs, source)
    if theirs is None:
        return Settled()  # refused like any file that was edited
    if mine.keys() < theirs.keys():
        # The root needs more than its job: for files of the user's. Terraform's lock has it all.
        return _foreign(shown, mine, theirs, source)
    ahead = _different(mine, theirs, only_newer=True)
    if ahead and not force:
        message = f"terraform init moved {shown} ahead of {source}: {listed(ahead)}"
        hint = (
            "to move all roots: dativo lock --upgrade; to go back to the project's versions: "
            "dativo generate --force"
        )
        return Settled(problem=Problem("hand-edited", message, _at(shown), hint))
    if ahead or _different(mine, theirs):
        return Settled(ours=True)
    message = f"terraform init added checksums to {shown}, which {source} does not have"
    hint = "add the platform that it ran on to terraform.platforms in dativo.yaml, run: dativo lock"
    return Settled(problem=Problem(REWRITTEN, message, _at(shown), hint, "warning"), ours=True)


def _foreign(
    shown: str, mine: Mapping[str, Locked], theirs: Mapping[str, Locked] | None, source: str
) -> Settled:
    """A lock that people keep themselves is left alone; one of other versions is told."""
    if theirs is None:
        message = f"{shown} is no lock file that can be read, and is not dativo's"
        return Settled(True, Problem(FOREIGN, message, _at(shown), _REMOVE, "warning"))
    if not (different := _different(mine, theirs)):
        return Settled(True)
    message = f"{shown} is not dativo's and stays, but differs from {source}: {listed(different)}"
    return Settled(True, Problem(FOREIGN, message, _at(shown), _REMOVE, "warning"))


_REMOVE = "to take the project's versions, remove it and run: dativo generate"


def _different(
    mine: Mapping[str, Locked], theirs: Mapping[str, Locked], only_newer: bool = False
) -> list[str]:
    """Providers whose versions are not the project's, in words."""
    found = []
    for source, locked in mine.items():
        other = theirs.get(source)
        if other is None:
            found += [] if only_newer else [f"{source} is missing"]
        elif other.version != locked.version:
            if not only_newer or newer(other.version, locked.version):
                found.append(f"{source} is {other.version} and not {locked.version}")
        elif other.host != locked.host and not only_newer:
            found.append(f"{source} is of {other.host} and not of {locked.host}")
    return found


def _at(shown: str) -> Location:
    return Location(shown, line=1, column=1)


def without_lock(texts: Mapping[str, str], asked: Manifest) -> dict[str, str]:
    """The files of a root, whose manifest is given, as if the project had no lock for it."""
    return signed({name: text for name, text in texts.items() if name != ROOT_LOCK}, asked)


def with_kept_lock(
    texts: Mapping[str, str], old: Manifest, found: bytes | None, shown: str
) -> Mapping[str, str]:
    """A tombstone's files, with the lock that its root had: what is destroyed is reached by it.

    Args:
        texts: of the tombstone.
        old: the root's manifest on disk.
        found: the lock on disk.
        shown: the root, below the project folder.
    """
    digest = old.files.get(ROOT_LOCK)
    if digest is None or found is None or not is_written(found, (digest,)):
        return texts
    lock = found.decode().replace("\r\n", "\n")
    tombstone = manifest.read(texts[MANIFEST].encode(), old.folder, shown)
    return signed({**texts, ROOT_LOCK: lock}, tombstone)


def lacks(texts: Mapping[str, str], asked: Manifest) -> list[str]:
    """The providers that a root still needs for what it leaves, and its lock does not have."""
    locked = providers_in(texts[ROOT_LOCK].encode()) or {}
    required = asked.whole().terraform["required_providers"].values()
    return sorted({entry["source"] for entry in required} - locked.keys())

"""One root at both ends: its kind, and what a reviewer has to know of it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from generator.changes.differences import differences, source_of
from generator.changes.model import (
    CHANGED,
    CREATED,
    MODULE,
    MOVED,
    PROVIDER,
    REMOVED,
    RETIRED,
    STATE_MOVED,
    TEXT,
    Difference,
    RootChanged,
)
from generator.changes.root_files import blocks_of
from generator.ci.logins import cloud_of

# Endings of the files that Terraform reads; what else is there is not read here.
READ = (".tf", ".tofu", ".hcl")

Manifest = dict[str, Any]
Texts = dict[str, tuple[str | None, str | None]]


class Found(NamedTuple):
    """A root that may have changed.

    Attributes:
        folder: tenant/job/environment.
        old_root, new_root: its folder below the project folder at each end.
        manifests: of both ends; None where there is none, or it cannot be read.
        texts: file name to both texts, of those that differ.
        unreadable: a manifest is there and cannot be used.
        paths: the root's folders below the top of the repository.
        read: the names of the files whose texts are in ``texts``; of others it is their blobs.
    """

    folder: str
    old_root: str
    new_root: str
    manifests: tuple[Manifest | None, Manifest | None]
    texts: Texts
    unreadable: bool
    paths: tuple[str, str]
    read: frozenset[str]


def root_changed(found: Found, modules: Sequence[str] = ()) -> RootChanged | None:
    """What became of a root; None where it is as it was.

    Args:
        found: the root.
        modules: the local modules with another content that it calls, directly or not.
    """
    old, new = found.manifests
    if old is None and new is None and not found.unreadable:
        return None
    tenant, job, environment = found.folder.split("/")
    shown = new or old or {}
    gone = new is None and not found.unreadable
    root = RootChanged(
        found.old_root if gone else found.new_root,
        TEXT,
        tenant,
        job,
        environment,
        str(shown.get("job", "")),
        cloud_of(shown) if shown else "",
        str(shown["state"]["type"]) if shown else "",
        manifest=shown,
    )
    if found.old_root != found.new_root and old is not None and new is not None:
        root.moved_from = found.old_root
    root.kind = _kind(found, root, bool(modules))
    if root.kind in (CREATED, REMOVED, RETIRED):
        root.differences = []
    elif modules:
        root.differences += [Difference("module", name, None, None) for name in modules]
    _note(found, root)
    if root.kind == TEXT and not found.texts and not root.moved_from:
        return None
    return root


def _kind(found: Found, root: RootChanged, module_changed: bool) -> str:
    old, new = found.manifests
    if found.unreadable:
        root.differences = list(differences(found.texts, *found.paths))
        return CHANGED
    if new is None:
        return REMOVED
    if old is None:
        return RETIRED if new["retired"] else CREATED
    if new["retired"] != old["retired"]:
        return RETIRED if new["retired"] else CREATED
    root.differences = list(differences(found.texts, *found.paths))
    if old["state"]["address"] != new["state"]["address"]:
        return STATE_MOVED
    return _of_differences(root.differences, module_changed) or _of_text(found, old, new)


def _of_differences(found: Iterable[Difference], module_changed: bool) -> str | None:
    parts = {difference.part for difference in found} - {"orchestrator"}
    if parts - {"module", "terraform", "lock"}:
        return CHANGED
    if module_changed or "module" in parts:
        return MODULE
    return PROVIDER if parts else None


def _of_text(found: Found, old: Manifest, new: Manifest) -> str:
    return MOVED if old["job"] != new["job"] or found.old_root != found.new_root else TEXT


def _note(found: Found, root: RootChanged) -> None:
    old, new = found.manifests
    if root.kind == CREATED and old is not None:
        root.notes.append("its job is back: it was a tombstone")
    if root.kind == REMOVED and old is not None and not old["retired"]:
        root.notes.append("its folder is gone without a tombstone: what it made stays")
    if root.kind == STATE_MOVED and old is not None and new is not None:
        before, after = old["state"]["address"], new["state"]["address"]
        root.notes.append(
            f"its state moves from {before} to {after}: terraform -chdir={root.root} init "
            "-migrate-state before its plan, or all is made anew"
        )
    if root.kind == MOVED and old is not None and new is not None and old["job"] != new["job"]:
        root.notes.append(f"its job file moved from {old['job']} to {new['job']}")
    if root.moved_from:
        root.notes.append(f"its folder moved from {root.moved_from}")
    if found.unreadable:
        root.notes.append("its manifest cannot be read")


def called_module(found: Found) -> str:
    """The module of a root whose call changed: a folder below the top, or an address; "" else."""
    text = found.texts.get("main.tf", (None, None))[1] if "main.tf" in found.read else None
    call = (blocks_of(text) or {}).get("module.job") if text is not None else None
    return source_of(call, found.paths[1]) if call is not None else ""


def edited(found: Found) -> list[str]:
    """The generated files that are not what the manifest of the head vouches for.

    Only those that changed and are read here are looked at.
    """
    new = found.manifests[1]
    if new is None:
        return []
    return [
        name
        for name, (_, text) in found.texts.items()
        if text is not None
        and (vouched := new["files"].get(name)) is not None
        and name in found.read
        and hashlib.sha256(text.encode()).hexdigest() != vouched
    ]

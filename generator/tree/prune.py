"""Removes the folders of tombstones that were applied, and in them only what dativo wrote."""

from __future__ import annotations

import os

from generator.errors import Location, Problem, TreeError
from generator.files.names import MANIFEST
from generator.files.paths import output_folder, read_file, refuse_links
from generator.render.manifest import Manifest, sha256
from generator.tree.state_file import LOCAL, local_state, resources_in
from generator.tree.sweep import clear, is_worthless, remove_empty


def prune(
    project: str, output: str, tombstones: dict[str, Manifest], dry_run: bool = False
) -> tuple[list[str], dict[str, list[str]]]:
    """Remove roots that are tombstones.

    Args:
        project: the project folder.
        output: the output folder below it.
        tombstones: root folder to its manifest, retired ones only.
        dry_run: find out, but remove nothing.

    Returns:
        The folders that are gone, and for those that stay the files of the user's in them: not
        written by dativo, or edited since, or a local state.

    Raises:
        TreeError: a link on the way, a root that is not retired, or a file that cannot be removed.
    """
    top = output_folder(project, output)
    gone: list[str] = []
    kept: dict[str, list[str]] = {}
    for folder, found in sorted(tombstones.items()):
        if not found.retired:
            raise TreeError(Problem("not-retired", f"{output}/{folder} still has its job"))
        refuse_links(top, folder, project)
        try:
            others = _prune(f"{top}/{folder}", found, dry_run)
            if not others and not dry_run:
                remove_empty(top, folder)
        except OSError as error:
            shown = f"{output}/{folder}"
            message = f"cannot remove {shown}: {error.strerror}"
            raise TreeError(Problem("unwritable", message, Location(shown))) from error
        if others:
            kept[folder] = others
            continue
        gone.append(folder)
    return gone, kept


def _prune(path: str, found: Manifest, dry_run: bool) -> list[str]:
    """Remove what is ours from a folder unless something of the user's is in it; returns that."""
    ours = [name for name, digest in found.files.items() if _unchanged(f"{path}/{name}", digest)]
    ours += _spent_state(path, found)
    present = {name for name in os.listdir(path) if not is_worthless(name)}
    others = sorted(present - {*ours, MANIFEST})
    if others or dry_run:
        return others
    clear(path, {*ours, MANIFEST})
    for name in (*ours, MANIFEST):
        os.unlink(f"{path}/{name}")
    return []


def _spent_state(path: str, found: Manifest) -> list[str]:
    """A state beside the root in which nothing is left, and the copy that Terraform keeps of it."""
    state = local_state(path, found)
    if state is None or resources_in(state) != 0:
        return []
    names = (LOCAL, f"{LOCAL}.backup")
    return [name for name in names if os.path.isfile(f"{path}/{name}")]


def _unchanged(path: str, digest: str) -> bool:
    try:
        data = read_file(path)
    except OSError:  # a link or a folder in its place is not ours
        return False
    return data is not None and digest in (sha256(data), sha256(data.replace(b"\r\n", b"\n")))


def not_applied(
    project: str,
    output: str,
    tombstone: Manifest,
    pulled: bytes | None = None,
    confirmed: bool = False,
    *,
    source: str = "",
) -> Problem | None:
    """What a tombstone lacks to be removed; None for one whose state is known to be empty.

    Without its folder nothing knows any more where the state is, nor how to destroy what is
    in it.

    Args:
        project: the project folder.
        output: the output folder below it.
        tombstone: the manifest of a root that retired.
        pulled: what ``terraform state pull`` printed for it; None to look for a state beside it,
            where its backend is the local one.
        source: the file that held it; empty for standard input.
        confirmed: the user says that it was applied; a state that has something in it knows better.
    """
    shown = f"{output}/{tombstone.folder}"
    state = pulled
    if state is None:
        state = local_state(f"{output_folder(project, output)}/{tombstone.folder}", tombstone)
    count = None if state is None else resources_in(state)
    if count == 0 or (confirmed and count is None):
        return None
    apply = f"terraform -chdir={shown} apply"
    if count:
        message = f"{shown} was not applied: its state has {count} resource{'s' * (count != 1)}"
        return Problem("not-applied", message, Location(shown), f"run: {apply}")
    if pulled is not None:
        message = f"what was given as the state of {shown}{source and f', {source},'} is none"
        hint = "give what terraform state pull prints; it prints nothing where there is no state"
        return Problem("not-applied", message, Location(shown), hint)
    message = f"nothing shows that {shown} was applied, and without it its state is forgotten"
    hint = (
        f"run: {apply}, then: terraform -chdir={shown} state pull | dativo prune {shown} --state -"
        "; or say that it was: --applied"
    )
    return Problem("not-applied", message, Location(shown), hint)

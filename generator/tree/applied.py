"""Whether a tombstone was applied, so that its folder is of no more use."""

from __future__ import annotations

from generator.errors import Location, Problem
from generator.files.paths import output_folder
from generator.render.manifest import Manifest
from generator.tree.state_file import local_state, resources_in


def not_applied(
    project: str,
    output: str,
    tombstone: Manifest,
    pulled: bytes | None = None,
    confirmed: bool = False,
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
        message = f"what was given as the state of {shown} is none"
        hint = "give what terraform state pull prints; it prints nothing where there is no state"
        return Problem("not-applied", message, Location(shown), hint)
    message = f"nothing shows that {shown} was applied, and without it its state is forgotten"
    hint = (
        f"run: {apply}, then: terraform -chdir={shown} state pull | dativo prune {shown} --state -"
        "; or say that it was: --applied"
    )
    return Problem("not-applied", message, Location(shown), hint)

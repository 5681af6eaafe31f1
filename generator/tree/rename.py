"""Whether a root that goes and one that comes are one job under two names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.plan.collisions import Claim
    from generator.render.manifest import Manifest

# Below this two names have little more in common than their alphabet.
_ALIKE = 0.5


def renamed(old: Manifest, new: Sequence[Claim]) -> Claim | None:
    """The new root that probably takes the place of one that goes.

    It comes from the same job file, or has all but one of tenant, job and environment.

    Args:
        old: the root that goes.
        new: the roots that come.
    """
    near = [claim for claim in new if claim.file == old.job_file or _shared(old, claim) == 2]
    if not near:
        return None
    best = max(near, key=lambda claim: (_rank(old, claim), claim.folder or ""))
    same_file = best.file == old.job_file
    return best if same_file or len(near) == 1 or _likeness(old, best) >= _ALIKE else None


def how_to_keep(old: Manifest, taken_by: Claim, output: str) -> str:
    """What to do about a probable rename, for a hint."""
    shown = f"{output}/{taken_by.folder}"
    if taken_by.tenant == old.tenant and taken_by.environment == old.environment:
        keep = f"to keep what it made, write `name: {old.job}` in {taken_by.file}"
        return f"probably renamed to {shown}, which starts from nothing: {keep}"
    part = "tenant" if taken_by.tenant != old.tenant else "environment"
    previous = old.tenant if part == "tenant" else old.environment
    keep = f'to keep what it made, keep the {part} "{previous}" in {taken_by.file}'
    return f"probably {shown} takes its place, and starts from nothing: {keep}"


def _rank(old: Manifest, claim: Claim) -> tuple[bool, int, float]:
    return claim.file == old.job_file, _shared(old, claim), _likeness(old, claim)


def _shared(old: Manifest, claim: Claim) -> int:
    pairs = zip(_identity(old), _identity(claim), strict=True)
    return sum(one == other for one, other in pairs)


def _identity(root: Manifest | Claim) -> tuple[str | None, ...]:
    return root.tenant, root.job, root.environment


def _likeness(old: Manifest, claim: Claim) -> float:
    from difflib import SequenceMatcher

    return SequenceMatcher(None, old.folder, claim.folder or "").ratio() if claim.folder else 0.0

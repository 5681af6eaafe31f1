"""Roots that get in each other's way: one identity, one folder, one state for two of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from generator.errors import Location, Problem

# Where a job says where its state is.
BACKEND = ("infrastructure", "terraform", "backend")


class Claim(NamedTuple):
    """What a root claims for itself.

    Attributes:
        folder: below the output folder; None for a root that is not ours.
        file: the job file, or the hand-written file with the backend.
        address: the state's address.
        tenant, environment, job: the identity, for people.
        line: the line of a hand-written backend.
    """

    folder: str | None
    file: str
    address: str
    tenant: str = ""
    environment: str = ""
    job: str = ""
    line: int | None = None

    @property
    def identity_location(self) -> Location:
        """Where the job's name stands, or would."""
        return Location(self.file, ("name",))

    @property
    def state_location(self) -> Location:
        """Where the backend stands, or the nearest there is."""
        if self.folder is None:
            return Location(self.file, line=self.line, column=1)
        return Location(self.file, BACKEND, True)


def collisions(claims: Iterable[Claim]) -> list[Problem]:
    """Every claim that two roots make.

    Args:
        claims: all roots of the repository, in a stable order.

    Returns:
        One error for each further claim on something taken, at the later root's file.
    """
    ordered = sorted(
        claims, key=lambda claim: (claim.folder is not None, claim.file, claim.folder or "")
    )
    return [*_same_folder(ordered), *_same_state(ordered)]


def _same_folder(claims: list[Claim]) -> Iterator[Problem]:
    taken: dict[str, Claim] = {}
    for claim in claims:
        if claim.folder is None:
            continue
        first = taken.setdefault(claim.folder.lower(), claim)
        if first is claim:
            continue
        who = f"tenant {claim.tenant}, job {claim.job}, environment {claim.environment}"
        if first.folder == claim.folder:
            message = f"{first.file} already is {who}"
        else:
            message = f"{first.file} differs from {who} only in upper and lower case"
        yield Problem(
            "same-identity", message, claim.identity_location, "give one of them another name"
        )


def _same_state(claims: list[Claim]) -> Iterator[Problem]:
    taken: dict[str, Claim] = {}
    for claim in claims:
        first = taken.setdefault(claim.address, claim)
        if first is claim or first.folder == claim.folder:
            # The same root twice, or two hand-written ones, which are not ours to judge.
            continue
        where = first.file + (f":{first.line}" if first.line else "")
        message = f"the state {claim.address} belongs to {where} already"
        hint = "two roots on one state destroy each other's resources: give this one another key"
        yield Problem("same-state", message, claim.state_location, hint)

"""Roots that get in each other's way: one identity, folder, state, subnet or data for two."""

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
        subnet: the subnet that the root puts something into which must be alone there; empty for
            none, and for a root that is not part of the run.
        data: the bucket and the prefix that the job writes below; empty likewise.
        names: what names of resources are made from, beside tenant and environment; empty
            likewise.
        region: further identity, of a root away from its job's home; else empty.
        cloud: whose tags it has; empty for a root that is not part of the run.
        cost_center: its value of that tag on the cloud; empty likewise, and for none.
    """

    folder: str | None
    file: str
    address: str
    tenant: str = ""
    environment: str = ""
    job: str = ""
    line: int | None = None
    subnet: str = ""
    data: tuple[str, str] = ("", "")
    names: str = ""
    region: str = ""
    cloud: str = ""
    cost_center: str = ""

    @property
    def stage(self) -> str:
        """The environment, with the region of a job that has several."""
        return f"{self.environment}-{self.region}" if self.region else self.environment

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

    @property
    def names_location(self) -> Location:
        """What the names of its resources are made from, or the nearest there is."""
        if self.names == self.job:
            return self.identity_location
        return Location(self.file, (*BACKEND[:-1], "resource_name"))

    def at(self, *path: str) -> Location:
        """The place of a key below ``infrastructure``, or the nearest there is."""
        return Location(self.file, ("infrastructure", *path), True)


def collisions(claims: Iterable[Claim]) -> list[Problem]:
    """Every claim that two roots make.

    Args:
        claims: all roots of the repository, in a stable order.

    Returns:
        One error for each further claim on something taken, at the later root's file; warnings for
        subnets that two environments are in, and for jobs that write over their own data.
    """
    ordered = sorted(
        claims, key=lambda claim: (claim.folder is not None, claim.file, claim.folder or "")
    )
    found = [*_same_folder(ordered), *_same_state(ordered), *_same_names(ordered)]
    return [*found, *_same_subnet(ordered), *_same_data(ordered)]


def _same_folder(claims: list[Claim]) -> Iterator[Problem]:
    taken: dict[str, Claim] = {}
    for claim in claims:
        if claim.folder is None:
            continue
        first = taken.setdefault(claim.folder.lower(), claim)
        if first is claim:
            continue
        who = f"tenant {claim.tenant}, job {claim.job}, environment {claim.stage}"
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


def _same_names(claims: list[Claim]) -> Iterator[Problem]:
    """A new job with the name that a renamed one had before, and whose resources still have it."""
    taken: dict[tuple[str, str, str], Claim] = {}
    for claim in claims:
        if not claim.names:
            continue
        key = claim.tenant.lower(), claim.environment.lower(), claim.names.lower()
        first = taken.setdefault(key, claim)
        if first is claim or (first.folder or "").lower() == (claim.folder or "").lower():
            continue
        message = f'the resources of {first.file} are called "{claim.names}" already'
        hint = "give this job another name, or one of the two another terraform.resource_name"
        yield Problem("same-names", message, claim.names_location, hint)


def _same_subnet(claims: list[Claim]) -> Iterator[Problem]:
    """Container Apps documentation, "Virtual network configuration": a subnet for itself alone."""
    taken: dict[str, Claim] = {}
    for claim in claims:
        if not claim.subnet:
            continue
        first = taken.setdefault(claim.subnet, claim)
        if first is claim or first.folder == claim.folder:
            continue
        name = claim.subnet.rpartition("/")[2]
        message = f"the environment of {first.folder} is in the subnet {name} already"
        hint = (
            "Azure wants a subnet for each: let jobs share an environment that exists by"
            " runtime.cluster_name, or name other subnets"
        )
        location = claim.at("network", "subnet_ids")
        yield Problem("same-subnet", message, location, hint, "warning")


def _same_data(claims: list[Claim]) -> Iterator[Problem]:
    """Once for a job, however many of its environments meet."""
    jobs: dict[tuple[str, str, str, str], list[Claim]] = {}
    for claim in claims:
        # A bucket that is known only after an apply cannot be compared.
        if claim.data[0] and "{{" not in claim.data[0]:
            jobs.setdefault((claim.tenant, claim.job, *claim.data), []).append(claim)
    told = set()
    for (tenant, job, bucket, prefix), same in jobs.items():
        environments = sorted({claim.stage for claim in same})
        if len(environments) < 2 or (tenant, job) in told:
            continue
        told.add((tenant, job))
        below = f"below {prefix} " if prefix else ""
        message = f"{' and '.join(environments)} write {below}into {bucket}, each over the other"
        kind = "environment" if len({claim.environment for claim in same}) > 1 else "region"
        example = f"${{{kind.upper()}}}/..."
        hint = f"give each {kind} a data_bucket or prefix of its own, such as {example}"
        location = same[-1].at("storage", "data_bucket")
        yield Problem("same-data", message, location, hint, "warning")

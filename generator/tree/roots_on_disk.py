"""The roots that lie below the output folder already: what they claim, and whose job is gone."""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Iterator, Mapping, Sequence

from generator.errors import Location, Problem, Problems
from generator.files.names import MANIFEST
from generator.job.project import Project
from generator.plan.collisions import Claim
from generator.render.manifest import Manifest
from generator.render.render import render_tombstone
from generator.tree.retire import Retirement
from generator.tree.scan import OnDisk
from generator.trust.manifests import of_manifest


def claims_on_disk(
    project: Project, claims: Sequence[Claim], job_files: Collection[str], disk: OnDisk
) -> list[Claim]:
    """What the roots of jobs that are not part of a run claim, by their manifests.

    Only manifests with a state or a folder of the run's in them are parsed.

    Args:
        project: the repository.
        claims: of the roots of the run.
        job_files: of the run.
        disk: the manifests.

    Raises:
        TreeError: the output folder is a link, or cannot be read.
    """
    mine = {claim.folder for claim in claims}
    folded = {claim.folder.lower() for claim in claims if claim.folder}
    states = [json.dumps(claim.address).encode() for claim in claims]

    def matters(folder: str, data: bytes) -> bool:
        return folder.lower() in folded or any(state in data for state in states)

    found, _ = disk.scan(matters)
    return [
        Claim(m.folder, m.job_file, m.address, m.tenant, m.environment, m.job, region=m.region)
        for m in found.values()
        if m.folder not in mine
        and m.job_file not in job_files
        and not m.retired
        and os.path.exists(os.path.join(project.folder, m.job_file))
    ]


def orphaned_roots(
    project: Project,
    claims: Sequence[Claim],
    job_files: Collection[str],
    disk: OnDisk,
    confirmed: Collection[str] = (),
) -> tuple[dict[str, dict[str, str]], list[Problem]]:
    """The roots whose job is gone, with what shall become of them.

    A root whose state has passed to another root vanishes: a tombstone on that state would
    destroy what the other one has.

    Args:
        project: the repository.
        claims: of all roots that jobs ask for, and of those of others.
        job_files: all of them.
        disk: the manifests.
        confirmed: folders and job files, below the project folder, whose roots may go although it
            looks like a slip.

    Returns:
        Root folder to the files of its tombstone, none for one that shall vanish; and problems.
        With an error no root goes.

    Raises:
        TreeError: the output folder is a link, or cannot be read.
    """
    output = project.settings.output
    claimed = {claim.folder or "" for claim in claims}
    states = {claim.address for claim in claims}
    if not confirmed and not any(disk.scan(besides=claimed)):
        return {}, []
    found, unread = disk.scan()
    orphans = [manifest for folder, manifest in found.items() if folder not in claimed]
    problems = Problems(
        [
            *_unreadable(unread, claimed, output),
            *_recased(orphans, claimed, output),
        ]
    )
    for one in orphans:
        names = (one.tenant, one.environment, one.job)
        held = {"state": one.state, "providers": one.providers}
        problems += of_manifest(project, f"{output}/{one.folder}/{MANIFEST}", names, held)
    problems += problems or _retirement(project, claims, found, job_files, confirmed).problems()
    if any(problem.severity == "error" for problem in problems):
        return {}, problems
    roots = {m.folder: {} if m.address in states else render_tombstone(m, output) for m in orphans}
    return roots, problems


def slips(
    project: Project, claims: Sequence[Claim], job_files: Collection[str], disk: OnDisk
) -> list[Problem]:
    """Job files of a run over some, that lost a root by what looks like a slip.

    Args:
        project: the repository.
        claims: of the roots of the run.
        job_files: of the run.
        disk: the manifests.

    Raises:
        TreeError: the output folder is a link, or cannot be read.
    """
    names = [json.dumps(file).encode() for file in job_files]
    found, _ = disk.scan(lambda _, data: any(name in data for name in names))
    mine = {folder: m for folder, m in found.items() if m.job_file in job_files}
    return _retirement(project, claims, mine, job_files).slips()


def _retirement(
    project: Project,
    claims: Sequence[Claim],
    found: Mapping[str, Manifest],
    job_files: Collection[str],
    confirmed: Collection[str] = (),
) -> Retirement:
    claimed = {claim.folder for claim in claims}
    states = {claim.address for claim in claims}
    active = {folder: m for folder, m in found.items() if not m.retired}
    unclaimed = [m for folder, m in active.items() if folder not in claimed]
    retiring = [m for m in unclaimed if m.address not in states]
    new = [claim for claim in claims if claim.folder is not None and claim.folder not in active]
    return Retirement(project, retiring, [*active.values()], new, job_files, confirmed)


def _unreadable(problems: Problems, claimed: set[str], output: str) -> Iterator[Problem]:
    """The manifests that cannot be read; comparing a root that has a job reports its own."""
    for problem in problems:
        file = problem.location.file if problem.location else ""
        folder = file.removeprefix(output + "/").rpartition("/")[0]
        if folder not in claimed:
            hint = "restore it from git; if the job is gone for good, remove the folder"
            yield problem._replace(hint=hint)


def _recased(orphans: list[Manifest], claimed: set[str], output: str) -> Iterator[Problem]:
    """A root whose name changed in case only would be two folders here and one elsewhere."""
    folded = {folder.lower(): folder for folder in claimed}
    for manifest in orphans:
        other = folded.get(manifest.folder.lower())
        if other is not None:
            message = (
                f"{output}/{manifest.folder} and {output}/{other} differ only in upper and lower "
                "case, and on some machines are one folder"
            )
            hint = "keep the old name, or retire the old root first: generate, apply and prune it"
            yield Problem("same-identity", message, Location(manifest.job_file), hint)

"""A job, or one environment or tenant of it, taken out on purpose."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import NamedTuple

from generator.dialects import to_canonical
from generator.errors import InputError, KeyPath, Location, Problem, UsageError
from generator.files.names import MANIFEST
from generator.job.defaults import default_provider
from generator.job.load import parse, read
from generator.job.project import Project
from generator.job.variants import Variant, variants_of
from generator.moving.ahead import Ahead, look_ahead, refuse_older_form
from generator.moving.committed import not_committed
from generator.moving.dependents import readers
from generator.render.manifest import Manifest
from generator.tree.consequence import consequence
from generator.tree.scan import scan
from generator.tree.selection import select_file
from generator.yaml.edit import with_value, without


class Retirement(NamedTuple):
    """What retiring comes to.

    Attributes:
        file: the job file.
        gone: it goes as a whole.
        ahead: the project as it will be.
        consequences: root below the output folder, to what its next apply does, in a sentence.
    """

    file: str
    gone: bool
    ahead: Ahead
    consequences: dict[str, str]


def retirement(
    project: Project,
    word: str,
    tenant: str | None = None,
    environment: str | None = None,
    keep_file: bool = False,
) -> Retirement:
    """Decide what goes; nothing is written.

    Args:
        project: the repository.
        word: the job, see ``generator.tree.selection``.
        tenant: whose part of it goes; None stands for all.
        environment: likewise.
        keep_file: the job file stays and says that nobody deploys it (``iac: manual``).

    Raises:
        InputError: the job file is wrong, would be lost, has no root on disk, or somebody reads
            a state that would be emptied.
        UsageError: the word means no job or several, or the job has no such part.
    """
    file, of_root, in_root, *_ = select_file(project, word)
    tenant, environment = tenant or of_root, environment or in_root
    written = parse(project, file)
    document = to_canonical(written, file, default_provider(project, written))
    variants = variants_of(project, document.document, file)
    chosen = _chosen(file, variants, tenant, environment)
    roots, gone_already = _roots(project, file, chosen)
    whole = len(chosen) == len(variants)
    if not whole and keep_file:
        raise UsageError("--keep-file is for a job as a whole: a part of it is taken out of it")
    if whole and not keep_file:
        hint = "commit it first, or keep it with --keep-file, which writes `iac: manual` into it"
        lost = not_committed(project.folder, file, hint)
        if lost is not None:
            raise InputError(lost)
    if not whole or keep_file:
        refuse_older_form(file, document.dialect)
    data = _edited(project, file, variants, chosen, keep_file)
    read_by = readers(project, {root.address: folder for folder, root in roots.items()})
    if read_by:
        raise InputError(*read_by)
    top = os.path.join(project.folder, project.settings.output)
    consequences = {folder: consequence(top, root) for folder, root in roots.items()}
    ahead = look_ahead(project, {file: data}, [*roots, *gone_already])
    return Retirement(file, data is None, ahead, consequences)


def _chosen(
    file: str, variants: Sequence[Variant], tenant: str | None, environment: str | None
) -> list[Variant]:
    for kind, wanted in (("tenant", tenant), ("environment", environment)):
        known = list(dict.fromkeys(getattr(one, kind) for one in variants))
        if wanted is not None and wanted not in known:
            raise UsageError(f'{file} has no {kind} "{wanted}"; it has: {", ".join(known)}')
    return [
        one
        for one in variants
        if tenant in (None, one.tenant) and environment in (None, one.environment)
    ]


def _roots(
    project: Project, file: str, chosen: Sequence[Variant]
) -> tuple[dict[str, Manifest], list[str]]:
    """The roots on disk of some variants, and those that are tombstones already.

    Raises:
        InputError: there is none: without it nobody knows where the state is.
    """
    output = project.settings.output
    found, problems = scan(project.folder, output)
    wanted = {(one.tenant, one.environment) for one in chosen}
    mine = {
        folder: root
        for folder, root in found.items()
        if root.job_file == file and (root.tenant, root.environment) in wanted
    }
    theirs = [
        problem
        for problem in problems
        if problem.location
        and any(
            problem.location.file.startswith(f"{output}/{one.tenant}/")
            and problem.location.file.endswith(f"/{one.environment}/{MANIFEST}")
            for one in chosen
        )
    ]
    if theirs:
        raise InputError(*theirs)
    active = {folder: root for folder, root in mine.items() if not root.retired}
    if not active:
        message = f"{file} has no root that could retire"
        hint = (
            "run dativo generate first, so that the root is there that becomes a tombstone; "
            "if it was never applied, just remove the job"
        )
        if mine:
            hint = "its tombstone is there: apply it, then run dativo prune, and remove the job"
        raise InputError(Problem("no-root", message, Location(file), hint))
    return active, [folder for folder, root in mine.items() if root.retired]


def _edited(
    project: Project,
    file: str,
    variants: Sequence[Variant],
    chosen: Sequence[Variant],
    keep_file: bool,
) -> bytes | None:
    """The new content of the job file; None where it goes."""
    if len(chosen) == len(variants):
        if not keep_file:
            return None
        return _kept(project, file, variants)
    tenants = list(dict.fromkeys(one.tenant for one in variants))
    environments = list(dict.fromkeys(one.environment for one in variants))
    going = {one.tenant for one in chosen}, {one.environment for one in chosen}
    data = read(project, file)
    if going[0] == set(tenants):
        [environment] = going[1]
        return without(data, file, ("environments", environment))
    if going[1] != set(environments):
        [tenant], [environment] = going
        message = (
            f"{file} has {len(tenants)} tenants in {len(environments)} environments, and one "
            f"environment of one tenant cannot be taken out of it: {tenant}, {environment}"
        )
        hint = "retire the tenant or the environment as a whole, or give the tenant a job file"
        raise InputError(Problem("not-alone", message, Location(file), hint))
    [tenant] = going[0]
    document = parse(project, file)
    if "tenants" in document:
        return without(data, file, ("tenants", tenants.index(tenant)))
    left = [one for one in tenants if one != tenant]
    return with_value(data, file, ("tenants",), left, after="tenant_id")


def _kept(project: Project, file: str, variants: Sequence[Variant]) -> bytes:
    """The job file, in which every block of infrastructure that is said where says manual."""
    data, document = read(project, file), parse(project, file)
    places: list[KeyPath] = []
    if isinstance(document.get("infrastructure"), dict):
        places.append(("infrastructure",))
    overlays = document.get("environments") or {}
    for one in {variant.environment for variant in variants}:
        block = (overlays.get(one) or {}).get("infrastructure")
        if isinstance(block, dict) and (not places or "iac" in block):
            places.append(("environments", one, "infrastructure"))
    for place in sorted(places, key=str):
        data = with_value(data, file, (*place, "iac"), "manual")
    return data

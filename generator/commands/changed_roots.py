"""Roots of a job as they would be after one change, for ``dativo rehearse --change``.

Another runtime is not among the changes: a root whose runtime changes retires first what it had.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator

from generator.errors import InputError, Problems
from generator.job.load import load
from generator.job.loaded import LoadedJob
from generator.job.project import Project
from generator.model.job import Job
from generator.modules.catalogue import Catalogue, open_catalogue
from generator.pipeline import decide
from generator.render.manifest import Manifest
from generator.render.render import render
from generator.tree.scan import scan

# The name of a change; the files of the changed root, or why there is none.
Changed = tuple[str, dict[str, str] | str]

# What another region is called; the first that a job does not have.
REGIONS = {
    "aws": ("eu-central-1", "eu-west-1"),
    "gcp": ("europe-west4", "europe-west1"),
    "azure": ("northeurope", "westeurope"),
}
MACHINES = {"aws": "r5.4xlarge", "gcp": "n2-standard-8", "azure": "Standard_D8s_v5"}


def changes_of(project: Project) -> Callable[[str], Iterable[Changed]]:
    """What the root in a folder is after changes of its job; nothing for one that has none."""
    found = scan(project.folder, project.settings.output)[0]
    output = os.path.realpath(os.path.join(project.folder, project.settings.output))

    def changes(folder: str) -> Iterable[Changed]:
        root = found.get(os.path.relpath(os.path.realpath(folder), output).replace(os.sep, "/"))
        return changed_roots(project, root) if root and not root.retired else ()

    return changes


def changed_roots(project: Project, root: Manifest) -> Iterator[Changed]:
    """The files of a root after each change that its job allows.

    Args:
        project: the repository.
        root: the root.

    Yields:
        The name of the change; file name to text, or why there is no such root.
    """
    catalogue = open_catalogue(project)
    for loaded in load(project, root.job_file)[0]:
        job = loaded.job
        if (job.tenant_id, loaded.stage, job.name) != (root.tenant, root.stage, root.job):
            continue
        before = _files(project, loaded, catalogue)
        for name, change in CHANGES.items():
            changed = [_files(project, loaded._replace(job=one), catalogue) for one in change(job)]
            changed = [files for files in changed if files != before]
            made = [files for files in changed if not isinstance(files, str)]
            if changed:
                yield name, (made or changed)[0]


def _files(project: Project, loaded: LoadedJob, catalogue: Catalogue) -> dict[str, str] | str:
    """The files of the root of a job, or what is wrong with it."""
    problems = Problems()
    try:
        plan = decide(project, loaded, catalogue, problems)[1]
        if plan is not None:
            return render(plan, project.settings.output)
    except InputError as error:
        problems += error.problems
    errors = [problem.message for problem in problems if problem.severity == "error"]
    return "; ".join(errors) or "the job has no root"


def _with(job: Job, **fields: object) -> Job:
    """The job with other values in its ``infrastructure`` block."""
    infrastructure = job.infrastructure.model_copy(update=fields)
    return job.model_copy(update={"infrastructure": infrastructure})


def _another(identifier: str) -> str:
    """The id of another thing of the same kind; a placeholder is left as it is."""
    if not identifier[-1].isalnum():
        return identifier
    return identifier[:-1] + ("1" if identifier[-1] != "1" else "2")


def _region(job: Job) -> Iterator[Job]:
    own = job.infrastructure
    yield _with(job, region=next(r for r in REGIONS[own.provider] if r != own.region))


def _tag(job: Job) -> Iterator[Job]:
    yield _with(job, tags={**job.infrastructure.tags, "Rehearsal": "changed"})


def _size(job: Job) -> Iterator[Job]:
    """More of all, else more memory, else larger machines: what the runtime has."""
    own = job.infrastructure
    cpu, memory = (1, 2048) if own.runtime.cpu == 2 else (2, 4096)
    machines = own.runtime.nodes.model_copy(update={"instance_type": MACHINES[own.provider]})
    for size in ({"cpu": cpu, "memory": memory}, {"memory": memory}, {"nodes": machines}):
        yield _with(job, runtime=own.runtime.model_copy(update=size))


def _image(job: Job) -> Iterator[Job]:
    runtime = job.infrastructure.runtime
    if runtime.image:
        folder, slash, last = runtime.image.partition("@")[0].rpartition("/")
        image = f"{folder}{slash}{last.partition(':')[0]}:rehearsal"
        yield _with(job, runtime=runtime.model_copy(update={"image": image}))


def _network(job: Job) -> Iterator[Job]:
    network = job.infrastructure.network
    if network.subnet_ids:
        subnets = tuple(map(_another, network.subnet_ids))
        yield _with(job, network=network.model_copy(update={"subnet_ids": subnets}))
    elif network.connector:
        connector = _another(network.connector)
        yield _with(job, network=network.model_copy(update={"connector": connector}))


def _key(job: Job) -> Iterator[Job]:
    storage = job.infrastructure.storage
    if storage.kms_key_id:
        key = _another(storage.kms_key_id)
        yield _with(job, storage=storage.model_copy(update={"kms_key_id": key}))


def _name(job: Job) -> Iterator[Job]:
    yield job.model_copy(update={"name": f"{job.name}-b"})


# Each in the forms that are tried in turn, as not every runtime has every field.
CHANGES: dict[str, Callable[[Job], Iterator[Job]]] = {
    "image": _image,
    "key": _key,
    "name": _name,
    "network": _network,
    "region": _region,
    "size": _size,
    "tag": _tag,
}

"""A hand-written root and the job that takes its place."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from typing import NamedTuple, get_args

from generator.adopt.extra import is_idle, renamed
from generator.adopt.first import Identity
from generator.adopt.generated import read_files
from generator.adopt.imports import imports
from generator.adopt.propose import Proposal, propose, weighed
from generator.adopt.root import Further, Root, read_root
from generator.adopt.sources import name_of
from generator.errors import Location, Problems, UsageError
from generator.files.folders import is_yaml
from generator.files.names import MANIFEST
from generator.job.job_files import below
from generator.job.load import parse
from generator.job.project import Project
from generator.model.fields import name_fault
from generator.model.runtime_types import Cloud
from generator.plan.backend import address_of
from generator.plan.runtimes.runtime import RuntimeSpec
from generator.plan.runtimes.table import RUNTIMES

_OF_CLOUD = {"aws": "aws", "google": "gcp", "google-beta": "gcp", "azurerm": "azure"}
_CLOUDS: tuple[Cloud, ...] = get_args(Cloud)


class Wanted(NamedTuple):
    """What whoever adopts says of the job, where the root does not tell.

    Attributes:
        state: of the root; the new root gets a state of its own then, and imports what is there.
    """

    tenant: str | None = None
    environment: str | None = None
    name: str | None = None
    cloud: str | None = None
    region: str | None = None
    runtime: str | None = None
    state: bytes | None = None


_NOTHING = Wanted()


class Adoption(NamedTuple):
    """A root and its job.

    Attributes:
        folder: of the hand-written root, below the project folder.
        theirs: what it says.
        proposal: the job, proposed or the user's, and how what it makes differs.
        left: what no job can say and no file of the user's in the new root says yet.
        old_address, new_address: of the state, before and after; None where nobody can tell.
    """

    folder: str
    theirs: Root
    proposal: Proposal
    left: list[Further]
    old_address: str | None
    new_address: str

    @property
    def extra(self) -> str:
        """The text of a file of the user's for the new root; empty where none is needed."""
        return self.proposal.extra

    @property
    def same(self) -> bool:
        """Whether nothing differs."""
        made = self.proposal.made.root
        return made is not None and not self.proposal.differences and not self.left

    def accepted(self) -> Adoption:
        """The same, where tags that only dativo has are no difference."""
        differences = [one for one in self.proposal.differences if not one.is_added_tag]
        return self._replace(proposal=self.proposal._replace(differences=differences))


def adopt(
    project: Project,
    path: str,
    wanted: Wanted = _NOTHING,
    job: str | None = None,
    output: str | None = None,
) -> Adoption:
    """Read a root, and propose a job or look at one.

    Args:
        project: the repository.
        path: the root's folder.
        wanted: what the root does not tell.
        job: a job file that is there already, to compare; else one is proposed.
        output: where the proposed job file is to be; by default below the first folder of job
            files, with its tenant's others.

    Raises:
        InputError: the root or the job cannot be read.
        UsageError: there is no such folder, it is a root of ours, or it does not tell who the
            job is.
    """
    folder = below(project, path)
    full = os.path.join(project.folder, folder)
    if not os.path.isdir(full):
        raise UsageError(f"{path}: no such folder")
    if os.path.lexists(os.path.join(full, MANIFEST)):
        raise UsageError(f"{path}: dativo made this root, so it has a job already")
    files = read_files(full)
    _readable(files, folder)
    theirs = read_root(files, folder)
    if wanted.state is not None:
        theirs.imports = imports(wanted.state, theirs.call)
    if job is None:
        who = _identity(theirs, wanted)
        file = _file(project, who) if output is None else _new(project, output)
        proposal = propose(project, theirs, folder, who, file)
    else:
        file = below(project, job)
        proposal = weighed(project, theirs, folder, parse(project, file), file, project.read(file))
    kind, arguments = ("local", {}) if theirs.backend is None else theirs.backend.value
    return Adoption(
        folder,
        theirs,
        proposal,
        _left(theirs, proposal),
        address_of(kind, arguments, folder),
        proposal.made.address,
    )


def _readable(files: Mapping[str, bytes], folder: str) -> None:
    problems = Problems()
    for name in files:
        location = Location(f"{folder}/{name}")
        if name.endswith((".tf.json", ".tofu.json")):
            hint = "write it in HCL, or write the job by hand and compare with --job"
            problems.error("unreadable", "files in JSON syntax are not read", location, hint)
        elif re.fullmatch(r"(?:.*_)?override\.(?:tf|tofu)", name):
            hint = "put what it overrides into the other files"
            problems.error("unreadable", "override files are not read", location, hint)
    problems.raise_any()


def _new(project: Project, output: str) -> str:
    """Where the user wants the job file: where generate finds it, and nothing is yet."""
    file = below(project, output)
    folders = project.settings.jobs
    if not is_yaml(file) or not any(f"{file}/".startswith(f"{one}/") for one in folders):
        where = " or ".join(folders)
        raise UsageError(f"{output}: a job file ends with .yaml or .yml and lies below {where}")
    if os.path.lexists(os.path.join(project.folder, file)):
        raise UsageError(f"{output} is there already: compare it with --job {output}")
    return file


def _file(project: Project, who: Identity) -> str:
    """Where a new job file would lie: beside others of its tenant."""
    top = project.settings.jobs[0]
    return f"{top}/{who.tenant}/{who.name}.yaml"


def _identity(theirs: Root, wanted: Wanted) -> Identity:
    """Who the job is: as somebody says, else as the module call does.

    Raises:
        UsageError: what is missing, and the options that say it.
    """
    missing: list[str] = []

    def said(option: str, *inputs: str) -> str:
        given = getattr(wanted, option)
        if given is not None:
            return str(given)
        for name in inputs:
            written = theirs.arguments.get(name)
            if (
                written is not None
                and isinstance(written.value, str)
                and written.value.isprintable()
            ):
                return written.value
        missing.append(f"--{option}")
        return ""

    tenant, environment = said("tenant", "tenant", "tenant_id"), said("environment", "environment")
    name = said("name", "name", "job_name")
    cloud = _cloud(theirs, wanted)
    if cloud is None:
        missing.append(f"--cloud, one of {', '.join(_CLOUDS)}")
    region = wanted.region or _region(theirs)
    if region is None:
        missing.append("--region")
    runtime = None if cloud is None else _runtime(theirs, wanted, cloud)
    if cloud is not None and runtime is None:
        missing.append(
            f"--runtime (the module {name_of(theirs.source)} is none of dativo's), "
            f"one of {_types(cloud)}"
        )
    if missing or cloud is None or region is None or runtime is None:
        raise UsageError(f"the root does not tell all of the job, add: {'; '.join(missing)}")
    _check_names(tenant, environment, name)
    return Identity(tenant, environment, name, cloud, region, runtime)


def _check_names(tenant: str, environment: str, name: str) -> None:
    for kind, text in (("tenant", tenant), ("environment", environment), ("job", name)):
        if fault := name_fault(kind, text):
            option = "name" if kind == "job" else kind
            raise UsageError(f'the {kind} name "{text}" {fault}: say another one with --{option}')


def _cloud(theirs: Root, wanted: Wanted) -> Cloud | None:
    if wanted.cloud is not None:
        if wanted.cloud not in _CLOUDS:
            raise UsageError(f"there is no cloud {wanted.cloud}: one of {', '.join(_CLOUDS)}")
        return wanted.cloud
    said = theirs.arguments.get("cloud")
    named = [_OF_CLOUD.get(name) for name in (*theirs.providers, *theirs.required)]
    named.append(said.value if said is not None else None)
    modules = {spec.module: cloud for (cloud, _), spec in RUNTIMES.items() if spec.module}
    shared = ("databricks-job", "kubernetes-job")
    name = name_of(theirs.source)
    named.append(None if name in shared else modules.get(name))
    return next((cloud for cloud in _CLOUDS if cloud in named), None)


def _region(theirs: Root) -> str | None:
    candidates = [
        theirs.providers[name].value.get("region")
        for name in ("aws", "google")
        if name in theirs.providers
    ]
    candidates += [
        theirs.arguments[name].value for name in ("region", "location") if name in theirs.arguments
    ]
    return next((text for text in candidates if isinstance(text, str) and text.isprintable()), None)


def _runtime(theirs: Root, wanted: Wanted, cloud: str) -> RuntimeSpec | None:
    if wanted.runtime is not None:
        found = RUNTIMES.get((cloud, wanted.runtime))
        if found is None:
            known = _types(cloud)
            raise UsageError(f"{cloud} has no runtime {wanted.runtime} here: one of {known}")
        return found
    name = name_of(theirs.source)
    for (of, _), spec in RUNTIMES.items():
        if of == cloud and spec.module and spec.module == name:
            return spec
    return None


def _types(cloud: str) -> str:
    return ", ".join(kind for of, kind in RUNTIMES if of == cloud)


def _left(theirs: Root, proposal: Proposal) -> list[Further]:
    """What the generated root, and the files of the user's in it, do not have."""
    made = proposal.made.root
    there = set() if made is None else {(one.what, _bare(one.text)) for one in made.further}
    return [
        one
        for one in theirs.further
        if not is_idle(one, theirs) and (one.what, _bare(renamed(one.text, theirs))) not in there
    ]


def _bare(text: str) -> str:
    return " ".join(text.split())

"""The way of the data, in order: job files to the text of every root. Nothing is written here."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from generator.errors import InputError, Location, Problem, Problems
from generator.files.names import LOCKS_FOLDER, SETTINGS_FILE
from generator.files.terraform_files import is_terraform
from generator.job.credentials import check_job, check_values
from generator.job.load import load
from generator.job.loaded import LoadedJob
from generator.job.project import Project
from generator.modules.catalogue import Catalogue
from generator.plan.collisions import Claim
from generator.plan.root_plan import RootPlan
from generator.provider_locks.choose import Choice, lock_for
from generator.provider_locks.lock_file import lock_names
from generator.render.render import render
from generator.tags.merge import build as build_tags
from generator.tags.tag_set import TagSet
from generator.text.characters import composed

# Where terraform init leaves a copy of the module that the root calls "job".
INITIALISED = ".terraform/modules/job"


@dataclass(slots=True)
class Built:
    """What some job files came to.

    Attributes:
        roots: root folder below the output folder, to file name, to text.
        claims: what each root claims, for collisions with roots of other job files.
        problems: errors and warnings.
        without_root: job files that have no ``infrastructure`` block.
        files: how many job files were read.
        sources: job file to the other files it was made from, and to its root folders.
        learnt: interfaces of modules that were parsed, by digest, for the next run.
        locks: root folder to the project's lock of providers that it gets.
    """

    roots: dict[str, dict[str, str]] = field(default_factory=dict)
    claims: list[Claim] = field(default_factory=list)
    problems: Problems = field(default_factory=Problems)
    without_root: list[str] = field(default_factory=list)
    files: int = 0
    sources: dict[str, tuple[list[str], list[str]]] = field(default_factory=dict)
    learnt: dict[str, Any] = field(default_factory=dict)
    locks: dict[str, Choice] = field(default_factory=dict)

    def add(self, other: Built) -> None:
        """Take in what further job files came to."""
        self.roots |= other.roots
        self.claims += other.claims
        self.problems += other.problems
        self.without_root += other.without_root
        self.files += other.files
        self.sources |= other.sources
        self.learnt |= other.learnt
        self.locks |= other.locks


def build(
    project: Project,
    files: Sequence[str],
    catalogue: Catalogue,
) -> Built:
    """Take job files all the way to text.

    Args:
        project: the repository.
        files: job files below the project folder.
        catalogue: the interfaces of modules, shared by all jobs of the run.

    Returns:
        The roots and everything found wrong; a root with a problem is left out.
    """
    built = Built()
    modules: dict[str, list[str]] = {}
    locks = [f"{LOCKS_FOLDER}/", *lock_names(project.folder)]
    for file in files:
        sources: list[str] = []
        folders: list[str] = []
        for loaded in _load(project, file, built):
            _, plan = decide(project, loaded, catalogue, built.problems)
            if has_no_root(loaded) and built.without_root[-1:] != [file]:
                built.without_root.append(file)
            if plan is None:
                continue
            sources += [] if loaded.asset_file is None else [loaded.asset_file]
            sources += [*_module_files(project, plan, modules), *locks]
            if has_no_root(loaded):
                continue
            folders.append(plan.folder)
            built.claims.append(claim(plan, loaded))
            _render(project, plan, lock_for(project, plan, catalogue), built)
        built.sources[file] = (sorted(set(sources)), folders)
    built.learnt = catalogue.learnt
    return built


def _load(project: Project, file: str, built: Built) -> list[LoadedJob]:
    built.files += 1
    try:
        check_name(file)
        jobs, warnings = load(project, file)
    except InputError as error:
        built.problems += error.problems
        return []
    built.problems += warnings
    if not jobs:
        built.without_root.append(file)
    return jobs


def check_name(file: str) -> None:
    """Refuse a job file whose name no comment and no link could show.

    Raises:
        InputError: its name holds control characters, is not UTF-8, or is decomposed.
    """
    if not file.isprintable():
        message = "the name of this job file holds control characters, or is not UTF-8"
        hint = "rename it, or run in a UTF-8 locale"
        raise InputError(Problem("invalid-name", message, Location(file), hint))
    if composed(file) != file:
        message = "the name of this job file is in decomposed Unicode (NFD)"
        hint = "rename it to the composed form (NFC), in which git and other machines have it"
        raise InputError(Problem("invalid-name", message, Location(file), hint))


def _render(project: Project, plan: RootPlan, choice: Choice, built: Built) -> None:
    built.locks[plan.folder] = choice
    lock = None if choice.lock is None else (choice.lock.file, choice.lock.blocks)
    try:
        built.roots[plan.folder] = render(plan, project.settings.output, lock)
    except InputError as error:
        location = Location(plan.job_file)
        built.problems += [p._replace(location=p.location or location) for p in error.problems]


def decide(
    project: Project, loaded: LoadedJob, catalogue: Catalogue, problems: Problems
) -> tuple[TagSet | None, RootPlan | None]:
    """The tags and the plan of one job; what is wrong with either goes to ``problems``.

    A job that CloudFormation or Pulumi deploys is planned like any other, for its exports, and
    gets no root. Of one that nobody deploys only the tags are known.
    """
    from generator.plan.plan import check, plan

    problems += check_job(loaded)
    problems += check_values(project.settings.values, SETTINGS_FILE)
    try:
        tags = build_tags(loaded, project.settings.tags)
    except InputError as error:
        problems += error.problems
        problems += check(project, loaded, catalogue)
        return None, None
    problems += tags.warnings
    if has_no_root(loaded):
        problems.append(_by_other_tool(loaded))
    if loaded.job.infrastructure.iac == "manual":
        return tags, None
    try:
        root_plan, warnings = plan(project, loaded, tags, catalogue)
    except InputError as error:
        problems += error.problems
        return tags, None
    problems += warnings
    return tags, root_plan


def has_no_root(loaded: LoadedJob) -> bool:
    """Whether another tool than Terraform deploys the job."""
    return loaded.job.infrastructure.iac != "terraform"


def _by_other_tool(loaded: LoadedJob) -> Problem:
    tool = loaded.job.infrastructure.iac
    message = f"{tool} deploys this job, so it has no root module"
    hint = (
        f"dativo export {tool} has its inputs" if tool != "manual" else "dativo export has its tags"
    )
    location = loaded.locations.location(("infrastructure", "iac"))
    return Problem("no-root", message, location, hint, severity="warning")


def claim(plan: RootPlan, loaded: LoadedJob) -> Claim:
    """What a planned root claims for itself."""
    storage, terraform = loaded.job.infrastructure.storage, loaded.job.infrastructure.terraform
    return Claim(
        folder=plan.folder,
        file=plan.job_file,
        address=plan.backend.address,
        tenant=plan.tenant,
        environment=plan.environment,
        job=plan.job,
        subnet=plan.alone_in,
        data=(storage.data_bucket or "", storage.prefix.strip("/")),
        names=terraform.name_for(plan.job),
    )


def _module_files(project: Project, plan: RootPlan, known: dict[str, list[str]]) -> list[str]:
    """What the module's interface was read from, as paths below the project; the folder too.

    Of a git or registry module that is the copy that ``terraform init`` left in the root. One
    that is not there may come.
    """
    source = plan.module.source
    root = f"{project.settings.output}/{plan.folder}"
    local = source.startswith(("./", "../"))
    folder = posixpath.normpath(f"{root}/{source}") if local else f"{root}/{INITIALISED}"
    if folder not in known:
        try:
            names = os.listdir(os.path.join(project.folder, folder))
        except OSError:
            names = []
        found = sorted(f"{folder}/{name}" for name in names if is_terraform(name))
        known[folder] = [f"{folder}/", *found]
    return known[folder]

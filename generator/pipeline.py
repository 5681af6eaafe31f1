"""The way of the data, in order: job files to the text of every root. Nothing is written here."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from generator.errors import InputError, Location, Problem, Problems
from generator.files.names import SETTINGS_FILE
from generator.job.credentials import check_job, check_values
from generator.job.job_files import check_name
from generator.job.load import load
from generator.job.loaded import LoadedJob
from generator.job.project import Project
from generator.job.scoped_values import blocks_for
from generator.modules.catalogue import Catalogue
from generator.neighbours.linked import Neighbours
from generator.plan.collisions import Claim
from generator.plan.root_plan import LeftOut, RootPlan
from generator.provider_locks.choose import Choice, lock_for
from generator.render.packed import Packed
from generator.render.render import render
from generator.tags.merge import build as build_tags
from generator.tags.tag_set import TagSet
from generator.trust.judge import of_job


@dataclass(slots=True)
class Built:
    """What some job files came to.

    Attributes:
        roots: root folder below the output folder, to file name, to text.
        claims: what each root claims, for collisions with roots of other job files.
        problems: errors and warnings.
        without_root: job files that have no ``infrastructure`` block.
        files: how many job files were read.
        sources: job file to what it was made from, as ``Seen`` names it, and to its root folders.
        told: job file to what was found wrong with it by itself.
        tied: job files with a job that needs others, or that others need.
        locks: root folder to the project's lock of providers that it gets.
        waiting: job files with a job that needs others; nothing else is known of them yet.
    """

    roots: dict[str, Mapping[str, str]] = field(default_factory=dict)
    claims: list[Claim] = field(default_factory=list)
    problems: Problems = field(default_factory=Problems)
    without_root: list[str] = field(default_factory=list)
    files: int = 0
    sources: dict[str, tuple[set[str], list[str]]] = field(default_factory=dict)
    told: dict[str, list[Problem]] = field(default_factory=dict)
    tied: set[str] = field(default_factory=set)
    locks: dict[str, Choice] = field(default_factory=dict)
    waiting: list[str] = field(default_factory=list)

    def add(self, other: Built) -> None:
        """Take in what further job files came to."""
        self.roots |= other.roots
        self.claims += other.claims
        self.problems += other.problems
        self.without_root += other.without_root
        self.files += other.files
        self.sources |= other.sources
        self.told |= other.told
        self.tied |= other.tied
        self.locks |= other.locks
        self.waiting += other.waiting


def build(
    project: Project, files: Sequence[str], catalogue: Catalogue, packed: bool = False
) -> Built:
    """Take job files all the way to text, but for those that need other jobs.

    Args:
        project: the repository.
        files: job files below the project folder.
        catalogue: the interfaces of modules, shared by all jobs of the run.
        packed: keep the texts compressed.

    Returns:
        The roots and everything found wrong; a root with a problem is left out.
    """
    built = Built()
    for file in files:
        one = Built()
        used = project.seen.begin()
        try:
            jobs = load_jobs(project, file, one)
            if any(loaded.job.needs for loaded in jobs):
                built.waiting.append(file)
                continue
            for loaded in jobs:
                _, plan = decide(project, loaded, catalogue, one.problems)
                add_root(project, loaded, plan, one)
        finally:
            project.seen.end()
        one.sources[file] = (used, one.sources.get(file, (used, []))[1])
        one.told[file] = [*one.problems]
        if packed:
            one.roots = {folder: Packed(texts) for folder, texts in one.roots.items()}
        built.add(one)
    return built


def add_root(project: Project, loaded: LoadedJob, plan: RootPlan | None, built: Built) -> None:
    """Take a planned job to the text of its root, and note all that comes of it.

    Args:
        project: the repository.
        loaded: the job.
        plan: its plan; None where there is none.
        built: where to note it.
    """
    file = loaded.file
    if has_no_root(loaded) and built.without_root[-1:] != [file]:
        built.without_root.append(file)
    _, folders = built.sources.setdefault(file, (set(), []))
    if plan is None or has_no_root(loaded):
        return
    folders.append(plan.folder)
    built.claims.append(claim(plan, loaded))
    render_root(project, plan, built)


def load_jobs(project: Project, file: str, built: Built) -> list[LoadedJob]:
    """The jobs of a file; what is wrong with it goes to ``built``."""
    built.files += 1
    jobs = jobs_in(project, file, built.problems)
    if jobs is not None and not jobs:
        built.without_root.append(file)
    return jobs or []


def jobs_in(project: Project, file: str, problems: Problems) -> list[LoadedJob] | None:
    """The jobs of a file; None where it is wrong, as ``problems`` then says."""
    try:
        check_name(file)
        jobs, warnings = load(project, file)
    except InputError as error:
        problems += error.problems
        return None
    problems += warnings
    return jobs


def render_root(project: Project, plan: RootPlan, built: Built) -> None:
    """The text of a planned root; what cannot be written goes to the problems of ``built``."""
    chosen = built.locks[plan.folder] = lock_for(project, plan)
    lock = None if chosen.lock is None else (chosen.lock.file, chosen.lock.blocks)
    try:
        built.roots[plan.folder] = render(plan, project.settings.output, lock)
    except InputError as error:
        location = Location(plan.job_file)
        built.problems += [p._replace(location=p.location or location) for p in error.problems]


def decide(
    project: Project,
    loaded: LoadedJob,
    catalogue: Catalogue,
    problems: Problems,
    link: bool = True,
) -> tuple[TagSet | None, RootPlan | None]:
    """The tags and the plan of one job; what is wrong with either goes to ``problems``.

    A job that CloudFormation or Pulumi deploys is planned like any other, for its exports, and
    gets no root. Of one that nobody deploys only the tags are known.

    Args:
        project: the repository.
        loaded: the job.
        catalogue: the interfaces of modules.
        problems: where to note what is wrong.
        link: find the jobs that it needs; False where that was tried in vain, so that only what
            else is wrong with the job is told.
    """
    from generator.plan.job_placeholders import strays
    from generator.plan.plan import check, plan

    linked: LoadedJob | None = loaded
    if loaded.job.needs and not loaded.neighbours:
        find = neighbours_of(project, catalogue).linked
        linked = problems.attempt(find, loaded, problems) if link else None
    problems += check_job(loaded)
    problems += strays(loaded)
    problems += of_job(project, loaded)
    for path, values in blocks_for(project.settings, loaded.job.tenant_id, loaded.job.environment):
        problems += check_values(values, SETTINGS_FILE, path)
    try:
        tags = build_tags(loaded, project.settings.tags)
    except InputError as error:
        problems += error.problems
        problems += check(project, linked, catalogue) if linked else ()
        return None, None
    problems += tags.warnings
    if has_no_root(loaded):
        problems.append(_by_other_tool(loaded))
    if loaded.job.infrastructure.iac == "manual" or linked is None:
        problems += _policies(project, loaded, tags)
        return tags, None
    try:
        root_plan, warnings = plan(project, linked, tags, catalogue)
    except InputError as error:
        problems += error.problems
        problems += _policies(project, loaded, tags)
        return tags, None
    problems += warnings
    problems += _policies(project, loaded, tags, root_plan.left_out)
    return tags, root_plan


def _policies(
    project: Project, loaded: LoadedJob, tags: TagSet, left_out: Sequence[LeftOut] = ()
) -> Sequence[Problem]:
    """What of the policies of dativo.yaml a job does not keep."""
    if project.settings.policies is None:
        return ()
    from generator.rules.judge import of_job as held_against

    return held_against(project, loaded, tags, left_out)


def neighbours_of(
    project: Project,
    catalogue: Catalogue,
    files: Mapping[str, str] = MappingProxyType({}),
    told: Collection[str] = (),
) -> Neighbours:
    """What finds the jobs that others need.

    Args:
        project: the repository.
        catalogue: the interfaces of modules.
        files: root folder to the job file that makes it, as far as that is known.
        told: the job files whose own problems somebody else reports.
    """

    def planned(loaded: LoadedJob, problems: Problems) -> RootPlan | None:
        return decide(project, loaded, catalogue, problems)[1]

    return Neighbours(project, planned, files, told)


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
    storage = loaded.job.infrastructure.storage
    return Claim(
        folder=plan.folder,
        file=plan.job_file,
        address=plan.backend.address,
        tenant=plan.tenant,
        environment=plan.environment,
        job=plan.job,
        subnet=plan.alone_in,
        data=(storage.data_bucket or "", storage.prefix.strip("/")),
        names=loaded.resource_name,
        region=plan.region,
        cloud=loaded.job.infrastructure.provider,
        cost_center=plan.cost_center,
    )

"""The Python twin of the command line: the same work, returned as data.

Every name here is also one of the package: ``from generator import generate, load_job``. Wrong
files raise ``InputError``, whose ``problems`` have file, keys and hint; a wrong call raises
``UsageError``. Nothing is printed.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from generator.errors import InputError, Location, Problem, UsageError
from generator.exports.job_root import JobRoot
from generator.job.project import Project, open_project

if TYPE_CHECKING:
    from generator.plan.root_plan import RootPlan
    from generator.run import Run
    from generator.tags.tag_set import TagSet
    from generator.tree.transition import OnChange

__all__ = [
    "InputError",
    "JobRoot",
    "Problem",
    "Project",
    "RunResult",
    "UsageError",
    "check",
    "explain",
    "export",
    "generate",
    "inputs_of",
    "labels_of",
    "load_job",
    "load_jobs",
    "metadata_of",
    "open_project",
    "plan_of",
    "resolve_job",
    "root_files",
    "tag_report",
    "tags_of",
    "validate",
]

# A job: loaded already, or the path of a job file that has one root.
JobLike = JobRoot | str | os.PathLike[str]


@dataclass(frozen=True, slots=True)
class RunResult:
    """What became of a project's roots.

    Attributes:
        roots: root folder below the project to "created", "changed", "unchanged", "retired" or
            "removed"; empty when something is wrong.
        problems: errors and warnings.
        without_root: job files that have no root.
        files: how many job files were read.
    """

    roots: Mapping[str, str]
    problems: tuple[Problem, ...]
    without_root: tuple[str, ...]
    files: int

    @property
    def ok(self) -> bool:
        """Whether there is no error."""
        return all(problem.severity != "error" for problem in self.problems)

    @property
    def up_to_date(self) -> bool:
        """Whether there is no error and nothing to write."""
        return self.ok and set(self.roots.values()) <= {"unchanged"}

    def require_ok(self) -> RunResult:
        """This result.

        Raises:
            InputError: there are errors; with all problems.
        """
        if not self.ok:
            raise InputError(*self.problems)
        return self


def generate(
    project_dir: str | os.PathLike[str] = ".",
    paths: Sequence[str] = (),
    *,
    force: bool = False,
    migrate_state: bool = False,
    on_change: OnChange = "stop",
    retire: Sequence[str] = (),
) -> RunResult:
    """Write the roots of all or some jobs, if nothing is wrong with any of them.

    Args:
        project_dir: the project folder.
        paths: job files or folders, relative to the current folder; none means all.
        force: replace generated files that were edited by hand.
        migrate_state: let the state of a root move to another address.
        on_change: where the runtime, cluster, account or host of a root changes under its state:
            "stop", "change" it, "retire" what is there first, or that was "applied".
        retire: roots, job files, or folders of such, whose roots may retire although it looks
            like a slip.

    Returns:
        What became of each root. Errors are in ``problems``; nothing was written then.

    Raises:
        InputError: dativo.yaml is wrong.
        UsageError: a path is no job file, or ``retire`` stands beside ``paths``.
    """
    from generator.job.lock import opened_to_write
    from generator.noop.note import remember
    from generator.run import Allowed, Run

    allowed = Allowed(force, migrate_state, on_change, tuple(retire))
    with opened_to_write(os.fspath(project_dir)) as project:
        work = Run(project, paths, allowed)
        work.build()
        if not work.failed:
            work.compare()
        if not work.failed:
            work.write()
            work.tell_ignored()
            if on_change == "stop":
                remember(work)
        return _result(work)


def check(project_dir: str | os.PathLike[str] = ".", paths: Sequence[str] = ()) -> RunResult:
    """What ``generate`` would do; nothing is written. Arguments and errors as there."""
    from generator.job.lock import opened_to_compare
    from generator.run import Run

    with opened_to_compare(os.fspath(project_dir)) as project:
        work = Run(project, paths)
        work.build()
        if not work.failed:
            work.compare()
        if not work.failed:
            work.tell_ignored()
        return _result(work)


def validate(
    project_dir: str | os.PathLike[str] = ".", paths: Sequence[str] = ()
) -> tuple[Problem, ...]:
    """Errors and warnings of job files and all that they name; none is raised."""
    from generator.run import Run

    work = Run(open_project(os.fspath(project_dir)), paths)
    work.build()
    return tuple(work.problems)


def load_job(
    path: str | os.PathLike[str],
    *,
    project_dir: str | os.PathLike[str] | None = None,
    environment: str | None = None,
    tenant: str | None = None,
) -> JobRoot:
    """One job for one tenant and environment, with its tags and the plan of its root.

    Args:
        path: the job file, relative to the current folder or absolute.
        project_dir: the project folder; None for the nearest above the file with dativo.yaml
            or .git.
        environment: needed where the file lists several.
        tenant: likewise.

    Raises:
        InputError: anything wrong with the job.
        UsageError: no root, or more than one, fits.
    """
    from generator.exports.job_root import choose

    return choose(_project(path, project_dir), os.fspath(path), environment, tenant)


def load_jobs(
    path: str | os.PathLike[str], *, project_dir: str | os.PathLike[str] | None = None
) -> list[JobRoot]:
    """Every root of a job file, in the order of the file; empty for a job without any.

    Arguments and errors as ``load_job``.
    """
    from generator.exports.job_root import all_of

    return all_of(_project(path, project_dir), os.fspath(path))


def tags_of(job: JobLike) -> TagSet:
    """The tags of a job, each with its origin; ``as_map()`` is what reaches the cloud."""
    return _loaded(job).tags


def plan_of(job: JobLike) -> RootPlan:
    """The plan of a job's root: backend, providers, module call, outputs."""
    return _loaded(job).plan


def root_files(job: JobLike) -> dict[str, str]:
    """File name to text of a job's root, as ``generate`` would write them.

    Raises:
        InputError: another tool than Terraform deploys the job.
    """
    from generator.pipeline import has_no_root
    from generator.render.render import render

    root = _loaded(job)
    if has_no_root(root.loaded):
        message = f"{root.loaded.job.infrastructure.iac} deploys this job, so it has no root module"
        raise InputError(Problem("no-root", message, Location(root.loaded.file)))
    return render(root.plan, root.project.settings.output)


def explain(job: JobLike) -> dict[str, Any]:
    """Where every tag, input and name of a job comes from; see ``generator.explanation.data``."""
    from generator.explanation.data import explanation

    root = _loaded(job)
    return explanation(root.project, root.loaded, root.tags, root.root)


def inputs_of(job: JobLike) -> dict[str, Any]:
    """The inputs of a job's module call as plain data, without those only apply knows."""
    from generator.exports import inputs

    return inputs.inputs_of(_loaded(job)).values


def metadata_of(job: JobLike) -> dict[str, Any]:
    """Identity, size and tags of a job; see ``generator.plan.metadata``."""
    from generator.plan.metadata import metadata

    root = _loaded(job)
    return dict(metadata(root.loaded.job, root.tags))


def tag_report(job: JobLike) -> dict[str, Any]:
    """The tags of a job with their sources; see ``generator.exports.tag_report``."""
    from generator.exports.tag_report import report

    return report(_loaded(job))


def labels_of(job: JobLike, target: str = "kubernetes") -> dict[str, str]:
    """The tags of a job by the rules of "kubernetes", "gcp", "databricks", "aws" or "azure"."""
    from generator.exports.export import labels

    return labels(_loaded(job), target)[0]


def export(job: JobLike, what: str, *, format: str | None = None) -> str:
    """The text that ``dativo export WHAT`` prints.

    Args:
        job: the job.
        what: "tfvars", "metadata", "tags", "labels", "cloudformation" or "pulumi".
        format: one of the export's; None for its first.

    Raises:
        InputError: the job has what the export cannot hold.
        UsageError: an export or a format that does not exist.
    """
    from generator.exports.export import KINDS, Wanted
    from generator.exports.export import export as make

    if what not in KINDS:
        raise UsageError(f"{what}: no such export, there are {', '.join(KINDS)}")
    return make(_loaded(job), Wanted(what, format=format))[0]


def resolve_job(
    path: str | os.PathLike[str],
    outputs: Mapping[str, Any] | str | bytes,
    *,
    environment: str | None = None,
    allow_sensitive: bool = False,
) -> str:
    """A job file's text with its placeholders filled in; nothing is written.

    Args:
        path: the job file.
        outputs: what ``terraform output -json`` prints, as text or parsed, or a plain mapping.
        environment: leave what stands below another key of ``environments`` alone.
        allow_sensitive: put sensitive outputs in, too.

    Raises:
        InputError: a placeholder that cannot be filled in, or outputs that cannot be read.
    """
    import json

    from generator.job.load import read
    from generator.resolve.declared import declared
    from generator.resolve.outputs_file import outputs_of
    from generator.resolve.resolve import resolve
    from generator.tree.selection import select_file

    text = json.dumps(outputs) if isinstance(outputs, Mapping) else outputs
    data = text.encode() if isinstance(text, str) else text
    project = _project(path, None)
    file = select_file(project, os.fspath(path)).file
    found = outputs_of(data, "outputs")
    resolved = resolve(
        read(project, file),
        file,
        found,
        environment=environment,
        allow_sensitive=allow_sensitive,
        declared=lambda: declared(project, file, environment),
    )
    return resolved.data.decode()


def _loaded(job: JobLike) -> JobRoot:
    return job if isinstance(job, JobRoot) else load_job(job)


def _project(path: str | os.PathLike[str], project_dir: str | os.PathLike[str] | None) -> Project:
    if project_dir is not None:
        return open_project(os.fspath(project_dir))
    from generator.exports.job_root import project_above

    return open_project(project_above(os.fspath(path)))


def _result(work: Run) -> RunResult:
    output = work.project.settings.output
    roots = {} if work.failed else work.statuses
    return RunResult(
        {f"{output}/{folder}": status for folder, status in sorted(roots.items())},
        tuple(work.problems),
        tuple(sorted(work.built.without_root)),
        work.built.files,
    )

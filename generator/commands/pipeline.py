"""``dativo pipeline``: the steps of the pipelines that ``dativo ci`` writes."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Callable

from generator.ci.matrix import azure_matrix, azure_variables, github_matrix, of_wave
from generator.ci.pipelines import gitlab_roots
from generator.ci.project_shape import manifests_of, roots_of
from generator.ci.work import Work, works
from generator.commands import EXIT_DIFFERS, EXIT_INPUT, EXIT_OK
from generator.commands.common import project_folder
from generator.errors import UsageError
from generator.files.git import git_text
from generator.job.project import Project, open_project
from generator.model.ci import CiSettings
from generator.resolve.from_root import program_of
from generator.steps import drift, outcomes, record, roots
from generator.steps.apply import apply_all
from generator.steps.comment import comment
from generator.steps.follow_up import follow_up
from generator.steps.hosts.choose import host_of
from generator.steps.install import install
from generator.steps.plan import plan_all
from generator.steps.reviewed import Reviewed, reviewed_of

_MOST_COMMITS = 200
_NONE = "none"  # what a parameter of Azure Pipelines is unless it is given


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    steps = parser.add_subparsers(dest="step", metavar="STEP", required=True)
    step = _step(steps, "matrix", "print the matrix of some or all roots")
    _add_roots(step, "*")
    step.add_argument(
        "--format", choices=tuple(_FORMS), default="github", help="for which CI system"
    )
    _step(steps, "azure-variables", "hand a matrix on standard input to jobs of Azure Pipelines")
    step = _step(steps, "install-terraform", "download the Terraform that dativo.yaml names")
    step.add_argument("--into", required=True, metavar="DIR", help="the folder to put it into")
    step = _step(steps, "wave", "keep the jobs of one wave of a matrix on standard input")
    step.add_argument("wave", type=int, metavar="N", help="which, from 1")
    step = _step(steps, "plan", "plan roots, and write what is to be reviewed of each")
    _add_roots(step, "+")
    _add_terraform(step)
    step.add_argument("--into", required=True, metavar="DIR", help="the folder to write to")
    step = _step(steps, "comment", "write the comment of the pull request, or write it anew")
    step.add_argument("plans", metavar="DIR", help="what the plans wrote")
    step.add_argument("--diff", metavar="FILE", help="what dativo diff --format markdown printed")
    step.add_argument("--print", action="store_true", help="print it, and ask no code host")
    step = _step(steps, "apply", "apply roots whose plans are the reviewed ones")
    _add_roots(step, "+")
    _add_terraform(step)
    step.add_argument("--base", metavar="COMMIT", help="the commit before those to apply")
    step.add_argument(
        "--accept", metavar="DIGEST", help="the digest of the plan of the one ROOT that was read"
    )
    step.add_argument("--into", metavar="DIR", help="the folder to write what was applied to")
    step = _step(steps, "follow-up", "propose to prune and to resolve what was applied")
    step.add_argument("applied", metavar="DIR", help="what the applies wrote")
    step = _step(steps, "drift", "open, write anew and close one issue a root")
    step.add_argument("plans", metavar="DIR", help="what the plans wrote")


def _step(
    steps: argparse._SubParsersAction[argparse.ArgumentParser], name: str, summary: str
) -> argparse.ArgumentParser:
    return steps.add_parser(name, help=summary, description=summary[0].upper() + summary[1:] + ".")


def _add_roots(step: argparse.ArgumentParser, number: str) -> None:
    step.add_argument(
        "roots", nargs=number, metavar="ROOT", help="a root, roots one a line, or a JSON list"
    )


def _add_terraform(step: argparse.ArgumentParser) -> None:
    step.add_argument(
        "--terraform", metavar="PROGRAM", help="what to run (default: terraform, else tofu)"
    )


def run(options: argparse.Namespace) -> int:
    """Run one step."""
    project = open_project(project_folder(options.project))
    return _STEPS[options.step](options, project)


def _matrix(options: argparse.Namespace, project: Project) -> int:
    names = roots.named(options.roots) or sorted(manifests_of(project))
    found = roots.manifests(project, names)
    ci = project.settings.ci
    sys.stdout.write(_FORMS[options.format](ci, works(ci, roots_of(found, names))))
    return EXIT_OK


_FORMS: dict[str, Callable[[CiSettings, list[Work]], str]] = {
    "github": lambda ci, found: github_matrix(found),
    "gitlab": gitlab_roots,
    "azure": lambda ci, found: azure_matrix(found),
}


def _azure_variables(options: argparse.Namespace, project: Project) -> int:
    sys.stdout.write(azure_variables(sys.stdin.read()))
    return EXIT_OK


def _install(options: argparse.Namespace, project: Project) -> int:
    ci = project.settings.ci
    print(install(ci.program, ci.version, options.into, os.environ))
    return EXIT_OK


def _wave(options: argparse.Namespace, project: Project) -> int:
    sys.stdout.write(of_wave(sys.stdin.read(), options.wave))
    return EXIT_OK


def _plan(options: argparse.Namespace, project: Project) -> int:
    names = roots.named(options.roots)
    chosen = roots.manifests(project, names)
    program = program_of(options.terraform or project.settings.ci.program)
    found = plan_all(project, chosen, options.into, program, os.environ, _tell)
    return EXIT_INPUT if any(one.error for one in found) else EXIT_OK


def _comment(options: argparse.Namespace, project: Project) -> int:
    records = record.read_all(options.plans)
    diff = _read(options.diff) if options.diff else ""
    if options.print:
        sys.stdout.write(comment(records, diff, "", 65_536))
        return EXIT_OK
    host = host_of(os.environ)
    pull = host.own()
    if pull is None:
        raise UsageError("this pipeline runs for no pull request")
    if not records and not diff.strip() and host.comment(pull) is None:
        return EXIT_OK
    host.put_comment(pull, comment(records, diff, pull.head, host.longest))
    return EXIT_OK


def _apply(options: argparse.Namespace, project: Project) -> int:
    chosen = roots.manifests(project, roots.named(options.roots))
    program = program_of(options.terraform or project.settings.ci.program)
    if options.accept and options.accept != _NONE:
        if len(chosen) != 1:
            raise UsageError("--accept is for the plan of one root: name that root")
        reviewed = dict.fromkeys(
            chosen, Reviewed(options.accept.strip(), "as agreed to by hand", "its log")
        )
    else:
        commits = _commits(project.folder, options.base)
        reviewed = reviewed_of(host_of(os.environ), commits)
    found = apply_all(project, chosen, reviewed, program, os.environ, _tell)
    for one in found:
        if one.applied and options.into:
            outcomes.write(options.into, one.applied)
    done = {one.done for one in found}
    if "failed" in done:
        return EXIT_INPUT
    return EXIT_DIFFERS if "refused" in done else EXIT_OK


def _follow_up(options: argparse.Namespace, project: Project) -> int:
    applied = outcomes.read_all(options.applied)
    ci = project.settings.ci
    ours = tuple(f"{one}/" for one in (project.settings.output, *project.settings.jobs))
    branch = follow_up(project.folder, applied, host_of(os.environ), ci.branch, ours)
    print(f"proposed {branch}" if branch else "nothing follows")
    return EXIT_OK


def _drift(options: argparse.Namespace, project: Project) -> int:
    records = record.read_all(options.plans)
    for line in drift.tell(host_of(os.environ), records, manifests_of(project)):
        print(line)
    return EXIT_OK


def _tell(text: str) -> None:
    print(text, flush=True)


def _read(path: str) -> str:
    try:
        with open(path, encoding="utf-8") as file:
            return file.read()
    except OSError as error:
        raise UsageError(f"cannot read {path}: {error.strerror}") from None


def _commits(folder: str, base: str | None) -> list[str]:
    """The commits to apply, oldest first: those after the base, or the one that is checked out."""
    span = f"{base}..HEAD" if base and base.strip("0") else "HEAD^!"
    for what in (span, "HEAD"):
        command = ("rev-list", "--first-parent", f"--max-count={_MOST_COMMITS}", what)
        try:
            found = git_text(*command, at=folder).split()
        except subprocess.CalledProcessError:
            continue
        return list(reversed(found)) if what == span else found[:1]
    raise UsageError(f"{folder} is no work tree with a commit")


_STEPS: dict[str, Callable[[argparse.Namespace, Project], int]] = {
    "matrix": _matrix,
    "wave": _wave,
    "azure-variables": _azure_variables,
    "install-terraform": _install,
    "plan": _plan,
    "comment": _comment,
    "apply": _apply,
    "follow-up": _follow_up,
    "drift": _drift,
}

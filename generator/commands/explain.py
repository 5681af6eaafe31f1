"""``dativo explain``: where every tag, input and name of a job comes from."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from typing import Any

from generator.commands import EXIT_INPUT, EXIT_OK
from generator.commands.arguments import add_format, add_job
from generator.commands.common import has_errors, print_problems, project_folder
from generator.decided.jobs import decided, jobs_of
from generator.errors import Problems, UsageError
from generator.explanation.explanation import explanation
from generator.explanation.text import as_text
from generator.exports.job_root import fits
from generator.job.loaded import LoadedJob
from generator.job.project import Project, open_project
from generator.tree.selection import select
from generator.waiting.beside import asked_of


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    add_job(parser)
    parser.add_argument("--environment", metavar="NAME", help="only this environment")
    parser.add_argument("--region", metavar="NAME", help="only this region")
    parser.add_argument("--tenant", metavar="NAME", help="only this tenant")
    add_format(parser)


def run(options: argparse.Namespace) -> int:
    """Explain each root of what is named; in the JSON document they are below ``roots``."""
    project = open_project(project_folder(options.project))
    problems = Problems()
    roots = list(_explanations(project, options, problems))
    if not roots and not has_errors(problems):
        raise UsageError(f"{options.job} has no root to explain{_chosen(options)}")
    if options.format == "text":
        sys.stdout.write("\n".join(as_text(root) for root in roots))
        sys.stdout.flush()
    print_problems(problems, options, roots=roots)
    return EXIT_INPUT if has_errors(problems) else EXIT_OK


def _explanations(
    project: Project, options: argparse.Namespace, problems: Problems
) -> Iterator[dict[str, Any]]:
    chosen = _jobs(project, options, problems)
    for one in decided(project, chosen):
        problems += one.problems
        if one.tags is not None:
            yield explanation(project, one.loaded, one.tags, one.plan)


def _jobs(project: Project, options: argparse.Namespace, problems: Problems) -> Iterator[LoadedJob]:
    """The jobs that are meant, each with the outputs that others take from its root."""
    for selected in select(project, options.job):
        tenant = options.tenant or selected.tenant
        environment = options.environment or selected.environment
        for loaded in jobs_of(project, [selected.file], problems):
            job = loaded.job
            if (
                tenant in (None, job.tenant_id)
                and environment in (None, job.environment)
                and selected.name in (None, job.name)
                and fits(loaded, options.region, selected.region)
            ):
                yield loaded._replace(asked=asked_of(project, loaded.folder))


def _chosen(options: argparse.Namespace) -> str:
    parts = [
        f"{name} {value}"
        for name, value in (
            ("tenant", options.tenant),
            ("environment", options.environment),
            ("region", options.region),
        )
        if value is not None
    ]
    return f" for {', '.join(parts)}" if parts else ""

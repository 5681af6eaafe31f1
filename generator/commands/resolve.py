"""``dativo resolve``: puts the outputs of an apply into the placeholders of a job file."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from generator.commands.arguments import add_job
from generator.commands.common import print_problems, project_folder, say
from generator.commands.export import add_root, emit
from generator.dialects import to_canonical
from generator.errors import InputError, Location, Problem, UsageError
from generator.exports.job_root import choose_job
from generator.job.defaults import default_provider
from generator.job.load import parse, read
from generator.job.lock import opened_to_write
from generator.job.project import Project, open_project
from generator.job.variants import variants_of
from generator.resolve.declared import declared
from generator.resolve.from_root import output_json
from generator.resolve.outputs_file import MAX_BYTES, Output, outputs_of
from generator.resolve.resolve import Resolved, outputs_in_older_spelling, resolve
from generator.text.count import count
from generator.tree.selection import select_file


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    add_job(parser)
    outputs = parser.add_argument(
        "outputs",
        metavar="OUTPUTS",
        help="what terraform output -json printed, or a JSON object of names and values; "
        "- for standard input; left out with --from-root",
    )
    parser.add_argument(
        "--from-root",
        action=_InsteadOf,
        other=outputs,
        help="run terraform output -json in the job's root",
    )
    parser.add_argument(
        "--terraform", metavar="PROGRAM", help="what to run (default: terraform, else tofu)"
    )
    add_root(parser)
    parser.add_argument(
        "--allow-sensitive", action="store_true", help="write sensitive outputs, too"
    )
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--in-place", action="store_true", help="change the job file itself")
    where.add_argument("--output", metavar="FILE", help="where to (default: standard output)")


class _InsteadOf(argparse.Action):
    """A flag that makes a positional argument one that may be left out.

    With ``nargs="?"`` argparse takes the argument for left out as soon as an option stands
    before it.
    """

    def __init__(self, *, other: argparse.Action, **more: Any) -> None:
        super().__init__(nargs=0, default=False, **more)
        self._other = other

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: object,
        option_string: str | None = None,
    ) -> None:
        setattr(namespace, self.dest, True)
        self._other.required = False


def run(options: argparse.Namespace) -> int:
    """Fill in one job file; nothing is written when anything is wrong."""
    from contextlib import nullcontext

    if (options.outputs is None) != options.from_root:
        raise UsageError("name a file of outputs, - for standard input, or add --from-root")
    if options.terraform is not None and not options.from_root:
        raise UsageError("--terraform is for --from-root")
    folder = project_folder(options.project)
    # Before the lock is taken: what writes to the pipe may be waiting for it.
    given = sys.stdin.buffer.read(MAX_BYTES + 1) if options.outputs == "-" else b""
    # Two at once, for two environments of one file, would each lose what the other filled in.
    with (
        opened_to_write(folder, say) if options.in_place else nullcontext(open_project(folder))
    ) as project:
        return _run(options, project, given)


def _run(options: argparse.Namespace, project: Project, given: bytes) -> int:
    import os

    file, tenant, environment, *_ = select_file(project, options.job)
    if options.from_root:
        options.tenant = options.tenant or tenant
    options.environment = options.environment or environment
    data = read(project, file)
    outputs, environment = _outputs(project, options, given)
    resolved = resolve(
        data,
        file,
        outputs,
        environment=environment,
        allow_sensitive=options.allow_sensitive,
        declared=lambda: declared(project, file, environment),
    )
    document = parse(project, file)
    older = outputs_in_older_spelling(document, file, default_provider(project, document))
    if older:
        raise InputError(*older)
    print_problems(_shared(project, file, document, environment, resolved), options)
    path = os.path.join(project.folder, file) if options.in_place else options.output
    emit(resolved.data, path, project.folder if options.in_place else None)
    left = f", {count(resolved.left, 'value')} of other environments left" if resolved.left else ""
    print(f"{count(len(resolved.filled), 'output')} filled in{left}", file=sys.stderr)
    return 0


def _outputs(
    project: Project, options: argparse.Namespace, given: bytes
) -> tuple[dict[str, Output], str | None]:
    """The outputs, and the environment they are of where it is known."""
    import os

    if options.from_root:
        loaded, _ = choose_job(
            project, options.job, options.environment, options.tenant, options.region
        )
        root = f"{project.settings.output}/{loaded.folder}"
        data = output_json(os.path.join(project.folder, root), options.terraform)
        return outputs_of(data, f"outputs of {root}"), loaded.job.environment
    for name in ("tenant", "region"):
        if getattr(options, name) is not None:
            raise UsageError(f"--{name} is for --from-root")
    if options.outputs == "-":
        return outputs_of(given, "standard input"), options.environment
    try:
        with open(options.outputs, "rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise UsageError(f"cannot read {options.outputs}: {error.strerror}") from None
    return outputs_of(data, options.outputs), options.environment


def _shared(
    project: Project,
    file: str,
    document: dict[str, Any],
    environment: str | None,
    resolved: Resolved,
) -> list[Problem]:
    """A word where one file stands for several roots, each with outputs of its own.

    Raises:
        UsageError: the job has no such environment.
    """
    provider = default_provider(project, document)
    roots = variants_of(project, to_canonical(document, file, provider).document, file)
    names = list(dict.fromkeys(root.environment for root in roots))
    if environment is not None and environment not in names:
        raise UsageError(f"{file} has no environment {environment}, it has: {', '.join(names)}")
    if len(roots) == 1 or not resolved.filled:
        return []
    message = f"this file stands for {len(roots)} roots, and now reads the outputs of one"
    hint = "keep the result apart with --output, or use placeholders below environments only"
    return [Problem("shared-outputs", message, Location(file), hint, "warning")]

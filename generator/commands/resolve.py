"""``dativo resolve``: puts the outputs of an apply into the placeholders of a job file."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, Any

from generator.commands.export import add_root

if TYPE_CHECKING:
    from generator.errors import Problem
    from generator.project import Project
    from generator.resolve.outputs_file import Output
    from generator.resolve.resolve import Resolved


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("job", metavar="JOB", help="a job file")
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
    import os

    from generator.commands.common import count, print_problems, project_folder
    from generator.commands.export import emit
    from generator.errors import InputError, UsageError
    from generator.exports.chosen import job_file_of
    from generator.job.defaults import default_provider
    from generator.job.load import parse, read
    from generator.project import open_project
    from generator.resolve.resolve import outputs_in_older_spelling, resolve

    if (options.outputs is None) != options.from_root:
        raise UsageError("name a file of outputs, - for standard input, or add --from-root")
    if options.terraform is not None and not options.from_root:
        raise UsageError("--terraform is for --from-root")
    project = open_project(project_folder(options.project))
    file = job_file_of(project, options.job)
    data = read(project, file)
    outputs, environment = _outputs(project, options)
    resolved = resolve(
        data, file, outputs, environment=environment, allow_sensitive=options.allow_sensitive
    )
    document = parse(project, file)
    older = outputs_in_older_spelling(document, file, default_provider(project, document))
    if older:
        raise InputError(*older)
    print_problems(_shared(project, file, document, environment, resolved), options)
    path = os.path.join(project.folder, file) if options.in_place else options.output
    emit(resolved.data, path)
    left = f", {count(resolved.left, 'value')} of other environments left" if resolved.left else ""
    print(f"{count(len(resolved.filled), 'output')} filled in{left}", file=sys.stderr)
    return 0


def _outputs(project: Project, options: argparse.Namespace) -> tuple[dict[str, Output], str | None]:
    """The outputs, and the environment they are of where it is known."""
    import os

    from generator.errors import UsageError
    from generator.exports.chosen import choose_job
    from generator.resolve.outputs_file import MAX_BYTES, outputs_of

    if options.from_root:
        from generator.plan.plan import root_folder
        from generator.resolve.from_root import output_json

        loaded, _ = choose_job(project, options.job, options.environment, options.tenant)
        root = f"{project.settings.output}/{root_folder(loaded)}"
        data = output_json(os.path.join(project.folder, root), options.terraform)
        return outputs_of(data, f"outputs of {root}"), loaded.job.environment
    if options.tenant is not None:
        raise UsageError("--tenant is for --from-root")
    if options.outputs == "-":
        return outputs_of(sys.stdin.buffer.read(MAX_BYTES + 1), "standard input"), (
            options.environment
        )
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
    from generator.dialects import to_canonical
    from generator.errors import Place, Problem, UsageError
    from generator.job.defaults import default_provider
    from generator.job.variants import variants_of

    provider = default_provider(project, document)
    roots = variants_of(project, to_canonical(document, file, provider).document, file)
    names = list(dict.fromkeys(root.environment for root in roots))
    if environment is not None and environment not in names:
        raise UsageError(f"{file} has no environment {environment}, it has: {', '.join(names)}")
    if len(roots) == 1 or not resolved.filled:
        return []
    message = f"this file stands for {len(roots)} roots, and now reads the outputs of one"
    hint = "keep the result apart with --output, or use placeholders below environments only"
    return [Problem("shared-outputs", message, Place(file), hint, "warning")]

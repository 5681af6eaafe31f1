"""What to export, by name: one function to the text of each kind."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.errors import Problem, UsageError
from generator.exports import tfvars
from generator.exports.inputs import inputs_of
from generator.exports.metadata import as_json
from generator.exports.tag_report import render

if TYPE_CHECKING:
    from generator.exports.job_root import JobRoot


@dataclass(frozen=True, slots=True)
class ExportRequest:
    """What the user asked for.

    Attributes:
        what: a key of ``KINDS``.
        path: the file it goes to, whose name may decide the format; None for standard output.
        format: the format, None for the first of the kind's.
        target: for "labels" only: whose rules; None for Kubernetes'.
        namespace: for "pulumi" only: the Pulumi project; None for the job's name.
    """

    what: str
    path: str | None = None
    format: str | None = None
    target: str | None = None
    namespace: str | None = None


Exported = tuple[str, Sequence[Problem]]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of export: its formats, the default first, and what makes its text."""

    formats: tuple[str, ...]
    make: Callable[[JobRoot, ExportRequest], Exported]


def export(job_root: JobRoot, request: ExportRequest) -> Exported:
    """The text of an export, and warnings.

    Args:
        job_root: the root of a job.
        request: what is exported of it, and in which format.

    Raises:
        InputError: the job has what the export cannot hold.
        UsageError: a format or an option that this export does not have.
    """
    kind = KINDS[request.what]
    if request.format is not None and request.format not in kind.formats:
        raise UsageError(f"--format {request.format}: {request.what} has {', '.join(kind.formats)}")
    for option, value, owner in (
        ("--to", request.target, "labels"),
        ("--namespace", request.namespace, "pulumi"),
    ):
        if value is not None and request.what != owner:
            raise UsageError(f"{option} is for {owner}, not for {request.what}")
    return kind.make(job_root, request)


def _tfvars(job_root: JobRoot, request: ExportRequest) -> Exported:
    format = tfvars.format_of(request.path, request.format, "tfvars")
    inputs = inputs_of(job_root)
    return tfvars.render(inputs, format), tfvars.warnings(inputs)


def _metadata(job_root: JobRoot, _: ExportRequest) -> Exported:
    return as_json(job_root), ()


def _tags(job_root: JobRoot, request: ExportRequest) -> Exported:
    return render(job_root, request.format or _by_name(request)), ()


def _labels(job_root: JobRoot, request: ExportRequest) -> Exported:
    from generator.exports.labels import labels, render

    found, warnings = labels(job_root, request.target or "kubernetes")
    return render(found, request.format or _by_name(request)), warnings


def _cloudformation(job_root: JobRoot, request: ExportRequest) -> Exported:
    from generator.exports.cloudformation import render
    from generator.exports.tfvars import warnings

    format = request.format or KINDS[request.what].formats[0]
    return render(job_root, format), warnings(inputs_of(job_root))


def _pulumi(job_root: JobRoot, request: ExportRequest) -> Exported:
    from generator.exports.pulumi import render
    from generator.exports.tfvars import warnings

    return render(job_root, request.namespace), warnings(inputs_of(job_root))


_ENDINGS = {".json": "json", ".csv": "csv", ".md": "markdown", ".yaml": "yaml", ".yml": "yaml"}


def _by_name(request: ExportRequest) -> str:
    """The format that the file's name asks for, else the kind's first."""
    formats = KINDS[request.what].formats
    for ending, format in _ENDINGS.items():
        if request.path and request.path.endswith(ending) and format in formats:
            return format
    return formats[0]


TARGETS = ("kubernetes", "gcp", "databricks", "aws", "azure")
KINDS = {
    "tfvars": Kind(("tfvars", "json"), _tfvars),
    "metadata": Kind(("json",), _metadata),
    "tags": Kind(("json", "csv", "markdown"), _tags),
    "labels": Kind(("json", "yaml"), _labels),
    "cloudformation": Kind(("template-configuration", "parameters", "tags"), _cloudformation),
    "pulumi": Kind(("yaml",), _pulumi),
}

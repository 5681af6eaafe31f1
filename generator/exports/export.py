"""What to export, by name: one function to the text of each kind."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from generator.errors import Problem, UsageError
from generator.exports import cloudformation, pulumi, tag_report, tfvars
from generator.exports.inputs import inputs_of
from generator.exports.job_root import JobRoot
from generator.plan.metadata import metadata
from generator.tags.relabel import labels_for
from generator.tags.rules import target_of
from generator.yaml.write import block


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
    make: Callable[[JobRoot, ExportRequest, str], Exported]


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
    return kind.make(job_root, request, request.format or _by_name(request))


def _tfvars(job_root: JobRoot, request: ExportRequest, format: str) -> Exported:
    format = tfvars.format_of(request.path, format, format)
    inputs = inputs_of(job_root)
    return tfvars.render(inputs, format), tfvars.warnings(inputs)


def _metadata(job_root: JobRoot, _: ExportRequest, __: str) -> Exported:
    return _json(metadata(job_root.loaded.job, job_root.tags)), ()


def _tags(job_root: JobRoot, _: ExportRequest, format: str) -> Exported:
    return tag_report.render(job_root, format), ()


def _labels(job_root: JobRoot, request: ExportRequest, format: str) -> Exported:
    found, warnings = labels(job_root, request.target or TARGETS[0])
    return block(found) if format == "yaml" else _json(found), warnings


def labels(job_root: JobRoot, target: str) -> tuple[dict[str, str], tuple[Problem, ...]]:
    """The tags of a root by the rules of something else, and what had to be changed for them.

    Args:
        job_root: the root.
        target: one of ``TARGETS``.

    Raises:
        InputError: a key or value cannot be used there, or two keys become one.
    """
    if target == "databricks":
        target = target_of(job_root.loaded.job.infrastructure.provider, target)
    if target == job_root.tags.cloud:
        return job_root.tags.as_map(), ()
    return labels_for(job_root.tags, target, job_root.project.settings.tags)


def _cloudformation(job_root: JobRoot, _: ExportRequest, format: str) -> Exported:
    return cloudformation.render(job_root, format), tfvars.warnings(inputs_of(job_root))


def _pulumi(job_root: JobRoot, request: ExportRequest, _: str) -> Exported:
    return pulumi.render(job_root, request.namespace), tfvars.warnings(inputs_of(job_root))


def _json(found: dict[str, str] | dict[str, str | None]) -> str:
    return json.dumps(found, indent=2, ensure_ascii=False) + "\n"


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

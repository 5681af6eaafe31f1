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
class Wanted:
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


Made = tuple[str, Sequence[Problem]]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of export: its formats, the default first, and what makes its text."""

    formats: tuple[str, ...]
    make: Callable[[JobRoot, Wanted], Made]


def export(chosen: JobRoot, wanted: Wanted) -> Made:
    """The text of an export, and warnings.

    Args:
        chosen: the root.
        wanted: what of it.

    Raises:
        InputError: the job has what the export cannot hold.
        UsageError: a format or an option that this export does not have.
    """
    kind = KINDS[wanted.what]
    if wanted.format is not None and wanted.format not in kind.formats:
        raise UsageError(f"--format {wanted.format}: {wanted.what} has {', '.join(kind.formats)}")
    for option, value, owner in (
        ("--to", wanted.target, "labels"),
        ("--namespace", wanted.namespace, "pulumi"),
    ):
        if value is not None and wanted.what != owner:
            raise UsageError(f"{option} is for {owner}, not for {wanted.what}")
    return kind.make(chosen, wanted)


def _tfvars(chosen: JobRoot, wanted: Wanted) -> Made:
    format = tfvars.format_of(wanted.path, wanted.format, "tfvars")
    inputs = inputs_of(chosen)
    return tfvars.render(inputs, format), tfvars.warnings(inputs)


def _metadata(chosen: JobRoot, _: Wanted) -> Made:
    return as_json(chosen), ()


def _tags(chosen: JobRoot, wanted: Wanted) -> Made:
    return render(chosen, wanted.format or _by_name(wanted)), ()


def _labels(chosen: JobRoot, wanted: Wanted) -> Made:
    from generator.exports.labels import labels, render

    found, warnings = labels(chosen, wanted.target or "kubernetes")
    return render(found, wanted.format or _by_name(wanted)), warnings


def _cloudformation(chosen: JobRoot, wanted: Wanted) -> Made:
    from generator.exports.cloudformation import render
    from generator.exports.tfvars import warnings

    format = wanted.format or KINDS[wanted.what].formats[0]
    return render(chosen, format), warnings(inputs_of(chosen))


def _pulumi(chosen: JobRoot, wanted: Wanted) -> Made:
    from generator.exports.pulumi import render
    from generator.exports.tfvars import warnings

    return render(chosen, wanted.namespace), warnings(inputs_of(chosen))


_ENDINGS = {".json": "json", ".csv": "csv", ".md": "markdown", ".yaml": "yaml", ".yml": "yaml"}


def _by_name(wanted: Wanted) -> str:
    """The format that the file's name asks for, else the kind's first."""
    formats = KINDS[wanted.what].formats
    for ending, format in _ENDINGS.items():
        if wanted.path and wanted.path.endswith(ending) and format in formats:
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

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
    make: Callable[[JobRoot, Wanted, str], Made]


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
    return kind.make(chosen, wanted, wanted.format or _by_name(wanted))


def _tfvars(chosen: JobRoot, wanted: Wanted, format: str) -> Made:
    format = tfvars.format_of(wanted.path, format, format)
    inputs = inputs_of(chosen)
    return tfvars.render(inputs, format), tfvars.warnings(inputs)


def _metadata(chosen: JobRoot, _: Wanted, __: str) -> Made:
    return _json(metadata(chosen.loaded.job, chosen.tags)), ()


def _tags(chosen: JobRoot, _: Wanted, format: str) -> Made:
    return tag_report.render(chosen, format), ()


def _labels(chosen: JobRoot, wanted: Wanted, format: str) -> Made:
    found, warnings = labels(chosen, wanted.target or TARGETS[0])
    return block(found) if format == "yaml" else _json(found), warnings


def labels(chosen: JobRoot, target: str) -> tuple[dict[str, str], tuple[Problem, ...]]:
    """The tags of a root by the rules of something else, and what had to be changed for them.

    Args:
        chosen: the root.
        target: one of ``TARGETS``.

    Raises:
        InputError: a key or value cannot be used there, or two keys become one.
    """
    if target == "databricks":
        target = target_of(chosen.loaded.job.infrastructure.provider, target)
    if target == chosen.tags.cloud:
        return chosen.tags.as_map(), ()
    return labels_for(chosen.tags, target, chosen.project.settings.tags)


def _cloudformation(chosen: JobRoot, _: Wanted, format: str) -> Made:
    return cloudformation.render(chosen, format), tfvars.warnings(inputs_of(chosen))


def _pulumi(chosen: JobRoot, wanted: Wanted, _: str) -> Made:
    return pulumi.render(chosen, wanted.namespace), tfvars.warnings(inputs_of(chosen))


def _json(found: dict[str, str] | dict[str, str | None]) -> str:
    return json.dumps(found, indent=2, ensure_ascii=False) + "\n"


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

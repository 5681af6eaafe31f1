"""What other tools take from a job, and a job file with its placeholders filled in."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from typing import Any

from generator.api.reading import JobLike, loaded_root, project_for
from generator.errors import UsageError
from generator.exports import inputs
from generator.exports.export import KINDS, ExportRequest, labels
from generator.exports.export import export as make
from generator.exports.tag_report import report
from generator.job.load import read
from generator.plan.metadata import metadata
from generator.resolve.declared import declared
from generator.resolve.outputs_file import outputs_of
from generator.resolve.resolve import resolve
from generator.tree.selection import select_file


def inputs_of(job: JobLike) -> dict[str, Any]:
    """The inputs of a job's module call as plain data, without those only apply knows."""
    return inputs.inputs_of(loaded_root(job)).values


def metadata_of(job: JobLike) -> dict[str, Any]:
    """Identity, size and tags of a job; see ``generator.plan.metadata``."""
    root = loaded_root(job)
    return dict(metadata(root.loaded.job, root.tags))


def tag_report(job: JobLike) -> dict[str, Any]:
    """The tags of a job with their sources; see ``generator.exports.tag_report``."""
    return report(loaded_root(job))


def labels_of(job: JobLike, target: str = "kubernetes") -> dict[str, str]:
    """The tags of a job by the rules of "kubernetes", "gcp", "databricks", "aws" or "azure"."""
    return labels(loaded_root(job), target)[0]


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
    if what not in KINDS:
        raise UsageError(f"{what}: no such export, there are {', '.join(KINDS)}")
    return make(loaded_root(job), ExportRequest(what, format=format))[0]


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
    text = json.dumps(outputs) if isinstance(outputs, Mapping) else outputs
    data = text.encode() if isinstance(text, str) else text
    project = project_for(path, None)
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

"""The Python twin of the command line: the same work, returned as data.

Every name here is also one of the package: ``from generator import generate, load_job``. Wrong
files raise ``InputError``, whose ``problems`` have file, keys and hint; a wrong call raises
``UsageError``. Nothing is printed.
"""

from __future__ import annotations

from generator.api.auditing import audit_tags
from generator.api.comparing import changed
from generator.api.exporting import (
    export,
    inputs_of,
    labels_of,
    metadata_of,
    resolve_job,
    tag_report,
)
from generator.api.moving import adopt_root, rename_job, retire_job
from generator.api.policies import policy_findings
from generator.api.reading import explain, load_job, load_jobs, plan_of, root_files, tags_of
from generator.api.reporting import report_roots
from generator.api.running import RunResult, check, generate, validate
from generator.changes.model import Changes
from generator.errors import InputError, Problem, UsageError
from generator.exports.job_root import JobRoot
from generator.job.project import Project, open_project

__all__ = [
    "Changes",
    "InputError",
    "JobRoot",
    "Problem",
    "Project",
    "RunResult",
    "UsageError",
    "adopt_root",
    "audit_tags",
    "changed",
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
    "policy_findings",
    "rename_job",
    "report_roots",
    "resolve_job",
    "retire_job",
    "root_files",
    "tag_report",
    "tags_of",
    "validate",
]

"""Dialect P: runtimes named after their cloud, five tags that every job has, placeholders.

Its keys are the canonical ones; what differs are the names of runtimes, and cpu in 1024ths.
"""

from __future__ import annotations

from generator.dialects.spelling import Dialect

DIALECT = Dialect("P", "runtime.type aws_fargate, azure_container_apps or gcp_cloud_run", ())
RUNTIMES = frozenset(("aws_fargate", "azure_container_apps", "gcp_cloud_run"))
REQUIRED_TAGS = ("job_name", "team", "pipeline_type", "environment", "cost_center")

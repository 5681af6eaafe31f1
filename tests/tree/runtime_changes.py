"""Jobs whose runtime changes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.plan.promises import Block, job, merged

JOB = Path("jobs", "acme", "orders.yaml")
ROOT = Path("generated", "acme", "orders", "prod")
Write = Callable[[Block], None]
Generate = Callable[..., tuple[int, str]]


def files(project: Path) -> dict[str, bytes]:
    """Name to content of each file of the root."""
    return {path.name: path.read_bytes() for path in (project / ROOT).iterdir()}


def account(value: str) -> Block:
    """Where a job runs, by the number of its account."""
    return {"account": {"account_id": value}}


def assumed(value: str) -> Block:
    """Where a job runs, by the role that its root assumes."""
    return {"account": {"assume_role": {"role_arn": f"arn:aws:iam::{value}:role/deploy"}}}


CLUSTER = {"kubernetes": {"cluster": {"endpoint": "https://k8s.acme.example"}}}
CLUSTER["kubernetes"]["cluster"]["exec"] = {"command": "acme-token"}  # type: ignore[assignment]
OTHER = "00000000-0000-4000-8000-0000000000c3"
# What the job was, what is laid over it, and how the message says it.
ELSEWHERE: dict[str, tuple[Block, Block, str]] = {
    "account": (
        merged(job("aws", "ecs_fargate"), account("123456789012")),
        account("210987654321"),
        "its account from 123456789012 to 210987654321",
    ),
    "role": (
        merged(job("aws", "ecs_fargate"), assumed("123456789012")),
        assumed("210987654321"),
        "its account from 123456789012 to 210987654321",
    ),
    "region": (
        job("aws", "ecs_fargate"),
        {"region": "us-west-2"},
        "its region from us-east-1 to us-west-2",
    ),
    "project": (
        job("gcp", "cloud_run_job"),
        {"account": {"project_id": "acme-other"}},
        "its project from acme-data to acme-other",
    ),
    "region-gcp": (
        job("gcp", "gke"),
        {"region": "europe-west4"},
        "its region from europe-west1 to europe-west4",
    ),
    "subscription": (
        job("azure", "container_apps_job"),
        {"account": {"subscription_id": OTHER}},
        f"its subscription from 00000000-0000-4000-8000-0000000000a1 to {OTHER}",
    ),
    "host": (
        job("gcp", "databricks"),
        {"databricks": {"host": "https://other.cloud.databricks.com"}},
        "its Databricks host from https://acme.cloud.databricks.com to https://other.cloud.data",
    ),
    "cluster-eks": (
        job("aws", "kubernetes"),
        {"runtime": {"cluster_name": "shared"}},
        "its cluster from data to shared",
    ),
    "cluster-of-another-region": (
        job("aws", "kubernetes"),
        {"region": "us-west-2"},
        "its region from us-east-1 to us-west-2",
    ),
    "cluster-of-another-group": (
        job("azure", "kubernetes"),
        {"account": {"resource_group": "rg-other"}},
        "its cluster from data in rg to data in rg-other",
    ),
    "cluster-by-address": (
        job("aws", "kubernetes"),
        {"runtime": {"cluster_name": None}, **CLUSTER},
        "its cluster from data to https://k8s.acme.example",
    ),
    "cluster-of-another-address": (
        merged(job("aws", "kubernetes"), {"runtime": {"cluster_name": None}, **CLUSTER}),
        {"kubernetes": {"cluster": {"endpoint": "https://other.acme.example"}}},
        "its cluster from https://k8s.acme.example to https://other.acme.example",
    ),
    "cluster-of-its-own": (
        job("gcp", "gke"),
        {"region": "us-east1", "runtime": {"memory": "2Gi"}},
        "its region from europe-west1 to us-east1",
    ),
}

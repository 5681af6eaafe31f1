"""Databricks: what a job can name in its workspace, and the data source that knows it."""

from __future__ import annotations

from generator.plan.existing.lookup import Check, Lookup, Unverified, attribute

LOOKUPS = (
    Lookup(
        *("runtime.identity", "databricks_service_principal", "identity", "service principal"),
        argument="application_id",
        checks=(Check(attribute("active"), "==", True, "is active", "is not active"),),
        permissions=("Service Principal User on the service principal",),
        runtimes=("databricks",),
    ),
)

UNVERIFIED = (
    Unverified(
        ("runtime.cluster_name", "databricks.policy_id"),
        "The data sources read the environment variables of a cluster, and what a policy says of "
        "them, into the state, and people keep secrets there.",
    ),
    Unverified(
        ("runtime.entry_point", "runtime.source"),
        "The data source of a notebook reads all of it into the state, and files in volumes and "
        "buckets belong to whoever runs the job.",
    ),
    Unverified(
        ("runtime.secrets",),
        "There is no data source for the scopes of a workspace and their keys.",
    ),
    Unverified(
        ("databricks.permissions",),
        "What Terraform cannot find there it cannot grant either: the apply says so.",
    ),
    Unverified(
        ("runtime.nodes.instance_type", "runtime.release"),
        "The data sources choose a node type or a version, they do not say whether one is there.",
    ),
    Unverified(
        ("monitoring.alerts.channels",),
        "The data source finds a notification destination by its name, not by its id.",
    ),
)

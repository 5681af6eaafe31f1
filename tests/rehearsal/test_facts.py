"""What the providers' own schemas say decides what a stand-in plans and refuses."""

from __future__ import annotations

import os
from typing import Any

import pytest

from generator.rehearsal import facts, schema
from generator.rehearsal.cloud import Cloud, empty
from generator.rehearsal.mirror import Mirror
from generator.rehearsal.planning import Path
from generator.rehearsal.requirements import unmet
from generator.rehearsal.schema import CompiledSchema
from scripts.provider_facts.__main__ import used

CLOUDS = ("aws", "azurerm", "databricks", "google", "kubernetes", "time")


@pytest.fixture(scope="module")
def clouds(mirror: Mirror) -> dict[str, Cloud]:
    """The make-believe clouds, by short name."""
    folder = os.path.join(mirror.folder, "compiled")
    return {name: Cloud(name, CompiledSchema(name, folder)) for name in CLOUDS}


def _value(cloud: Cloud, kind: str, **given: Any) -> dict[str, Any]:
    """A configuration or a state with what is given, and nothing else."""
    return _whole(cloud.schema.block("resource", kind), given)


def _whole(block: schema.Block, given: dict[str, Any]) -> dict[str, Any]:
    value = {**empty(block), **given}
    for name, nested in block["blocks"].items():
        if isinstance(given.get(name), list):
            value[name] = [_whole(nested["block"], one) for one in given[name]]
    return value


@pytest.mark.parametrize("name", CLOUDS)
def test_there_are_facts_of_all_that_the_modules_make(name: str) -> None:
    """A new resource type in a module wants its facts: CONTRIBUTING.md says how to get them."""
    stored = facts.load(name)
    assert stored["version"].count(".") == 2
    assert sorted(stored["resource"]) == used(name)


CHANGES: list[tuple[str, dict[str, Any], dict[str, Any], list[Path]]] = [
    ("google_container_cluster", {"network": "a"}, {"network": "b"}, [("network",)]),
    ("time_sleep", {"triggers": {"key": "a"}}, {"triggers": {"key": "b"}}, [("triggers",)]),
    (
        "google_container_cluster",
        {"ip_allocation_policy": [{"cluster_secondary_range_name": "a"}]},
        {"ip_allocation_policy": [{"cluster_secondary_range_name": "b"}]},
        [("ip_allocation_policy", 0, "cluster_secondary_range_name")],
    ),
    (
        "google_container_node_pool",
        {"node_config": [{"spot": True}]},
        {"node_config": [{"spot": None}]},
        [("node_config", 0, "spot")],
    ),
    ("google_logging_metric", {"name": "a"}, {"name": "b"}, []),
    ("azurerm_role_definition", {"name": "a"}, {"name": "b"}, []),
    (
        "azurerm_kubernetes_cluster",
        {"network_profile": [{"pod_cidr": "10.1.0.0/16"}]},
        {"network_profile": [{"pod_cidr": "10.2.0.0/16"}]},
        [("network_profile", 0, "pod_cidr")],
    ),
    (
        "azurerm_kubernetes_cluster",
        {"oidc_issuer_enabled": None},
        {"oidc_issuer_enabled": True},
        [],
    ),
    (
        "azurerm_kubernetes_cluster",
        {"oidc_issuer_enabled": True},
        {"oidc_issuer_enabled": False},
        [("oidc_issuer_enabled",)],
    ),
    (
        "azurerm_container_app_job",
        {
            "manual_trigger_config": [],
            "schedule_trigger_config": [{"cron_expression": "0 1 * * *"}],
        },
        {"manual_trigger_config": [{"parallelism": 1}], "schedule_trigger_config": []},
        [("manual_trigger_config",), ("schedule_trigger_config",)],
    ),
    ("aws_security_group", {"description": "a"}, {"description": "b"}, [("description",)]),
    ("aws_sqs_queue", {"fifo_queue": None}, {"fifo_queue": False}, []),
    ("databricks_permissions", {"job_id": "1"}, {"job_id": "2"}, [("job_id",)]),
    (
        "kubernetes_namespace_v1",
        {"metadata": [{"name": "a"}]},
        {"metadata": [{"name": "b"}]},
        [("metadata", 0, "name")],
    ),
]


@pytest.mark.parametrize(("kind", "before", "after", "replaced"), CHANGES)
def test_what_a_change_replaces(
    clouds: dict[str, Cloud],
    kind: str,
    before: dict[str, Any],
    after: dict[str, Any],
    replaced: list[Path],
) -> None:
    """As in a plan of the provider itself: at the top, within blocks, by the code's decision."""
    cloud = clouds[kind.partition("_")[0]]
    old, new = _value(cloud, kind, **before), _value(cloud, kind, **after)
    assert sorted(cloud.replaced_by(kind, old, new)) == replaced


def test_defaults_stand_in_the_plan(clouds: dict[str, Cloud]) -> None:
    """At the top and in blocks; what is configured goes before them."""
    google = clouds["google"]
    job = _value(google, "google_cloud_run_v2_job", template=[{"template": [{"timeout": "60s"}]}])
    planned = google.plan("google_cloud_run_v2_job", job)
    assert planned["deletion_protection"] is True
    assert planned["template"][0]["template"][0]["max_retries"] == 3
    kept = google.plan("google_cloud_run_v2_job", {**job, "deletion_protection": False})
    assert kept["deletion_protection"] is False


def test_what_the_platform_keeps_is_kept(clouds: dict[str, Cloud]) -> None:
    """Databricks' provider sees no difference where e-mail addresses are taken away."""
    databricks = clouds["databricks"]
    addresses = {"email_notifications": [{"on_failure": ["data@acme.com"]}]}
    before = _value(databricks, "databricks_job", name="a", **addresses)
    planned = databricks.plan(
        "databricks_job", _value(databricks, "databricks_job", name="a"), before
    )
    assert planned["email_notifications"][0]["on_failure"] == ["data@acme.com"]


RUN_AS = "`run_as.0.service_principal_name,run_as.0.user_name`"
ONE_PRINCIPAL = f"only one of {RUN_AS} can be specified, but {RUN_AS} were specified."
RETRIES = ",".join(
    f"retry_config.0.{name}"
    for name in (
        *("max_backoff_duration", "max_doublings", "max_retry_duration"),
        *("min_backoff_duration", "retry_count"),
    )
)
REFUSED: list[tuple[str, dict[str, Any], tuple[str, str]]] = [
    (
        "aws_iam_role",
        {"name": "a", "name_prefix": "b"},
        ("Conflicting configuration arguments", '"name": conflicts with name_prefix'),
    ),
    (
        "databricks_job",
        {"run_as": [{"user_name": "a", "service_principal_name": "b"}]},
        (
            "Invalid combination of arguments",
            f'"run_as.0.user_name": {ONE_PRINCIPAL}',
        ),
    ),
    (
        "google_cloud_scheduler_job",
        {"retry_config": [{}]},
        (
            "Missing required argument",
            f'"retry_config.0.retry_count": one of `{RETRIES}` must be specified',
        ),
    ),
    (
        "aws_lambda_function",
        {"s3_bucket": "a"},
        ("Missing required argument", '"s3_bucket": all of `s3_bucket,s3_key` must be specified'),
    ),
]


@pytest.mark.parametrize(("kind", "config", "problem"), REFUSED)
def test_what_excludes_or_needs_each_other_is_refused(
    clouds: dict[str, Cloud], kind: str, config: dict[str, Any], problem: tuple[str, str]
) -> None:
    """In the provider's sentence."""
    cloud = clouds[kind.partition("_")[0]]
    block = cloud.schema.block("resource", kind)
    assert problem in list(unmet(block, _value(cloud, kind, **config)))


def test_lists_are_counted(clouds: dict[str, Cloud]) -> None:
    """Terraform counts blocks; a list of plain values is the provider's affair."""
    lists = [
        (cloud.name, kind, name, attribute["max_items"])
        for cloud in clouds.values()
        for kind in facts.load(cloud.name)["resource"]
        for name, attribute in cloud.schema.block("resource", kind)["attributes"].items()
        if attribute.get("max_items") and attribute["type"] == ["list", "string"]
    ]
    assert lists
    for cloud_name, kind, name, most in lists:
        cloud = clouds[cloud_name]
        config = _value(cloud, kind, **{name: ["x"] * (most + 1)})
        found = dict(unmet(cloud.schema.block("resource", kind), config))
        told = f"Attribute {name} supports {most} item maximum, but config has {most + 1} declared."
        assert found["Too many list items"] == told

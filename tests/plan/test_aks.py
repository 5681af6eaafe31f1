"""Jobs on clusters of AKS of their own: inputs, providers, and errors at their lines."""

from __future__ import annotations

from typing import Any

import pytest

from generator.plan.runtimes.runtime import honoured
from generator.plan.runtimes.table import RUNTIMES
from tests.plan.aks_jobs import NETWORK, SHARED, SUBNET, VAULT, WORKSPACE, job
from tests.plan.conftest import GROUP, Plans

REGISTRY = f"{GROUP}/Microsoft.ContainerRegistry/registries/acme"
IDENTITY = f"{GROUP}/Microsoft.ManagedIdentity/userAssignedIdentities/etl"
SECRETS = f"""\
secrets: {{A: stripe/api-key}}
readable_secrets: {VAULT}/secrets/webhook
key_vaults: {{ETL-vault: {VAULT}}}
"""
# Runtime lines, block lines, and the inputs that they become.
GIVEN: list[tuple[str, str, dict[str, Any]]] = [
    (
        "",
        "",
        {
            "resource_group_name": "rg",
            "location": "westeurope",
            "network": {"subnet_id": SUBNET},
            "nodes": None,
            "namespace": None,
            "network_policy": None,
            "schedule": None,
        },
    ),
    ("cpu: 250m\nmemory: 1Gi", "", {"cpu": 0.25, "memory_mib": 1024}),
    ("nodes: {instance_type: Standard_E8ds_v5}\ncpu: 7\nmemory: 48Gi", "", {"cpu": 7}),
    ("nodes: {instance_type: Standard_DS2_v2}\ncpu: 1", "", {"cpu": 1}),
    ("nodes: {count: 6}", "", {"nodes": {"count": 6}}),
    (
        "nodes: {autoscaling: {min: 0, max: 9}, spot: true, disk_gib: 200}",
        "",
        {"nodes": {"autoscaling": {"min": 0, "max": 9}, "spot": True, "disk_gib": 200}},
    ),
    ("release: 1.33", "", {"release": "1.33"}),
    ("max_retries: 2\nscaling: {max: 4}", "", {"max_retries": 2, "parallelism": 4}),
    ("scaling: {min: 2, max: 4}", "", {"workers": {"min": 2, "max": 4}}),
    ("ephemeral_storage: 10Gi", "", {"ephemeral_storage_mib": 10240}),
    (
        SECRETS,
        "",
        {
            "secrets": {"A": "stripe/api-key"},
            "readable_secrets": [f"{VAULT}/secrets/webhook"],
            "key_vault_ids": {"ETL-vault": VAULT},
        },
    ),
    (f"registry_id: {REGISTRY}", "", {"container_registry_id": REGISTRY}),
    (f"identity: {IDENTITY}", "", {"identity": IDENTITY}),
    (
        "",
        "kubernetes: {namespace: etl, labels: {acme.com/tier: batch}, annotations: {a: b}}",
        {"namespace": "etl", "labels": {"acme.com/tier": "batch"}, "annotations": {"a": "b"}},
    ),
    (
        "",
        f"storage: {{data_bucket: acmelake/raw, prefix: stripe, kms_key_id: {VAULT}/keys/data}}",
        {
            "storage": {
                "container_id": f"{GROUP}/Microsoft.Storage/storageAccounts/acmelake"
                "/blobServices/default/containers/raw",
                "prefix": "stripe",
            },
            "kms_key_id": f"{VAULT}/keys/data",
        },
    ),
    (
        "",
        "references: {database: {endpoint: db, port: 5432}}",
        {
            "environment_variables": {"DATABASE_ENDPOINT": "db", "DATABASE_PORT": "5432"},
            "network_policy": {"egress_ports": [443, 5432]},
        },
    ),
    (
        "",
        "monitoring: {log_retention_days: 90, alerts: {thresholds: {run_seconds: 7200}}}",
        {"log_retention_days": 90, "alerts": {"run_seconds": 7200}},
    ),
    (
        "",
        SHARED,
        {"log_analytics_workspace_id": WORKSPACE, "log_retention_days": None},
    ),
]


@pytest.mark.parametrize(("runtime", "block", "wanted"), GIVEN)
def test_fields_become_inputs(
    plans: Plans, runtime: str, block: str, wanted: dict[str, Any]
) -> None:
    """Each field under the name and in the unit of the module."""
    inputs = plans.inputs(job(runtime, block))
    assert {name: inputs.get(name) for name in wanted} == wanted


def test_a_public_cluster_names_who_may_reach_it(plans: Plans) -> None:
    """Private unless told otherwise, and then open to the addresses named alone."""
    public = NETWORK.replace("}", ", private: false}")
    block = "terraform: {variables: {authorized_ip_ranges: [198.51.100.0/24]}}"
    inputs = plans.inputs(job(block=block, network=public))
    assert inputs["network"] == {"subnet_id": SUBNET, "private": False}
    assert inputs["authorized_ip_ranges"] == ["198.51.100.0/24"]


def test_the_root_reaches_the_cluster_that_it_makes(plans: Plans) -> None:
    """Kubernetes' provider gets the address from the module, and a token from a program."""
    plan = plans.plan(job())
    assert [block.name for block in plan.providers] == ["azurerm", "kubernetes"]
    block = plan.providers[1]
    assert str(block.arguments["host"]) == "Reference(text='module.job.kubernetes_host')"
    assert block.blocks["exec"]["command"] == "kubelogin"
    assert "token" not in {*block.arguments, *block.blocks["exec"]}
    assert [required.name for required in plan.required_providers] == ["azurerm", "kubernetes"]


def test_both_forms_of_the_tags_reach_the_module(plans: Plans) -> None:
    """Tags of Azure in one argument, labels of Kubernetes in another."""
    plan = plans.plan(job(head="finops: {cost_center: FIN-001}\n"))
    named = {argument.name: str(argument.value) for argument in plan.module.arguments}
    assert named["tags"] == "Reference(text='local.tags')"
    assert named["kubernetes_labels"] == "Reference(text='local.kubernetes_labels')"
    assert plan.kubernetes_labels["CostCenter"] == "FIN-001"


def test_what_is_inside_goes_with_the_cluster(plans: Plans) -> None:
    """Once the job is gone, nothing could reach the objects in a cluster that goes, too."""
    assert plans.plan(job()).gone_with == ("module.job.module.workload",)


@pytest.mark.parametrize(
    ("orchestrator", "launcher"),
    [("dagster", "dagster_k8s_config"), ("airflow", "airflow_kubernetes_config")],
)
def test_an_orchestrator_keeps_its_schedule(plans: Plans, orchestrator: str, launcher: str) -> None:
    """With a schedule the cron job starts by itself, in any time zone; with an orchestrator it
    waits, and the root puts out what that starts it with.
    """
    head = "schedule: {cron: '@daily', timezone: Europe/Berlin}\n"
    wanted = {"expression": "0 0 * * *", "timezone": "Europe/Berlin"}
    assert plans.inputs(job(head=head))["schedule"] == wanted
    plan = plans.plan(job(head=head, block=f"orchestrator: {{type: {orchestrator}}}"))
    assert "schedule" not in {argument.name for argument in plan.module.arguments}
    assert launcher in {output.name for output in plan.outputs}


def test_the_image_is_in_the_registry_that_is_named(plans: Plans) -> None:
    """The nodes are let into that registry, and pull from the one that the image names."""
    text = job(f"registry_id: {REGISTRY}").replace("acme.azurecr.io/etl", "ghcr.io/acme/etl")
    (told,) = plans.told(text)
    assert told.startswith("10:12: invalid-value: the image of a registry starts with NAME.azurecr")


@pytest.mark.parametrize(
    ("network", "told"),
    [
        ("network: {}", ['7:3: missing-key: aks needs "network.subnet_ids"']),
        (
            f"network: {{subnet_ids: [{SUBNET}, {SUBNET}2]}}",
            ["7:25: invalid-value: a cluster takes one subnet"],
        ),
        (
            "network: {subnet_ids: [jobs]}",
            ['7:26: invalid-value: "network.subnet_ids.0" cannot be "'],
        ),
        (
            f"network: {{private: false, subnet_ids: [{SUBNET}]}}",
            ["7:22: invalid-value: a public API server is open to nobody unless addresses are"],
        ),
        (
            f"network: {{egress_cidr_blocks: [10.0.0.0], subnet_ids: [{SUBNET}]}}",
            ['7:34: invalid-value: "10.0.0.0" is no CIDR block'],
        ),
        (
            f"network: {{vpc_id: net, subnet_ids: [{SUBNET}]}}",
            ['7:13: no-effect: "network.vpc_id" has no effect on aks'],
        ),
    ],
)
def test_a_cluster_is_in_one_subnet(plans: Plans, network: str, told: list[str]) -> None:
    """One subnet by its id; a public API server only for addresses that are named."""
    found = plans.told(job(network=network))
    assert [text[: len(start)] for text, start in zip(found, told, strict=True)] == told


def test_the_row_promises_no_cluster_of_somebody_elses() -> None:
    """A cluster, a service account or an address that exists already is for `kubernetes`."""
    row = RUNTIMES["azure", "aks"]
    for field in ("runtime.cluster_name", "kubernetes.service_account", "kubernetes.cluster.exec"):
        assert not honoured(row.honours, field)
    assert row.module == "azure-aks"
    assert row.labels

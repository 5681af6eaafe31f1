"""Jobs on clusters of GKE of their own: inputs, providers, and errors at their lines."""

from __future__ import annotations

from typing import Any

import pytest

from generator.plan.runtimes.runtime import honoured
from generator.plan.runtimes.table import RUNTIMES
from tests.plan.conftest import Plans
from tests.plan.gke_jobs import KEY, job

# Runtime lines, block lines, and the inputs that they become.
GIVEN: list[tuple[str, str, dict[str, Any]]] = [
    (
        "",
        "",
        {
            "project_id": "acme-data",
            "region": "europe-west1",
            "network": {"network": "data", "subnetwork": "etl"},
            "nodes": None,
            "namespace": None,
            "schedule": None,
        },
    ),
    ("cpu: 250m\nmemory: 1Gi", "", {"cpu": 0.25, "memory_mib": 1024}),
    ("nodes: {instance_type: n2-standard-8}\ncpu: 7", "", {"cpu": 7}),
    ("nodes: {count: 6}", "", {"nodes": {"count": 6}}),
    (
        "nodes: {count: 4}",
        "terraform: {variables: {zones: [europe-west1-b, europe-west1-c]}}",
        {"nodes": {"count": 4}, "zones": ["europe-west1-b", "europe-west1-c"]},
    ),
    (
        "nodes: {autoscaling: {min: 1, max: 9}, spot: true, disk_gib: 200}",
        "",
        {"nodes": {"autoscaling": {"min": 1, "max": 9}, "spot": True, "disk_gib": 200}},
    ),
    ("release: 1.33", "", {"release": "1.33"}),
    ("max_retries: 2\nscaling: {max: 4}", "", {"max_retries": 2, "parallelism": 4}),
    ("scaling: {min: 2, max: 4}", "", {"workers": {"min": 2, "max": 4}}),
    ("ephemeral_storage: 10Gi", "", {"ephemeral_storage_mib": 10240}),
    (
        "secrets: {A: stripe/api-key}\nreadable_secrets: projects/acme-data/secrets/webhook",
        "",
        {
            "secrets": {"A": "stripe/api-key"},
            "readable_secrets": ["projects/acme-data/secrets/webhook"],
        },
    ),
    (
        "identity: etl-runner@acme-data.iam.gserviceaccount.com",
        "",
        {"identity": "etl-runner@acme-data.iam.gserviceaccount.com"},
    ),
    (
        "",
        "kubernetes: {namespace: etl, labels: {acme.com/tier: batch}, annotations: {a: b}}",
        {"namespace": "etl", "labels": {"acme.com/tier": "batch"}, "annotations": {"a": "b"}},
    ),
    (
        "",
        f"storage: {{data_bucket: lake, prefix: raw, kms_key_id: {KEY}}}",
        {"storage": {"bucket": "lake", "prefix": "raw"}, "kms_key_id": KEY},
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
]


@pytest.mark.parametrize(("runtime", "block", "wanted"), GIVEN)
def test_fields_become_inputs(
    plans: Plans, runtime: str, block: str, wanted: dict[str, Any]
) -> None:
    """Each field under the name and in the unit of the module."""
    inputs = plans.inputs(job(runtime, block))
    assert {name: inputs.get(name) for name in wanted} == wanted


def test_networks_of_another_project(plans: Plans) -> None:
    """In full, or as the links that Google's console shows; tags are those of the nodes."""
    link = "https://www.googleapis.com/compute/v1/projects/acme-net"
    wanted = {
        "network": f"{link}/global/networks/data",
        "subnetwork": "projects/acme-net/regions/europe-west1/subnetworks/etl",
        "network_tags": ["etl"],
    }
    network = (
        f"network: {{vpc_id: '{wanted['network']}', subnet_ids: [{wanted['subnetwork']}], "
        "network_tags: [etl], private: true}"
    )
    assert plans.inputs(job(network=network))["network"] == wanted


def test_the_root_reaches_the_cluster_that_it_makes(plans: Plans) -> None:
    """Kubernetes' provider gets the address from the module, and a token from a program."""
    plan = plans.plan(job())
    assert [block.name for block in plan.providers] == ["google", "kubernetes"]
    block = plan.providers[1]
    assert str(block.arguments["host"]) == "Reference(text='module.job.kubernetes_host')"
    assert block.blocks["exec"]["command"] == "gke-gcloud-auth-plugin"
    assert "token" not in {*block.arguments, *block.blocks["exec"]}
    assert [required.name for required in plan.required_providers] == ["google", "kubernetes"]


def test_both_forms_of_the_tags_reach_the_module(plans: Plans) -> None:
    """Labels of Google Cloud in one argument, those of Kubernetes in another."""
    plan = plans.plan(job(head="finops: {cost_center: FIN-001}\n"))
    named = {argument.name: str(argument.value) for argument in plan.module.arguments}
    assert named["tags"] == "Reference(text='local.tags')"
    assert named["kubernetes_labels"] == "Reference(text='local.kubernetes_labels')"
    assert plan.kubernetes_labels["CostCenter"] == "FIN-001"


def test_what_is_inside_goes_with_the_cluster(plans: Plans) -> None:
    """Once the job is gone, nothing could reach the objects in a cluster that goes, too."""
    assert plans.plan(job()).gone_with == ("module.job.module.workload",)


def test_an_orchestrator_keeps_its_schedule(plans: Plans) -> None:
    """With a schedule the cron job starts by itself; with an orchestrator it waits, and the root
    puts out what that starts it with.
    """
    head = "schedule: {cron: '@daily', timezone: Europe/Berlin}\n"
    wanted = {"expression": "0 0 * * *", "timezone": "Europe/Berlin"}
    assert plans.inputs(job(head=head))["schedule"] == wanted
    plan = plans.plan(job(head=head, block="orchestrator: {type: dagster}"))
    assert "schedule" not in {argument.name for argument in plan.module.arguments}
    assert "dagster_k8s_config" in {output.name for output in plan.outputs}


@pytest.mark.parametrize(
    ("network", "told"),
    [
        (
            "network: {}",
            [
                '7:3: missing-key: gke needs "network.vpc_id"',
                '7:3: missing-key: gke needs "network.subnet_ids"',
            ],
        ),
        (
            "network: {vpc_id: data, subnet_ids: [a, b]}",
            ["7:39: invalid-value: a cluster takes one subnetwork"],
        ),
        (
            "network: {vpc_id: data, subnet_ids: [projects/net/regions/us-east1/subnetworks/etl]}",
            ["7:40: invalid-value: this is in us-east1, the cluster in europe-west1"],
        ),
        (
            "network: {vpc_id: Data, subnet_ids: [etl]}",
            ['7:21: invalid-value: "network.vpc_id" cannot be "'],
        ),
        (
            "network: {vpc_id: data, subnet_ids: [etl], private: false}",
            ["7:55: invalid-value: a cluster made here has no public addresses"],
        ),
        (
            "network: {vpc_id: data, subnet_ids: [etl], connector: projects/p/x/connectors/c}",
            ['7:46: no-effect: "network.connector" has no effect on gke'],
        ),
    ],
)
def test_a_cluster_is_in_one_private_subnetwork(
    plans: Plans, network: str, told: list[str]
) -> None:
    """A network and one subnetwork of the region, and no public addresses."""
    found = plans.told(job(network=network))
    assert [text[: len(start)] for text, start in zip(found, told, strict=True)] == told


@pytest.mark.parametrize(
    ("count", "zones", "taken"),
    [(3, "", True), (1, "", False), (1, "b", True), (4, "bc", True), (3, "bc", False)],
)
def test_nodes_are_spread_evenly(plans: Plans, count: int, zones: str, taken: bool) -> None:
    """A count is that of the whole cluster: every zone gets equally many, three by default."""
    named = ", ".join(f"europe-west1-{letter}" for letter in zones)
    block = f"terraform: {{variables: {{zones: [{named}]}}}}" if zones else ""
    assert (plans.problems(job(f"nodes: {{count: {count}}}", block)) == []) is taken


def test_the_row_promises_no_cluster_of_somebody_elses() -> None:
    """A cluster, a service account or an address that exists already is for `kubernetes`."""
    row = RUNTIMES["gcp", "gke"]
    for field in ("runtime.cluster_name", "kubernetes.service_account", "kubernetes.cluster.exec"):
        assert not honoured(row.honours, field)
    assert row.module == "gcp-gke"
    assert row.labels

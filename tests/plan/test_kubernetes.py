"""Kubernetes jobs: a job's fields as inputs, and what is wrong with them at their lines."""

from __future__ import annotations

import base64
import re
from importlib.resources import files
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.plan.root_plan import ProviderBlock
from generator.plan.runtimes.labels import key_fault
from generator.rehearsal.rules import check
from scripts.pages import read
from tests.plan.conftest import SUBSCRIPTION, Plans
from tests.plan.kubernetes_jobs import job

IDENTITIES = {
    "aws": ("aws_role_arn", "arn:aws:iam::123456789012:role/etl"),
    "gcp": ("google_service_account", "etl-runner@acme-data.iam.gserviceaccount.com"),
    "azure": ("azure_client_id", SUBSCRIPTION),
}
AUTHORITY = base64.b64encode(b"-----BEGIN CERTIFICATE-----\nx\n").decode()
CLUSTER = f"""\
kubernetes:
  cluster:
    endpoint: https://k8s.acme.example:6443
    ca_certificate: {AUTHORITY}
    exec: {{command: acme-login, args: [token], env: {{REALM: data}}}}
"""
# Runtime lines, block lines, and the inputs that they become.
GIVEN: list[tuple[str, str, dict[str, Any]]] = [
    ("", "", {"cluster_name": "data", "cpu": 1, "memory_mib": 2048, "timeout_seconds": 3600}),
    ("cpu: 250m\nmemory: 1Gi", "", {"cpu": 0.25, "memory_mib": 1024}),
    ("ephemeral_storage: 10Gi", "", {"ephemeral_storage_mib": 10240}),
    ("cpu_architecture: ARM64", "", {"node_selector": {"kubernetes.io/arch": "arm64"}}),
    ("max_retries: 2\nscaling: {max: 4}", "", {"max_retries": 2, "parallelism": 4}),
    ("scaling: {min: 2, max: 4}", "", {"workers": {"min": 2, "max": 4}}),
    (
        "secrets: {A: stripe/api-key}\nreadable_secrets: webhook",
        "",
        {"secrets": {"A": "stripe/api-key"}, "readable_secrets": ["webhook"]},
    ),
    (
        "",
        "kubernetes: {namespace: etl, service_account: runner}",
        {"namespace": "etl", "service_account_name": "runner"},
    ),
    (
        "",
        "kubernetes: {labels: {acme.com/tier: batch}, annotations: {acme.com/scrape: yes}}",
        {
            "labels": {"acme.com/tier": "batch"},
            "annotations": {"acme.com/scrape": "yes"},
        },
    ),
    (
        "",
        "network: {egress_cidr_blocks: [10.0.0.0/8]}",
        {"network_policy": {"egress_cidr_blocks": ["10.0.0.0/8"]}},
    ),
    (
        "",
        "references: {database: {port: 5432}, cache: {endpoint: 'r:6379'}, queue: {url: 'amqps://mq'}}",
        {
            "environment_variables": {
                "CACHE_ENDPOINT": "r:6379",
                "DATABASE_PORT": "5432",
                "QUEUE_URL": "amqps://mq",
            },
            "network_policy": {"egress_ports": [443, 5432, 5671, 6379]},
        },
    ),
    (
        "",
        "references: {queue: {url: 'https://sqs.eu-central-1.amazonaws.com/123456789012/q'}}",
        {"network_policy": None},
    ),
]


@pytest.mark.parametrize(("runtime", "block", "wanted"), GIVEN)
def test_fields_become_inputs(
    plans: Plans, runtime: str, block: str, wanted: dict[str, Any]
) -> None:
    """Each field under the name and in the unit of the module; ports of what the job uses open."""
    inputs = plans.inputs(job(runtime=runtime, block=block))
    assert {name: inputs.get(name) for name in wanted} == wanted


@pytest.mark.parametrize("cloud", IDENTITIES)
def test_an_identity_is_that_of_the_cloud(plans: Plans, cloud: str) -> None:
    """A role, a Google service account or a client id."""
    name, identity = IDENTITIES[cloud]
    inputs = plans.inputs(job(cloud, f"identity: {identity}"))
    assert inputs["identity"] == {name: identity}


def test_an_existing_account_gets_its_tokens(plans: Plans) -> None:
    """The network policy lets it ask GKE's metadata server, or the agent of EKS Pod Identity, and
    nothing where tokens come by HTTPS.
    """
    block = "kubernetes: {namespace: etl, service_account: runner}"
    assert plans.inputs(job("gcp", block=block))["network_policy"] == {"gke_metadata_server": True}
    assert plans.inputs(job("aws", block=block))["network_policy"] == {"eks_pod_identity": True}
    assert "network_policy" not in plans.inputs(job("azure", block=block))


@pytest.mark.parametrize("module", ["kubernetes-job", "gcp-gke", "azure-aks"])
def test_every_time_zone_passes_the_module(module: str) -> None:
    """A module knows no tz database; what it refuses is in none, and all of ours it takes."""
    text = read(f"modules/{module}/variables.tf") or ""
    pattern = re.search(r'regex\("(.*)", var\.schedule\.timezone\)', text)
    assert pattern is not None
    zones = files("tzdata").joinpath("zones").read_text(encoding="utf-8").split()
    assert len(zones) > 500
    assert [zone for zone in zones if not re.fullmatch(pattern[1], zone)] == ["Factory"]


def test_an_orchestrator_keeps_its_schedule(plans: Plans) -> None:
    """With a schedule the cron job starts by itself; with an orchestrator it waits."""
    text = "schedule: {cron: '@daily', timezone: Europe/Berlin}\n" + job()
    wanted = {"expression": "0 0 * * *", "timezone": "Europe/Berlin"}
    assert plans.inputs(text)["schedule"] == wanted
    text = text.replace("  runtime:", "  orchestrator: {type: airflow}\n  runtime:")
    assert "schedule" not in plans.inputs(text)


def provider(plans: Plans, text: str) -> ProviderBlock:
    """The provider of Kubernetes in the root of a job."""
    return {block.name: block for block in plans.plan(text).providers}["kubernetes"]


@pytest.mark.parametrize(
    ("cloud", "command", "source"),
    [
        ("aws", "aws", "aws_eks_cluster"),
        ("gcp", "gke-gcloud-auth-plugin", "google_container_cluster"),
        ("azure", "kubelogin", "azurerm_kubernetes_cluster"),
    ],
)
def test_a_cluster_of_the_cloud_is_looked_up(
    plans: Plans, cloud: str, command: str, source: str
) -> None:
    """Address and authority come from a data source, the token from a program, even where
    nothing else is verified; the tags are Kubernetes' labels, not the cloud's.
    """
    text = job(cloud, block="terraform: {verify_existing: false}")
    found = provider(plans, text)
    assert found.blocks["exec"]["command"] == command
    assert f"data.{source}.this" in str(found.arguments)
    assert set(found.arguments) == {"host", "cluster_ca_certificate"}
    plan = plans.plan(text)
    assert [f"{data.type}.{data.name}" for data in plan.data] == [f"{source}.this"]
    assert [block.name for block in plan.providers][1:] == ["kubernetes"]
    own, _ = plan.providers
    assert "local.tags" not in str(own)


def test_any_cluster_is_reached_by_its_address(plans: Plans) -> None:
    """Then no cloud is needed, and no provider of one."""
    plan = plans.plan(job(block=CLUSTER, cluster=""))
    (block,) = plan.providers
    assert block.arguments["host"] == "https://k8s.acme.example:6443"
    assert block.blocks["exec"] == {
        "api_version": "client.authentication.k8s.io/v1beta1",
        "command": "acme-login",
        "args": ["token"],
        "env": {"REALM": "data"},
    }
    assert plan.data == ()
    assert [required.name for required in plan.required_providers] == ["kubernetes"]


def test_a_certificate_that_anybody_knows_is_left_out(plans: Plans) -> None:
    """Without ca_certificate the machine's own authorities count."""
    text = job(block=CLUSTER, cluster="").replace(f"      ca_certificate: {AUTHORITY}\n", "")
    assert "cluster_ca_certificate" not in provider(plans, text).arguments


def test_a_cluster_must_be_named(plans: Plans) -> None:
    """By its name in the cloud, or by its address; not by both."""
    (problem,) = plans.problems(job(cluster=""))
    assert plans.line_of(problem) == '6:3: missing-key: kubernetes needs "runtime.cluster_name"'
    assert problem.hint == 'an existing EKS cluster, or "kubernetes.cluster" for any other'
    assert plans.told(job(block=CLUSTER)) == [
        '9:19: invalid-value: the cluster is named twice, here and as "kubernetes.cluster"'
    ]


def test_a_label_is_no_tag_with_another_value(plans: Plans) -> None:
    """Every object has all tags, so that one of the two would be lost."""
    text = job(block="tags: {Tier: gold}\nkubernetes: {labels: {Tier: batch}}")
    assert plans.told(text) == ['11:31: conflict: the tag "Tier" has another value: "gold"']
    assert plans.inputs(text.replace("batch", "gold"))["labels"] == {"Tier": "gold"}


@pytest.mark.parametrize(
    ("cloud", "name", "words"),
    [
        ("aws", "arn:aws:eks:eu-central-1:123456789012:cluster/data", "not its ARN"),
        ("gcp", "Data", "a GKE cluster in this region"),
        ("azure", "/subscriptions/x", "not its id"),
    ],
)
def test_names_of_clusters(plans: Plans, cloud: str, name: str, words: str) -> None:
    """The name alone, as the cloud's API allows it."""
    (problem,) = plans.problems(job(cloud, cluster=name))
    assert words in problem.message


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("https://k8s", "http://k8s", '"kubernetes.cluster.endpoint" must be an address'),
        (AUTHORITY, "LS0t", '"kubernetes.cluster.ca_certificate" must be a PEM certificate'),
        (AUTHORITY, "no base64", '"kubernetes.cluster.ca_certificate" must be a PEM certificate'),
        ("REALM: data", "1A: x", '"1A" is no name of an environment variable'),
        ("args: [token]", "args: ['${REALM}']", "${REALM} is not defined"),
        ("command: acme-login, ", "", 'on a cluster of its own address needs "kubernetes.cluster'),
        ("  cluster:", "  namespace: etl\n  cluster:", ""),
    ],
)
def test_addresses_of_clusters(plans: Plans, old: str, new: str, message: str) -> None:
    """An address with TLS, a certificate in base64, a program; nothing that apply only knows."""
    found = [p.message for p in plans.problems(job(block=CLUSTER.replace(old, new), cluster=""))]
    assert len(found) == bool(message)
    assert all(message in text for text in found)


def test_the_cloud_must_be_known_to_find_a_cluster(plans: Plans) -> None:
    """GKE wants the project, AKS subscription and group; an own address wants none of them."""
    for cloud, needed in (("gcp", 1), ("azure", 2)):
        text = "\n".join(line for line in job(cloud).splitlines() if "account:" not in line)
        assert [p.code for p in plans.problems(text)] == ["missing-key"] * needed
    found = plans.problems(job("gcp", block=CLUSTER, cluster=""))
    message = '"project_id" has no effect on a cluster that is named by its address'
    assert [problem.message for problem in found] == [message]


@given(st.text(alphabet="aZ9-_./ :é", max_size=70))
def test_keys_are_those_that_the_api_takes(key: str) -> None:
    """The job is told of a key exactly when the API would refuse it."""
    value = {"metadata": [{"labels": {key: "x"}}]}
    refused = check("kubernetes", "kubernetes_config_map_v1", value)
    assert bool(key_fault(key)) is bool(refused)


def test_the_readme_names_the_cluster(plans: Plans) -> None:
    """A cluster that is known by its address is not said to be one of the cloud's."""
    assert plans.plan(job()).summary["Runs on"].startswith("Kubernetes (EKS), ")
    assert plans.plan(job(cluster="", block=CLUSTER)).summary["Runs on"].startswith("Kubernetes, ")

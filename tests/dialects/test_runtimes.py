"""What runs a job, and what starts it."""

from __future__ import annotations

import re

import pytest

from generator.plan.runtimes.table import types_of
from tests.dialects.projects import block, job, refused, translated


@pytest.mark.parametrize(
    ("cloud", "former", "today"),
    [
        ("aws", "ecs", "ecs_fargate"),
        ("aws", "fargate", "ecs_fargate"),
        ("aws", "aws_fargate", "ecs_fargate"),
        ("aws", "ecs_task", "ecs_fargate"),
        ("aws", "aws_ecs_fargate", "ecs_fargate"),
        ("gcp", "cloud_run", "cloud_run_job"),
        ("gcp", "cloud-run", "cloud_run_job"),
        ("gcp", "gcp_cloud_run", "cloud_run_job"),
        ("azure", "azure_container_apps", "container_apps_job"),
        ("aws", "eks", "kubernetes"),
        ("gcp", "gke_pod", "kubernetes"),
        ("gcp", "kubernetes", "kubernetes"),
        ("gcp", "gke", "gke"),
        ("gcp", "cloud_functions", "cloud_function"),
    ],
)
def test_runtime_names(cloud: str, former: str, today: str) -> None:
    """Each former name of a runtime on its cloud is the name of today."""
    found = block(f"provider: {cloud}\ncompute: {{type: {former}}}\n")
    assert found["runtime"]["type"] == today


def test_cluster_of_its_own() -> None:
    """A cluster that exists is a place to run in; without one, it is made."""
    named = "provider: gcp\ncompute: {type: gke, cluster_name: data}\n"
    assert block(named)["runtime"] == {"type": "kubernetes", "cluster_name": "data"}


@pytest.mark.parametrize("name", ["dataproc", "ec2"])
def test_unsupported_runtime(name: str) -> None:
    """A runtime that is known but not supported is refused, with all that its cloud has."""
    (told,) = refused(job(f"provider: gcp\nruntime: {{type: {name}}}\n"))
    assert told.startswith(f'5: "{name}" is no runtime that jobs have here')
    offered = re.findall(r"\w+", told.partition("these are: ")[2])
    assert set(types_of("gcp")) <= set(offered)
    assert not {"emr", "aks"} & set(offered)


def test_two_keys_for_the_runtime() -> None:
    """Two keys for the runtime are an error at both lines, even with one value."""
    text = "provider: aws\nruntime:\n  type: ecs\n  platform: ecs\n"
    first, second = refused(job(text))
    assert first.startswith('6: "runtime.type" stands beside "runtime.platform"')
    assert second.startswith('7: "runtime.platform" stands beside "runtime.type"')


@pytest.mark.parametrize(
    ("cloud", "usual"),
    [("aws", "ecs_fargate"), ("gcp", "cloud_run_job"), ("azure", "container_apps_job")],
)
@pytest.mark.parametrize("orchestrator", ["dagster", "airflow"])
def test_orchestrator(cloud: str, usual: str, orchestrator: str) -> None:
    """An orchestrator as the runtime stands for what its jobs usually run on."""
    found = block(f"provider: {cloud}\nruntime: {{type: {orchestrator}}}\n")
    assert found["runtime"]["type"] == usual
    assert found["orchestrator"] == {"type": orchestrator}


def test_orchestrator_in_a_cluster() -> None:
    """With a cluster, a namespace and a bare service account it is asked, not guessed; the ARN
    of a role is none of Kubernetes.
    """
    text = (
        "provider: aws\n"
        "runtime: {type: dagster, cluster_name: c, namespace: n, service_account: %s}\n"
    )
    (told,) = refused(job(text % "runner"))
    assert "write `runtime: {type: kubernetes}` and `orchestrator: {type: dagster}`" in told
    assert block(text % "arn:aws:iam::1:role/x")["runtime"]["type"] == "ecs_fargate"


def test_provider_decides() -> None:
    """One name in two dialects: with a provider it is that of dialect P, which has five tags."""
    assert "tag-required" in _codes("provider: gcp\nruntime: {type: gcp_cloud_run}\n")
    assert block("runtime: {type: gcp_cloud_run, cpu: 1}\n")["provider"] == "gcp"


def _codes(infrastructure: str) -> set[str]:
    from generator.errors import InputError

    with pytest.raises(InputError) as caught:
        translated(job(infrastructure))
    return {problem.code for problem in caught.value.problems}

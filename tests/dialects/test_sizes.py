"""How large a job is, in the units of older files."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.dialects.projects import block, job, jobs, outcome, refused, translated

R = "provider: %s\nruntime: {type: %s, compute: {cpu: %s, memory: %s}}\n"


@pytest.mark.parametrize(
    ("cloud", "written", "vcpu"),
    [
        ("aws", "2048", "2"),
        ("aws", '"2048"', "2"),
        ("aws", "256", "0.25"),
        ("aws", "2", "2"),
        ("aws", "500m", "500m"),
        ("aws", '"1.0"', "1.0"),
        ("gcp", "1000", "1"),
        ("gcp", "250", "0.25"),
        ("azure", "500", "0.5"),
        ("aws", "64", "64"),
        ("aws", '"${CPU}"', "${CPU}"),
    ],
)
def test_cpu(cloud: str, written: str, vcpu: str) -> None:
    """Up to 64 are vCPUs; from 128 on 1024ths on AWS and 1000ths elsewhere; m is millicores."""
    assert block(f"provider: {cloud}\ncompute: {{cpu: {written}}}\n")["runtime"]["cpu"] == vcpu


@pytest.mark.parametrize(
    ("cloud", "written", "why"),
    [
        ("gcp", "2048", "2.048 vCPU on gcp: no whole quarters"),
        ("aws", "1000", "no whole quarters"),
        ("aws", "100", "too many vCPUs, too few parts"),
        ("${CLOUD}", "1024", "depends on the cloud"),
    ],
)
def test_cpu_refused(cloud: str, written: str, why: str) -> None:
    """What is no whole quarter of a vCPU, or could be either unit, is refused."""
    (told,) = refused(job(f"provider: {cloud}\ncompute: {{cpu: {written}}}\n"))
    assert told.startswith("5: ")
    assert why in told


@pytest.mark.parametrize(
    ("written", "mib"), [("4096", 4096), ("4Gi", 4096), ('"4096"', 4096), ("4294.967296M", 4096)]
)
def test_memory(project: Path, written: str, mib: int) -> None:
    """A bare number is MiB; Gi and Mi are binary, G and M decimal."""
    (loaded,) = jobs(project, job(R % ("aws", "ecs", 1024, written)))
    assert loaded.job.infrastructure.runtime.memory == mib


@pytest.mark.parametrize(
    ("cloud", "kind", "cpu", "memory", "why"),
    [
        ("aws", "ecs", 256, "4096", "Fargate has no 4096 MiB with 0.25 vCPU"),
        ("gcp", "cloud_run", 1, "8Gi", "Cloud Run gives 1 vCPU at most 4096 MiB"),
        ("azure", "container_apps", 1, "4Gi", "Container Apps has no 4096 MiB with 1 vCPU"),
    ],
)
def test_size_of_the_cloud(
    project: Path, cloud: str, kind: str, cpu: int, memory: str, why: str
) -> None:
    """Cpu and memory together are checked against the cloud, at the line they are written in."""
    assert f"5: {why}" in outcome(project, job(R % (cloud, kind, cpu, memory))).errors


def test_machines() -> None:
    """Machines are those of a cluster; where containers run they get a warning."""
    text = "provider: aws\nruntime: {type: %s, compute: {instance_type: r5.xlarge}}\n"
    assert block(text % "emr")["runtime"]["nodes"] == {"instance_type": "r5.xlarge"}
    translation = translated(job(text % "ecs"))
    assert "terraform" not in translation.document["infrastructure"]
    assert [p.message for p in translation.warnings] == [
        '"runtime.compute.instance_type" has no effect on ecs_fargate: "r5.xlarge"'
    ]


def test_machines_of_a_module_of_ones_own() -> None:
    """It has inputs for them, which are called what they were always called."""
    text = "provider: aws\nruntime: {type: emr, compute: {instance_type: r5.xlarge}}\n"
    text += "terraform: {module_source: ./modules/emr}\n"
    assert block(text)["terraform"]["variables"] == {"instance_type": "r5.xlarge"}


SCALED = "provider: aws\nruntime:\n  platform: %s\n  compute:\n    instance_count: 3\n"
SCALED += "    auto_scaling: {enabled: %s, min_instances: 2, max_instances: 10}\n"


@pytest.mark.parametrize(
    ("kind", "enabled", "nodes", "idle"),
    [
        ("emr", "true", {"count": "3", "autoscaling": {"min": "2", "max": "10"}}, []),
        ("emr", "false", {"count": "3"}, ["min_instances", "max_instances"]),
        ("databricks", "true", {"autoscaling": {"min": "2", "max": "10"}}, ["instance_count"]),
        ("databricks", "no", {"count": "3"}, ["min_instances", "max_instances"]),
    ],
)
def test_scaled_machines(
    kind: str, enabled: str, nodes: dict[str, object], idle: list[str]
) -> None:
    """Bounds count while scaling is on; what has no effect then gets a warning."""
    translation = translated(job(SCALED % (kind, enabled)))
    assert translation.document["infrastructure"]["runtime"]["nodes"] == nodes
    told = [problem.message for problem in translation.warnings]
    assert [message.split('"')[1].rpartition(".")[2] for message in told] == idle


def test_disk() -> None:
    """A bare size of a disk is GiB; what every Fargate task has anyway needs no word."""
    text = "provider: aws\nruntime: {type: ecs, compute: {disk_size: %s}}\n"
    assert block(text % "50")["runtime"]["ephemeral_storage"] == "50Gi"
    assert "ephemeral_storage" not in block(text % "20Gi")["runtime"]


@pytest.mark.parametrize(
    "what", ["runtime: {compute: {gpu: true}}", "storage: {encryption: {enabled: false}}"]
)
def test_what_cannot_be_had(what: str) -> None:
    """A GPU, or data in the clear, is refused rather than ignored."""
    assert len(refused(job(f"provider: aws\n{what}\n"))) == 1

"""Keys that have meant several things."""

from __future__ import annotations

from tests.dialects.projects import block, job, refused, translated


def test_metadata() -> None:
    """Metadata holds tags, labels, annotations and variables; else nobody knows what it means."""
    found = block(
        "metadata: {tags: {a: b}, labels: {c: d}, annotations: {e: f}, variables: {g: h}}\n"
    )
    assert found == {
        "tags": {"a": "b"},
        "kubernetes": {"labels": {"c": "d"}, "annotations": {"e": "f"}},
        "terraform": {"variables": {"g": "h"}},
    }
    (told,) = refused(job("metadata: {tags: {a: b}, team: x}\n"))
    assert told.startswith('4: unknown key "team" in "infrastructure.metadata"')


def test_resources() -> None:
    """Resources are things that exist already; addresses of Terraform are none."""
    found = block("resources: {cache: {endpoint: e, cluster_id: c}, queue: {url: u}}\n")
    assert found["references"] == {
        "cache": {"endpoint": "e", "cluster_id": "c"},
        "queue": {"url": "u"},
    }
    (told,) = refused(
        job("runtime: {compute_type: ecs}\nresources: {compute: aws_ecs_task.x.arn}\n")
    )
    assert told.startswith('5: unknown key "compute" in "infrastructure.resources"')


def test_dagster() -> None:
    """Dagster's own settings stay in the file, beside infrastructure, for the runner."""
    translation = translated(job("provider: aws\nruntime: {type: ecs}\ndagster: {repository: r}\n"))
    assert translation.document["dagster"] == {"repository": "r"}
    assert translation.document["infrastructure"]["orchestrator"] == {"type": "dagster"}
    assert len(refused(job("runtime: {type: airflow}\ndagster: {repository: r}\n"))) > 1

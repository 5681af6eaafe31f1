"""Backends, modules and outputs of older files."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.dialects.projects import block, job, jobs, outcome, refused

E = "provider: terraform\nruntime: {platform: %s}\n"
R = "provider: %s\nruntime: {type: %s, compute: {cpu: %s, memory: %s}}\n"


@pytest.mark.parametrize(
    ("config", "kind"),
    [
        ("bucket: b, dynamodb_table: t", "s3"),
        ("bucket: b, use_lockfile: true", "s3"),
        ("bucket: b, key: k, region: r", "s3"),
        ("bucket: b, prefix: p", "gcs"),
        ("container_name: c, key: k", "azurerm"),
        ("storage_account_name: a", "azurerm"),
        ("bucket: b", "gcs"),
    ],
)
def test_backend_without_type(config: str, kind: str) -> None:
    """A backend without a type has that of its arguments, or else that of the cloud."""
    text = f"provider: gcp\nterraform: {{backend_config: {{{config}}}}}\n"
    assert block(text)["terraform"]["backend"]["type"] == kind


def test_backend_with_type() -> None:
    """The arguments below ``config``, or beside the type."""
    flat = {"type": "s3", "bucket": "b", "key": "k"}
    nested = "terraform: {backend: {type: s3, config: {bucket: b, key: k}}}\n"
    assert block(nested)["terraform"]["backend"] == flat
    beside = "compute: {cpu: 1}\nterraform: {backend: {type: s3, bucket: b, key: k}}\n"
    assert block(beside)["terraform"]["backend"] == flat


@pytest.mark.parametrize(
    "terraform",
    [
        "backend_config: {dynamodb_table: t, container_name: c}",
        "backend: {type: s3, bucket: a, config: {bucket: b}}",
        "backend: {type: s3, bucket: b}\n  backend_config: {bucket: b}",
    ],
)
def test_backend_contradiction(terraform: str) -> None:
    """Arguments of two backends, or two backends, are an error at both lines."""
    assert len(refused(job(f"provider: aws\nterraform:\n  {terraform}\n"))) == 2


def test_backend_of_no_cloud() -> None:
    """A backend that nothing tells is asked for."""
    (told,) = refused(job("terraform: {backend_config: {bucket: b}}\n"))
    assert "add `type: s3`, gcs or azurerm" in told


def test_workspace() -> None:
    """A root is one state; the name of a workspace stays as a tag."""
    found = block("terraform: {workspace: prod}\n")
    assert found == {"tags": {"terraform_workspace": "prod"}}


GIT = "git::https://example.com/a.git//m"


@pytest.mark.parametrize(
    ("source", "version"),
    [(GIT, "v1.2.0"), (GIT + "?ref=v1.2.0", "1.2.0"), (GIT + "?ref=1.2.0", "v1.2.0")],
)
def test_module_version(project: Path, source: str, version: str) -> None:
    """The version of a git module is its tag; both may be said if they are the same."""
    module = f"terraform: {{module_source: '{source}', module_version: {version}}}\n"
    found = outcome(project, job(R % ("aws", "ecs", 1, "2Gi") + module))
    assert found.errors == []
    ((_, texts),) = found.built.roots.items()
    pinned = source if "ref=" in source else f"{source}?ref={version}"
    assert f'source = "{pinned}"' in texts["main.tf"]


@pytest.mark.parametrize(
    ("source", "version", "why"),
    [
        (GIT + "?ref=v1.2.0", "1.3.0", "which is the same thing"),
        (GIT, "~> 1.0", "a git module takes one tag"),
        ("./modules/x", "1.0.0", "no effect on a module in a local folder"),
    ],
)
def test_module_version_refused(source: str, version: str, why: str) -> None:
    """Two versions, a constraint for a git module, a version of a local one."""
    module = f'terraform:\n  module_source: "{source}"\n  module_version: "{version}"\n'
    told = refused(job("provider: aws\n" + module))
    assert all(why in message for message in told)
    assert told[-1].startswith("7: ")


@pytest.mark.parametrize(
    "written",
    [
        "output.cluster_name",
        "module.etl.cluster_name",
        '"{{terraform_outputs.cluster_name}}"',
        '"{{ terraform_outputs.cluster_name }}"',
    ],
)
def test_outputs(project: Path, written: str) -> None:
    """Every way of naming an output is a placeholder, which the module must have."""
    text = job(E % "ecs" + f"outputs: {{cluster: {written}}}\n")
    (loaded,) = jobs(project, text)
    identifiers = loaded.job.infrastructure.resource_identifiers
    assert identifiers == {"cluster": "{{terraform_outputs.cluster_name}}"}
    wrong = outcome(project, text.replace("cluster_name", "cluster_nam"))
    assert len(wrong.errors) == 1
    assert wrong.errors[0].startswith("6: the module modules/aws-ecs-fargate has no output")


@pytest.mark.parametrize("written", ["aws_iam_role.x.arn", "the id of the cluster"])
def test_no_outputs(written: str) -> None:
    """The address of a resource, or free text, is no output."""
    (told,) = refused(job(E % "ecs" + f"outputs: {{cluster: {written}}}\n"))
    assert told.startswith("6: ")
    assert "write output.NAME" in told


def test_reversed_outputs() -> None:
    """A mapping from outputs to places in the job is read the other way round."""
    text = "terraform: {outputs: {cluster_name: infrastructure.resource_identifiers.cluster}}\n"
    assert block(text)["resource_identifiers"] == {"cluster": "{{terraform_outputs.cluster_name}}"}
    (told,) = refused(job("terraform: {outputs: {role: target.connection.role}}\n"))
    assert "write {{terraform_outputs.role}} there" in told

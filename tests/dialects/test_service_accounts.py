"""`service_account` of older job files: an account in a cluster, or an identity in the cloud."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.dialects.projects import jobs

JOB = """\
tenant_id: acme
environment: prod
infrastructure:
  provider: %s
  runtime:
    type: %s
    cluster_name: data
    namespace: etl
    service_account: %s
"""
CLIENT = "00000000-0000-4000-8000-0000000000c3"


@pytest.mark.parametrize("name", ["runner", "dativo-runner.v2"])
def test_a_plain_name_is_an_account_in_the_cluster(project: Path, name: str) -> None:
    """Where the runtime is Kubernetes, on any cloud."""
    for cloud in ("aws", "gcp", "azure"):
        (loaded,) = jobs(project, JOB % (cloud, "kubernetes", name))
        found = loaded.job.infrastructure
        assert (found.kubernetes.service_account, found.runtime.identity) == (name, None)


@pytest.mark.parametrize(
    ("cloud", "identity"),
    [
        ("aws", "arn:aws:iam::123456789012:role/etl"),
        ("gcp", "etl-runner@acme.iam.gserviceaccount.com"),
        ("azure", CLIENT),
    ],
)
def test_everything_else_is_an_identity_in_the_cloud(
    project: Path, cloud: str, identity: str
) -> None:
    """An ARN, an e-mail address, a client id."""
    (loaded,) = jobs(project, JOB % (cloud, "kubernetes", identity))
    found = loaded.job.infrastructure
    assert (found.kubernetes.service_account, found.runtime.identity) == (None, identity)


def test_another_runtime_has_no_cluster(project: Path) -> None:
    """There a plain name stays an identity, which that runtime judges."""
    text = (JOB % ("gcp", "cloud_run_job", "runner")).replace("    cluster_name: data\n", "")
    (loaded,) = jobs(project, text.replace("    namespace: etl\n", ""))
    assert loaded.job.infrastructure.runtime.identity == "runner"

"""A provider that knows of no cluster or workspace reads nothing and makes nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from generator.rehearsal.binary import Terraform
from generator.rehearsal.hosts import VARIABLES
from generator.rehearsal.mirror import Mirror
from generator.rehearsal.rehearse import rehearse_root

NAMESPACE = """
provider "kubernetes" {
%s
}
resource "terraform_data" "cluster" {}
resource "kubernetes_namespace_v1" "this" {
  metadata { name = "acme" }
}
"""
MADE_HERE = 'host = "https://${terraform_data.cluster.id}.example"'


@pytest.mark.terraform
@pytest.mark.parametrize(
    ("host", "failed"),
    [("", ["apply"]), ('host = "https://k8s.example"', []), (MADE_HERE, [])],
    ids=["none", "known", "known after apply"],
)
def test_a_cluster_is_needed_for_what_is_inside(
    make_root: Callable[..., str],
    attached: Mirror,
    terraform: Terraform,
    monkeypatch: pytest.MonkeyPatch,
    host: str,
    failed: list[str],
) -> None:
    """The plan of something new goes through, since nothing is read for it; apply does not."""
    for name in VARIABLES["kubernetes"]:
        monkeypatch.delenv(name, raising=False)
    root = make_root("kubernetes", NAMESPACE % host)
    report = rehearse_root(root, mirror=attached, terraform=terraform)
    assert [step.name for step in report.steps if not step.ok] == failed
    for error in report.errors:
        assert error.summary.endswith("dial tcp 127.0.0.1:80: connect: connection refused")
        assert error.detail.startswith("The provider kubernetes has neither host nor config_path")

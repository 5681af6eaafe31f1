"""What the API of GKE refuses is refused before anything is applied; what it answers, stands."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any

import pytest

from generator.rehearsal.binary import Terraform
from generator.rehearsal.mirror import Mirror
from generator.rehearsal.rehearse import rehearse_root
from generator.rehearsal.rules import check

MAIN = """
resource "google_container_cluster" "one" {
  name                     = "acme_data"
  location                 = "europe-west1"
  project                  = "acme-data"
  remove_default_node_pool = true
  min_master_version       = "1.x"
  datapath_provider        = "ADVANCED_DATAPATH"
  resource_labels          = { CostCenter = "FIN-001" }
  network_policy { enabled = true }
  private_cluster_config { enable_private_endpoint = true }
  database_encryption {
    state    = "ENCRYPTED"
    key_name = "projects/p/locations/us-east1/keyRings/r/cryptoKeys/k"
  }
  workload_identity_config { workload_pool = "other.svc.id.goog" }
  authenticator_groups_config { security_group = "admins@acme.com" }
  release_channel { channel = "NIGHTLY" }
  logging_config { enable_components = ["NODES"] }
  maintenance_policy {
    recurring_window {
      start_time = "2025-01-04T08:00:00Z"
      end_time   = "2025-01-04T09:00:00Z"
      recurrence = "weekends"
    }
  }
}
resource "google_container_cluster" "two" {
  name               = "data"
  initial_node_count = 1
  master_authorized_networks_config {
    cidr_blocks { cidr_block = "10.0.0.1/8" }
  }
  database_encryption { state = "ENCRYPTED" }
}
resource "google_container_node_pool" "one" {
  cluster    = "data"
  name       = join("", [for n in range(41) : "x"])
  node_count = 1001
  autoscaling {
    min_node_count       = 3
    max_node_count       = 2
    total_max_node_count = 9
    location_policy      = "NEAREST"
  }
  upgrade_settings {
    max_surge       = 0
    max_unavailable = 0
  }
  node_config {
    machine_type    = "e2-micro"
    disk_size_gb    = 5
    spot            = true
    preemptible     = true
    labels          = { "kubernetes.io/role" = "etl", "-a" = "x", team = "a b" }
    resource_labels = { team = "Data" }
    tags            = ["ETL"]
    workload_metadata_config { mode = "HIDDEN" }
  }
}
"""
CLUSTER, POOL = "google_container_cluster", "google_container_node_pool"
REFUSED = {
    f"{CLUSTER}: invalid name",
    f"{CLUSTER}: invalid label key",
    f"{CLUSTER}: invalid label value",
    f"{CLUSTER}: initial_node_count is missing",
    f"{CLUSTER}: invalid min_master_version",
    f"{CLUSTER}: network_policy with ADVANCED_DATAPATH",
    f"{CLUSTER}: no master_authorized_networks_config",
    f"{CLUSTER}: key_name is in another location",
    f"{CLUSTER}: invalid workload_pool",
    f"{CLUSTER}: invalid security_group",
    f"{CLUSTER}: invalid channel",
    f"{CLUSTER}: no such component to log",
    f"{CLUSTER}: maintenance window is too short",
    f"{CLUSTER}: invalid recurrence",
    f"{CLUSTER}: invalid cidr_block",
    f"{CLUSTER}: database_encryption without key_name",
    f"{POOL}: name is too long",
    f"{POOL}: invalid node_count",
    f"{POOL}: bounds of a zone and of all zones",
    f"{POOL}: min_node_count over max_node_count",
    f"{POOL}: invalid location_policy",
    f"{POOL}: no node could be upgraded",
    f"{POOL}: no such machine type for nodes",
    f"{POOL}: invalid disk_size_gb",
    f"{POOL}: spot or preemptible",
    f"{POOL}: invalid node label key",
    f"{POOL}: invalid node label value",
    f"{POOL}: invalid label value",
    f"{POOL}: invalid network tag",
    f"{POOL}: invalid mode",
}


@pytest.mark.terraform
def test_clusters_and_nodes_that_cannot_be(
    make_root: Callable[..., str], attached: Mirror, terraform: Terraform
) -> None:
    """Every fault is an error at its resource, all in one run."""
    report = rehearse_root(make_root("google", MAIN), mirror=attached, terraform=terraform)
    assert {error.summary for error in report.errors} == REFUSED
    assert [step.name for step in report.steps] == ["copy", "init", "validate"]


ANSWERED = """
resource "google_container_cluster" "this" {
  name               = "data"
  location           = "europe-west1"
  initial_node_count = 1
  resource_labels    = { cost_center = "fin-001" }
  node_config {
    labels          = { CostCenter = "FIN-001" }
    resource_labels = { cost_center = "fin-001" }
  }
  master_auth {
    client_certificate_config { issue_client_certificate = false }
  }
  control_plane_endpoints_config {
    dns_endpoint_config { allow_external_traffic = true }
  }
}
resource "google_container_node_pool" "this" {
  cluster  = google_container_cluster.this.name
  location = "europe-west1"
  name     = "etl"
  node_config {
    labels          = { CostCenter = "FIN-001" }
    resource_labels = { cost_center = "fin-001" }
  }
}
locals {
  endpoints = google_container_cluster.this.control_plane_endpoints_config[0]
}
output "answers" {
  value = {
    authority = google_container_cluster.this.master_auth[0].cluster_ca_certificate
    dns       = local.endpoints.dns_endpoint_config[0].endpoint
    pool      = google_container_node_pool.this.id
    self_link = google_container_cluster.this.self_link
  }
}
"""


@pytest.mark.terraform
def test_a_cluster_answers_what_a_provider_needs(
    make_root: Callable[..., str], attached: Mirror, terraform: Terraform
) -> None:
    """Addresses and a certificate in the form of the real ones; the second plan is empty; labels
    of machines are compared in the cloud's form, those of nodes in that of Kubernetes.
    """
    report = rehearse_root(
        make_root("google", ANSWERED),
        expected_tags={"cost_center": "fin-001"},
        expected_labels={"CostCenter": "FIN-001"},
        mirror=attached,
        terraform=terraform,
    )
    assert (report.errors, report.ok) == ((), True)
    assert report.outputs is not None
    answers = report.outputs["answers"]
    assert b"BEGIN CERTIFICATE" in base64.b64decode(answers["authority"])
    assert answers["dns"].endswith(".europe-west1.gke.goog")
    assert answers["pool"].endswith("/locations/europe-west1/clusters/data/nodePools/etl")
    assert answers["self_link"].endswith("/locations/europe-west1/clusters/data")
    pool = next(r for r in report.resources if r.type == POOL)
    assert (pool.location, pool.tags) == (
        "node_config[0].resource_labels",
        {"cost_center": "fin-001"},
    )
    assert [(n.path, n.complete) for r in report.resources for n in r.nested] == [
        ("node_config[0].labels", True),
        ("node_config[0].resource_labels", True),
        ("node_config[0].labels", True),
    ]


TAKEN: list[tuple[str, dict[str, Any]]] = [
    (POOL, {"node_config": [{"taint": [{"key": "a", "value": "b", "effect": "NO_SCHEDULE"}]}]}),
    (CLUSTER, {"location": "us-east1-b", "database_encryption": [{"state": "DECRYPTED"}]}),
    (
        CLUSTER,
        {
            "location": "us-east1-b",
            "database_encryption": [
                {
                    "state": "ENCRYPTED",
                    "key_name": "projects/p/locations/us-east1/keyRings/r/cryptoKeys/k",
                }
            ],
        },
    ),
    (CLUSTER, {"min_master_version": "1.33.4-gke.1134000"}),
    (
        CLUSTER,
        {
            "private_cluster_config": [{"enable_private_endpoint": True}],
            "master_authorized_networks_config": [{"cidr_blocks": []}],
        },
    ),
    (POOL, {"autoscaling": [{"total_min_node_count": 0, "total_max_node_count": 3}]}),
    (POOL, {"upgrade_settings": [{"max_surge": 1, "max_unavailable": 0}]}),
    (POOL, {"node_config": [{"machine_type": "n2-custom-4-8192", "labels": {"a.b/c": "D_e.f"}}]}),
]


@pytest.mark.parametrize(("kind", "value"), TAKEN)
def test_what_can_be_is_taken(kind: str, value: dict[str, Any]) -> None:
    """A key of the region does for a zone; an empty list of networks is one; totals may be 0."""
    assert check("google", kind, value) == []

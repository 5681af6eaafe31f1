"""Clusters of AKS: what the API refuses of them, and what it answers."""

from __future__ import annotations

import string
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.rehearsal.binary import Terraform
from generator.rehearsal.mirror import Mirror
from generator.rehearsal.rehearse import rehearse_root
from generator.rehearsal.rules import check

GROUP = "/subscriptions/00000000-0000-4000-8000-000000000001/resourceGroups/g/providers"
ZONE = f"{GROUP}/Microsoft.Network/privateDnsZones/privatelink.westeurope.azmk8s.io"
MAIN = """
provider "azurerm" {
  features {}
}
resource "azurerm_kubernetes_cluster" "wrong" {
  name                      = join("", [for _ in range(64) : "x"])
  location                  = "westeurope"
  resource_group_name       = "g"
  dns_prefix                = "acme_etl"
  cost_analysis_enabled     = true
  kubernetes_version        = "latest"
  local_account_disabled    = true
  oidc_issuer_enabled       = false
  private_dns_zone_id       = "System"
  workload_identity_enabled = true
  tags                      = { "cost/center" = "x" }
  default_node_pool {
    name       = "system-pool"
    node_count = 0
    vm_size    = "m5.xlarge"
  }
  maintenance_window_node_os {
    duration   = 1
    frequency  = "Weekly"
    interval   = 1
    start_time = "9:00"
  }
  network_profile {
    network_plugin     = "azure"
    network_data_plane = "azure"
    network_policy     = "cilium"
    pod_cidr           = "10.0.0.0/15"
    service_cidr       = "10.0.0.0/16"
    dns_service_ip     = "10.0.0.1"
  }
  node_provisioning_profile {
    mode = "Manual"
  }
}
resource "azurerm_kubernetes_cluster_node_pool" "wrong" {
  name                  = "Job"
  kubernetes_cluster_id = "/subscriptions/x"
  auto_scaling_enabled  = true
  min_count             = 3
  max_count             = 2
  node_labels           = { "node.kubernetes.io/owner" = "a" }
  priority              = "Spot"
  upgrade_settings {
    max_surge = "10%"
  }
}
resource "azurerm_disk_encryption_set" "wrong" {
  name                      = "ok"
  location                  = "westeurope"
  resource_group_name       = "g"
  auto_key_rotation_enabled = true
  key_vault_key_id          = "https://acme.vault.azure.net/keys/k/0123456789abcdef0123456789abcdef"
  identity {
    type = "SystemAssigned"
  }
}
resource "azurerm_federated_identity_credential" "wrong" {
  name                      = "x"
  audience                  = []
  issuer                    = "westeurope"
  subject                   = "s"
  user_assigned_identity_id = "/subscriptions/x"
}
resource "azurerm_monitor_data_collection_rule" "wrong" {
  name                = "ok"
  location            = "westeurope"
  resource_group_name = "g"
  data_flow {
    streams      = ["Microsoft-KubeEvents"]
    destinations = ["gone"]
  }
  destinations {
    log_analytics {
      name                  = "workspace"
      workspace_resource_id = "/subscriptions/x"
    }
  }
}
resource "azurerm_monitor_data_collection_rule_association" "wrong" {
  target_resource_id = "/subscriptions/x"
}
resource "azurerm_monitor_diagnostic_setting" "wrong" {
  name               = "ok"
  target_resource_id = "/subscriptions/x"
}
"""
CLUSTER, POOL = "azurerm_kubernetes_cluster", "azurerm_kubernetes_cluster_node_pool"
WINDOW = f"{CLUSTER}: maintenance_window_node_os"
ASSOCIATION = "azurerm_monitor_data_collection_rule_association"
REFUSED = {
    "Invalid combination of arguments",
    "Missing required argument",
    f"{CLUSTER}: name is too long",
    f"{CLUSTER}: invalid tag name",
    f"{CLUSTER}: invalid dns_prefix",
    f"{CLUSTER}: invalid kubernetes_version",
    f"{CLUSTER}: cost analysis needs a tier",
    f"{CLUSTER}: workload identity needs the OIDC issuer",
    f"{CLUSTER}: no way to sign in",
    f"{CLUSTER}: private_dns_zone_id of a public cluster",
    f"{CLUSTER}: default_node_pool: invalid name",
    f"{CLUSTER}: default_node_pool: invalid vm_size",
    f"{CLUSTER}: default_node_pool: invalid node_count",
    f"{WINDOW}: invalid duration",
    f"{WINDOW}: invalid start_time",
    f"{WINDOW}: no day",
    f"{CLUSTER}: cilium is data plane and policy, or neither",
    f"{CLUSTER}: pod_cidr needs overlay",
    f"{CLUSTER}: addresses overlap",
    f"{CLUSTER}: invalid dns_service_ip",
    f"{POOL}: invalid name",
    f"{POOL}: min_count over max_count",
    f"{POOL}: invalid node label",
    f"{POOL}: spot pools can't set max surge",
    f"{POOL}: the taint of spot machines is missing",
    f"{POOL}: the label of spot machines is missing",
    "azurerm_disk_encryption_set: a key with a version cannot rotate",
    "azurerm_federated_identity_credential: invalid name",
    "azurerm_federated_identity_credential: one audience",
    "azurerm_federated_identity_credential: invalid issuer",
    "azurerm_monitor_data_collection_rule: no such destination",
    f"{ASSOCIATION}: exactly one of data_collection_rule_id, data_collection_endpoint_id",
    "azurerm_monitor_diagnostic_setting: no destination",
    "azurerm_monitor_diagnostic_setting: nothing to send",
}
RIGHT = """
provider "azurerm" {
  features {}
}
resource "azurerm_kubernetes_cluster" "this" {
  name                      = "acme"
  location                  = "West Europe"
  resource_group_name       = "g"
  dns_prefix                = "acme"
  oidc_issuer_enabled       = true
  private_cluster_enabled   = true
  workload_identity_enabled = true
  default_node_pool {
    name       = "system"
    node_count = 1
  }
  identity {
    type = "SystemAssigned"
  }
  node_provisioning_profile {
    mode = "Manual"
  }
}
resource "azurerm_role_assignment" "images" {
  principal_id         = azurerm_kubernetes_cluster.this.kubelet_identity[0].object_id
  role_definition_name = "AcrPull"
  scope                = "/subscriptions/x"
}
locals {
  cluster = azurerm_kubernetes_cluster.this
  answers = {
    accounts  = length(local.cluster.kube_admin_config) == 0
    authority = startswith(base64decode(local.authority), "-----BEGIN CERTIFICATE")
    host      = can(regex("^https://acme-.*privatelink", local.cluster.kube_config[0].host))
    issuer    = startswith(local.cluster.oidc_issuer_url, "https://westeurope.oic.")
  }
  authority = local.cluster.kube_config[0].cluster_ca_certificate
}
output "answers" {
  value = local.answers
  precondition {
    condition     = alltrue(values(local.answers))
    error_message = "No private cluster answers ${jsonencode(local.answers)}."
  }
}
"""


@pytest.mark.terraform
def test_a_cluster_that_cannot_be_is_refused(
    make_root: Callable[..., str], attached: Mirror, terraform: Terraform
) -> None:
    """Every fault of a root is an error at its resource, before anything is made."""
    report = rehearse_root(make_root("azurerm", MAIN), mirror=attached, terraform=terraform)
    assert {error.summary for error in report.errors} == REFUSED
    assert [step.name for step in report.steps] == ["copy", "init", "validate"]


@pytest.mark.terraform
def test_a_cluster_answers_what_a_root_asks_for(
    make_root: Callable[..., str], attached: Mirror, terraform: Terraform
) -> None:
    """Address, authority, issuer and the identity of the nodes, which nobody configured, are
    there after apply, and stay as they are.
    """
    report = rehearse_root(make_root("azurerm", RIGHT), mirror=attached, terraform=terraform)
    assert (report.errors, report.ok) == ((), True)


# What a kind of resource says, and how the one fault begins that the API finds.
FAULTS: list[tuple[str, dict[str, Any], str]] = [
    (CLUSTER, {"dns_prefix": "a", "dns_prefix_private_cluster": "a"}, "exactly one of dns_prefix"),
    (CLUSTER, {"dns_prefix": "x" * 55}, "invalid dns_prefix"),
    (CLUSTER, {"dns_prefix": "a", "node_resource_group": "g" * 81}, "invalid node_resource_group"),
    (CLUSTER, {"dns_prefix": "a", "automatic_upgrade_channel": "none"}, "invalid automatic_up"),
    (CLUSTER, {"dns_prefix": "a", "sku_tier": "Paid"}, "invalid sku_tier"),
    (
        CLUSTER,
        {"dns_prefix": "a", "private_cluster_enabled": True, "private_dns_zone_id": "acme"},
        "invalid private_dns_zone_id",
    ),
    (
        CLUSTER,
        {
            "dns_prefix": "a",
            "identity": [{"type": "SystemAssigned"}],
            "private_cluster_enabled": True,
            "private_dns_zone_id": ZONE,
        },
        "a zone of one's own needs a user-assigned identity",
    ),
    (
        CLUSTER,
        {
            "dns_prefix": "a",
            "network_profile": [{"network_plugin": "kubenet", "network_plugin_mode": "overlay"}],
        },
        "overlay needs network_plugin azure",
    ),
    (
        CLUSTER,
        {"dns_prefix": "a", "network_profile": [{"outbound_type": "nat"}]},
        "invalid outbound_type",
    ),
    (
        CLUSTER,
        {"dns_prefix": "a", "network_profile": [{"service_cidr": "10.0.0.0/8"}]},
        "service_cidr is too large",
    ),
    (
        CLUSTER,
        {"dns_prefix": "a", "node_provisioning_profile": [{"mode": "Off"}]},
        "invalid node_provisioning_profile",
    ),
    (POOL, {"name": "a" * 13}, "invalid name"),
    (POOL, {"name": "a", "max_pods": 5}, "invalid max_pods"),
    (POOL, {"name": "a", "os_disk_size_gb": 4096}, "invalid os_disk_size_gb"),
    (POOL, {"name": "a", "os_disk_type": "Local"}, "invalid os_disk_type"),
    (POOL, {"name": "a", "auto_scaling_enabled": True, "max_count": 3}, "no bounds"),
    (POOL, {"name": "a", "min_count": 1, "max_count": 3}, "bounds without autoscaling"),
    (POOL, {"name": "a", "node_taints": ["spot"]}, "invalid node_taints"),
    (POOL, {"name": "a", "eviction_policy": "Delete"}, "not a spot pool"),
    (POOL, {"name": "a", "node_labels": {"owner": "a@b"}}, "invalid node label"),
    ("azurerm_disk_encryption_set", {"key_vault_key_id": "k"}, "key_vault_key_id is a key's"),
]


@pytest.mark.parametrize(("kind", "value", "told"), FAULTS)
def test_one_fault_is_told_once(kind: str, value: dict[str, Any], told: str) -> None:
    """A resource with one thing wrong has one fault."""
    (fault,) = check("azurerm", kind, value)
    assert fault[0].startswith(f"{kind}: {told}")


POOLS = st.from_regex(r"[a-z][a-z0-9]{0,11}", fullmatch=True)
PREFIXES = st.text(string.ascii_letters + string.digits, min_size=1, max_size=54)


@given(POOLS, PREFIXES, st.integers(0, 1000), st.integers(1, 1000))
def test_what_azure_documents_is_taken(pool: str, prefix: str, low: int, high: int) -> None:
    """Names, prefixes and bounds within what is documented are never refused."""
    bounds = {"auto_scaling_enabled": True, "min_count": min(low, high), "max_count": high}
    assert check("azurerm", POOL, {"name": pool, **bounds}) == []
    assert check("azurerm", CLUSTER, {"name": pool, "dns_prefix": prefix}) == []

# Tags of the cluster itself.
#
# Covered: a private cluster hands its tags on to the zone of its address, which takes 15 with plain names; everything
# else has all of them; a public cluster has all; the caller's own choice.

mock_provider "azurerm" {
  source = "./tests/mocks"
}

mock_provider "kubernetes" {}

variables {
  name                = "stripe-customers"
  environment         = "prod"
  image               = "ghcr.io/acme/etl:1.4.0"
  location            = "westeurope"
  resource_group_name = "data"
  tenant              = "acme"

  network = {
    subnet_id = "/subscriptions/00000000-0000-0000-0000-000000000002/resourceGroups/net/providers/Microsoft.Network/virtualNetworks/acme/subnets/jobs"
  }
}

run "a_private_cluster_has_the_tags_that_tell_who_and_who_pays" {
  command = plan

  variables {
    tags = merge(
      { for number in range(20) : format("aa_%02d", number) => "x" },
      { CostCenter = "FIN-001", tenant_id = "acme", Team = "data", "cost:code" = "7", "1st owner" = "a" },
    )
  }

  assert {
    condition     = length(azurerm_kubernetes_cluster.this.tags) == 15 && alltrue([for key in ["CostCenter", "tenant_id", "Team"] : contains(keys(azurerm_kubernetes_cluster.this.tags), key)])
    error_message = "Of more than 15 tags those of identity, cost and ownership must be on the cluster."
  }

  assert {
    condition     = !contains(keys(azurerm_kubernetes_cluster.this.tags), "cost:code") && !contains(keys(azurerm_kubernetes_cluster.this.tags), "1st owner")
    error_message = "A name that Azure DNS refuses must not be on the cluster."
  }

  assert {
    condition     = azurerm_kubernetes_cluster.this.default_node_pool[0].tags == var.tags && azurerm_kubernetes_cluster_node_pool.job.tags == var.tags && azurerm_log_analytics_workspace.this[0].tags == var.tags
    error_message = "Pools and everything else must have all tags."
  }
}

run "a_public_cluster_has_all_tags" {
  command = plan

  variables {
    network              = { subnet_id = var.network.subnet_id, private = false }
    authorized_ip_ranges = ["198.51.100.0/24"]
    tags                 = merge({ for number in range(20) : format("aa_%02d", number) => "x" }, { "cost:code" = "7" })
  }

  assert {
    condition     = azurerm_kubernetes_cluster.this.tags == var.tags
    error_message = "A public address has no zone that tags are handed on to."
  }
}

run "the_tags_of_the_cluster_are_a_choice" {
  command = plan

  variables {
    tags             = { CostCenter = "FIN-001", owner = "data" }
    cluster_tag_keys = ["owner"]
  }

  assert {
    condition     = azurerm_kubernetes_cluster.this.tags == tomap({ owner = "data" })
    error_message = "cluster_tag_keys must decide."
  }
}

run "a_key_that_is_none" {
  command = plan

  variables {
    tags             = { owner = "data" }
    cluster_tag_keys = ["team"]
  }

  expect_failures = [var.cluster_tag_keys]
}

run "a_key_that_the_zone_refuses" {
  command = plan

  variables {
    tags             = { "cost:code" = "7" }
    cluster_tag_keys = ["cost:code"]
  }

  expect_failures = [var.cluster_tag_keys]
}

run "a_value_of_256_bytes" {
  command = plan

  variables {
    tags = { owner = join("", [for number in range(128) : "ü"]) }
  }

  assert {
    condition     = azurerm_kubernetes_cluster.this.tags == var.tags
    error_message = "128 letters of two bytes each must be taken."
  }
}

run "a_value_of_258_bytes" {
  command = plan

  variables {
    tags = { owner = join("", [for number in range(129) : "ü"]) }
  }

  expect_failures = [var.tags]
}

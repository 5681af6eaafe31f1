locals {
  direct_vpc = var.network.network != null || var.network.subnetwork != null

  # ALL_TRAFFIC is the private setting: with PRIVATE_RANGES_ONLY everything that has a public address leaves
  # the function directly.
  connector_egress = var.network.private ? "ALL_TRAFFIC" : "PRIVATE_RANGES_ONLY"
}

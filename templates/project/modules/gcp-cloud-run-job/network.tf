locals {
  _direct_vpc = var.network.network != null || var.network.subnetwork != null

  # One element when there is a way into a VPC, none otherwise. ALL_TRAFFIC is the private setting: with
  # PRIVATE_RANGES_ONLY everything that has a public address leaves Cloud Run directly.
  vpc_access = var.network.connector == null && !local._direct_vpc ? {} : {
    vpc = {
      connector = var.network.connector
      egress    = var.network.private ? "ALL_TRAFFIC" : "PRIVATE_RANGES_ONLY"
      interfaces = local._direct_vpc ? {
        vpc = {
          network    = var.network.network
          subnetwork = var.network.subnetwork
          tags       = sort(var.network.network_tags)
        }
      } : {}
    }
  }
}

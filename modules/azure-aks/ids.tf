# Azure compares ids without regard to case, and its tools hand out lower-case ones; the provider takes the spelling of
# its documentation only.
locals {
  _subnet   = split("/", var.network.subnet_id)
  subnet_id = "/subscriptions/${local._subnet[2]}/resourceGroups/${local._subnet[4]}/providers/Microsoft.Network/virtualNetworks/${local._subnet[8]}/subnets/${local._subnet[10]}"
  # The virtual network that the subnet belongs to.
  network_id = split("/subnets/", local.subnet_id)[0]

  _zone   = try(split("/", var.private_dns_zone_id), [])
  zone_id = try("/subscriptions/${local._zone[2]}/resourceGroups/${local._zone[4]}/providers/Microsoft.Network/privateDnsZones/${local._zone[8]}", null)

  _workspace   = try(split("/", var.log_analytics_workspace_id), [])
  workspace_id = try("/subscriptions/${local._workspace[2]}/resourceGroups/${local._workspace[4]}/providers/Microsoft.OperationalInsights/workspaces/${local._workspace[8]}", null)
}

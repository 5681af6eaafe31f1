# EMR wants groups for the primary node, for the others, and for its own service, which reaches the cluster in a private
# subnet through the last. It adds to them what rules it finds missing; all that it asks for are here.
# https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-man-sec-groups.html

locals {
  node_kinds = toset(length(local.own_cluster) == 1 ? ["core", "primary"] : [])

  node_protocols = {
    icmp = { from = -1, to = -1 }
    tcp  = { from = 0, to = 65535 }
    udp  = { from = 0, to = 65535 }
  }

  # Nodes talk to each other as they like, and to nobody else.
  node_ways = { for way in setproduct(local.node_kinds, local.node_kinds, keys(local.node_protocols)) : join("-", way) => {
    to       = way[0]
    from     = way[1]
    protocol = way[2]
  } }

  node_pairs = { for pair in setproduct(local.node_kinds, local.node_kinds) : join("-", pair) => {
    to   = pair[0]
    from = pair[1]
  } }

  https_ways = { for way in setproduct(local.node_kinds, local.https_blocks) : join(" ", way) => {
    from  = way[0]
    block = way[1]
  } }

  https_blocks = try(var.network.egress_cidr_blocks, toset([]))

  # Where else nodes may go, each port and place once: AWS refuses a second rule of the same.
  egress_places = flatten([for name, rule in var.egress_rules : [
    for place in coalescelist(tolist(setunion(rule.cidr_blocks, rule.security_group_ids)), tolist(local.https_blocks)) : {
      name  = name
      port  = rule.port
      place = place
    }
  ]])

  # HTTPS has its own rules below.
  egress_ways = {
    for way in local.egress_places : "${way.port} ${way.place}" => way...
    if way.port != 443 || !contains(local.https_blocks, way.place)
  }

  further_ways = { for pair in setproduct(local.node_kinds, keys(local.egress_ways)) : join(" ", pair) => {
    from = pair[0]
    ways = local.egress_ways[pair[1]]
  } }
}

resource "aws_security_group" "nodes" {
  # checkov:skip=CKV2_AWS_5: it is in the ec2_attributes of the cluster, which the scan does not look at.
  for_each = local.node_kinds

  # No group name may start with sg-, which a tenant "sg" would bring about.
  name                   = "emr-${local.name}-${each.key}"
  description            = "${title(each.key)} nodes of ${local.name}: in from the cluster, HTTPS out"
  vpc_id                 = var.network.vpc_id
  revoke_rules_on_delete = true # Rules of EMR's own that name another group would keep both from being deleted.
  tags                   = var.tags
}

resource "aws_security_group" "service" {
  # checkov:skip=CKV2_AWS_5: it is in the ec2_attributes of the cluster, which the scan does not look at.
  for_each = local.own_cluster

  name                   = "emr-${local.name}-service"
  description            = "The EMR service at ${local.name}"
  vpc_id                 = var.network.vpc_id
  revoke_rules_on_delete = true
  tags                   = var.tags
}

resource "aws_vpc_security_group_ingress_rule" "nodes" {
  for_each = local.node_ways

  security_group_id            = aws_security_group.nodes[each.value.to].id
  description                  = "${upper(each.value.protocol)} from ${each.value.from} nodes"
  ip_protocol                  = each.value.protocol
  from_port                    = local.node_protocols[each.value.protocol].from
  to_port                      = local.node_protocols[each.value.protocol].to
  referenced_security_group_id = aws_security_group.nodes[each.value.from].id
  tags                         = var.tags
}

resource "aws_vpc_security_group_egress_rule" "nodes" {
  for_each = local.node_pairs

  security_group_id            = aws_security_group.nodes[each.value.from].id
  description                  = "To ${each.value.to} nodes"
  ip_protocol                  = "-1"
  referenced_security_group_id = aws_security_group.nodes[each.value.to].id
  tags                         = var.tags
}

# Names are resolved by the VPC's own server, which security groups do not filter.
resource "aws_vpc_security_group_egress_rule" "https" {
  for_each = local.https_ways

  security_group_id = aws_security_group.nodes[each.value.from].id
  description       = "HTTPS to AWS endpoints and sources"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_ipv4         = strcontains(each.value.block, ":") ? null : each.value.block
  cidr_ipv6         = strcontains(each.value.block, ":") ? each.value.block : null
  tags              = var.tags
}

resource "aws_vpc_security_group_egress_rule" "further" {
  for_each = local.further_ways

  security_group_id            = aws_security_group.nodes[each.value.from].id
  description                  = "To ${join(", ", sort(each.value.ways[*].name))}"
  ip_protocol                  = "tcp"
  from_port                    = each.value.ways[0].port
  to_port                      = each.value.ways[0].port
  cidr_ipv4                    = can(regex("^[0-9.]+/", each.value.ways[0].place)) ? each.value.ways[0].place : null
  cidr_ipv6                    = strcontains(each.value.ways[0].place, ":") ? each.value.ways[0].place : null
  referenced_security_group_id = startswith(each.value.ways[0].place, "sg-") ? each.value.ways[0].place : null
  tags                         = var.tags
}

# The service's own two ways: 8443 to every node, and 9443 from the primary node.

resource "aws_vpc_security_group_egress_rule" "service" {
  for_each = local.node_kinds

  security_group_id            = aws_security_group.service["this"].id
  description                  = "To the agent on ${each.key} nodes"
  ip_protocol                  = "tcp"
  from_port                    = 8443
  to_port                      = 8443
  referenced_security_group_id = aws_security_group.nodes[each.key].id
  tags                         = var.tags
}

resource "aws_vpc_security_group_ingress_rule" "from_service" {
  for_each = local.node_kinds

  security_group_id            = aws_security_group.nodes[each.key].id
  description                  = "From the EMR service"
  ip_protocol                  = "tcp"
  from_port                    = 8443
  to_port                      = 8443
  referenced_security_group_id = aws_security_group.service["this"].id
  tags                         = var.tags
}

resource "aws_vpc_security_group_ingress_rule" "service" {
  for_each = local.own_cluster

  security_group_id            = aws_security_group.service[each.key].id
  description                  = "From the primary node"
  ip_protocol                  = "tcp"
  from_port                    = 9443
  to_port                      = 9443
  referenced_security_group_id = aws_security_group.nodes["primary"].id
  tags                         = var.tags
}

resource "aws_vpc_security_group_egress_rule" "to_service" {
  for_each = local.own_cluster

  security_group_id            = aws_security_group.nodes["primary"].id
  description                  = "To the EMR service"
  ip_protocol                  = "tcp"
  from_port                    = 9443
  to_port                      = 9443
  referenced_security_group_id = aws_security_group.service[each.key].id
  tags                         = var.tags
}

locals {
  creates_security_group = length(var.network.security_group_ids) == 0

  security_group_ids = local.creates_security_group ? toset([for group in aws_security_group.this : group.id]) : var.network.security_group_ids

  # As the ECS API takes it, for those who start tasks themselves.
  network_configuration = {
    awsvpcConfiguration = {
      subnets        = sort(var.network.subnet_ids)
      securityGroups = sort(local.security_group_ids)
      assignPublicIp = var.network.private ? "DISABLED" : "ENABLED"
    }
  }

  # Where else tasks may go, each port and place once: AWS refuses a second rule of the same.
  egress_places = flatten([for name, rule in var.egress_rules : [
    for place in coalescelist(tolist(setunion(rule.cidr_blocks, rule.security_group_ids)), tolist(var.network.egress_cidr_blocks)) : {
      name  = name
      port  = rule.port
      place = place
    }
  ]])

  # HTTPS has its own rules below.
  egress_ways = {
    for way in local.egress_places : "${way.port} ${way.place}" => way...
    if way.port != 443 || !contains(var.network.egress_cidr_blocks, way.place)
  }
}

resource "aws_security_group" "this" {
  for_each = toset(local.creates_security_group ? ["this"] : [])

  # No group name may start with sg-, which a tenant "sg" would bring about.
  name        = "ecs-${local.name}"
  description = "Tasks of ${local.name}: no way in, HTTPS out"
  vpc_id      = var.network.vpc_id
  tags        = var.tags

  lifecycle {
    # A group that is in use cannot be deleted: tasks first move to the new one, or to those of the caller's. Only another name
    # or VPC replaces it, so that the two never bear one name in one VPC; a changed description would.
    create_before_destroy = true
  }
}

# Names are resolved by the VPC's own server, which security groups do not filter.
resource "aws_vpc_security_group_egress_rule" "https" {
  for_each = local.creates_security_group ? var.network.egress_cidr_blocks : toset([])

  security_group_id = aws_security_group.this["this"].id
  description       = "HTTPS to AWS endpoints and sources"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_ipv4         = strcontains(each.value, ":") ? null : each.value
  cidr_ipv6         = strcontains(each.value, ":") ? each.value : null
  tags              = var.tags

  lifecycle {
    # The old group keeps its ways out for as long as it is in use.
    create_before_destroy = true
  }
}

resource "aws_vpc_security_group_egress_rule" "further" {
  for_each = local.creates_security_group ? local.egress_ways : {}

  security_group_id            = aws_security_group.this["this"].id
  description                  = "To ${join(", ", sort(each.value[*].name))}"
  ip_protocol                  = "tcp"
  from_port                    = each.value[0].port
  to_port                      = each.value[0].port
  cidr_ipv4                    = can(regex("^[0-9.]+/", each.value[0].place)) ? each.value[0].place : null
  cidr_ipv6                    = strcontains(each.value[0].place, ":") ? each.value[0].place : null
  referenced_security_group_id = startswith(each.value[0].place, "sg-") ? each.value[0].place : null
  tags                         = var.tags

  lifecycle {
    # The old group keeps its ways out for as long as it is in use.
    create_before_destroy = true
  }
}

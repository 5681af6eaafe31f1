# Who reaches whom. Paths covered:
# - the three groups, and no way in from outside them
# - nodes among each other, the service and the nodes
# - HTTPS out, to given blocks of both address families
# - further groups of the caller's

mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  name        = "orders"
  tenant      = "acme"
  environment = "prod"
  entry_point = "s3://code/orders/main.py"

  network = {
    vpc_id     = "vpc-1"
    subnet_ids = ["subnet-b", "subnet-a"]
  }
}

run "nobody_from_outside_comes_in" {
  assert {
    condition = alltrue([for rule in concat(
      values(aws_vpc_security_group_ingress_rule.from_service),
      values(aws_vpc_security_group_ingress_rule.nodes),
      values(aws_vpc_security_group_ingress_rule.service),
    ) : rule.referenced_security_group_id != null && rule.cidr_ipv4 == null && rule.cidr_ipv6 == null])
    error_message = "Every way in must come from one of the groups of the cluster."
  }

  assert {
    condition     = keys(aws_security_group.nodes) == ["core", "primary"] && alltrue([for group in aws_security_group.nodes : group.revoke_rules_on_delete]) && aws_security_group.service["this"].revoke_rules_on_delete
    error_message = "There must be a group for each kind of node, which can be deleted whatever rules EMR added."
  }
}

run "nodes_and_service_reach_each_other" {
  assert {
    condition     = length(aws_vpc_security_group_ingress_rule.nodes) == 12 && length(aws_vpc_security_group_egress_rule.nodes) == 4
    error_message = "Each kind of node must reach each by TCP, UDP and ICMP."
  }

  assert {
    condition     = alltrue([for rule in aws_vpc_security_group_egress_rule.service : rule.from_port == 8443 && rule.to_port == 8443]) && aws_vpc_security_group_ingress_rule.service["this"].from_port == 9443
    error_message = "The service reaches nodes on 8443, and the primary node it on 9443."
  }
}

run "subnets_and_groups_are_those_of_the_network" {
  variables {
    network = {
      vpc_id             = "vpc-1"
      subnet_ids         = ["subnet-b", "subnet-a"]
      security_group_ids = ["sg-b", "sg-a"]
      egress_cidr_blocks = ["10.0.0.0/8", "fd00::/8"]
    }
  }

  assert {
    condition     = aws_emr_cluster.this["this"].ec2_attributes[0].subnet_ids == toset(["subnet-a", "subnet-b"]) && aws_emr_cluster.this["this"].ec2_attributes[0].additional_master_security_groups == "sg-a,sg-b" && aws_emr_cluster.this["this"].ec2_attributes[0].additional_slave_security_groups == "sg-a,sg-b"
    error_message = "Nodes must be in all given subnets and groups."
  }

  assert {
    condition     = toset([for rule in aws_vpc_security_group_egress_rule.https : "${rule.from_port}-${rule.to_port} ${rule.cidr_ipv4 == null ? rule.cidr_ipv6 : rule.cidr_ipv4}"]) == toset(["443-443 10.0.0.0/8", "443-443 fd00::/8"]) && length(aws_vpc_security_group_egress_rule.https) == 4
    error_message = "Nodes must reach the given blocks by HTTPS, and no others."
  }
}

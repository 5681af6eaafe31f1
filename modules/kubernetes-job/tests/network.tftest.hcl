# Paths covered: network.tf. Nothing comes in; DNS and the named ports and ranges go out, and nothing else.

mock_provider "kubernetes" {}

variables {
  name        = "stripe"
  tenant      = "acme"
  environment = "prod"
  image       = "registry.acme.example/etl/runner:1.4.0"
}

run "nothing_comes_in" {
  command = plan

  assert {
    condition     = toset(kubernetes_network_policy_v1.this["own"].spec[0].policy_types) == toset(["Egress", "Ingress"]) && length(kubernetes_network_policy_v1.this["own"].spec[0].ingress) == 0
    error_message = "A policy for ingress without a rule refuses all of it."
  }
}

run "names_and_https_go_out" {
  command = plan

  assert {
    condition = [
      for rule in kubernetes_network_policy_v1.this["own"].spec[0].egress : [for port in rule.ports : "${port.protocol}/${port.port}"]
    ] == [["UDP/53", "TCP/53"], ["TCP/443"]]
    error_message = "By default DNS and HTTPS go out."
  }

  assert {
    condition     = kubernetes_network_policy_v1.this["own"].spec[0].egress[0].to[0].namespace_selector[0].match_labels == tomap({ "kubernetes.io/metadata.name" = "kube-system" })
    error_message = "DNS must go to the cluster's own servers."
  }

  assert {
    condition     = kubernetes_network_policy_v1.this["own"].spec[0].egress[1].to[0].ip_block[0].cidr == "0.0.0.0/0" && kubernetes_network_policy_v1.this["own"].spec[0].egress[1].to[0].ip_block[0].except == tolist(["169.254.0.0/16"])
    error_message = "The addresses at which nodes hand out their credentials must stay closed."
  }
}

run "ranges_and_ports_are_a_choice" {
  command = plan

  variables {
    network_policy = { egress_cidr_blocks = ["10.0.0.0/8", "192.0.2.0/24"], egress_ports = [5432, 443] }
  }

  assert {
    condition     = [for to in kubernetes_network_policy_v1.this["own"].spec[0].egress[1].to : to.ip_block[0].cidr] == ["10.0.0.0/8", "192.0.2.0/24"] && [for port in kubernetes_network_policy_v1.this["own"].spec[0].egress[1].ports : port.port] == ["443", "5432"]
    error_message = "The given ranges and ports must be taken, each once and sorted by number."
  }
}

run "no_ranges_means_nothing_but_names" {
  command = plan

  variables {
    network_policy = { egress_cidr_blocks = [] }
  }

  assert {
    condition     = length(kubernetes_network_policy_v1.this["own"].spec[0].egress) == 1
    error_message = "A rule without ranges would allow all of them, so there must be none."
  }
}

run "the_metadata_server_of_gke" {
  command = plan

  variables {
    identity = { google_service_account = "etl@acme-data.iam.gserviceaccount.com" }
  }

  assert {
    condition     = [for rule in slice(kubernetes_network_policy_v1.this["own"].spec[0].egress, 1, 3) : "${rule.to[0].ip_block[0].cidr}:${rule.ports[0].port}"] == ["169.254.169.252/32:988", "169.254.169.254/32:80"]
    error_message = "Tokens of a Google service account come from the metadata server."
  }
}

run "the_metadata_server_of_gke_for_an_existing_account" {
  command = plan

  variables {
    namespace            = "etl"
    service_account_name = "runner"
    network_policy       = { gke_metadata_server = true }
  }

  assert {
    condition     = length(kubernetes_network_policy_v1.this["own"].spec[0].egress) == 4
    error_message = "An existing account may be one of Google, too."
  }
}

run "dns_elsewhere" {
  command = plan

  variables {
    network_policy = { dns_namespace = "openshift-dns" }
  }

  assert {
    condition     = kubernetes_network_policy_v1.this["own"].spec[0].egress[0].to[0].namespace_selector[0].match_labels["kubernetes.io/metadata.name"] == "openshift-dns"
    error_message = "The namespace of DNS must be a choice."
  }
}

run "it_can_be_left_out" {
  command = plan

  variables {
    network_policy = { enabled = false }
  }

  assert {
    condition     = length(kubernetes_network_policy_v1.this) == 0
    error_message = "enabled = false must make no policy."
  }
}

run "what_is_known_by_its_address_is_reached_there_alone" {
  command = plan

  variables {
    network_policy = { egress_rules = { database = { port = 5432, cidr_blocks = ["10.1.2.3/32"] }, cache = { port = 6379, cidr_blocks = ["10.1.0.0/16", "10.0.0.0/16"] } } }
  }

  assert {
    condition = jsonencode([
      for rule in kubernetes_network_policy_v1.this["own"].spec[0].egress : [[for to in rule.to : to.ip_block[0].cidr], [for port in rule.ports : port.port]] if length(rule.to[0].ip_block) > 0
      ]) == jsonencode([
      [["0.0.0.0/0"], ["443"]],
      [["10.0.0.0/16", "10.1.0.0/16"], ["6379"]],
      [["10.1.2.3/32"], ["5432"]],
    ])
    error_message = "Each port must be open where it leads to, and everything else keep to HTTPS."
  }
}

run "credentials_are_left_out_of_every_range_that_holds_them" {
  command = plan

  variables {
    network_policy = {
      egress_cidr_blocks = ["0.0.0.0/1", "128.0.0.0/1", "169.0.0.0/8", "169.254.0.0/16", "169.254.171.0/24", "::/0", "fc00::/7", "fd00::/8", "FD00:EC2::1/32", "fe80::/10", "fe00::/8", "2600::/12"]
      egress_rules       = { database = { port = 5432, cidr_blocks = ["160.0.0.0/3"] } }
    }
  }

  assert {
    condition = jsonencode({ for to in kubernetes_network_policy_v1.this["own"].spec[0].egress[1].to : to.ip_block[0].cidr => to.ip_block[0].except }) == jsonencode({
      "0.0.0.0/1"        = []
      "128.0.0.0/1"      = ["169.254.0.0/16"]
      "169.0.0.0/8"      = ["169.254.0.0/16"]
      "169.254.0.0/16"   = []
      "169.254.171.0/24" = []
      "2600::/12"        = []
      "::/0"             = ["fd00:ec2::23/128", "fd00:ec2::254/128", "fd20:ce::254/128", "fe80::/10"]
      "fc00::/7"         = ["fd00:ec2::23/128", "fd00:ec2::254/128", "fd20:ce::254/128"]
      "fd00::/8"         = ["fd00:ec2::23/128", "fd00:ec2::254/128", "fd20:ce::254/128"]
      "fd00:ec2::/32"    = ["fd00:ec2::23/128", "fd00:ec2::254/128"]
      "fe00::/8"         = ["fe80::/10"]
      "fe80::/10"        = []
    })
    error_message = "What holds the addresses of credentials must except them, and nothing else; what was named itself stays."
  }

  assert {
    condition     = kubernetes_network_policy_v1.this["own"].spec[0].egress[2].to[0].ip_block[0].except == tolist(["169.254.0.0/16"])
    error_message = "The same must hold for ranges with a port of their own."
  }
}

run "the_agent_of_pod_identity" {
  command = plan

  variables {
    namespace            = "etl"
    service_account_name = "runner"
    network_policy       = { eks_pod_identity = true }
  }

  assert {
    condition     = [for to in kubernetes_network_policy_v1.this["own"].spec[0].egress[1].to : to.ip_block[0].cidr] == ["169.254.170.23/32"] && [for port in kubernetes_network_policy_v1.this["own"].spec[0].egress[1].ports : "${port.protocol}/${port.port}"] == ["TCP/80"]
    error_message = "The agent must be reached at its address, at port 80, and nowhere else."
  }
}

run "the_agent_of_pod_identity_on_ipv6" {
  command = plan

  variables {
    namespace            = "etl"
    service_account_name = "runner"
    network_policy       = { eks_pod_identity = true, egress_cidr_blocks = ["::/0"] }
  }

  assert {
    condition     = [for rule in slice(kubernetes_network_policy_v1.this["own"].spec[0].egress, 1, 3) : rule.to[0].ip_block[0].cidr] == ["169.254.170.23/32", "fd00:ec2::23/128"]
    error_message = "Where IPv6 goes out the agent must be reached over it too."
  }
}

locals {
  # Caches on the node answer at link-local addresses: NodeLocal DNSCache, LocalDNS of AKS, Cloud DNS of GKE.
  _dns_caches = "169.254.0.0/16"

  # GKE's metadata server, which hands out the tokens of Workload Identity Federation
  # (https://docs.cloud.google.com/kubernetes-engine/docs/how-to/network-policy#network-policy-and-workload-identity).
  _metadata_servers = coalesce(var.network_policy.gke_metadata_server, var.identity.google_service_account != null) ? {
    "169.254.169.252/32" = 988
    "169.254.169.254/32" = 80
  } : {}

  # The agent that hands out the credentials of EKS Pod Identity
  # (https://docs.aws.amazon.com/eks/latest/userguide/pod-id-agent-setup.html).
  _pod_identity_agents = var.network_policy.eks_pod_identity ? merge(
    { "169.254.170.23/32" = 80 },
    anytrue([for block in var.network_policy.egress_cidr_blocks : strcontains(block, ":")]) ? { "fd00:ec2::23/128" = 80 } : {},
  ) : {}

  # Where nodes hand out their own credentials: link-local addresses, and those at which EC2, EKS and Compute
  # Engine answer on IPv6 (https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html).
  _credentials = ["169.254.0.0/16", "fd00:ec2::23/128", "fd00:ec2::254/128", "fd20:ce::254/128", "fe80::/10"]

  # Each range in its canonical form, to what of that is left out: an exception lies inside its range and is smaller.
  _blocks = setunion(var.network_policy.egress_cidr_blocks, flatten(values(var.network_policy.egress_rules)[*].cidr_blocks))
  _ranges = {
    for block in local._blocks : block => {
      cidr = cidrsubnet(block, 0, 0)
      except = [
        for inner in local._credentials : inner
        if strcontains(inner, ":") == strcontains(block, ":")
        && tonumber(split("/", block)[1]) < tonumber(split("/", inner)[1])
        && try(cidrsubnet("${split("/", inner)[0]}/${split("/", block)[1]}", 0, 0) == cidrsubnet(block, 0, 0), false)
      ]
    }
  }
}

resource "kubernetes_network_policy_v1" "this" {
  for_each = toset(var.network_policy.enabled ? ["own"] : [])

  metadata {
    name        = local.name
    namespace   = local.namespace
    annotations = var.annotations
    labels      = local.labels
  }

  spec {
    # Nothing may come in: there is no ingress rule.
    policy_types = ["Ingress", "Egress"]

    pod_selector {
      match_labels = local.selector
    }

    egress {
      to {
        namespace_selector {
          match_labels = { "kubernetes.io/metadata.name" = var.network_policy.dns_namespace }
        }
      }

      to {
        ip_block {
          cidr = local._dns_caches
        }
      }

      ports {
        port     = "53"
        protocol = "UDP"
      }

      ports {
        port     = "53"
        protocol = "TCP"
      }
    }

    dynamic "egress" {
      for_each = merge(local._metadata_servers, local._pod_identity_agents)

      content {
        to {
          ip_block {
            cidr = egress.key
          }
        }

        ports {
          port     = tostring(egress.value)
          protocol = "TCP"
        }
      }
    }

    # A rule without addresses or ports would allow all of them.
    dynamic "egress" {
      for_each = length(var.network_policy.egress_cidr_blocks) > 0 && length(var.network_policy.egress_ports) > 0 ? ["own"] : []

      content {
        dynamic "to" {
          for_each = sort(var.network_policy.egress_cidr_blocks)

          content {
            ip_block {
              cidr   = local._ranges[to.value].cidr
              except = local._ranges[to.value].except
            }
          }
        }

        dynamic "ports" {
          for_each = sort([for port in var.network_policy.egress_ports : format("%05d", port)])

          content {
            port     = tostring(tonumber(ports.value))
            protocol = "TCP"
          }
        }
      }
    }

    # What is known by its address is reached at its own port there, and nowhere else.
    dynamic "egress" {
      for_each = { for name, rule in var.network_policy.egress_rules : name => rule if length(rule.cidr_blocks) > 0 }

      content {
        dynamic "to" {
          for_each = sort(egress.value.cidr_blocks)

          content {
            ip_block {
              cidr   = local._ranges[to.value].cidr
              except = local._ranges[to.value].except
            }
          }
        }

        ports {
          port     = tostring(egress.value.port)
          protocol = "TCP"
        }
      }
    }
  }

  lifecycle {
    replace_triggered_by = [terraform_data.replaced_with]
  }
}

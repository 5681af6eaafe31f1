"""What the Kubernetes API refuses is refused before anything is applied."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.rehearsal.binary import Terraform
from generator.rehearsal.mirror import Mirror
from generator.rehearsal.rehearse import rehearse_root
from generator.rehearsal.rules import check
from generator.rehearsal.rules.kubernetes_names import quantity

MAIN = """
resource "kubernetes_namespace_v1" "name" {
  metadata { name = "data.etl" }
}
resource "kubernetes_config_map_v1" "pairs" {
  metadata {
    name        = "ok"
    labels      = { "-key" = "x", key = "a b" }
    annotations = { "a/b/c" = "x" }
  }
}
resource "kubernetes_cron_job_v1" "job" {
  metadata { name = join("", [for _ in range(52) : "n"]) }
  spec {
    schedule = "0 2 * * ? *"
    timezone = "Local"
    job_template {
      metadata { labels = { key = "value." } }
      spec {
        completion_mode = "Indexed"
        completions     = 4
        template {
          metadata { labels = { other = "-" } }
          spec {
            restart_policy = "Always"
            toleration {
              key      = "a"
              operator = "Exists"
              value    = "b"
            }
            container {
              name  = "Job"
              image = "x"
              env {
                name = "1A"
              }
              volume_mount {
                name       = "gone"
                mount_path = "/tmp"
              }
              resources {
                limits   = { cpu = "1", memory = "2GB" }
                requests = { cpu = "1500m" }
              }
              security_context {
                run_as_non_root = true
                run_as_user     = "0"
              }
            }
          }
        }
      }
    }
  }
}
resource "kubernetes_deployment_v1" "worker" {
  metadata { name = "ok" }
  spec {
    selector { match_labels = { app = "a" } }
    template {
      metadata { labels = { app = "b" } }
      spec {
        container {
          name  = "worker"
          image = "x"
        }
      }
    }
  }
}
resource "kubernetes_horizontal_pod_autoscaler_v2" "worker" {
  metadata { name = "ok" }
  spec {
    min_replicas = 5
    max_replicas = 3
    scale_target_ref {
      kind = "Deployment"
      name = "ok"
    }
  }
}
resource "kubernetes_network_policy_v1" "out" {
  metadata { name = "ok" }
  spec {
    policy_types = ["Outgress"]
    pod_selector {}
    egress {
      to {
        ip_block {
          cidr   = "10.0.0.0/8"
          except = ["192.0.2.0/24"]
        }
      }
      to {
        ip_block { cidr = "10.0.0.0" }
      }
      ports { port = "70000" }
    }
  }
}
resource "kubernetes_resource_quota_v1" "size" {
  metadata { name = "ok" }
  spec {
    hard = { pods = "1500m", memoryy = "1Gi" }
  }
}
resource "kubernetes_limit_range_v1" "size" {
  metadata { name = "ok" }
  spec {
    limit {
      type            = "Container"
      default         = { cpu = "1" }
      default_request = { cpu = "2" }
    }
  }
}
resource "kubernetes_role_binding_v1" "subject" {
  metadata { name = "ok" }
  role_ref {
    api_group = "v1"
    kind      = "Role"
    name      = "ok"
  }
  subject {
    kind      = "ServiceAccount"
    name      = "ok"
    namespace = ""
  }
}
resource "kubernetes_pod_disruption_budget_v1" "both" {
  metadata { name = "ok" }
  spec {
    max_unavailable = "1"
    min_available   = "1"
    selector { match_labels = { app = "a" } }
  }
}
"""
CRON = "kubernetes_cron_job_v1"
REFUSED = {
    "kubernetes_namespace_v1: invalid metadata.name",
    "kubernetes_config_map_v1: invalid label key",
    "kubernetes_config_map_v1: invalid label value",
    "kubernetes_config_map_v1: invalid annotation key",
    f"{CRON}: invalid schedule",
    f"{CRON}: invalid timezone",
    f"{CRON}: name is too long for an indexed job",
    f"{CRON}: invalid label value",
    f"{CRON}: invalid restart_policy",
    f"{CRON}: Exists takes no value",
    f"{CRON}: invalid container name",
    f"{CRON}: invalid env name",
    f"{CRON}: no such volume",
    f"{CRON}: invalid quantity",
    f"{CRON}: requests are above limits",
    f"{CRON}: run_as_non_root with user 0",
    "kubernetes_deployment_v1: selector does not match template labels",
    "kubernetes_horizontal_pod_autoscaler_v2: min_replicas above max_replicas",
    "kubernetes_network_policy_v1: invalid policy_types",
    "kubernetes_network_policy_v1: except outside cidr",
    "kubernetes_network_policy_v1: invalid cidr",
    "kubernetes_network_policy_v1: invalid port",
    "kubernetes_resource_quota_v1: part of a thing that is counted",
    "kubernetes_resource_quota_v1: no such resource",
    "kubernetes_limit_range_v1: default_request is above default",
    "kubernetes_role_binding_v1: invalid api_group",
    "kubernetes_role_binding_v1: a service account without namespace",
    "kubernetes_pod_disruption_budget_v1: exactly one of min_available, max_unavailable",
}


@pytest.mark.terraform
def test_every_fault_of_a_root_is_told_at_once(
    make_root: Callable[..., str], attached: Mirror, terraform: Terraform
) -> None:
    """Names, labels, pods, selectors, bounds, ranges and rights: each at its resource."""
    report = rehearse_root(make_root("kubernetes", MAIN), mirror=attached, terraform=terraform)
    assert {error.summary for error in report.errors} == REFUSED
    assert {error.file for error in report.errors} == {"main.tf"}


@pytest.mark.parametrize(
    ("expression", "fits"),
    [
        ("0 2 * * *", True),
        ("*/15 8-18 * * mon-fri", True),
        ("0 2 ? * *", True),
        ("@daily", True),
        ("@every 2h", True),
        ("60 2 * * *", False),
        ("0 2 * *", False),
        ("TZ=UTC 0 2 * * *", False),
        ("@reboot", False),
    ],
)
def test_schedules_of_cron_jobs(expression: str, fits: bool) -> None:
    """Five fields or a macro, without a time zone in front."""
    found = check("kubernetes", CRON, {"spec": [{"schedule": expression}]})
    assert (found == []) is fits


@pytest.mark.parametrize("length", [46, 47, 48, 51])
@pytest.mark.parametrize("completions", [1, 10, 11, 1000, 10000])
def test_the_last_pod_of_an_indexed_job_has_a_hostname(length: int, completions: int) -> None:
    """The name of the cron job, 11 characters for that of the job, and the number make 63."""
    value = {
        "metadata": [{"name": "n" * length}],
        "spec": [
            {
                "job_template": [
                    {"spec": [{"completion_mode": "Indexed", "completions": completions}]}
                ]
            }
        ],
    }
    fits = length + 11 + len(f"-{completions - 1}") <= 63
    assert (check("kubernetes", CRON, value) == []) is fits


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", Fraction(0)),
        ("100m", Fraction(1, 10)),
        ("1.5Gi", Fraction(3 * 2**29)),
        ("1e3", Fraction(1000)),
        ("1E", Fraction(10**18)),
        ("5k", Fraction(5000)),
        (".5", Fraction(1, 2)),
        ("1K", None),
        ("2GB", None),
        ("-1", None),
        ("1 Gi", None),
        ("", None),
    ],
)
def test_quantities(text: str, number: Fraction | None) -> None:
    """The suffixes of "Resource units in Kubernetes", and no others."""
    assert quantity(text) == number


NAME = st.from_regex(r"[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?", fullmatch=True)
PREFIX = st.from_regex(r"[a-z0-9]([a-z0-9-]{0,20}[a-z0-9])?(\.[a-z0-9]{1,9}){0,3}", fullmatch=True)
KEYS = st.one_of(NAME, st.builds("{}/{}".format, PREFIX, NAME))


@given(st.dictionaries(KEYS, st.one_of(NAME, st.just("")), max_size=20))
def test_every_label_that_kubernetes_documents_is_taken(labels: dict[str, str]) -> None:
    """On an object, on its jobs and on its pods."""
    metadata = [{"labels": labels}]
    value: dict[str, Any] = {
        "metadata": metadata,
        "spec": [{"job_template": [{"metadata": metadata}]}],
    }
    assert check("kubernetes", CRON, value) == []


@given(st.text(alphabet=" !,:@$#äβ日/", min_size=1), NAME)
def test_other_characters_are_refused_wherever_labels_stand(bad: str, key: str) -> None:
    """In the template of a deployment as well as on the deployment."""
    labels = {"metadata": [{"labels": {key: bad}}]}
    for value in (labels, {"spec": [{"template": [labels], "selector": [{"match_labels": {}}]}]}):
        summaries = {fault[0] for fault in check("kubernetes", "kubernetes_deployment_v1", value)}
        assert "kubernetes_deployment_v1: invalid label value" in summaries

"""Labels of Kubernetes objects: on the object, and on the jobs and pods that it makes."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from generator.rehearsal.binary import Terraform
from generator.rehearsal.mirror import Mirror
from generator.rehearsal.rehearse import rehearse_root

pytestmark = pytest.mark.terraform

POD = """
        spec {
          restart_policy = "%s"
          container {
            name  = "job"
            image = "registry/etl:1"
          }
        }
"""
MAIN = (
    """
provider "kubernetes" {
  host = "https://k8s.acme.example"
}
locals {
  tags = { team = "data" }
}
resource "kubernetes_cron_job_v1" "all" {
  metadata {
    name   = "all"
    labels = merge(local.tags, { "app.kubernetes.io/name" = "all" })
  }
  spec {
    schedule = "0 2 * * *"
    job_template {
      metadata { labels = local.tags }
      spec {
        template {
          metadata { labels = local.tags }
"""
    + POD % "Never"
    + """
        }
      }
    }
  }
}
resource "kubernetes_cron_job_v1" "outside" {
  metadata {
    name   = "outside"
    labels = local.tags
  }
  spec {
    schedule = "0 2 * * *"
    job_template {
      metadata {}
      spec {
        template {
          metadata { labels = { app = "x" } }
"""
    + POD % "Never"
    + """
        }
      }
    }
  }
}
resource "kubernetes_deployment_v1" "inside" {
  metadata { name = "inside" }
  spec {
    selector { match_labels = { app = "x" } }
    template {
      metadata { labels = merge(local.tags, { app = "x" }) }
"""
    + POD % "Always"
    + """
    }
  }
}
"""
)


def test_jobs_and_pods_are_nested_places(
    make_root: Callable[..., str], attached: Mirror, terraform: Terraform
) -> None:
    """A template without the labels is told, one with more of them is fine."""
    report = rehearse_root(make_root("kubernetes", MAIN), mirror=attached, terraform=terraform)
    assert report.errors == ()
    whole, outside, inside = report.resources
    template = "spec[0].job_template[0].spec[0].template[0].metadata[0].labels"
    jobs = "spec[0].job_template[0].metadata[0].labels"
    assert (whole.complete, outside.complete, inside.complete) == (True, True, False)
    assert {n.path: n.complete for n in whole.nested} == {jobs: True, template: True}
    assert {n.path: n.complete for n in outside.nested} == {jobs: False, template: False}
    assert inside.missing == ("team",)
    assert {n.path: n.complete for n in inside.nested} == {
        "spec[0].template[0].metadata[0].labels": True
    }

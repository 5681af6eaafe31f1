"""A root as somebody writes it: another name of the module call, locals, variables, more blocks."""

from __future__ import annotations

MAIN = """\
terraform {
  required_version = ">= 1.5" # whatever we had
  backend "gcs" {
    bucket = "acme-terraform-state"
    prefix = "etl/refunds"
  }
  required_providers {
    google = { source = "hashicorp/google", version = "~> 8.0" }
  }
}

locals {
  base = { owner = "data", cost_center = "fin-001" }
  tags = merge(local.base, { team = var.team })
}

variable "team" { type = string }
variable "image_tag" { type = string }
variable "memory" {
  type    = number
  default = 1024
}

provider "google" {
  project        = "acme-data"
  region         = "us-central1"
  default_labels = local.tags
}

module "pipeline" {
  source      = "../../modules/gcp-cloud-run-job"
  name        = "refunds"
  tenant      = "acme"
  environment = "prod"
  project_id  = "acme-data"
  region      = "us-central1"
  image       = "example/etl:${var.image_tag}"
  memory_mib  = var.memory
  cpu         = 1
  max_retries = 2
  schedule    = { expression = "0 4 * * *", timezone = "Europe/Berlin" }
  tags        = local.tags
}
"""
MORE = """\
output "job" {
  value = module.pipeline.id
}

resource "google_pubsub_topic" "done" {
  name = "refunds-done"
}
"""
VALUES = 'team = "payments"\n'
JOB = """\
tenant_id: acme
environment: prod
name: refunds
schedule:
  cron: "0 4 * * *"
  timezone: Europe/Berlin
infrastructure:
  provider: gcp
  region: us-central1
  runtime:
    type: cloud_run_job
    image: "example/etl:${IMAGE_TAG}"
    memory: "1Gi"
    cpu: 1
    max_retries: 2
  tags:
    owner: data
    cost_center: fin-001
    team: payments
  terraform:
    backend:
      prefix: etl/refunds
"""

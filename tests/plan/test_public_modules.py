"""Public modules of clouds are called as they are, with their own names of inputs."""

from __future__ import annotations

from generator.text.expression import Reference
from tests.plan.conftest import HEAD, Plans
from tests.plan.public_modules import FUNCTION, IMAGE, LAMBDA, aws

# Those of GoogleCloudPlatform/cloud-run/google//modules/job-exec.
JOB_EXEC = """\
variable "project_id" { type = string }
variable "name" { type = string }
variable "location" { type = string }
variable "image" { type = string }
variable "service_account_email" { default = "" }
variable "argument" {
  type    = list(string)
  default = []
}
variable "env_vars" {
  type    = list(object({ value = string, name = string }))
  default = []
}
variable "labels" {
  type    = map(string)
  default = {}
}
variable "max_retries" {
  type    = number
  default = null
}
variable "limits" {
  type    = object({ cpu = optional(string), memory = optional(string) })
  default = null
}
variable "timeout" {
  type    = string
  default = "600s"
}
variable "vpc_access" {
  type = object({
    egress             = optional(string)
    network_interfaces = optional(object({
      network = optional(string), tags = optional(list(string))
    }))
  })
  default = null
}
"""


def test_a_public_module_of_aws_is_called_as_it_is(plans: Plans) -> None:
    """Every field of the job reaches the input that the module has for it, tags and all."""
    plans.write("modules/ours/variables.tf", LAMBDA)
    plan = plans.plan(aws(FUNCTION))
    assert {a.name: a.value for a in plan.module.arguments} == {
        "environment_variables": {"LOG_LEVEL": "info"},
        "function_name": "etl",
        "description": "FIN-001",
        "create_package": False,
        "package_type": "Image",
        "image_uri": IMAGE,
        "memory_size": 1024,
        "timeout": 300,
        "architectures": ["arm64"],
        "vpc_subnet_ids": ["subnet-1"],
        "vpc_security_group_ids": ["sg-1"],
        "tags": Reference("local.tags"),
    }
    sources = {a.name: a.origin.source for a in plan.module.arguments}
    assert sources["timeout"] == "infrastructure.runtime.timeout_seconds"
    assert sources["package_type"] == "terraform.module.inputs"


def test_a_public_module_of_google_is_called_as_it_is(plans: Plans) -> None:
    """Objects are built, variables become pairs of name and value, sizes are those of metadata."""
    plans.write("modules/ours/variables.tf", JOB_EXEC)
    text = f"""{HEAD}infrastructure:
  provider: gcp
  region: europe-west1
  account: {{project_id: acme-data}}
  runtime:
    type: cloud_run_job
    image: registry/etl:1
    cpu: 1
    memory: 512Mi
    max_retries: 2
    args: [run]
    environment: {{LOG_LEVEL: info}}
  network: {{vpc_id: net, subnet_ids: [data], network_tags: [etl]}}
  terraform:
    module:
      source: ./modules/ours
      inputs:
        location: infrastructure.region
        argument: infrastructure.runtime.args
        env_vars: infrastructure.runtime.environment
        service_account_email: infrastructure.runtime.identity
        labels: labels
        limits: {{cpu: metadata.cpu, memory: metadata.memory}}
        timeout: {{literal: 3600s}}
        vpc_access:
          network_interfaces:
            network: infrastructure.network.vpc_id
            tags: infrastructure.network.network_tags
"""
    assert plans.inputs(text) == {
        "name": "etl",
        "project_id": "acme-data",
        "image": "registry/etl:1",
        "max_retries": 2,
        "location": "europe-west1",
        "argument": ["run"],
        "env_vars": [{"name": "LOG_LEVEL", "value": "info"}],
        "labels": Reference("local.tags"),
        "limits": {"cpu": "1", "memory": "512Mi"},
        "timeout": "3600s",
        "vpc_access": {"network_interfaces": {"network": "net", "tags": ["etl"]}},
    }

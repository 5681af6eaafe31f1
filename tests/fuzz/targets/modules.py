"""The files of a Terraform module: what it declares decides what is generated for it."""

from __future__ import annotations

import json
from collections.abc import Sequence

from tests.fuzz.inert import assert_files
from tests.fuzz.mutation import of_json, of_text
from tests.fuzz.target import Target
from tests.fuzz.targets.jobs import SETTINGS
from tests.fuzz.world import TOP, world

_JOB = """\
tenant_id: acme
environment: prod
name: a
finops: {cost_center: FIN-001}
infrastructure:
  provider: aws
  region: us-east-1
  tags: {owner: data}
  terraform:
    module: {source: own/thing}
    variables: {name: a, size: 3, list: [a], object: {a: b}, flag: true}
    outputs: [id]
"""
_MODULE = """\
terraform {
  required_version = ">= 1.5"
  required_providers {
    aws = { source = "hashicorp/aws", version = "~> 6.0", configuration_aliases = [aws.other] }
  }
}
variable "name" {
  type = string
  validation {
    condition     = can(regex("^[a-z]{1,20}$", var.name)) && !contains(["x"], var.name)
    error_message = "The name."
  }
}
variable "size" { type = number, default = 2 }
variable "list" { type = list(string) }
variable "object" { type = object({ a = string, b = optional(number, 1) }) }
variable "flag" {
  type    = bool
  default = null
}
variable "tags" { type = map(string) }
output "id" {
  description = "An id"
  value       = "x"
  sensitive   = false
}
"""
_JSON = {
    "variable": {"name": {"type": "string"}, "size": {"type": "number", "default": 1}},
    "output": {"id": {"value": "x", "description": "An id"}},
    "terraform": {"required_providers": {"aws": {"source": "hashicorp/aws"}}},
}


def _module(name: str, data: bytes) -> None:
    here = world()
    here.clean()
    here.put("dativo.yaml", SETTINGS)
    here.put("jobs/a.yaml", _JOB)
    here.put(f"own/thing/{name}", data)
    here.run("generate")
    assert_files(here.generated())
    here.run("check")


def _seeds() -> Sequence[bytes]:
    shipped = sorted(TOP.glob("modules/*/variables.tf"))
    return [_MODULE.encode(), *(path.read_bytes() for path in shipped)]


TARGETS = (
    Target("module", _seeds, of_text, lambda data: _module("main.tf", data), ".tf"),
    Target("module_tofu", _seeds, of_text, lambda data: _module("main.tofu", data), ".tofu"),
    Target(
        "module_json",
        lambda: [json.dumps(_JSON).encode()],
        of_json,
        lambda data: _module("main.tf.json", data),
        ".json",
    ),
)

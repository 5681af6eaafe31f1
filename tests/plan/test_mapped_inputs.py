"""``terraform.module.inputs``: a module with names of its own, called as it is."""

from __future__ import annotations

from typing import Any

import pytest

from generator.text.expression import Reference
from tests.plan.conftest import HEAD, Plans

# The variables that matter of terraform-aws-modules/lambda/aws.
LAMBDA = """\
variable "function_name" { default = "" }
variable "description" { default = "" }
variable "create_package" {
  type    = bool
  default = true
}
variable "package_type" { default = "Zip" }
variable "image_uri" {
  type    = string
  default = null
}
variable "memory_size" {
  type    = number
  default = 128
}
variable "timeout" {
  type    = number
  default = 3
}
variable "architectures" {
  type    = list(string)
  default = null
}
variable "environment_variables" {
  type    = map(string)
  default = {}
}
variable "vpc_subnet_ids" {
  type    = list(string)
  default = null
}
variable "vpc_security_group_ids" {
  type    = list(string)
  default = null
}
variable "tags" {
  type    = map(string)
  default = {}
}
output "lambda_function_arn" { value = "" }
"""
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
IMAGE = "123456789012.dkr.ecr.us-east-1.amazonaws.com/etl:1.4"


def _aws(inputs: str, source: str = "./modules/ours", runtime: str = "") -> str:
    return f"""{HEAD}finops: {{cost_center: FIN-001}}
infrastructure:
  provider: aws
  region: us-east-1
  runtime:
    type: lambda
    image: {IMAGE}
    memory: 1Gi
    timeout_seconds: 300
    environment: {{LOG_LEVEL: info}}{runtime}
  network: {{vpc_id: vpc-1, subnet_ids: [subnet-1], security_group_ids: [sg-1]}}
  tags: {{team: data}}
  terraform:
    module:
      source: {source}
      inputs:
{inputs}"""


_FUNCTION = """\
        function_name: name
        description: finops.cost_center
        create_package: false
        package_type: {literal: Image}
        image_uri: infrastructure.runtime.image
        memory_size: infrastructure.runtime.memory
        timeout: infrastructure.runtime.timeout_seconds
        architectures: [{literal: arm64}]
        vpc_subnet_ids: infrastructure.network.subnet_ids
        vpc_security_group_ids: infrastructure.network.security_group_ids
"""


def test_a_public_module_of_aws_is_called_as_it_is(plans: Plans) -> None:
    """Every field of the job reaches the input that the module has for it, tags and all."""
    plans.write("modules/ours/variables.tf", LAMBDA)
    plan = plans.plan(_aws(_FUNCTION))
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
    sources = {a.name: a.source for a in plan.module.arguments}
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
    cpu: 0.5
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
        "limits": {"cpu": "0.5", "memory": "512Mi"},
        "timeout": "3600s",
        "vpc_access": {"network_interfaces": {"network": "net", "tags": ["etl"]}},
    }


def test_tags_labels_and_metadata_are_maps_of_the_root(plans: Plans) -> None:
    """Modules with ``metadata_tags`` or ``job_metadata`` get what they wait for."""
    names = ("metadata_tags", "job_metadata", "default_labels")
    module = "".join(f'variable "{name}" {{ type = map(string) }}\n' for name in names)
    plans.write("modules/ours/variables.tf", module + LAMBDA.replace('"tags"', '"others"'))
    lines = "        metadata_tags: tags\n        job_metadata: metadata\n"
    plan = plans.plan(_aws(_FUNCTION + lines + "        default_labels: labels\n"))
    found = {a.name: a.value for a in plan.module.arguments}
    assert found["metadata_tags"] == Reference("local.tags")
    assert found["job_metadata"] == Reference("local.metadata")
    assert found["default_labels"] == Reference("local.kubernetes_labels")
    assert plan.metadata["memory"] == "1Gi"
    assert plan.metadata["team"] == "data"
    assert None not in plan.metadata.values()
    assert plan.kubernetes_labels


def test_a_number_in_another_unit(plans: Plans) -> None:
    """Some modules count CPU units or bytes."""
    plans.write("modules/ours/variables.tf", LAMBDA + 'variable "bytes" { type = number }\n')
    line = "        bytes: {from: infrastructure.runtime.memory, times: 1048576}\n"
    assert plans.inputs(_aws(_FUNCTION + line))["bytes"] == 1024**3
    line = "        bytes: {from: infrastructure.runtime.image, times: 2}\n"
    (told,) = plans.told(_aws(_FUNCTION + line))
    assert told.startswith('29:23: invalid-value: "from" must be a number for "times", got')


@pytest.mark.parametrize(
    ("line", "told", "hint"),
    [
        (
            "function_nam: name",
            '19:9: unknown-input: the module modules/ours has no input "function_nam"',
            'did you mean "function_name"?',
        ),
        (
            "description: runtime.image",
            '19:22: unknown-source: "runtime.image" is no path of a job',
            'did you mean "infrastructure.runtime.image"?',
        ),
        (
            "description: finops.cost_centre",
            '19:22: unknown-source: "finops.cost_centre" is no path of a job',
            'did you mean "finops.cost_center"?',
        ),
        (
            "vpc_subnet_ids: [{literal: a}, infrastructure.nowhere]",
            '19:40: unknown-source: "infrastructure.nowhere" is no path of a job',
            "write {literal: ",
        ),
        (
            "package_type: '5'",
            '19:23: unknown-source: "5" is no path of a job',
            "write {literal: ",
        ),
        (
            "timeout: infrastructure.runtime.image",
            '9:12: input-type: the input "timeout" of modules/ours must be a number, got',
            "",
        ),
        (
            "timeout: {literal: soon}",
            '19:18: input-type: the input "timeout" of modules/ours must be a number, got "soon"',
            "",
        ),
        ("count: 2", '19:9: reserved-name: "count" is reserved by Terraform', ""),
    ],
)
def test_mistakes_are_told_where_they_stand(plans: Plans, line: str, told: str, hint: str) -> None:
    """An input that the module lacks, a source that a job lacks, a value that does not fit."""
    plans.write("modules/ours/variables.tf", LAMBDA)
    text = _aws(f"        {line}\n")
    problems = [p for p in plans.problems(text) if not _of_unmapped(p.message)]
    assert [plans.line_of(problem)[: len(told)] for problem in problems] == [told]
    assert hint in problems[0].hint


def _of_unmapped(message: str) -> bool:
    return any(
        f'no input "{name}"' in message
        for name in ("image", "memory_mib", "network", "timeout_seconds")
    )


def test_what_is_not_mapped_is_still_an_error(plans: Plans) -> None:
    """A field that reaches no input of the module has no effect, mapping or not."""
    plans.write("modules/ours/variables.tf", LAMBDA)
    lines = "        image_uri: infrastructure.runtime.image\n"
    assert [told.partition(": ")[2] for told in plans.told(_aws(lines))] == [
        f'unknown-input: the module modules/ours has no input "{name}"'
        for name in ("memory_mib", "timeout_seconds", "network")
    ]


def test_a_required_input_without_a_value_is_told(plans: Plans) -> None:
    """At the mapping, with the field that is empty; an optional one is left to the module."""
    plans.write("modules/ours/variables.tf", LAMBDA + 'variable "owner" { type = string }\n')
    lines = "        owner: governance_overrides.owner\n        description: asset\n"
    (problem,) = plans.problems(_aws(_FUNCTION.replace("description", "#") + lines))
    assert plans.line_of(problem) == (
        '29:16: missing-input: the module modules/ours requires the input "owner" (string)'
    )
    assert (
        problem.hint
        == 'it is mapped to "governance_overrides.owner", of which the job says nothing'
    )


def test_null_keeps_an_input_from_the_module(plans: Plans) -> None:
    """What dativo would pass by its name is left out, where the name means something else."""
    plans.write("modules/ours/variables.tf", LAMBDA)
    assert "tags" not in plans.inputs(_aws(_FUNCTION + "        tags: null\n"))


def test_names_with_other_meanings_are_left_alone(plans: Plans) -> None:
    """``environment`` and ``tags`` are lists in some modules."""
    module = LAMBDA.replace('"tags" {\n  type    = map(string)', '"tags" {\n  type = list(string)')
    module = module.replace("default = {}\n}\noutput", "default = []\n}\noutput")
    plans.write(
        "modules/ours/variables.tf", module + 'variable "environment" { type = list(any) }\n'
    )
    found = plans.inputs(_aws(_FUNCTION + "        environment: []\n"))
    assert "tags" not in found
    assert found["environment"] == []


def test_a_module_that_is_not_at_hand_gets_what_is_mapped(plans: Plans) -> None:
    """Nothing that dativo would pass by its own names, since the module has others."""
    source = "terraform-aws-modules/lambda/aws, version: 8.1.0"
    text = _aws(_FUNCTION).replace("source: ./modules/ours", "source: X\n      version: 8.1.0")
    text = text.replace("source: X", f"source: {source.partition(',')[0]}")
    names = [line.partition(":")[0].strip() for line in _FUNCTION.splitlines()]
    assert list(plans.inputs(text)) == names


SETTINGS = """\
modules:
  source: %s
  inputs: {metadata_tags: metadata, cost: finops.cost_center}
"""


def _shipped(**more: Any) -> str:
    return _aws("").partition("  terraform:\n")[0]


@pytest.mark.parametrize("source", ["git::https://e.com/m.git?ref=v1", "vendored"])
def test_an_organisation_maps_inputs_of_its_modules(plans: Plans, source: str) -> None:
    """``modules.inputs`` of dativo.yaml stands beside what dativo passes by its own names."""
    shipped = plans.folder / "modules"
    plans.inputs(_shipped())  # lays the shipped modules down
    text = (shipped / "aws-lambda/variables.tf").read_text()
    for name in ("metadata_tags", "cost"):
        text += f'variable "{name}" {{ default = null }}\n'
    plans.write("vendored/aws-lambda/variables.tf", text)
    found = plans.inputs(_shipped(), SETTINGS % source)
    assert found["metadata_tags"] == Reference("local.metadata")
    assert found["cost"] == "FIN-001"
    assert found["image"] == IMAGE
    assert found["tags"] == Reference("local.tags")


def test_a_mapping_of_dativo_yaml_is_checked_there(plans: Plans) -> None:
    """At its line; a job with a module of its own has none of it."""
    (told,) = plans.told(_shipped(), "modules:\n  inputs: {image: finops.costs}\n")
    assert told.startswith('dativo.yaml:2:19: unknown-source: "finops.costs" is no path')
    plans.write("modules/ours/variables.tf", LAMBDA)
    assert "cost" not in plans.inputs(_aws(_FUNCTION), SETTINGS % "modules")
    defaults = "defaults:\n  infrastructure:\n    terraform:\n      module:\n"
    defaults += "        source: ./modules/ours\n        inputs:\n"
    defaults += "".join(f"  {line}\n" for line in _FUNCTION.splitlines())
    assert plans.inputs(_shipped(), defaults)["function_name"] == "etl"


def test_a_version_needs_a_source(plans: Plans) -> None:
    """Of which module it would be is said nowhere else."""
    text = _shipped() + "  terraform: {module: {version: 1.0.0}}\n"
    assert plans.told(text) == [
        '15:15: missing-key: "infrastructure.terraform.module.source" is missing'
    ]

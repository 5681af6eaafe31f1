"""Variables of public modules, and jobs that call them."""

from __future__ import annotations

from tests.plan.conftest import HEAD

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
IMAGE = "123456789012.dkr.ecr.us-east-1.amazonaws.com/etl:1.4"


def aws(inputs: str, source: str = "./modules/ours", runtime: str = "") -> str:
    """A job on AWS that calls a module with its own names of inputs."""
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


FUNCTION = """\
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

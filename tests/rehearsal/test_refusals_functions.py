"""What the APIs of Lambda, SQS and Cloud Functions refuse is refused before anything is applied."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from generator.rehearsal.binary import Terraform
from generator.rehearsal.mirror import Mirror
from generator.rehearsal.rehearse import rehearse_root
from generator.rehearsal.rules import check
from generator.rehearsal.values import UNKNOWN

IMAGE = "123456789012.dkr.ecr.us-east-1.amazonaws.com/etl:1"
LAMBDA = """
resource "aws_lambda_function" "size" {
  function_name = "acme_job"
  package_type  = "Image"
  image_uri     = "public.ecr.aws/etl:1"
  role          = "arn:aws:iam::123456789012:role/x"
  memory_size   = 64
  timeout       = 901
  architectures = ["x86_64", "arm64"]
  ephemeral_storage { size = 20480 }
  environment { variables = { AWS_REGION = "us-east-1", "LOG-LEVEL" = "info" } }
  vpc_config {
    subnet_ids         = [for n in range(17) : "subnet-${n}"]
    security_group_ids = ["sg-1"]
  }
}
resource "aws_lambda_function" "name" {
  function_name = join("", [for n in range(65) : "x"])
  package_type  = "Zip"
  filename      = "x.zip"
  role          = "arn:aws:iam::123456789012:role/x"
  image_config { command = ["x"] }
}
resource "aws_lambda_function_event_invoke_config" "retries" {
  function_name                = "acme_job"
  maximum_retry_attempts       = 3
  maximum_event_age_in_seconds = 30
  destination_config {
    on_failure { destination = "https://sqs.us-east-1.amazonaws.com/123456789012/x" }
  }
}
resource "aws_sqs_queue" "long" {
  name                      = "acme.dead"
  message_retention_seconds = 1209601
  kms_master_key_id         = "alias/x"
  sqs_managed_sse_enabled   = true
}
"""
LAMBDA_REFUSED = {
    "Conflicting configuration arguments",
    "aws_lambda_function: image_uri is not in a private ECR repository",
    "aws_lambda_function: invalid memory_size",
    "aws_lambda_function: invalid timeout",
    "aws_lambda_function: invalid architectures",
    "aws_lambda_function: invalid size",
    "aws_lambda_function: reserved environment variable",
    "aws_lambda_function: invalid environment variable",
    "aws_lambda_function: too many subnet_ids",
    "aws_lambda_function: function_name is too long",
    "aws_lambda_function: image_config without an image",
    "aws_lambda_function_event_invoke_config: invalid maximum_retry_attempts",
    "aws_lambda_function_event_invoke_config: invalid maximum_event_age_in_seconds",
    "aws_lambda_function_event_invoke_config: invalid on_failure destination",
    "aws_sqs_queue: invalid name",
    "aws_sqs_queue: invalid message_retention_seconds",
    "aws_sqs_queue: kms_master_key_id or sqs_managed_sse_enabled",
}
FUNCTION = """
resource "google_cloudfunctions2_function" "size" {
  name     = "acme_rates"
  location = "europe-west1"
  labels   = { CostCenter = "fin" }
  build_config {
    runtime           = "python-3.12"
    entry_point       = "main"
    docker_repository = "europe-west1-docker.pkg.dev/p/r"
    service_account   = "b@p.iam.gserviceaccount.com"
    source {
      storage_source {
        bucket = "code"
        object = "main.tar.gz"
      }
    }
  }
  service_config {
    available_cpu                    = "0.5"
    available_memory                 = "2Gi"
    timeout_seconds                  = 3601
    max_instance_request_concurrency = 10
    ingress_settings                 = "INTERNAL"
    vpc_connector                    = "c"
    vpc_connector_egress_settings    = "ALL"
    direct_vpc_egress                = "ALL_TRAFFIC"
    environment_variables            = { PORT = "80" }
    direct_vpc_network_interface {}
  }
}
resource "google_artifact_registry_repository" "name" {
  repository_id = "Acme_Images"
  location      = "europe-west1"
  format        = "DOCKER"
}
"""
FUNCTION_REFUSED = {
    "Conflicting configuration arguments",
    "google_cloudfunctions2_function: invalid name",
    "google_cloudfunctions2_function: invalid label key",
    "google_cloudfunctions2_function: invalid runtime",
    "google_cloudfunctions2_function: invalid docker_repository",
    "google_cloudfunctions2_function: invalid service_account",
    "google_cloudfunctions2_function: the source is no zip archive",
    "google_cloudfunctions2_function: no such size",
    "google_cloudfunctions2_function: invalid timeout_seconds",
    "google_cloudfunctions2_function: concurrency needs a whole vCPU",
    "google_cloudfunctions2_function: invalid ingress_settings",
    "google_cloudfunctions2_function: invalid vpc_connector_egress_settings",
    "google_cloudfunctions2_function: invalid direct_vpc_egress",
    "google_cloudfunctions2_function: vpc_connector or direct_vpc_network_interface",
    "google_cloudfunctions2_function: network or subnetwork",
    "google_cloudfunctions2_function: invalid environment variable name",
    "google_artifact_registry_repository: invalid repository_id",
}


@pytest.mark.terraform
@pytest.mark.parametrize(
    ("cloud", "main", "refused"),
    [("aws", LAMBDA, LAMBDA_REFUSED), ("google", FUNCTION, FUNCTION_REFUSED)],
    ids=["lambda", "cloud-functions"],
)
def test_functions_that_the_apis_refuse(
    make_root: Callable[..., str],
    attached: Mirror,
    terraform: Terraform,
    cloud: str,
    main: str,
    refused: set[str],
) -> None:
    """Every fault of a root is an error at its resource and its line, all in one run."""
    report = rehearse_root(make_root(cloud, main), mirror=attached, terraform=terraform)
    assert {error.summary for error in report.errors} == refused
    assert {error.file for error in report.errors} == {"main.tf"}
    assert [step.name for step in report.steps] == ["copy", "init", "validate"]


FUNCTIONS: list[tuple[str, str, dict[str, Any], bool]] = [
    ("aws", "aws_lambda_function", {"package_type": "Image", "image_uri": IMAGE}, True),
    ("aws", "aws_lambda_function", {"package_type": "Image", "runtime": "python3.12"}, False),
    ("aws", "aws_lambda_function", {"memory_size": 128, "timeout": 900}, True),
    ("aws", "aws_lambda_function", {"architectures": UNKNOWN}, True),
    ("aws", "aws_lambda_function", {"environment": [{"variables": {"AB": UNKNOWN}}]}, True),
    ("aws", "aws_lambda_function", {"environment": [{"variables": {"AB": "x" * 4096}}]}, False),
    ("aws", "aws_sqs_queue", {"kms_master_key_id": "k", "sqs_managed_sse_enabled": False}, True),
    (
        "google",
        "google_cloudfunctions2_function",
        {"service_config": [{"available_cpu": "0.167", "available_memory": "256Mi"}]},
        True,
    ),
    (
        "google",
        "google_cloudfunctions2_function",
        {"service_config": [{"available_cpu": "8", "available_memory": "32Gi"}]},
        True,
    ),
    (
        "google",
        "google_cloudfunctions2_function",
        {"service_config": [{"available_cpu": "1", "available_memory": "8Gi"}]},
        False,
    ),
    (
        "google",
        "google_cloudfunctions2_function",
        {"event_trigger": [{"event_type": "x"}], "service_config": [{"timeout_seconds": 600}]},
        False,
    ),
    (
        "google",
        "google_cloudfunctions2_function",
        {
            "service_config": [
                {
                    "environment_variables": {"A": "x"},
                    "secret_environment_variables": [{"key": "A"}],
                }
            ]
        },
        False,
    ),
    (
        "google",
        "google_cloudfunctions2_function",
        {"kms_key_name": "k", "build_config": [{"docker_repository": ""}]},
        False,
    ),
]


@pytest.mark.parametrize(("cloud", "kind", "value", "fits"), FUNCTIONS)
def test_sizes_variables_and_keys(cloud: str, kind: str, value: dict[str, Any], fits: bool) -> None:
    """What the documentation allows is taken, what it rules out is not; the unknown is passed."""
    assert (check(cloud, kind, value) == []) is fits


@pytest.mark.terraform
def test_a_function_is_called_at_the_address_of_its_service(
    make_root: Callable[..., str], attached: Mirror, terraform: Terraform
) -> None:
    """What is computed inside a block is an address that Cloud Scheduler takes."""
    main = """
resource "google_cloudfunctions2_function" "rates" {
  name     = "acme-rates"
  location = "europe-west1"
  build_config {
    runtime     = "python312"
    entry_point = "main"
  }
  service_config {
    available_cpu    = "1"
    available_memory = "2Gi"
  }
}
resource "google_cloud_scheduler_job" "rates" {
  name     = "acme-rates"
  schedule = "0 2 * * *"
  http_target {
    uri = google_cloudfunctions2_function.rates.service_config[0].uri
    oidc_token { service_account_email = "a@b.iam.gserviceaccount.com" }
  }
}
"""
    report = rehearse_root(make_root("google", main), mirror=attached, terraform=terraform)
    assert (report.errors, report.ok) == ((), True)

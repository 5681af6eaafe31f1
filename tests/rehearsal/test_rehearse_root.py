"""Rehearsing a root: it is planned, applied and destroyed, and its tags are read."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable

import pytest

from generator.errors import RehearsalError
from generator.rehearsal.binary import Terraform
from generator.rehearsal.mirror import Mirror
from generator.rehearsal.rehearse import rehearse_root
from generator.rehearsal.report import RehearsalReport

pytestmark = pytest.mark.terraform

STEPS = ["copy", "init", "validate", "plan", "apply", "read", "second plan", "destroy"]

AWS = """
provider "aws" {
  region = "eu-west-1"
  default_tags {
    tags = local.tags
  }
}
locals {
  tags = { CostCenter = "FIN-001" }
}
data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["ecs-tasks.amazonaws.com"]
    }
  }
}
resource "aws_iam_role" "task" {
  name               = "acme-task"
  assume_role_policy = data.aws_iam_policy_document.trust.json
}
resource "aws_iam_role_policy" "task" {
  name = "read"
  role = aws_iam_role.task.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::acme/*" }]
  })
}
resource "aws_ecs_cluster" "this" {
  name = "acme"
}
resource "aws_ecs_service" "this" {
  name    = "acme"
  cluster = aws_ecs_cluster.this.arn
}
output "role" { value = aws_iam_role.task.arn }
output "service" { value = aws_ecs_service.this.id }
"""
GOOGLE = """
provider "google" {
  project        = "acme-data"
  region         = "europe-west1"
  default_labels = local.tags
}
locals {
  tags = { cost_center = "fin-001" }
}
resource "google_service_account" "this" {
  account_id = "acme-job"
}
resource "google_cloud_run_v2_job" "this" {
  name     = "acme-job"
  location = "europe-west1"
  template {
    labels = local.tags
    template {
      service_account = google_service_account.this.email
      containers {
        image = "europe-docker.pkg.dev/acme/job:1"
        resources { limits = { cpu = "1", memory = "2Gi" } }
      }
    }
  }
}
output "job" { value = google_cloud_run_v2_job.this.id }
output "mail" { value = google_service_account.this.email }
"""
AZURE = """
provider "azurerm" {
  features {}
}
locals {
  tags = { CostCenter = "FIN-001" }
}
resource "azurerm_resource_group" "this" {
  name     = "acme-data"
  location = "westeurope"
  tags     = local.tags
}
resource "azurerm_user_assigned_identity" "this" {
  name                = "acme-job"
  resource_group_name = azurerm_resource_group.this.name
  location            = azurerm_resource_group.this.location
}
resource "azurerm_role_assignment" "this" {
  scope                = azurerm_resource_group.this.id
  role_definition_name = "Reader"
  principal_id         = azurerm_user_assigned_identity.this.principal_id
}
output "identity" { value = azurerm_user_assigned_identity.this.id }
"""

Rehearse = Callable[..., RehearsalReport]


@pytest.fixture
def rehearse(attached: Mirror, terraform: Terraform) -> Rehearse:
    """``rehearse_root`` with the mirror and the Terraform of the run."""

    def call(root: str, **options: object) -> RehearsalReport:
        return rehearse_root(root, mirror=attached, terraform=terraform, **options)  # type: ignore[arg-type]

    return call


def test_an_aws_root_is_applied_and_destroyed(
    make_root: Callable[..., str], rehearse: Rehearse
) -> None:
    """Default tags land on what can have them, ARNs are as Amazon writes them, and a service
    that hands no tags to its tasks is reported without failing.
    """
    report = rehearse(make_root("aws", AWS))
    assert (report.ok, [s.name for s in report.steps]) == (True, STEPS)
    assert report.expected_tags == {"CostCenter": "FIN-001"}
    assert report.outputs == {
        "role": "arn:aws:iam::123456789012:role/acme-task",
        "service": "arn:aws:ecs:eu-west-1:123456789012:service/acme/acme",
    }
    assert {r.address: r.taggable for r in report.resources} == {
        "aws_ecs_cluster.this": True,
        "aws_ecs_service.this": True,
        "aws_iam_role.task": True,
        "aws_iam_role_policy.task": False,
    }
    service = next(r for r in report.resources if r.type == "aws_ecs_service")
    assert {n.path: n.complete for n in service.nested} == {
        "enable_ecs_managed_tags": False,
        "propagate_tags": False,
    }


def test_a_google_root_is_applied_and_destroyed(
    make_root: Callable[..., str], rehearse: Rehearse
) -> None:
    """Default labels land on the job; the labels of its executions are a place of their own;
    a service account cannot have any.
    """
    report = rehearse(make_root("google", GOOGLE))
    assert (report.ok, report.errors) == (True, ())
    assert report.outputs == {
        "job": "projects/acme-data/locations/europe-west1/jobs/acme-job",
        "mail": "acme-job@acme-data.iam.gserviceaccount.com",
    }
    job, account = report.resources
    assert (job.location, job.tags["cost_center"]) == ("effective_labels", "fin-001")
    assert [(n.path, n.complete) for n in job.nested] == [("template[0].labels", True)]
    assert not account.taggable


def test_a_missing_tag_is_found(make_root: Callable[..., str], rehearse: Rehearse) -> None:
    """A root that goes through but leaves a taggable resource without tags is not fine."""
    report = rehearse(make_root("azurerm", AZURE))
    assert all(step.ok for step in report.steps)
    assert {r.address: r.missing for r in report.resources} == {
        "azurerm_resource_group.this": (),
        "azurerm_role_assignment.this": (),
        "azurerm_user_assigned_identity.this": ("CostCenter",),
    }
    assert not report.ok


def test_expected_tags_go_before_those_of_the_root(
    make_root: Callable[..., str], rehearse: Rehearse
) -> None:
    """A caller that knows better says what is expected; another value is not the tag."""
    main = 'locals {\n  tags = { a = "1" }\n}\n'
    main += 'resource "aws_sns_topic" "t" {\n  tags = local.tags\n}\n'
    report = rehearse(make_root("aws", main), expected_tags={"a": "2", "b": "3"})
    (topic,) = report.resources
    assert (topic.missing, topic.different) == (("b",), ("a",))


def test_a_root_that_never_settles_is_not_fine(
    make_root: Callable[..., str], rehearse: Rehearse
) -> None:
    """A tag with a clock in it gives a second plan that is not empty; the resource is named."""
    main = 'resource "aws_sns_topic" "t" {\n  name = "t"\n  tags = { at = timestamp() }\n}\n'
    report = rehearse(make_root("aws", main))
    (error,) = report.step("second plan").diagnostics
    assert (error.address, error.detail) == ("aws_sns_topic.t", "update: tags, tags_all")
    assert (report.ok, report.step("destroy").ok) == (False, True)


def test_variables_modules_and_backends_stand_alone(
    make_root: Callable[..., str], rehearse: Rehearse
) -> None:
    """Variables without a value get one of their type, a given one is used; modules that are
    called by a relative path come along; a cloud block is replaced; a protected resource may
    stay; nothing is written beside the copy.
    """
    main = """
terraform {
  cloud {
    organization = "acme"
    workspaces { name = "acme" }
  }
}
variable "cluster_id" { type = string }
variable "sizes" { type = map(object({ cpu = number, note = optional(string) })) }
variable "given" { type = list(string) }
module "topic" {
  source = "../modules/topic"
  name   = "acme-${var.sizes["mock"].cpu}"
}
output "arn" { value = module.topic.arn }
output "given" { value = var.given }
output "cluster" { value = var.cluster_id }
"""
    module = """
variable "name" { type = string }
resource "aws_sns_topic" "this" {
  name = var.name
  lifecycle { prevent_destroy = true }
}
output "arn" { value = aws_sns_topic.this.arn }
"""
    make_root("aws", module, folder="modules/topic")
    root = make_root("aws", main, folder="root")
    before = _tree(os.path.dirname(root))
    report = rehearse(root, variables={"given": ["x"]})
    assert report.outputs == {
        "arn": "arn:aws:sns:us-east-1:123456789012:acme-1",
        "given": ["x"],
        "cluster": "j-0123456789ABC",
    }
    assert (report.ok, report.folder) == (True, None)
    assert [d.severity for d in report.step("destroy").diagnostics] == ["warning"]
    assert _tree(os.path.dirname(root)) == before


def test_the_users_settings_of_terraform_are_left_out(
    make_root: Callable[..., str],
    rehearse: Rehearse,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: os.PathLike[str],
) -> None:
    """TF_DATA_DIR would write outside the copy, TF_CLI_ARGS would change the commands; a kept
    copy holds the state and the installed providers.
    """
    monkeypatch.setenv("TF_DATA_DIR", os.path.join(tmp_path, "elsewhere"))
    monkeypatch.setenv("TF_CLI_ARGS", "-nonsense")
    report = rehearse(make_root("aws", 'output "x" {\n  value = 1\n}\n'), keep=True)
    assert report.ok
    assert not os.path.exists(os.path.join(tmp_path, "elsewhere"))
    assert report.folder is not None
    assert os.path.isdir(os.path.join(report.folder, ".terraform"))
    shutil.rmtree(report.folder)


def test_a_provider_without_a_stand_in_is_told(
    make_root: Callable[..., str], rehearse: Rehearse
) -> None:
    """Init fails, and the report says which stand-ins there are."""
    main = 'terraform {\n  required_providers {\n    x = { source = "acme/x" }\n  }\n}\n'
    report = rehearse(make_root("aws", main, {"terraform.tf": ""}))
    assert not report.step("init").ok
    assert "hashicorp/aws 6." in report.step("init").diagnostics[-1].detail


def test_a_module_that_is_not_there_is_an_error(
    make_root: Callable[..., str], rehearse: Rehearse
) -> None:
    """The message names the folder that is missing, and who calls it."""
    root = make_root("aws", 'module "m" {\n  source = "../gone"\n}\n')
    with pytest.raises(RehearsalError, match=r"gone, called by .*root, cannot be read"):
        rehearse(root)


def _tree(folder: str) -> dict[str, bytes]:
    found = {}
    for path, _, files in os.walk(folder):
        for name in files:
            with open(os.path.join(path, name), "rb") as file:
                found[os.path.join(path, name)] = file.read()
    return found

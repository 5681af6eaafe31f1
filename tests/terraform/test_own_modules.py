"""Roots that call a module with names of its own are roots that Terraform takes."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.cli import main
from tests.docs.examples import example
from tests.plan.public_modules import LAMBDA
from tests.terraform.conftest import Command

pytestmark = pytest.mark.terraform

# Two inputs more than the public module has, in the other files that Terraform reads.
MORE = {
    "more.tf.json": '{"variable": {"metadata_tags": {"type": "map(string)"}}}',
    "needed.tf": '/* later given a default */ variable "needed" { type = string }\n',
    "override.tf": 'variable "needed" { default = "x" }\n',
    "outputs.tf": 'variable "labels" { type = map(string) }\n'
    'variable "secret" {\n  default   = null\n  ephemeral = true\n}\n'
    'output "hidden" {\n  value     = var.secret\n  ephemeral = true\n}\n'
    'output "shown" {\n  value = <<EOT\n${~ var.labels["team"] ~}\n  EOT  \n}\n',
    "versions.tf": 'terraform {\n  required_version = ">= 1.9"\n  required_providers {\n'
    '    aws = { source = "hashicorp/aws", version = ">= 5.0" }\n  }\n}\n',
}


def test_a_module_of_a_registry_is_called(tmp_path: Path, command: Command) -> None:
    """The example of the documentation, with a stub of that module's variables: the root is
    formatted and valid, its maps of metadata and labels among the inputs, and ephemeral outputs
    left in the module.
    """
    text = example("docs/runtimes.md", "module of a registry")
    text = text.replace("      version: 8.1.0\n", "")
    text = text.replace("terraform-aws-modules/lambda/aws", "./modules/function")
    text = text.replace(
        "backend: {type: s3, bucket: acme-terraform-state, region: us-east-1}",
        "backend: {type: local}",
    )
    text += "        metadata_tags: metadata\n        labels: labels\n"
    for name, content in {"main.tf": LAMBDA, **MORE}.items():
        path = tmp_path / "modules/function" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    (tmp_path / "jobs").mkdir()
    (tmp_path / "jobs/orders.yaml").write_text(text, encoding="utf-8")

    assert main(["generate", "--project", str(tmp_path)]) == 0

    root = tmp_path / "generated/acme/orders/prod"
    assert "output " in (root / "outputs.tf").read_text(encoding="utf-8")
    assert "hidden" not in (root / "outputs.tf").read_text(encoding="utf-8")
    assert "metadata_tags" in (root / "main.tf").read_text(encoding="utf-8")
    command(root, "init", "-input=false")
    command(root, "fmt", "-check", "-diff")
    command(root, "validate")

"""What a root looks up: each check stops the plan in its own words."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.terraform.conftest import Command
from tests.terraform.projects import JOB, generate, write_project
from tests.terraform.roots import REPOSITORY

pytestmark = pytest.mark.terraform

# Root to its job, and to cases: what the cloud answers instead of the stand-in, and what the plan
# says to that, of which field.
Case = tuple[str, dict[str, object], str, str]
WRONG: dict[str, tuple[str, list[Case]]] = {
    "acme/stripe-customers/prod": (
        "stripe-customers",
        [
            (
                "aws_subnet.this",
                {"state": "pending"},
                "The subnet subnet-0a1b2c3d4e5f60718 is in state pending, not available",
                "network.subnet_ids",
            ),
            (
                "aws_subnet.this",
                {"state": "available", "vpc_id": "vpc-99999999"},
                "The subnet subnet-0a1b2c3d4e5f60718 is in vpc-99999999, another VPC than the job",
                "network.subnet_ids",
            ),
            (
                "aws_s3_bucket.data",
                {"bucket_region": "eu-west-1"},
                "The bucket acme-data-lake is in eu-west-1, and the job runs in us-east-1",
                "storage.data_bucket",
            ),
            (
                "aws_kms_key.data",
                {"key_state": "PendingDeletion"},
                "is in state PendingDeletion, not Enabled",
                "storage.kms_key_id",
            ),
        ],
    ),
    "acme/postgres-orders/prod": (
        "postgres-orders",
        [
            (
                "aws_security_group.this",
                {"vpc_id": "vpc-99999999"},
                "The security group sg-0123456789abcdef0 is in vpc-99999999, another VPC",
                "network.security_group_ids",
            ),
            (
                "aws_ecs_cluster.this",
                {"status": "INACTIVE"},
                "The cluster acme-shared is in status INACTIVE, not ACTIVE",
                "runtime.cluster_name",
            ),
            (
                "aws_rds_cluster.database",
                {"endpoint": "orders.cluster-abc123.eu-central-1.rds.amazonaws.com", "port": 3306},
                "has port 3306, another than references.database.port",
                "references.database.endpoint",
            ),
        ],
    ),
    "globex/ga4-sessions/prod": (
        "ga4-sessions",
        [
            (
                "google_compute_subnetwork.this",
                {"region": "europe-west3", "network": "https://example/networks/other"},
                "is in https://example/networks/other, another network than network.vpc_id",
                "network.subnet_ids",
            ),
            (
                "google_storage_bucket.data",
                {"location": "US"},
                "The bucket globex-lake is in US, and the job runs in europe-west3",
                "storage.data_bucket",
            ),
            (
                "google_kms_crypto_key.data",
                {"primary": [{"name": "1", "state": "DISABLED"}]},
                "has no primary version that is enabled",
                "storage.kms_key_id",
            ),
        ],
    ),
    "acme/hubspot-contacts/prod": (
        "hubspot-contacts",
        [
            (
                "azurerm_virtual_network.this",
                {"location": "northeurope"},
                "is in northeurope, and the job runs in westeurope",
                "network.subnet_ids",
            ),
            (
                "azurerm_key_vault.this",
                {"rbac_authorization_enabled": False},
                "The key vault kv-acme-etl goes by access policies",
                "runtime.key_vaults",
            ),
        ],
    ),
}
ACCOUNT_ID = (
    "/subscriptions/00000000-0000-4000-8000-0000000000a1/resourceGroups/rg/providers"
    "/Microsoft.Storage/storageAccounts/lake"
)


def _plain(text: str) -> str:
    """Terraform's output without the frame around it and its line breaks."""
    return " ".join(re.sub(r"\x1b\[[0-9;]*m|[│╷╵]", "", text).split())


def _answer_otherwise(file: Path, target: str, values: dict[str, object]) -> None:
    """Write a test that plans with another answer to one look-up."""
    answer = "\n".join(f"    {name} = {json.dumps(value)}" for name, value in values.items())
    override = f"override_data {{\n  target = data.{target}\n  values = {{\n{answer}\n  }}\n}}"
    file.write_text(f'{override}\n\nrun "plan" {{\n  command = plan\n}}\n', encoding="utf-8")


@pytest.mark.parametrize("root", sorted(WRONG))
def test_each_check_fails_in_its_own_words(
    root: str, lay_out: Callable[..., str], command: Command
) -> None:
    """A cloud that answers otherwise (a subnet of another VPC, a cluster that is gone, a bucket in
    another region, a key that is switched off) stops the plan with the sentence of that check.
    """
    folder = lay_out(REPOSITORY / "generated" / root)
    job, cases = WRONG[root]
    for number, (target, values, _, _) in enumerate(cases):
        _answer_otherwise(Path(folder, f"case{number}.tftest.hcl"), target, values)
    command(folder, "init", "-input=false")
    ran = command(folder, "test", "-no-color", expect=1)
    said = _plain(ran.stdout + ran.stderr)
    assert f"0 passed, {len(cases)} failed" in said
    for _, _, says, field in cases:
        told = rf"see infrastructure\.{re.escape(field)} of the job {job}\."
        sentence = rf"{re.escape(says)}[^;]*; {told}"
        assert re.search(sentence, said), sentence


def test_a_chosen_pair_of_regions_holds_the_data(
    lay_out: Callable[..., str], command: Command
) -> None:
    """A bucket in two regions that somebody chose fits, if one of them is the job's."""
    folder = lay_out(REPOSITORY / "generated" / "globex" / "ga4-sessions" / "prod")
    located = {"data_locations": ["EUROPE-WEST10", "EUROPE-WEST3"]}
    answer: dict[str, object] = {
        "location": "DE",
        "custom_placement_config": [located],
        "uniform_bucket_level_access": True,
    }
    _answer_otherwise(Path(folder, "pair.tftest.hcl"), "google_storage_bucket.data", answer)
    command(folder, "init", "-input=false")
    assert "Success! 1 passed" in command(folder, "test", "-no-color").stdout


REFUSED = {
    'data "aws_vpc" "a" {\n  id = "vpc-main"\n}': "aws_vpc: invalid id",
    'data "aws_subnet" "b" {\n  id = "subnet-1"\n}': "aws_subnet: invalid id",
    'data "aws_s3_bucket" "c" {\n  bucket = "Acme_Lake"\n}': "aws_s3_bucket: invalid bucket",
    'data "aws_s3_bucket" "d" {\n  bucket = "10.0.0.1"\n}': "aws_s3_bucket: invalid bucket",
    'data "aws_kms_key" "e" {\n  key_id = "main"\n}': "aws_kms_key: invalid key_id",
    'data "aws_secretsmanager_secret" "f" {\n'
    '  arn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:a-b1C2d3"\n}': (
        "aws_secretsmanager_secret: not found"
    ),
    'data "google_storage_bucket" "g" {\n  name = "goog-lake"\n}': (
        "google_storage_bucket: invalid name"
    ),
    'data "google_kms_crypto_key" "h" {\n  name     = "k"\n  key_ring = "ring"\n}': (
        "google_kms_crypto_key: invalid key_ring"
    ),
    'data "azurerm_storage_container" "i" {\n'
    '  name               = "Raw"\n  storage_account_id = "lake"\n}': (
        "azurerm_storage_container: invalid storage_account_id"
    ),
}


def test_stand_ins_refuse_what_is_no_name(tmp_path: Path, command: Command) -> None:
    """A make-believe cloud finds everything but what no such thing can be called."""
    providers = (
        'provider "aws" {\n  region = "us-east-1"\n}\n'
        'provider "google" {\n  project = "acme"\n}\n'
        'provider "azurerm" {\n  features {}\n}\n'
    )
    text = providers + "\n".join(REFUSED)
    (tmp_path / "main.tf").write_text(text, encoding="utf-8")
    command(tmp_path, "init", "-input=false")
    said = _plain(command(tmp_path, "plan", "-no-color", "-input=false", expect=1).stderr)
    for refusal in REFUSED.values():
        assert refusal in said
    good = text
    for wrong, right in (
        ("vpc-main", "vpc-0a1b2c3d"),
        ("subnet-1", "subnet-0a1b2c3d4e5f60718"),
        ("Acme_Lake", "acme-lake"),
        ("10.0.0.1", "acme.lake"),
        ('"main"', '"alias/main"'),
        ("secretsmanager:eu-west-1", "secretsmanager:us-east-1"),
        ("goog-lake", "acme-lake"),
        ('"ring"', '"projects/acme/locations/us/keyRings/ring"'),
        ('"Raw"', '"raw"'),
        ('"lake"', json.dumps(ACCOUNT_ID)),
    ):
        assert wrong in good
        good = good.replace(wrong, right)
    (tmp_path / "main.tf").write_text(good, encoding="utf-8")
    command(tmp_path, "plan", "-input=false")


def test_a_root_goes_on_without_its_data(tmp_path: Path, command: Command) -> None:
    """Switching the look-ups off, or the job's going, leaves nothing of them in the state, and
    changes no resource.
    """
    project = write_project(tmp_path, "aws")
    root = generate(project)
    command(root, "init", "-input=false")
    command(root, "apply", "-auto-approve", "-input=false")
    looked_up = [line for line in _state(root, command) if line.startswith("data.")]
    assert len(looked_up) == 2
    settings = "defaults: {infrastructure: {terraform: {verify_existing: false}}}\n"
    (project / "dativo.yaml").write_text(settings, encoding="utf-8")
    assert generate(project) == root
    assert not os.path.exists(root / "data.tf")
    ran = command(root, "plan", "-detailed-exitcode", "-input=false")
    assert "No changes" in ran.stdout
    command(root, "apply", "-auto-approve", "-input=false")
    assert [line for line in _state(root, command) if line.startswith("data.")] == []


def test_messages_hold_any_name_of_a_file(tmp_path: Path, command: Command) -> None:
    """A message names the job, however its file is called: nothing of that gets into it."""
    project = write_project(tmp_path, "aws")
    awkward = project / "jobs" / "acme" / 'or"d${var.x}r%{if true}\\s.yaml'
    text = (project / JOB).read_text(encoding="utf-8")
    awkward.write_text("name: orders\n" + text, encoding="utf-8")
    (project / JOB).unlink()
    root = generate(project)
    _answer_otherwise(root / "wrong.tftest.hcl", "aws_subnet.this", {"state": "gone"})
    command(root, "init", "-input=false")
    ran = command(root, "test", "-no-color", expect=1)
    said = _plain(ran.stdout + ran.stderr)
    assert "network.subnet_ids of the job orders." in said


def _state(root: Path, command: Command) -> list[str]:
    return command(root, "state", "list").stdout.splitlines()

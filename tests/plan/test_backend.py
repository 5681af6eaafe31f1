"""Backends: arguments, defaults, credentials, and which state they mean."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest

from generator.plan.backend import TYPES, address_of
from generator.plan.backend_types import BACKENDS
from tests.plan.conftest import Plans, job

FULL = {
    "s3": "bucket: acme-state, region: us-east-1",
    "gcs": "bucket: acme-state",
    "azurerm": "storage_account_name: acmestate, container_name: state",
    "local": "",
    "http": "address: 'https://example.com/state'",
    "remote": "organization: acme",
    "cloud": "organization: acme",
}


def _backend(kind: str, arguments: str = "") -> str:
    given = ", ".join(part for part in (f"type: {kind}", FULL[kind], arguments) if part)
    return f"terraform: {{backend: {{{given}}}}}"


@pytest.mark.parametrize(
    ("kind", "added", "address"),
    [
        (
            "s3",
            {
                "key": "dativo/acme/prod/etl/terraform.tfstate",
                "encrypt": True,
                "use_lockfile": True,
            },
            "s3://acme-state/dativo/acme/prod/etl/terraform.tfstate",
        ),
        (
            "gcs",
            {"prefix": "dativo/acme/prod/etl"},
            "gs://acme-state/dativo/acme/prod/etl/default.tfstate",
        ),
        (
            "azurerm",
            {"key": "dativo/acme/prod/etl/terraform.tfstate"},
            "azurerm://acmestate/state/dativo/acme/prod/etl/terraform.tfstate",
        ),
        (
            "local",
            {"path": "terraform.tfstate"},
            "local:generated/acme/etl/prod/terraform.tfstate",
        ),
        ("http", {}, "https://example.com/state"),
        (
            "remote",
            {"workspaces": {"name": "acme-prod-etl"}},
            "app.terraform.io/acme/acme-prod-etl",
        ),
        ("cloud", {"workspaces": {"name": "acme-prod-etl"}}, "app.terraform.io/acme/acme-prod-etl"),
    ],
)
def test_defaults(plans: Plans, kind: str, added: dict[str, Any], address: str) -> None:
    """Every backend has a state of the job's own without being told one."""
    backend = plans.plan(job(block=_backend(kind))).backend
    assert backend.type == kind
    assert {k: v for k, v in backend.arguments.items() if k in added} == added
    assert backend.address == address


def test_no_backend_is_a_warning(plans: Plans) -> None:
    """A state on somebody's machine is not what a team wants, but a first try may."""
    _, problems = plans.decided(job())
    found = {problem.code: problem for problem in problems}
    assert found["local-state"].severity == "warning"
    assert "defaults in dativo.yaml" in found["local-state"].hint


def test_dynamodb_instead_of_a_lock_file(plans: Plans) -> None:
    """An old lock table is accepted, alone or beside the lock file."""
    alone = plans.plan(job(block=_backend("s3", "dynamodb_table: locks")))
    assert "use_lockfile" not in alone.backend.arguments
    assert alone.required_version == ">= 1.9"
    both = plans.plan(job(block=_backend("s3", "dynamodb_table: locks, use_lockfile: true")))
    assert both.backend.arguments["use_lockfile"] is True
    assert both.required_version == ">= 1.10"


def test_null_is_no_argument(plans: Plans) -> None:
    """A null leaves the default in place."""
    arguments = plans.plan(
        job(block=_backend("s3", "key: , acl: , dynamodb_table: "))
    ).backend.arguments
    assert arguments["key"] == "dativo/acme/prod/etl/terraform.tfstate"
    assert arguments["use_lockfile"] is True
    assert "acl" not in arguments


def test_text_stays_text_and_types_are_types(plans: Plans) -> None:
    """A key that looks like a number is a key; booleans and numbers are literals."""
    block = _backend("s3", "key: 1.10, encrypt: 'false', max_retries: 3, kms_key_id: 0123")
    arguments = plans.plan(job(block=block)).backend.arguments
    assert arguments["key"] == "1.10"
    assert arguments["kms_key_id"] == "0123"
    assert arguments["encrypt"] is False
    assert arguments["max_retries"] == 3


def test_variables_are_filled_in(plans: Plans) -> None:
    """Facts and values may stand in any argument; every argument is a literal in the end."""
    block = _backend("s3", "key: '${TENANT_ID}/${PLACE}/$${LITERAL}.tfstate'")
    plan = plans.plan(job(block=block), "values: {PLACE: here}")
    assert plan.backend.arguments["key"] == "acme/here/${LITERAL}.tfstate"


@pytest.mark.parametrize("kind", [kind for kind in TYPES if BACKENDS[kind].secret])
def test_credentials_are_refused(plans: Plans, kind: str) -> None:
    """They would be committed; whoever applies has them in the environment."""
    for name in sorted(BACKENDS[kind].secret):
        (told,) = plans.told(job(block=_backend(kind, f"{name}: hidden")))
        assert told.startswith("10:")
        assert f'credential: "{name}" is a credential and would be committed' in told
        assert "hidden" not in told


@pytest.mark.parametrize(
    ("block", "told"),
    [
        ("terraform: {backend: {}}", "10:15: missing-key"),
        ("terraform: {backend: {type: s4}}", '10:31: invalid-value: there is no backend "s4"'),
        ("terraform: {backend: {type: [s3]}}", "10:31: invalid-value"),
        ("terraform: {backend: s3}", "10:24: invalid-value"),
        ("terraform: {backend: {type: s3}}", '10:15: missing-key: the s3 backend needs "bucket"'),
        (_backend("s3", "buckett: x"), "10:74: unknown-key"),
        (_backend("s3", "key: '${NOBODY}/x'"), "10:79: undefined-variable: ${NOBODY} is not"),
        (_backend("s3", "endpoints: {s3: '${NOBODY}'}"), "10:90: undefined-variable"),
        (_backend("s3", "key: ../x"), '10:79: invalid-value: "key" must be a plain path'),
        (_backend("s3", "key: /x"), '10:79: invalid-value: "key" must not start or end with /'),
        (_backend("s3", "key: 'env:/x'"), '10:79: invalid-value: "key" must not start with "env:"'),
        (_backend("s3", "key: ''"), "10:79: invalid-value"),
        (_backend("s3", 'key: "a\\nb"'), "10:79: invalid-value"),
        (_backend("s3", "key: [x]"), '10:79: invalid-value: "key" must be text or a number'),
        (_backend("s3", "encrypt: maybe"), '10:83: invalid-value: "encrypt" must be true or false'),
        (
            _backend("s3", "max_retries: many"),
            '10:87: invalid-value: "max_retries" must be a whole',
        ),
        (_backend("s3", "allowed_account_ids: 1"), "10:95: invalid-value"),
        (_backend("s3", "assume_role: x"), "10:87: invalid-value"),
        (
            _backend("s3", "assume_role_with_web_identity: {web_identity_token: x}"),
            "10:126: credential",
        ),
        ("terraform: {backend: {type: s3, region: x, bucket: UPPER}}", "10:54: invalid-value"),
        ("terraform: {backend: {type: http, address: ftp://x}}", "10:46: invalid-value"),
        ("terraform: {backend: {type: http, address: 'https://a:b@c'}}", "10:46: credential"),
        (_backend("cloud", "workspaces: {prefix: x}"), "10:71: unknown-key"),
        (_backend("cloud", "workspaces: {tags: [x]}"), "10:71: unknown-key"),
        (_backend("remote", "workspaces: {project: x}"), "10:72: unknown-key"),
        (_backend("remote", "workspaces: {name: 'a b'}"), "10:78: invalid-value"),
        (_backend("local", "path: ../../x"), "10:44: invalid-value"),
    ],
)
def test_faults_are_told_at_their_place(plans: Plans, block: str, told: str) -> None:
    """Line, column, and what would be right."""
    assert plans.told(job(block=block))[0].startswith(told)


def test_long_names_have_a_workspace(plans: Plans) -> None:
    """HCP Terraform's names end at 90 characters: what is cut has a hash of the whole."""
    long = {"tenant_id": "t" * 40, "environment": "e" * 32, "name": "n" * 80}
    names = set()
    for last in "ab":
        text = job(block=_backend("cloud")).replace(
            "tenant_id: acme\nenvironment: prod\n",
            "".join(f"{k}: {v[:-1]}{last}\n" for k, v in long.items()),
        )
        workspaces = plans.plan(text).backend.arguments["workspaces"]
        assert isinstance(workspaces, dict)
        name = str(workspaces["name"])
        assert len(name) == 90
        names.add(name)
    assert len(names) == 2


@pytest.mark.parametrize(
    ("kind", "one", "other", "same"),
    [
        ("s3", {"bucket": "b", "key": "/a/b"}, {"bucket": "b", "key": "a/b"}, True),
        ("s3", {"bucket": "b", "key": "a"}, {"bucket": "b", "key": "A"}, False),
        (
            "s3",
            {"bucket": "b", "key": "a", "endpoints": {"s3": "https://minio:443"}},
            {"bucket": "b", "key": "a", "endpoint": "https://MINIO/"},
            True,
        ),
        (
            "s3",
            {"bucket": "b", "key": "a"},
            {"bucket": "b", "key": "a", "endpoints": {"s3": "https://minio"}},
            False,
        ),
        ("gcs", {"bucket": "b", "prefix": "/a//b/"}, {"bucket": "b", "prefix": "a/b"}, True),
        ("gcs", {"bucket": "b"}, {"bucket": "b", "prefix": ""}, True),
        ("gcs", {"bucket": "b", "prefix": "a"}, {"bucket": "b", "prefix": "a/default"}, False),
        (
            "azurerm",
            {"storage_account_name": "A", "container_name": "c", "key": "k"},
            {"storage_account_name": "a", "container_name": "c", "key": "k"},
            True,
        ),
        ("local", {"path": "./x/../terraform.tfstate"}, {}, True),
        ("local", {"path": "/abs/x"}, {"path": "abs/x"}, False),
        ("http", {"address": "HTTPS://E.com:443/s"}, {"address": "https://e.com/s"}, True),
        ("http", {"address": "https://e.com/s"}, {"address": "https://e.com/S"}, False),
        (
            "remote",
            {"organization": "o", "workspaces": {"name": "w"}},
            {"organization": "o", "hostname": "App.terraform.io", "workspaces": {"name": "w"}},
            True,
        ),
    ],
)
def test_addresses(kind: str, one: dict[str, Any], other: dict[str, Any], same: bool) -> None:
    """One state has one address however it is written, and two states have two."""
    found = [address_of(kind, arguments, "infra/net") for arguments in (one, other)]
    assert None not in found
    assert (found[0] == found[1]) is same


@pytest.mark.parametrize(
    ("kind", "arguments"),
    [("s3", {}), ("s3", {"bucket": "b"}), ("azurerm", {"key": "k"}), ("http", {}), ("pg", {})]
    + [
        ("remote", {"organization": "o"}),
        ("http", {"address": 7}),
        ("s3", {"bucket": 1, "key": 2}),
    ],
)
def test_partial_configuration_has_no_address(kind: str, arguments: dict[str, Any]) -> None:
    """What a hand-written backend leaves to the command line cannot be compared."""
    assert address_of(kind, arguments, "infra") is None


@pytest.mark.terraform
@pytest.mark.parametrize("kind", [kind for kind in TYPES if kind != "cloud"])
def test_terraform_knows_every_argument(kind: str, tmp_path: Path) -> None:
    """Each row of the table is what Terraform itself takes; its init refuses all else."""
    row = BACKENDS[kind]
    names = [*row.required, *row.optional, *row.secret]
    lines = [f"    {name} = null" for name in names if name != "workspaces"]
    lines += ["    nonsense = null"]
    text = f'terraform {{\n  backend "{kind}" {{\n' + "\n".join(lines) + "\n  }\n}\n"
    (tmp_path / "backend.tf").write_text(text)
    ran = subprocess.run(
        ["terraform", "init", "-no-color", "-input=false"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    refused = [line for line in ran.stderr.splitlines() if "is not expected here" in line]
    assert refused == ['An argument named "nonsense" is not expected here.']

"""Credentials in a job or in dativo.yaml are told where they stand, and never repeated."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from generator import validate
from generator.cli import main
from generator.errors import InputError, Problem
from tests.plan.promises import Block, at, job, merged

JOB = "jobs/acme/orders.yaml"
Told = Callable[..., list[Problem]]
KEY = "AKIA" + "Q3EGRI5JZ7XK2MNB"
PEM = "-----BEGIN RSA PRIVATE KEY-----\nMIIEow\n-----END RSA PRIVATE KEY-----\n"
CERTAIN = [
    KEY,
    f"aws:{KEY}",
    PEM,
    "LS0tLS1CRUdJTiBSU0EgUFJJVkFURSBLRVktLS0tLQo=",
    "ghp_" + "a1B2" * 9,
    "glpat-" + "a1B2c3D4e5F6g7H8i9J0",
    "xoxb-" + "123456789012-abcdef",
    "sk_live_" + "a1B2c3D4e5F6g7H8",
    "AIza" + "Sy" * 17 + "a",
    "GOCSPX-" + "a1B2c3D4e5F6g7H8i9J0",
    "dapi" + "0123456789abcdef" * 2,
    "hvs." + "CAESIJ1a2b3c4d5e6f7g8h9i",
    "npm_" + "a1B2c3D4e5F6" * 3,
    "SG." + "a1B2c3D4e5F6g7H8." + "a1B2c3D4e5F6g7H8",
    "sk-proj-" + "a1B2c3D4" * 5,
    "postgres://etl:hunter2@db.acme.example/orders",
    "redis://:hunter2@cache.acme.example:6379",
    "Endpoint=sb://x.example/;SharedAccessKeyName=k;SharedAccessKey=" + "a1B2" * 11,
    "DefaultEndpointsProtocol=https;AccountName=a;AccountKey=" + "a1B2" * 22,
    "https://a.blob.core.windows.net/c?sv=2024&sig=" + "a1B2" * 11,
]
# Where a value may stand, below ``infrastructure``.
PLACES: dict[str, Callable[[str], Block]] = {
    "runtime.environment.SOURCE": lambda text: at("runtime.environment.SOURCE", text),
    "runtime.args[1]": lambda text: at("runtime.args", ["--source", text]),
    "runtime.command[2]": lambda text: at("runtime.command", ["sh", "-c", f"run {text}"]),
    "terraform.variables.extra.list[0]": lambda text: at("terraform.variables.extra.list", [text]),
    "kubernetes.annotations.about": lambda text: at("kubernetes.annotations.about", text),
    "monitoring.alerts.channels[0]": lambda text: at("monitoring.alerts.channels", [text]),
}


@pytest.fixture
def told(tmp_path: Path) -> Told:
    """What is told of credentials in a project with one job, and dativo.yaml if given."""
    (tmp_path / JOB).parent.mkdir(parents=True)

    def call(
        infrastructure: Block | None = None, *, settings: Any = None, **more: Any
    ) -> list[Problem]:
        text = {
            "tenant_id": "acme",
            "environment": "prod",
            "infrastructure": merged(job("gcp", "cloud_run_job"), infrastructure or {}),
            **more,
        }
        (tmp_path / JOB).write_text(json.dumps(text), encoding="utf-8")
        (tmp_path / "dativo.yaml").write_text(json.dumps(settings or {}), encoding="utf-8")
        try:
            problems = validate(os.fspath(tmp_path))
        except InputError as error:
            problems = error.problems
        return list(dict.fromkeys(p for p in problems if p.code.endswith("credential")))

    return call


@pytest.mark.parametrize("text", CERTAIN)
def test_what_is_certain_is_an_error(told: Told, text: str) -> None:
    """Its place is told, and what it seems to be, and where it belongs; not the value."""
    (problem,) = told(at("runtime.environment.SOURCE", text))
    assert (problem.code, problem.severity) == ("credential", "error")
    assert problem.location is not None
    path = ("infrastructure", "runtime", "environment", "SOURCE")
    assert (problem.location.file, problem.location.path) == (JOB, path)
    assert "runtime.secrets" in problem.hint
    assert text not in problem.message + problem.hint


@pytest.mark.parametrize("location", PLACES)
def test_wherever_it_stands(told: Told, location: str) -> None:
    """In every field that ends in a root or in a plan; one value is one error."""
    (problem,) = told(PLACES[location](KEY))
    assert problem.severity == "error" and f'"{location}"' in problem.message


@pytest.mark.parametrize(
    "infrastructure",
    [
        at("runtime.environment.DB_PASSWORD", "hunter2"),
        at("runtime.environment.apiKey", "5f3a9c"),
        at("runtime.environment.dbpassword", "1234"),
        at("runtime.environment.CLIENT_SECRET_2", "5f3a9c"),
        at("runtime.environment.DSN", "Server=db;Database=orders;Uid=etl;Pwd=hunter2;"),
        at("runtime.environment.URL", "https://api.acme.example/v1?token=5f3a9c"),
        at("terraform.variables.database", {"user": "etl", "password": "hunter2"}),
        at("terraform.variables.tokens.auth_token", ["5f3a9c"]),
        at("kubernetes.annotations", {"acme.example/api-key": "5f3a9c"}),
        at("kubernetes.cluster.exec.env.ACME_TOKEN", "5f3a9c"),
        at("runtime.args", ["--password", "hunter2"]),
        at("runtime.args", ["--db-password=hunter2"]),
        at("runtime.args", ["PASSWORD=hunter2", "run"]),
        at("runtime.args", "--token=5f3a9c"),
        at("runtime.command", ["sh", "-c", "export API_TOKEN=5f3a9c && run"]),
    ],
    ids=str,
)
def test_what_is_likely_is_a_warning(told: Told, infrastructure: Block) -> None:
    """A name that says so beside a value that is written out."""
    (problem,) = told(infrastructure)
    assert (problem.code, problem.severity) == ("likely-credential", "warning")
    assert "runtime.secrets" in problem.hint
    assert not {"hunter2", "5f3a9c"} & set((problem.message + problem.hint).split())


@pytest.mark.parametrize(
    "infrastructure",
    [
        at("runtime.environment", {"TOKEN_URL": "https://login.example/token", "MAX_TOKENS": 512}),
        at("runtime.environment", {"DB_PASSWORD_FILE": "/run/secrets/db", "DB_PASSWORD": ""}),
        at("runtime.environment", {"DB_PASSWORD": "/run/secrets/db"}),
        at("runtime.environment", {"SECRET_NAME": "orders", "TOKENIZER": "bpe"}),
        at("runtime.environment", {"DB_SECRET": "arn:aws:secretsmanager:eu-west-1:1:secret:x"}),
        at("runtime.environment", {"DB_TOKEN": "projects/acme/secrets/token"}),
        at("runtime.environment", {"DB_PASSWORD": "vault:secret/data/orders#password"}),
        at("runtime.environment", {"DB_PASSWORD": "https://v.vault.azure.net/secrets/db"}),
        at("runtime.environment", {"DB_PASSWORD": "$${DB_PASSWORD}", "USE_TOKEN": "true"}),
        at("runtime.environment", {"URL": "postgres://etl:$${DB_PASSWORD}@db.acme.example/orders"}),
        at("runtime.environment", {"CA": "-----BEGIN CERTIFICATE-----\nMIIB\n"}),
        at("runtime.args", ["--token", "$(TOKEN)", "--password", "--verbose"]),
        at("runtime.args", ["--password=${DB_PASSWORD}", "--tokens=5"]),
        at("runtime.command", ["sh", "-c", 'psql "password=$DB_PASSWORD" -c "select 1"']),
        at("terraform.variables", {"ssh_key_name": "etl", "secret_id": "orders", "pwd_policy": 1}),
    ],
    ids=str,
)
def test_what_is_none(told: Told, infrastructure: Block) -> None:
    """What says where a secret is, or that it comes later, is left alone."""
    assert told(infrastructure) == []


def test_aws_secret_key_by_its_name(told: Told) -> None:
    """Forty characters are a digest as well; the name beside them decides."""
    text = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYzzzzzzzKEY"
    (problem,) = told(at("runtime.environment.AWS_SECRET_ACCESS_KEY", text))
    assert (problem.severity, problem.code) == ("error", "credential")
    assert told(at("runtime.environment.GIT_COMMIT", text)) == []


def test_defaults_and_values_of_dativo_yaml(told: Told) -> None:
    """In defaults for nobody as well, and in what ${NAME} stands for; a tag is told as a tag."""
    for settings, path in (
        (at("defaults.infrastructure.runtime.environment.A", KEY), "environment.A"),
        (at("defaults.tenants.globex.infrastructure.runtime.args", ["-x", KEY]), "args[1]"),
        (at("defaults.clouds.aws.infrastructure.terraform.variables.x", KEY), "variables.x"),
        (at("values.KEY", KEY), "values.KEY"),
    ):
        (problem,) = told(settings=settings)
        assert problem.severity == "error" and f'{path}"' in problem.message
        assert problem.location is not None and problem.location.file == "dativo.yaml"
    assert told(settings=at("defaults.infrastructure.tags.desk", KEY)) == []
    (problem,) = told(settings=at("defaults.infrastructure.runtime.environment.PWD", "hunter2"))
    assert problem.location is not None
    assert (problem.severity, problem.location.file) == ("warning", "dativo.yaml")
    (problem,) = told(settings=at("values.DB_PASSWORD", "hunter2"))
    assert (problem.severity, "values.DB_PASSWORD" in problem.message) == ("warning", True)


def test_what_is_overridden_is_committed_too(told: Told) -> None:
    """The layer that holds it is told, though another one wins."""
    (problem,) = told(
        at("runtime.environment.SOURCE", KEY),
        environments={"prod": {"infrastructure": at("runtime.environment.SOURCE", "s3://x")}},
    )
    assert problem.location is not None
    assert problem.location.path == ("infrastructure", "runtime", "environment", "SOURCE")


def test_backends_and_secrets_tell_of_their_own(told: Told) -> None:
    """One mistake is one message: what refuses a value already is not repeated."""
    assert told(at("runtime.secrets.TOKEN", KEY)) == []
    assert told(at("terraform.backend", {"type": "s3", "bucket": KEY, "region": "x"})) == []


@pytest.mark.parametrize("form", ["text", "json", "github", "sarif"])
@pytest.mark.parametrize(("name", "value"), [("SOURCE", KEY), ("DB_PASSWORD", "hunter2")])
def test_no_format_repeats_it(
    form: str, name: str, value: str, tmp_path: Path, told: Told, capsys: pytest.CaptureFixture[str]
) -> None:
    """A log of the run has more readers than the file."""
    told(at(f"runtime.environment.{name}", value))
    main(["validate", "--project", os.fspath(tmp_path), "--format", form])
    out, err = capsys.readouterr()
    assert name in out + err and value not in out + err

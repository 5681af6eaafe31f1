"""``dativo rehearse --real``: what it refuses, what it passes on, and where providers come from."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.cli import main
from generator.errors import UsageError
from generator.rehearsal import endpoint, provider_source
from generator.rehearsal.binary import Terraform
from generator.rehearsal.real import rehearse_on_real

URL = "http://127.0.0.1:5000"
AWS = "registry.terraform.io/hashicorp/aws"
# Tells what it was started with, and cannot initialise anything.
RECORDER = """#!/bin/sh
[ "$1" = version ] && echo "Terraform v1.11.4" && exit 0
env > "{folder}/environment"
cat "$TF_CLI_CONFIG_FILE" > "{folder}/config"
echo "Error: no provider" >&2
exit 1
"""


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--real",), "--real needs --endpoint URL"),
        (("--endpoint", URL), "--endpoint is for --real"),
        (("--real", "--endpoint", "127.0.0.1:5000"), "expected http://HOST:PORT"),
        (("--real", "--endpoint", "http://a:b@host"), "expected http://HOST:PORT"),
        (
            ("--real", "--endpoint", "https://sts.us-east-1.amazonaws.com"),
            "that is a cloud itself",
        ),
        (("--real", "--endpoint", "https://Run.Googleapis.com."), "that is a cloud itself"),
        (("--real", "--endpoint", "https://acme.cloud.databricks.com"), "that is a cloud itself"),
    ],
)
def test_refused(
    options: tuple[str, ...], told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without a server of the user's nothing is run at all."""
    (tmp_path / "dativo.yaml").write_text("{}\n", encoding="utf-8")
    root = tmp_path / "root"
    root.mkdir()
    assert main(["rehearse", "--project", str(tmp_path), str(root), *options]) == 1
    assert told in capsys.readouterr().err


def test_what_a_cloud_is_no_name_of() -> None:
    """Only the ends of names are compared, and a slash at the end does not matter."""
    assert endpoint.checked("http://amazonaws.com.local:4566/") == "http://amazonaws.com.local:4566"
    with pytest.raises(UsageError):
        endpoint.checked("https://amazonaws.com")


@pytest.mark.parametrize(
    ("selected", "text", "reason"),
    [
        ([AWS], 'provider "aws" {}', None),
        ([AWS, "registry.terraform.io/hashicorp/time"], 'provider "aws" {}', None),
        ([AWS], 'provider "aws" {\n  alias = "west"\n}', "with the alias west would lead"),
        (["registry.terraform.io/hashicorp/azurerm"], "", "azurerm takes its endpoints"),
        (["registry.terraform.io/hashicorp/google"], "", "an endpoint for each of Google's APIs"),
        (["registry.terraform.io/hashicorp/kubernetes"], "", "configured from a cluster"),
        (["registry.opentofu.org/acme/http"], "", "it is not known how http is led"),
    ],
)
def test_what_cannot_be_led(
    selected: list[str], text: str, reason: str | None, tmp_path: Path
) -> None:
    """A provider that would ask anybody else stops the rehearsal, with the reason."""
    (tmp_path / "main.tf").write_text(text, encoding="utf-8")
    found = list(endpoint.refusals(selected, str(tmp_path)))
    assert (found == []) if reason is None else (len(found) == 1 and reason in found[0])


def test_provider_blocks_are_overridden(tmp_path: Path) -> None:
    """What a root says of accounts and profiles does not hold; what it lacks is not made."""
    (tmp_path / "main.tf").write_text('provider "aws" {\n  profile = "prod"\n}', encoding="utf-8")
    text = endpoint.override(str(tmp_path), URL)
    assert "profile = null" in text and 'access_key = "rehearsal"' in text
    assert 'provider "databricks"' not in text
    (tmp_path / "main.tf").write_text('provider "databricks" {}', encoding="utf-8")
    assert f'host = "{URL}"' in endpoint.override(str(tmp_path), URL)


def test_providers_see_nothing_of_the_caller(
    make_root: Callable[..., str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No variable that signs in anywhere, no home with credentials, no CLI configuration."""
    secret = "caller-secret"
    for name in ("AWS_SECRET_ACCESS_KEY", "GOOGLE_CREDENTIALS", "ARM_CLIENT_SECRET", "TF_TOKEN_x"):
        monkeypatch.setenv(name, secret)
    monkeypatch.setenv("DATABRICKS_TOKEN", secret)
    monkeypatch.setenv("TF_CLI_CONFIG_FILE", "/home/caller/.terraformrc")
    program = tmp_path / "terraform"
    program.write_text(RECORDER.format(folder=tmp_path), encoding="utf-8")
    program.chmod(0o755)
    report = rehearse_on_real(
        make_root("aws", "locals {}"), URL, terraform=Terraform(str(program), "the test")
    )
    assert [step.name for step in report.steps] == ["copy", "init"] and not report.ok
    seen = dict(
        line.split("=", 1)
        for line in (tmp_path / "environment").read_text(encoding="utf-8").splitlines()
        if "=" in line
    )
    assert secret not in seen.values()
    assert seen["HOME"] != os.environ["HOME"] and not Path(seen["HOME"]).exists()
    assert "/home/caller" not in seen["TF_CLI_CONFIG_FILE"]


def test_mirror_that_is_named(tmp_path: Path) -> None:
    """The one folder that the variable names, packed or not; versions are compared as numbers."""
    for version in ("5.9.0", "5.100.0"):
        (tmp_path / AWS / version / "linux_amd64").mkdir(parents=True)
    environment = {provider_source.VARIABLE: str(tmp_path), "HOME": str(tmp_path)}
    assert provider_source.mirrors(environment) == [str(tmp_path)]
    assert provider_source.newest(str(tmp_path), "hashicorp/aws") == "5.100.0"
    (tmp_path / AWS / "terraform-provider-aws_6.2.0_linux_amd64.zip").touch()
    assert provider_source.newest(str(tmp_path), "hashicorp/aws") == "6.2.0"
    assert provider_source.newest(str(tmp_path), "hashicorp/google") is None
    assert "direct" not in provider_source.cli_config([str(tmp_path)], registry=False)


def test_folders_that_terraform_looks_into_by_itself(tmp_path: Path) -> None:
    """What they have is not asked of the registry; all else is."""
    plugins = tmp_path / ".terraform.d" / "plugins"
    (plugins / AWS / "5.0.0" / "linux_amd64").mkdir(parents=True)
    found = provider_source.mirrors({"HOME": str(tmp_path), "XDG_DATA_DIRS": str(tmp_path)})
    assert found == [str(plugins)]
    text = provider_source.cli_config(found, registry=True)
    assert f'path = "{plugins}"' in text and f'exclude = ["{AWS}"]' in text
    assert provider_source.mirrors({"HOME": str(tmp_path / "none")}) == []

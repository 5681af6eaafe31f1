"""``dativo rehearse --real`` on roots of the example jobs, with moto's server in place of AWS."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from generator.cli import main
from tests.real.aws import AwsProject, moto
from tests.real.conftest import Command, RealProviders

pytestmark = [pytest.mark.real_provider, pytest.mark.xdist_group("real rehearse")]

ROOT = Path("acme", "stripe-customers", "prod")
Rehearsed = tuple[int, dict[str, Any]]


@pytest.fixture(scope="module")
def acme(
    real_providers: RealProviders,
    real_terraform: Command,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[AwsProject]:
    """A project with one job on AWS, whose cloud has what it names."""
    version = real_providers.version("hashicorp/aws")
    with moto("123456789012") as server:
        made = AwsProject(tmp_path_factory.mktemp("acme"), server, real_terraform, version)
        made.add("acme/stripe-customers.yaml")
        made.generate()
        yield made


def rehearsed(project: AwsProject, capsys: pytest.CaptureFixture[str]) -> Rehearsed:
    """The exit code, and the report of the one root."""
    folder = project.folder / "generated" / ROOT
    command = ["rehearse", "--project", str(project.folder), str(folder), "--format", "json"]
    capsys.readouterr()
    code = main([*command, "--real", "--endpoint", project.server.url])
    (report,) = json.loads(capsys.readouterr().out)
    return code, report


@pytest.mark.deep
def test_root_goes_through(
    acme: AwsProject, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Planned, applied, planned again with nothing to do, tagged, destroyed, as if nobody had
    signed in.
    """
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_PROFILE", "of-the-caller")
    code, report = rehearsed(acme, capsys)
    assert code == 0, [step for step in report["steps"] if step["diagnostics"]]
    names = [step["name"] for step in report["steps"]]
    assert names == [
        *("copy", "init", "providers", "validate", "plan", "apply", "read", "second plan"),
        "destroy",
    ]
    assert report["resources"] and not any(one["missing"] for one in report["resources"])
    assert not (acme.folder / "generated" / ROOT / "terraform.tfstate").exists()


@pytest.mark.deep
def test_what_is_not_there(acme: AwsProject, capsys: pytest.CaptureFixture[str]) -> None:
    """The provider's own refusal is told, and nothing is made."""
    acme.put("acme/stripe-customers.yaml", r"data_bucket: acme-data-lake\b", "data_bucket: gone-it")
    acme.generate()
    code, report = rehearsed(acme, capsys)
    assert code == 1 and report["steps"][-1]["name"] == "plan"
    assert "gone-it" in json.dumps(report["steps"][-1])


@pytest.mark.deep
def test_server_that_is_gone(acme: AwsProject, capsys: pytest.CaptureFixture[str]) -> None:
    """Nobody else is asked where the server does not answer."""
    folder = acme.folder / "generated" / ROOT
    command = ["rehearse", "--project", str(acme.folder), str(folder), "--real"]
    assert main([*command, "--endpoint", "http://127.0.0.1:9"]) == 1
    assert "127.0.0.1:9" in capsys.readouterr().out

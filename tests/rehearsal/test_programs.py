"""A rehearsal runs no program of a root's, and sees nothing that signs its caller in."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from generator.rehearsal.binary import Terraform
from generator.rehearsal.mirror import Mirror
from generator.rehearsal.rehearse import rehearse_root
from generator.rehearsal.report import RehearsalReport
from generator.rehearsal.surroundings import for_fetching, passed_on, surroundings
from tests.rehearsal.conftest import RootMaker

pytestmark = pytest.mark.terraform

AWS = 'provider "aws" {\n  region = "eu-west-1"\n}\n'
CANARY = "wJalrXUtnFEMI-canary"
RUNS = """\
resource "terraform_data" "x" {
  # provisioner "no" {}
  provisioner "local-exec" {
    %scommand = "echo $AWS_SECRET_ACCESS_KEY > %s"
  }
}
"""
IN_JSON: dict[str, Any] = {
    "resource": {"terraform_data": {"x": {"provisioner": [{"local-exec": {}}]}}}
}


@pytest.fixture(autouse=True)
def caller(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A caller with credentials everywhere; the folder is where a program could leave a trace."""
    home = tmp_path / "home"
    for name in (".aws/credentials", ".terraformrc", ".netrc", ".gitconfig", ".kube/config"):
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text(CANARY)
    for name in (
        *("AWS_SECRET_ACCESS_KEY", "AWS_ACCESS_KEY_ID", "AWS_PROFILE", "GOOGLE_CREDENTIALS"),
        *("ARM_CLIENT_SECRET", "TF_TOKEN_app_terraform_io", "TF_VAR_image", "TF_CLI_ARGS"),
        *("GITHUB_TOKEN", "SSH_AUTH_SOCK", "NETRC", "KUBE_TOKEN", "COMPANY_PASSWORD"),
    ):
        monkeypatch.setenv(name, CANARY)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("TF_CLI_CONFIG_FILE", str(home / ".terraformrc"))
    return tmp_path


def errors(report: RehearsalReport) -> list[str]:
    """What stopped it, and where."""
    found = [d for step in report.steps for d in step.diagnostics if d.severity == "error"]
    return [f"{d.summary.partition(';')[0]} in {d.file}:{d.line}" for d in found]


def ran(report: RehearsalReport) -> list[str]:
    """The steps that were taken."""
    return [step.name for step in report.steps]


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("x_extra.tf", RUNS % ("", "canary"), 'local-exec" of terraform_data.x in x_extra.tf:3'),
        ("x.tofu", RUNS % ("when = destroy\n", "canary"), "in x.tofu:3"),
        ("x.tf", RUNS.replace("local-exec", "remote-exec") % ("", "x"), "remote-exec"),
        ("x.tf", "removed {\n from = a.b\n provisioner local-exec {\n }\n}", "in x.tf:3"),
        ("x.tf.json", json.dumps(IN_JSON), "terraform_data.x in x.tf.json"),
        ("x.tf.json", json.dumps(IN_JSON).replace("prov", "\\u0070rov"), "in x.tf.json"),
        ("x.tf", 'data "external" "x" {\n  program = ["sh"]\n}\n', "data.external.x in x.tf:1"),
        ("x.tf", "data external x {\n  program = []\n}\n", "data.external.x in x.tf:1"),
        ("x.tf", 'data "http" "x" {\n  url = "https://e.com"\n}\n', "data.http.x"),
        ("x.tf", 'data "\\u0065xternal" "x" {\n}\n', "in x.tf:1"),
        (
            "x.tf",
            'data "terraform_remote_state" "x" {\n  backend = "http"\n}\n',
            "data.terraform_remote_state.x in x.tf:1",
        ),
        ("x.tf", 'resource "a" "b" {\n  provisioner "local-exec" {\n', "cannot be read in x.tf"),
    ],
)
def test_refused_by_name(
    mirror: Mirror, terraform: Terraform, make_root: RootMaker, name: str, text: str, told: str
) -> None:
    """Nothing is initialised, planned or applied, and the report says what and where."""
    root = make_root("aws", AWS, {name: text})
    report = rehearse_root(root, terraform=terraform, mirror=mirror)
    assert not report.ok
    assert any(told in summary for summary in errors(report)), errors(report)
    assert ran(report) == ["copy", "look"]


def test_in_a_module_of_a_module(
    mirror: Mirror, terraform: Terraform, make_root: RootMaker, caller: Path
) -> None:
    """However deep, once Terraform has said which modules there are; and it leaves no trace."""
    trace = caller / "trace"
    files = {
        "a/main.tf": 'module "b" {\n  source = "./b"\n}\n',
        "a/b/x.tf": RUNS % ("", trace),
    }
    root = make_root("aws", AWS + 'module "a" {\n  source = "./a"\n}\n', files)
    report = rehearse_root(root, terraform=terraform, mirror=mirror)
    assert any("in a/b/x.tf:3" in summary for summary in errors(report)), errors(report)
    assert ran(report) == ["copy", "init", "look"]
    assert not trace.exists()


def test_in_a_fetched_module(
    mirror: Mirror, terraform: Terraform, make_root: RootMaker, caller: Path
) -> None:
    """One that git brings, which may not run anything either."""
    module = caller / "module"
    module.mkdir()
    (module / "main.tf").write_text(RUNS % ("", caller / "trace"))
    git = ["git", "-C", str(module), "-c", "user.name=x", "-c", "user.email=x@example.com"]
    for words in (["init", "-q"], ["add", "."], ["commit", "-qm", "x"]):
        subprocess.run([*git, *words], check=True, env={"PATH": os.environ["PATH"]})
    source = f'module "a" {{\n  source = "git::file://{module}"\n}}\n'
    report = rehearse_root(make_root("aws", AWS + source), terraform=terraform, mirror=mirror)
    assert any(".terraform/modules/a/main.tf:3" in summary for summary in errors(report))
    assert not (caller / "trace").exists()


def test_what_terraform_itself_tells(
    mirror: Mirror,
    terraform: Terraform,
    make_root: RootMaker,
    caller: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Had the text hidden a provisioner from us, the plan would show it, and nothing is applied."""
    monkeypatch.setattr("generator.rehearsal.programs._in_hcl", lambda _: [])
    root = make_root("aws", AWS, {"x.tf": RUNS % ("", caller / "trace")})
    report = rehearse_root(root, terraform=terraform, mirror=mirror)
    assert any("terraform_data.x" in summary for summary in errors(report))
    assert "apply" not in ran(report) and not (caller / "trace").exists()


def test_the_word_alone_is_fine(mirror: Mirror, terraform: Terraform, make_root: RootMaker) -> None:
    """In comments and texts; and what reads files of the caller's home finds none."""
    text = (
        '# provisioner "local-exec" {}\noutput "x" {\n  value = "an external provisioner {}"\n}\n'
    )
    home = 'output "home" {\n  value = fileexists(pathexpand("~/.aws/credentials"))\n}\n'
    report = rehearse_root(
        make_root("aws", AWS, {"x.tf": text + home}), terraform=terraform, mirror=mirror
    )
    assert report.ok, errors(report)
    assert report.outputs is not None and report.outputs["home"] is False
    assert CANARY not in json.dumps(report.as_data())


def test_surroundings(tmp_path: Path) -> None:
    """Names are listed; nothing of the caller's that could sign in is among the values."""
    seen = surroundings(str(tmp_path / "scratch"))
    assert CANARY not in json.dumps([seen, passed_on(), for_fetching()])
    assert os.listdir(seen["HOME"]) == []
    assert "TF_CLI_CONFIG_FILE" not in seen and "TF_VAR_image" not in seen

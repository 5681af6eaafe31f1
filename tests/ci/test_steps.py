"""As whom the steps of a pipeline run Terraform, told by a program in its place."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.steps import outcomes
from tests.repository import SETTINGS, Repository

ROOT = "generated/acme/orders/prod"
PROVIDER = "projects/1/locations/global/workloadIdentityPools/ci/providers/ci"
CI = f"""\
ci:
  resolve: true
  logins:
    gcp:
      provider: {PROVIDER}
      plan_account: plan@acme-data.iam.gserviceaccount.com
      apply_account: apply@acme-data.iam.gserviceaccount.com
"""
# Says before each command as whom it was run.
TERRAFORM = """\
#!/bin/sh
account="$(grep -o 'serviceAccounts/[a-z]*' "$GOOGLE_APPLICATION_CREDENTIALS")"
echo "$1 ${{account#serviceAccounts/}}" >> {log}
case "$1" in
  show) echo '{plan}' ;;
  output) echo '{outputs}' ;;
esac
"""
PLAN = {
    "format_version": "1.2",
    "resource_changes": [
        {"address": "a.b", "change": {"actions": ["create"], "before": None, "after": {}}}
    ],
}
OUTPUTS = {"url": {"value": "u"}, "key": {"value": "k", "sensitive": True}}

Ran = Callable[..., list[str]]


@pytest.fixture
def ran(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Ran:
    """Runs a step for a root with the token of a job: the commands of Terraform, and as whom."""
    project = Repository(tmp_path / "data", capsys)
    project.write("dativo.yaml", SETTINGS + CI)
    project.job("orders")
    assert project.run("generate").code == 0
    monkeypatch.setenv("DATIVO_GCP_TOKEN", "jwt")
    monkeypatch.delenv("GOOGLE_APPLICATION_CREDENTIALS", raising=False)
    log, program = tmp_path / "log", tmp_path / "terraform"
    said = {"plan": json.dumps(PLAN), "outputs": json.dumps(OUTPUTS)}
    program.write_text(TERRAFORM.format(log=log, **said), encoding="utf-8")
    program.chmod(0o700)

    def call(step: str, *options: str) -> list[str]:
        done = project.run("pipeline", step, ROOT, "--terraform", str(program), *options)
        assert done.code == 0, done
        return log.read_text(encoding="utf-8").splitlines()

    return call


def test_a_plan_is_made_as_who_plans(ran: Ran, tmp_path: Path) -> None:
    """Every command is, with a token that a CI system without an action for it hands over."""
    assert ran("plan", "--into", str(tmp_path / "plans")) == ["init plan", "plan plan", "show plan"]


def test_an_apply_is_made_as_who_applies(ran: Ran, tmp_path: Path) -> None:
    """The outputs are read as the same, and those that are sensitive are not kept."""
    plans, applied = tmp_path / "plans", tmp_path / "applied"
    before = ran("plan", "--into", str(plans))
    (record,) = plans.iterdir()
    digest = json.loads(record.read_text(encoding="utf-8"))["digest"]
    said = ran("apply", "--accept", digest, "--into", str(applied))[len(before) :]
    assert said == [f"{one} apply" for one in ("init", "plan", "show", "apply", "output")]
    (kept,) = outcomes.read_all(str(applied))
    assert (kept.root, kept.environment, kept.outputs) == (ROOT, "prod", {"url": "u"})

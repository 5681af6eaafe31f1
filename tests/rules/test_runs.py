"""Policies over runs: severities, exemptions, what is kept, every command."""

from __future__ import annotations

import json

import pytest

import generator
from generator.rules.judge import CODE
from tests.repository import SETTINGS, Repository

POLICIES = """\
policies:
  ready: {{image-by-digest: {severity}}}
"""
EXEMPT = POLICIES + """\
  exemptions:
    - {{policies: image-by-digest, jobs: {jobs}, reason: moves in May, until: 2027-05-31}}
"""


@pytest.fixture
def repository(repository: Repository) -> Repository:
    """Two jobs that break a policy."""
    repository.job("one")
    repository.job("two")
    return repository


def _settings(repository: Repository, text: str, **names: str) -> None:
    repository.write("dativo.yaml", SETTINGS + text.format(**names))


@pytest.mark.parametrize("command", ["validate", "generate", "check"])
@pytest.mark.parametrize(("severity", "code"), [("error", 1), ("warning", 0), ("note", 0)])
def test_severities(repository: Repository, command: str, severity: str, code: int) -> None:
    """An error stops every command that builds, and the others stop none; all tell of both jobs."""
    if command == "check":
        repository.run("generate")
    _settings(repository, POLICIES, severity=severity)
    done = repository.run(command)
    assert done.code == code
    assert done.err.count(f": {severity}: policy image-by-digest: ") == 2
    assert done.err.endswith(f"2 {severity}s in 2 files\n")
    assert (repository.folder / "generated").exists() == (
        command == "check" or (command == "generate" and code == 0)
    )


def test_they_are_kept_and_forgotten(repository: Repository) -> None:
    """A run that builds nothing tells the same; one with other policies tells what those say."""
    _settings(repository, POLICIES, severity="note")
    first = repository.run("generate")
    assert "2 notes" in first.err and "2 created" in first.out
    again = repository.run("generate")
    assert again.err == first.err and "unchanged" in again.out
    repository.job("one", "  monitoring: {log_retention_days: 90}\n")
    assert repository.run("generate").err.count(": note: ") == 2
    _settings(repository, POLICIES, severity="error")
    assert repository.run("generate").code == 1
    _settings(repository, POLICIES, severity="off")
    done = repository.run("generate")
    assert (done.code, done.err) == (0, "")


def test_exempt(repository: Repository) -> None:
    """A job is exempt by its address, and only those."""
    _settings(repository, EXEMPT, severity="error", jobs="acme/one/*")
    done = repository.run("validate")
    assert done.code == 1
    assert "jobs/two.yaml" in done.err and "jobs/one.yaml" not in done.err


def test_findings_as_data(repository: Repository) -> None:
    """Each finding names policy, severity and job, and what exempts the job, if anything does."""
    _settings(repository, EXEMPT, severity="warning", jobs="acme/one/*")
    found = generator.policy_findings(repository.folder)
    assert [(one.address, one.severity, one.policy) for one in found] == [
        (f"acme/{name}/prod", "warning", "image-by-digest") for name in ("one", "two")
    ]
    assert [one.exemption and one.exemption.reason for one in found] == ["moves in May", None]


def test_an_exemption_of_nobody(repository: Repository) -> None:
    """A pattern that no job has is told at its line, in a run over all."""
    _settings(repository, EXEMPT, severity="note", jobs="[acme/*/*, acme/on/*]")
    done = repository.run("validate")
    assert done.code == 0
    assert 'warning: no job is "acme/on/*", so nothing is exempt' in done.err
    assert repository.run("validate", str(repository.folder / "jobs/one.yaml")).err == ""


def test_an_exemption_ends(repository: Repository) -> None:
    """It holds on its last day; from the next on it is told, once somebody says which day it is."""
    _settings(repository, EXEMPT, severity="error", jobs="'**'")
    assert repository.run("validate").code == 0
    assert repository.run("validate", "--as-of", "2027-05-31").code == 0
    done = repository.run("validate", "--as-of", "2027-06-01")
    assert done.code == 1 and done.err.count(": error: policy image-by-digest") == 2
    assert "warning: the exemption ended on 2027-05-31" in done.err
    assert repository.run("validate", "--as-of", "tomorrow").code == 1


def test_machines(repository: Repository) -> None:
    """Each policy is a code of its own; GitHub calls a note a notice, SARIF a note."""
    _settings(repository, POLICIES, severity="note")
    document = repository.run("validate", "--format", "json").document
    assert document["summary"] == {"errors": 0, "warnings": 0, "notes": 2, "files": 2}
    assert {one["code"] for one in document["problems"]} == {f"{CODE}/image-by-digest"}
    assert repository.run("validate", "--format", "github").out.count("::notice file=") == 2
    sarif = json.loads(repository.run("validate", "--format", "sarif").out)
    assert {one["level"] for one in sarif["runs"][0]["results"]} == {"note"}
    assert [p.severity for p in generator.validate(repository.folder)] == ["note", "note"]


def test_one_mistake_once(repository: Repository) -> None:
    """What all environments of a job share is told once, and what differs for each that has it."""
    path = repository.job("one")
    path.write_text(
        path.read_text(encoding="utf-8").replace("environment: prod\n", "")
        + "environments: {dev: {}, prod: {}}\n",
        encoding="utf-8",
    )
    _settings(repository, POLICIES, severity="error")
    assert repository.run("validate").err.count("jobs/one.yaml:") == 1

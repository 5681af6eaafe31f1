"""Documents for machines: valid on standard output, whatever the outcome."""

from __future__ import annotations

import json

import pytest

from generator import run as run_module
from tests.repository import Repository

COMMANDS = ("generate", "check", "validate", "prune", "explain")


def call(repository: Repository, command: str, kind: str) -> tuple[int, str]:
    """Run a command and return its exit code and standard output."""
    more = [str(repository.folder / "jobs/orders.yaml")] if command == "explain" else []
    done = repository.run(command, "--format", kind, *more)
    return done.code, done.out


def is_valid(kind: str, out: str) -> bool:
    """Whether the text is a document of the kind."""
    if kind == "github":
        return all(line.startswith(("::error ", "::warning ")) for line in out.splitlines())
    document = json.loads(out)
    return bool(document["version"] == (1 if kind == "json" else "2.1.0"))


@pytest.mark.parametrize("kind", ["json", "github", "sarif"])
@pytest.mark.parametrize("command", COMMANDS)
def test_every_outcome(
    repository: Repository, monkeypatch: pytest.MonkeyPatch, command: str, kind: str
) -> None:
    """Fine, different, wrong input, wrong settings, a bug of ours: always one document."""
    repository.job("orders")
    code, out = call(repository, command, kind)
    assert is_valid(kind, out) and code == (2 if command == "check" else 0)

    repository.edit("jobs/orders.yaml", "2Gi", "lots")
    code, out = call(repository, command, kind)
    assert is_valid(kind, out) and code == (0 if command == "prune" else 1)

    repository.write("dativo.yaml", "ouput: x\n")
    code, out = call(repository, command, kind)
    assert is_valid(kind, out) and code == 1 and "ouput" in out

    monkeypatch.setattr("generator.job.project.misnamed_settings", lambda folder: 1 / 0)
    code, out = call(repository, command, kind)
    assert is_valid(kind, out) and code == 3


def test_json_of_generate(repository: Repository) -> None:
    """Each root with its status."""
    repository.job("orders")

    done = repository.run("generate", "--format", "json")

    assert done.err == ""
    assert done.document["roots"] == [{"folder": "generated/acme/orders/prod", "status": "created"}]


def test_json_of_check(repository: Repository) -> None:
    """Differences are problems with a code of their own."""
    repository.job("orders")

    done = repository.run("check", "--format", "json")

    [problem] = done.document["problems"]
    assert (problem["code"], problem["file"]) == ("missing-root", "generated/acme/orders/prod")


def test_bug_report(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    """An exception nobody expected is told as our bug, with what to paste, and ends with 3."""
    repository.job("orders")

    def broken(self: object) -> None:
        raise KeyError("unforeseen")

    monkeypatch.setattr(run_module.Run, "compare", broken)
    done = repository.run("generate")

    assert done.code == 3 and done.out == ""
    assert "this is a bug in dativo" in done.err and "KeyError: 'unforeseen'" in done.err


def test_no_such_project(capsys: pytest.CaptureFixture[str]) -> None:
    """A project folder that is not there is a mistake on the command line."""
    from generator.cli import main

    assert main(["check", "--project", "/nowhere", "--format", "json"]) == 1
    assert (
        "/nowhere: no such folder" in json.loads(capsys.readouterr().out)["problems"][0]["message"]
    )

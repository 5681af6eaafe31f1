"""What dativo says of a command line, and what words on it mean."""

from __future__ import annotations

import pytest

from generator.cli import main
from tests.repository import Repository


def test_no_arguments(capsys: pytest.CaptureFixture[str]) -> None:
    """Whoever just types the name is shown what there is."""
    code = main([])

    assert code == 0
    assert "explain   show where every tag" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "command", "says"),
    [
        (["generat"], "dativo", "did you mean generate?"),
        (["check", "--fromat", "json"], "dativo check", "--fromat; did you mean --format?"),
        (["explain", "--enviroment=x", "a"], "dativo explain", "did you mean --environment?"),
        (["explain"], "dativo explain", "required: JOB"),
        (["explain", "a", "b"], "dativo explain", "too much on the command line: b"),
        (["export", "tfvar", "a"], "dativo export", "did you mean tfvars?"),
        (["check", "--format", "jsn"], "dativo check", "did you mean json?"),
    ],
)
def test_wrong_command_line(
    arguments: list[str], command: str, says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The usage of just that command, what is wrong, what was meant; 1, as 2 means a difference."""
    with pytest.raises(SystemExit) as stopped:
        main(arguments)

    said = capsys.readouterr().err
    assert stopped.value.code == 1
    assert said.startswith(f"usage: {command} [") and says in said


@pytest.fixture
def three(repository: Repository) -> Repository:
    """Jobs of two tenants, one file with another name than its job, generated."""
    repository.job("orders")
    repository.job("refunds", environment="dev")
    repository.write(
        "jobs/globex/other.yaml",
        (repository.folder / "jobs/orders.yaml").read_text("utf-8").replace("acme", "globex"),
    )
    assert repository.run("generate").code == 0
    return repository


@pytest.mark.parametrize(
    ("word", "roots"),
    [
        ("refunds", ["acme/refunds/dev"]),
        ("orders", ["acme/orders/prod", "globex/orders/prod"]),
        ("globex/orders", ["globex/orders/prod"]),
        ("acme/orders/prod", ["acme/orders/prod"]),
        ("other", ["globex/orders/prod"]),
        ("jobs/globex/other.yaml", ["globex/orders/prod"]),
        ("jobs/globex", ["globex/orders/prod"]),
        ("generated/acme/orders/prod", ["acme/orders/prod"]),
        ("generated/acme/orders/prod/main.tf", ["acme/orders/prod"]),
        ("generated/acme", ["acme/orders/prod", "acme/refunds/dev"]),
    ],
)
def test_jobs_by_any_name(
    three: Repository, word: str, roots: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A job's name, its file, its root and a folder of these mean the same job."""
    monkeypatch.chdir(three.folder)
    done = three.run("explain", word, "--format", "json")
    found = [f"{r['tenant']}/{r['name']}/{r['environment']}" for r in done.document["roots"]]
    assert sorted(found) == roots


@pytest.mark.parametrize("command", [("export", "tags"), ("resolve", "--from-root")])
def test_one_job_is_needed(
    three: Repository, command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where one job is needed and several are meant, they are listed; a near name is told."""
    monkeypatch.chdir(three.folder)
    several = three.run(*command, "orders")
    near = three.run(*command, "ordrs")

    assert several.code == 1
    assert "means several jobs, name one: jobs/globex/other.yaml, jobs/orders.yaml" in several.err
    assert (
        near.code == 1 and "ordrs: no such job, file or folder (did you mean orders?)" in near.err
    )


def test_a_root_says_which(three: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    """A root names its environment, so none has to be given."""
    monkeypatch.chdir(three.folder)
    three.edit("jobs/orders.yaml", "environment: prod\n", "environments: {dev: {}, prod: {}}\n")
    three.run("generate")

    done = three.run("export", "tags", "generated/acme/orders/dev")

    assert done.code == 0 and '"environment": "dev"' in done.out
    assert three.run("export", "tags", "acme/orders").code == 1


def test_the_job_of_a_root_is_gone(three: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    """A root whose job file is gone is named as such."""
    monkeypatch.chdir(three.folder)
    (three.folder / "jobs" / "refunds.yaml").unlink()

    done = three.run("explain", "generated/acme/refunds")

    assert done.code == 1 and "the job of this root is gone, jobs/refunds.yaml" in done.err

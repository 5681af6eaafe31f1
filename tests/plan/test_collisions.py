"""Roots that get in each other's way, ours and those that people wrote."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.errors import Problem
from generator.files.terraform_files import terraform_files
from generator.job.project import open_project
from generator.plan.collisions import Claim, collisions
from generator.tree.other_roots import other_claims


def _claim(file: str, folder: str | None = "t/j/e", address: str = "s3://b/k") -> Claim:
    return Claim(folder, file, address, "t", "e", "j", None if folder else 3)


def _others(folder: Path) -> tuple[list[Claim], list[Problem]]:
    """What others claim beside a project that has no job."""
    project = open_project(str(folder))
    found = terraform_files(project.folder, list(project.searched), project.settings.output)
    return other_claims(project, found, [])


def test_one_identity_for_two_jobs() -> None:
    """The later file is told, with the name of the first."""
    first, second = _claim("jobs/a.yaml", address="1"), _claim("jobs/b.yaml", address="2")
    (problem,) = collisions([second, first])
    assert problem.code == "same-identity"
    assert problem.location is not None
    assert problem.location.file == "jobs/b.yaml"
    assert "jobs/a.yaml already is tenant t, job j, environment e" in problem.message


def test_identities_that_differ_in_case_only() -> None:
    """On many machines they would be one folder."""
    (problem,) = collisions([_claim("a", "t/j/e", "1"), _claim("b", "T/j/e", "2")])
    assert "only in upper and lower case" in problem.message


def test_one_state_for_two_roots() -> None:
    """They would destroy each other's resources."""
    (problem,) = collisions([_claim("jobs/a.yaml"), _claim("jobs/b.yaml", "t/k/e")])
    assert problem.code == "same-state"
    assert "the state s3://b/k belongs to jobs/a.yaml already" in problem.message


def test_a_hand_written_root_was_there_first() -> None:
    """The job is told, whichever file sorts first, with the line of the backend."""
    (problem,) = collisions([_claim("jobs/a.yaml"), _claim("zz/main.tf", None)])
    assert problem.location is not None
    assert problem.location.file == "jobs/a.yaml"
    assert "belongs to zz/main.tf:3 already" in problem.message


def test_nothing_in_common() -> None:
    """Roots of different folders and states are fine."""
    assert collisions([_claim("a", "t/j/e", "1"), _claim("a", "t/j/f", "2")]) == []


def _in_subnet(file: str, folder: str, subnet: str) -> Claim:
    return _claim(file, folder, folder)._replace(subnet=subnet)


def test_a_subnet_takes_one_environment() -> None:
    """A subnet is for one environment; the later root is told what to do."""
    first, second = _in_subnet("a", "t/j/e", "/x/s"), _in_subnet("b", "t/k/e", "/x/s")
    (problem,) = collisions([first, second])
    assert (problem.code, problem.severity) == ("same-subnet", "warning")
    assert problem.location is not None
    assert problem.location.file == "b"
    assert "the environment of t/j/e is in the subnet s already" in problem.message
    assert collisions([first, _in_subnet("b", "t/k/e", "/x/r"), _claim("c", "t/l/e", "3")]) == []


def _writing(environment: str, prefix: str, job: str = "j") -> Claim:
    claim = _claim("a", f"t/{job}/{environment}", f"{job}/{environment}")
    return claim._replace(environment=environment, job=job, data=("lake", prefix))


def test_environments_that_write_over_each_other() -> None:
    """One warning a job, however many of its environments meet; others may share a prefix."""
    same = [_writing(name, "orders") for name in ("dev", "test", "prod")]
    (problem,) = collisions([*same, _writing("prod", "orders", job="k")])
    assert (problem.code, problem.severity) == ("same-data", "warning")
    assert problem.message == (
        "dev and prod and test write below orders into lake, each over the other"
    )
    assert collisions([_writing("dev", "dev/orders"), _writing("prod", "orders")]) == []


S3 = """\
terraform {
  backend "s3" {
    bucket = "b"
    key    = %s
    region = "x"
  }
}
"""
CLOUD = """\
terraform {
  cloud {
    organization = "o"
    workspaces {
      name = "w"
    }
  }
}
"""
LOCAL = """\
terraform {
  backend "local" {
    path = "%s"
  }
}
"""
NO_PATH = 'terraform {\n  backend "local" {}\n}\n'
BACKENDS = {
    "s3": (S3 % '"a/b"', ["s3://b/a/b"]),
    "an expression": (S3 % "var.key", []),
    "endpoints": (
        S3 % '"k"\n    endpoints = { s3 = "http://minio:9000" }',
        ["s3://b@minio:9000/k"],
    ),
    "gcs without prefix": (
        'terraform {\n  backend "gcs" {\n    bucket = "b"\n  }\n}\n',
        ["gs://b/default.tfstate"],
    ),
    "local": (NO_PATH, ["local:infra/terraform.tfstate"]),
    "cloud": (CLOUD, ["app.terraform.io/o/w"]),
    "several": (LOCAL % "a" + LOCAL % "b", ["local:infra/a", "local:infra/b"]),
    "partial": ('terraform {\n  backend "s3" {}\n}\n', []),
    "commented out": ('# backend "s3" {}\nlocals {\n  cloud = {}\n}\n', []),
    "not HCL": ('terraform { backend "s3" { ', []),
    "not UTF-8": (NO_PATH + "# \udcff\n", []),
    "empty": ("", []),
}


@pytest.mark.parametrize("name", BACKENDS)
def test_backends_that_people_wrote(tmp_path: Path, name: str) -> None:
    """What tells a state claims it; what does not claims nothing; what cannot be read is told."""
    text, addresses = BACKENDS[name]
    (tmp_path / "infra").mkdir()
    (tmp_path / "infra/main.tf").write_bytes(text.encode("utf-8", "surrogateescape"))
    claims, problems = _others(tmp_path)
    unread = name in ("not HCL", "not UTF-8")
    assert [problem.code for problem in problems] == ["unread-backend"] * unread
    assert [claim.address for claim in claims] == addresses
    assert all(claim.file == "infra/main.tf" for claim in claims)
    assert [claim.line for claim in claims] == [2, 7][: len(claims)]


def test_generated_roots_and_environments_are_not_hand_written(tmp_path: Path) -> None:
    """The output folder, hidden folders and Python environments are left out."""
    text = BACKENDS["s3"][0]
    for folder in ("generated/a", ".terraform/x", "venv/lib", "node_modules/x"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "main.tf").write_text(text)
    (tmp_path / "venv/pyvenv.cfg").write_text("")
    (tmp_path / "dativo.yaml").write_text("output: ./generated/")
    assert _others(tmp_path) == ([], [])


def test_chosen_folders_only(tmp_path: Path) -> None:
    """dativo.yaml may name where people write roots."""
    for folder in ("infra", "other"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "main.tf").write_text(NO_PATH)
    (tmp_path / "dativo.yaml").write_text("hand_written_roots: [infra]")
    (claim,), _ = _others(tmp_path)
    assert claim.file == "infra/main.tf"


def test_a_file_that_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It may hold a backend, so it is not passed over."""
    (tmp_path / "main.tf").write_text("")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    project = open_project(str(tmp_path))
    monkeypatch.setattr("os.open", refuse)
    found = terraform_files(project.folder, list(project.searched), project.settings.output)
    _, (problem,) = other_claims(project, found, [])
    assert (problem.code, problem.severity) == ("unreadable", "error")

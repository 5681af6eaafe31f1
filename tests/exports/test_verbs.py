"""The verbs of earlier tools are thin: the same bytes, checks and exit codes as ours."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from generator.cli import main
from generator.errors import UsageError
from generator.exports import destination
from tests.exports.projects import JOB, project


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """A project of one job."""
    return project(tmp_path / "p")


def _ours(made: Path, what: str, output: Path, *more: str) -> bytes:
    arguments = ["export", what, str(made / JOB), "--project", str(made), "--output", str(output)]
    assert main([*arguments, *more]) == 0
    return output.read_bytes()


@pytest.mark.parametrize(
    ("verb", "name", "ours"),
    [
        (("infra", "generate-tfvars", "--job-config"), "a.tfvars.json", "json"),
        (("infra", "generate-tfvars", "--job-config"), "a.tfvars", "tfvars"),
        (("infra", "generate-tfvars", "--job-config"), "no-ending", "json"),
        (("infra", "generate-tfvars", "--format", "tfvars", "--job-config"), "x", "tfvars"),
        (("terraform", "export", "--config"), "a.tfvars", "tfvars"),
        (("terraform", "export", "--config"), "a.tfvars.json", "json"),
    ],
)
def test_tfvars_verbs(
    verb: tuple[str, ...], name: str, ours: str, made: Path, tmp_path: Path
) -> None:
    """The format goes by the option, else by the name; ``generate-tfvars`` prefers JSON."""
    file = tmp_path / "theirs" / name
    arguments = [*verb, str(made / JOB), "--project", str(made), "--output", str(file)]
    assert main(arguments) == 0
    ending = ".tfvars.json" if ours == "json" else ".tfvars"
    assert file.read_bytes() == _ours(made, "tfvars", tmp_path / f"ours{ending}")


def test_tag_report_verb(made: Path, tmp_path: Path) -> None:
    """The report is that of ``export tags``."""
    file = tmp_path / "tags.json"
    arguments = ["infra", "tag-report", "--job-config", str(made / JOB), "--project", str(made)]
    assert main([*arguments, "--output", str(file)]) == 0
    assert file.read_bytes() == _ours(made, "tags", tmp_path / "ours.json")
    assert {"job_name", "provider", "runtime_type", "tags", "tag_sources", "tag_count"} <= set(
        json.loads(file.read_text())
    )


def test_validate_verb(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """0 for a job that is right, 1 for one that is wrong or has no infrastructure."""
    job = made / JOB
    arguments = ["infra", "validate", "--job-config", str(job), "--project", str(made)]
    assert main(arguments) == 0
    text = job.read_text()
    job.write_text(text.replace("vpc_id", "vpcid"))
    assert main(arguments) == 1
    job.write_text("tenant_id: acme\nenvironment: prod\n")
    capsys.readouterr()
    assert main(arguments) == 1
    assert "no infrastructure block" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [
        ("infra", "validate", "--output", "x"),
        ("infra", "tag-report", "--format", "json", "--output", "x"),
        ("infra", "tag-report"),
        ("infra", "generate-tfvars"),
    ],
)
def test_flags_without_effect_are_refused(arguments: tuple[str, ...], made: Path) -> None:
    """Nothing is accepted and ignored."""
    given = [*arguments, "--job-config", str(made / JOB), "--project", str(made)]
    assert main(given) == 1


@pytest.mark.parametrize("what", ["tfvars", "metadata", "tags", "labels", "pulumi"])
def test_wrong_job_writes_nothing(what: str, made: Path, tmp_path: Path) -> None:
    """An error in the job leaves the file that was there as it was."""
    file = tmp_path / "out"
    file.write_text("before")
    job = made / JOB
    job.write_text(job.read_text().replace("ecs_fargate", "ecs_fargat"))
    arguments = ["export", what, str(job), "--project", str(made), "--output", str(file)]
    assert main(arguments) == 1
    assert file.read_text() == "before"
    assert sorted(os.listdir(tmp_path)) == ["out", "p"]


def test_no_write_through_a_link(tmp_path: Path) -> None:
    """A link is not followed: its target stays, and the message names it."""
    target, link = tmp_path / "target", tmp_path / "link"
    target.write_text("before")
    link.symlink_to(target)
    with pytest.raises(UsageError, match="symbolic link"):
        destination.write(str(link), b"after")
    assert target.read_text() == "before"
    with pytest.raises(UsageError, match="no regular file"):
        destination.write(str(tmp_path), b"after")


def test_replaced_file_keeps_its_mode(tmp_path: Path) -> None:
    """What a file was allowed to be read by, it still is; no other file is left behind."""
    file = tmp_path / "file"
    file.write_text("before")
    file.chmod(0o640)
    assert destination.write(str(file), b"after")
    assert (file.stat().st_mode & 0o777, file.read_bytes()) == (0o640, b"after")
    assert os.listdir(tmp_path) == ["file"]

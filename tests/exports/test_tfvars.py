"""``*.tfvars`` and ``*.tfvars.json``: Terraform reads back what the root passes to its module."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from generator import load_job
from generator.cli import main
from generator.exports.inputs import inputs_of
from tests.exports.projects import JOB, ROOT, project, read_back, terraform
from tests.render.plans import NASTY

EXAMPLES = {
    "aws": ("jobs/acme/stripe-customers.yaml", "aws-ecs-fargate"),
    "gcp": ("jobs/acme/marketing-events.yaml", "gcp-cloud-run-job"),
    "azure": ("jobs/acme/hubspot-contacts.yaml", "azure-container-apps-job"),
}


def _export(project_dir: Path, job: str, output: Path, *more: str) -> int:
    arguments = ["export", "tfvars", str(project_dir / job), "--project", str(project_dir)]
    return main([*arguments, "--output", str(output), *more])


def _covers(given: Any, read: Any) -> bool:
    """Whether what was read is what was given, with defaults of optional attributes added."""
    if isinstance(given, dict):
        return isinstance(read, dict) and all(_covers(v, read[k]) for k, v in given.items())
    if isinstance(given, list) and isinstance(read, list):
        return sorted(map(json.dumps, given)) == sorted(map(json.dumps, read))
    return (type(given) is type(read) and given == read) or _same_number(given, read)


def _same_number(given: Any, read: Any) -> bool:
    numbers = isinstance(given, int | float) and isinstance(read, int | float)
    return numbers and not isinstance(given, bool) and given == read


@pytest.mark.terraform
@pytest.mark.parametrize("cloud", EXAMPLES)
@pytest.mark.parametrize("ending", [".tfvars", ".tfvars.json"])
def test_module_takes_the_file(cloud: str, ending: str, tmp_path: Path) -> None:
    """A module's own variables take the file: every value arrives, every validation holds."""
    job, module = EXAMPLES[cloud]
    shutil.copy(ROOT / "modules" / module / "variables.tf", tmp_path)
    # Ranges that validations are written with, where a module has them in a file of their own.
    if (ranges := ROOT / "modules" / module / "schedule.tf").exists() and cloud == "azure":
        shutil.copy(ranges, tmp_path)
    file = tmp_path / f"job{ending}"
    assert _export(ROOT, job, file, "--environment", "prod") == 0
    inputs = inputs_of(load_job(ROOT / job, environment="prod")).values
    read = read_back(tmp_path, list(inputs), file)
    assert {k: v for k, v in inputs.items() if not _covers(v, read[k])} == {}
    planned = terraform(tmp_path, "plan", f"-var-file={file}", "-no-color", "-input=false")
    assert planned.returncode == 0, planned.stderr
    assert "undeclared" not in planned.stdout + planned.stderr


@pytest.mark.terraform
@pytest.mark.parametrize("ending", [".tfvars", ".tfvars.json"])
def test_nasty_values_come_back_equal(ending: str, tmp_path: Path) -> None:
    """No value is evaluated or changed, whatever is in it; keys are values, too."""
    texts = [text for text in NASTY if "\x00" not in text and "${" not in text]
    values = {f"V{number}": text for number, text in enumerate(texts)}
    values |= {"TEMPLATE": "$${NOT_A_VARIABLE} %{ if true }x%{ endif }"}
    made = project(tmp_path / "p", runtime={"environment": values})
    file = tmp_path / f"job{ending}"
    assert _export(made, JOB, file) == 0
    (tmp_path / "variables.tf").write_text(
        "".join(f'variable "{name}" {{}}\n' for name in inputs_of(load_job(made / JOB)).values)
    )
    inputs = inputs_of(load_job(made / JOB)).values
    read = read_back(tmp_path, list(inputs), file)
    assert read == json.loads(json.dumps(inputs))
    assert read["environment_variables"]["TEMPLATE"] == "${NOT_A_VARIABLE} %{ if true }x%{ endif }"


@pytest.mark.terraform
def test_layout_is_that_of_fmt(tmp_path: Path) -> None:
    """``terraform fmt`` finds nothing to do."""
    for cloud, (job, _) in EXAMPLES.items():
        assert _export(ROOT, job, tmp_path / f"{cloud}.tfvars", "--environment", "prod") == 0
    done = terraform(tmp_path, "fmt", "-check", "-diff", ".")
    assert done.returncode == 0, done.stdout


@pytest.mark.terraform
@pytest.mark.parametrize("ending", [".tfvars", ".tfvars.json"])
def test_what_apply_decides_is_left_out_and_said(
    ending: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An input that waits for a variable of the root is named, in the file and in a warning."""
    environment = {"HOST": "${DB_HOST}", "PORT": "5432"}
    made = project(tmp_path / "p", runtime={"environment": environment})
    file = tmp_path / f"job{ending}"
    assert _export(made, JOB, file) == 0
    told = "left out, since only apply knows it: environment_variables (from var.db_host)"
    assert told in capsys.readouterr().err
    assert told[1:] in file.read_text()
    assert "5432" not in file.read_text()
    inputs = inputs_of(load_job(made / JOB)).values
    (tmp_path / "v.tf").write_text("".join(f'variable "{name}" {{}}\n' for name in inputs))
    assert "environment_variables" not in inputs
    assert read_back(tmp_path, list(inputs), file) == inputs


def test_name_and_format_must_agree(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Terraform knows JSON by the name alone: a format that contradicts it is refused."""
    made = project(tmp_path / "p")
    for name, format in (("x.tfvars", "json"), ("x.tfvars.json", "tfvars")):
        assert _export(made, JOB, tmp_path / name, "--format", format) == 1
        assert not (tmp_path / name).exists()
        assert "by the name of a file" in capsys.readouterr().err


def test_same_bytes_each_time(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    """Standard output and file are the same, each time; a file that is right is left alone."""
    made = project(tmp_path / "p")
    file = tmp_path / "new" / "folder" / "x.tfvars"
    assert _export(made, JOB, file) == 0
    first, inode = file.read_bytes(), file.stat().st_ino
    assert b"wrote" in capsysbinary.readouterr().err
    assert _export(made, JOB, file) == 0
    assert file.stat().st_ino == inode
    assert b"unchanged" in capsysbinary.readouterr().err
    assert main(["export", "tfvars", str(made / JOB), "--project", str(made)]) == 0
    assert capsysbinary.readouterr().out == first

"""Projects, and the roots that follow from them to the last byte."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from generator.cli import main
from generator.rehearsal.binary import Terraform
from tests.cases.cases import HERE, differences, fail, lay_down, names, texts


@pytest.mark.parametrize("name", names("golden"))
def test_golden(
    name: str, tmp_path: Path, update: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    """The case's project gives exactly the files below its folder ``expected``."""
    case = HERE / "golden" / name
    project = lay_down(case, tmp_path)

    code = main(["generate", "--project", str(project)])

    assert code == 0, capsys.readouterr().err
    generated = project / ("infra" if (project / "infra").exists() else "generated")
    found = texts(generated)
    if update:
        shutil.rmtree(case / "expected", ignore_errors=True)
        for path, text in found.items():
            target = case / "expected" / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8", newline="")
    elif diff := differences(texts(case / "expected"), found):
        fail(case, diff)


@pytest.mark.terraform
def test_expected_is_formatted(terraform_program: Terraform) -> None:
    """What the cases expect, and their modules, are as ``terraform fmt`` would write them."""
    done = subprocess.run(
        [terraform_program.path, "fmt", "-check", "-diff", "-recursive", str(HERE / "golden")],
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stdout) == (0, ""), done.stdout + done.stderr

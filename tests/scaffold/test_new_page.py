"""docs/new.md: its commands run in this order, and say what the page says."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.docs.examples import ROOT, example
from tests.scaffold.conftest import Shell

PAGE = "docs/new.md"
STEPS = (("project", 0), ("wrong", 1), ("missing", 1), ("job", 0), ("completion", 0))


@pytest.fixture(scope="module")
def shell(template: Shell, tmp_path_factory: pytest.TempPathFactory) -> Shell:
    """Runs dativo as of the template's own checkout, whose template it ships."""
    top = tmp_path_factory.mktemp("page")
    (top / "bin").mkdir()
    program = top / "bin/dativo"
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m generator "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    path = f"{top / 'bin'}:{template.environment['PATH']}"
    environment = {**template.environment, "PATH": path, "PYTHONPATH": template.folder}
    (top / "work").mkdir()
    return Shell(str(top / "work"), environment)


def test_the_page(shell: Shell) -> None:
    """Every command, its output to the letter, and the file that it wrote."""
    folder = Path(shell.folder)
    for name, code in STEPS:
        command, _, expected = example(PAGE, name).removeprefix("$ ").partition("\n")
        here = folder if name in {"project", "wrong"} else folder / "my-jobs"
        said = Shell(str(here), shell.environment).run("bash", "-c", command, code=code)
        assert said == expected, name
    written = (folder / "my-jobs/jobs/acme/visits.yaml").read_text(encoding="utf-8")
    assert written == example(PAGE, "file")
    project = Shell(str(folder / "my-jobs"), shell.environment)
    project.dativo("generate")
    project.dativo("check")


def test_linked() -> None:
    """The page is found."""
    assert "(new.md)" in (ROOT / "docs/README.md").read_text(encoding="utf-8")

"""docs/moving.md, played from top to bottom."""

from __future__ import annotations

import os
import re
import subprocess

from tests.moving.conftest import git
from tests.moving.hand_written import MAIN, MORE, VALUES
from tests.repository import PROGRAM, TOP, Repository

_BLOCKS = re.compile(r"^```(sh|text)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def test_the_page_is_what_happens(project: Repository) -> None:
    """Each command succeeds, and says the lines below it, in their order."""
    for name, text in (("main.tf", MAIN), ("more.tf", MORE), ("terraform.tfvars", VALUES)):
        project.write(f"infra/refunds/{name}", text)
    git(project.folder, "add", "--all")
    git(project.folder, "commit", "--quiet", "--message", "a root of ours")
    path = os.pathsep.join((os.path.dirname(PROGRAM), os.environ["PATH"]))
    said = ""
    page = (TOP / "docs" / "moving.md").read_text(encoding="utf-8")
    for kind, text in _BLOCKS.findall(page):
        if kind == "sh":
            done = subprocess.run(
                ["sh", "-ec", text],
                cwd=project.folder,
                env={**os.environ, "PATH": path},
                capture_output=True,
                text=True,
                check=False,
            )
            assert done.returncode == 0, done.stdout + done.stderr
            said = done.stdout
            continue
        for line in text.splitlines():
            assert line in said, f"{line}\n--- is not in\n{said}"
            said = said[said.index(line) + len(line) :]

"""``dativo new`` on a terminal, and what a shell completes."""

from __future__ import annotations

import os
import pty
import re
import select
import shutil
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from tests.scaffold.conftest import PROGRAMS, Shell

_ESCAPES = re.compile(r"\x1b(?:\[[0-9;?]*[A-Za-z]|[=>]|\][^\x07]*\x07)")
PATIENCE = 60.0


class Terminal:
    """A program on a terminal: waits for what it shows, and types."""

    def __init__(self, command: Sequence[str], shell: Shell) -> None:
        pid, self._fd = pty.fork()
        if pid == 0:
            os.chdir(shell.folder)
            environment = {**shell.environment, "TERM": "xterm", "COLUMNS": "200", "LINES": "50"}
            os.execve(command[0], list(command), environment)  # noqa: S606 - its own process
        self._pid, self.shown = pid, ""

    def wait(self, text: str) -> None:
        """Read until a text is shown after what was waited for before."""
        ends = time.monotonic() + PATIENCE
        while text not in self.shown:
            assert time.monotonic() < ends, f"{text!r} is not shown: {self.shown}"
            if select.select([self._fd], [], [], 1)[0]:
                data = os.read(self._fd, 65536).decode(errors="replace")
                if "\x1b[6n" in data:  # it asks where the cursor is
                    os.write(self._fd, b"\x1b[1;1R")
                self.shown += _ESCAPES.sub("", data)
        self.shown = self.shown.partition(text)[2]

    def answer(self, question: str, keys: str = "") -> None:
        """Type an answer once its question is shown; none takes the default."""
        self.wait(question)
        time.sleep(0.2)
        for key in (*keys, "\r"):
            os.write(self._fd, key.encode())
            time.sleep(0.01)

    def end(self) -> int:
        """The exit code, once all is read."""
        while True:
            try:
                data = os.read(self._fd, 65536)
            except OSError:  # Linux says so when the other end is gone
                data = b""
            if not data:
                break
            self.shown += _ESCAPES.sub("", data.decode(errors="replace"))
        os.close(self._fd)
        return os.waitstatus_to_exitcode(os.waitpid(self._pid, 0)[1])


def test_a_job_by_questions(laid_down: Callable[..., str], template: Shell, tmp_path: Path) -> None:
    """Asked is what the settings do not say: choices where there are some, what the runtime needs,
    again what was wrong; the job is then there and valid.
    """
    shutil.copytree(laid_down(cloud="gcp"), tmp_path / "p")
    shell = Shell(str(tmp_path / "p"), template.environment)
    terminal = Terminal([os.path.join(PROGRAMS, "dativo"), "new", "job"], shell)

    terminal.answer("What is the job called?", "visits")
    terminal.answer("--tenant")  # the only one there is
    terminal.answer("--environment", "dev, prod")
    terminal.answer("--runtime", "\x1b[B")  # one down from Cloud Run jobs: Cloud Functions
    terminal.answer("--cost-center", "FIN-001")
    terminal.answer("--release", "python312")
    terminal.answer("--entry-point", "main")
    terminal.answer("--code", "gs://acme-code/visits.zip")
    terminal.answer("--owner", "a@acme.example")
    terminal.answer("--schedule", "0 3 * *")
    terminal.answer("--cpu")
    terminal.answer("--memory")
    terminal.wait("five are needed")
    terminal.answer("--schedule", "0 3 * * *")

    assert terminal.end() == 0, terminal.shown
    assert "created   jobs/acme/visits.yaml" in terminal.shown
    text = (tmp_path / "p/jobs/acme/visits.yaml").read_text(encoding="utf-8")
    assert 'cron: "0 3 * * *"' in text and "type: cloud_function" in text
    assert "  dev: {}\n  prod: {}\n" in text
    shell.dativo("validate", "jobs/acme/visits.yaml")


def test_a_project_by_questions(template: Shell, tmp_path: Path) -> None:
    """Copier puts the template's questions; an answer changes the defaults after it."""
    (tmp_path / "t").mkdir()
    shutil.copy(os.path.join(template.folder, "copier.yml"), tmp_path / "t")
    shutil.copytree(os.path.join(template.folder, "templates"), tmp_path / "t/templates")
    shell = Shell(str(tmp_path), template.environment)
    dativo = os.path.join(PROGRAMS, "dativo")
    terminal = Terminal([dativo, "new", "project", "p", "--template", "t"], shell)

    terminal.answer("What is the repository called?")
    terminal.answer("Which organisation is it for?", "\x15globex")
    for question in ("Which tenant", "Who answers", "Which cost center"):
        terminal.answer(question)
    terminal.answer("On which cloud", "\x1b[B")
    for question in ("In which region", "Which Google Cloud project", "state?", "write to?"):
        terminal.answer(question)
    for question in ("Which container image", "What regenerates", "Where are pull requests"):
        terminal.answer(question)

    assert terminal.end() == 0, terminal.shown
    assert "created   p, with jobs/globex/orders.yaml, checked" in terminal.shown
    assert "project_id: globex-data" in (tmp_path / "p/dativo.yaml").read_text(encoding="utf-8")


COMPLETED = {
    "dativo ge": ["generate"],
    "dativo new ": ["--help", "--project", "project", "job"],
    "dativo new job x --region europe-w": None,
    "dativo new job x --provider aws --region eu-c": ["eu-central-1", "eu-central-2"],
    "dativo new job x --provider azure --runtime a": ["aks"],
    "dativo new job x --runtime ecs_fargate --cpu 0.25 --memory ": ["512Mi", "1Gi", "2Gi"],
    "dativo new job x --tenant ": ["acme"],
    "dativo new job x --asset ": ["assets/shop/v1.0/orders.yaml"],
    "dativo generate jobs/": ["jobs/acme/orders.yaml"],
    "dativo explain or": ["orders"],
    "dativo new project --data cloud=a": ["aws", "azure"],  # bash begins a word after =
    "dativo completion ": ["--help", "--project", "bash", "zsh", "fish"],
}
_ASK = """
cd "$1"; shift; eval "$(dativo completion bash)"
for line in "$@"; do
    COMP_LINE="$line"; COMP_POINT=${#line}; COMP_TYPE=9; COMPREPLY=()
    _python_argcomplete dativo; echo "${COMPREPLY[*]}"
done
"""


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash")
def test_bash_completes(laid_down: Callable[..., str], template: Shell, tmp_path: Path) -> None:
    """Commands, options, files of the project, and what the cloud at hand offers."""
    project = laid_down(cloud="gcp")
    (tmp_path / "ask.sh").write_text(_ASK, encoding="utf-8")

    said = subprocess.run(
        ["bash", str(tmp_path / "ask.sh"), project, *COMPLETED],
        env=template.environment,
        check=True,
        capture_output=True,
        text=True,
    ).stdout.splitlines()

    found = dict(zip(COMPLETED, (line.split() for line in said), strict=True))
    regions = found["dativo new job x --region europe-w"]
    assert "europe-west3" in regions and all(name.startswith("europe-w") for name in regions)
    assert {line: found[line] for line, words in COMPLETED.items() if words} == {
        line: words for line, words in COMPLETED.items() if words
    }

"""A small repository of a user's, to run commands in."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from generator.cli import main

TOP = Path(__file__).parent.parent
PROGRAM = os.path.join(os.path.dirname(sys.executable), "dativo")

SETTINGS = """\
defaults:
  infrastructure:
    account: {project_id: acme-data}
    terraform: {backend: {type: gcs, bucket: acme-terraform-state}}
    tags: {owner: data}
"""
JOB = """\
tenant_id: acme
environment: %(environment)s
name: %(name)s
finops: {cost_center: FIN-001}
infrastructure:
  provider: gcp
  region: us-central1
  runtime: {type: cloud_run_job, image: "example/etl:1.0", memory: 2Gi}
"""


@dataclass(frozen=True)
class Done:
    """What a command came to."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """The JSON document on standard output."""
        return json.loads(self.out)


class Repository:
    """A project folder with jobs, run in this process or as a program."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str] | None = None) -> None:
        self.folder = folder
        self._capsys = capsys
        for module in ("gcp-cloud-run-job",):
            (folder / "modules" / module).mkdir(parents=True)
            for file in (TOP / "modules" / module).glob("*.tf"):
                shutil.copyfile(file, folder / "modules" / module / file.name)
        self.write("dativo.yaml", SETTINGS)

    def write(self, path: str, text: str) -> Path:
        """Write a file, with the folders it needs."""
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", newline="")
        return target

    def job(self, name: str, more: str = "", environment: str = "prod") -> Path:
        """Write a job file; ``more`` goes below ``infrastructure``."""
        text = JOB % {"name": name, "environment": environment}
        return self.write(f"jobs/{name}.yaml", text + more)

    def root(self, name: str, environment: str = "prod") -> Path:
        """The folder of a job's root."""
        return self.folder / "generated" / "acme" / name / environment

    def edit(self, path: str, before: str, after: str) -> None:
        """Replace text in a file, all else as it was."""
        target = self.folder / path
        text = target.read_text(encoding="utf-8")
        assert before in text, text
        target.write_text(text.replace(before, after), encoding="utf-8", newline="")

    def run(self, *arguments: str) -> Done:
        """Run a command in this process."""
        assert self._capsys is not None
        self._capsys.readouterr()
        command, *rest = arguments
        code = main([command, "--project", str(self.folder), *rest])
        captured = self._capsys.readouterr()
        return Done(code, captured.out, captured.err)

    def spawn(self, *arguments: str, **more: Any) -> Done:
        """Run a command as a program, in the project folder."""
        options = {"cwd": self.folder, "capture_output": True, **more}
        done = subprocess.run([PROGRAM, *arguments], check=False, **options)
        return Done(done.returncode, done.stdout.decode(), done.stderr.decode())

    def state(self) -> dict[str, tuple[bytes, int]]:
        """Path to content and time of modification of every file of the roots."""
        return {
            path.relative_to(self.folder).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns)
            for path in sorted((self.folder / "generated").rglob("*"))
            if path.is_file() and ".dativo" not in path.parts
        }

    def contents(self) -> dict[str, bytes]:
        """Path to content of every file of the roots."""
        return {path: content for path, (content, _) in self.state().items()}

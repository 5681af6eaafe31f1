"""A run with nothing to do imports little."""

from __future__ import annotations

import os
import subprocess
import sys

from tests.repository import TOP, Repository


def test_little_is_imported(quiet: Repository) -> None:
    """With nothing to do, nothing slow is imported: no typing, no dataclasses, no json."""
    script = (
        "import sys; before = set(sys.modules); sys.argv = ['dativo', 'generate']\n"
        "from generator.cli import main; main()\n"
        "print(*sorted(set(sys.modules) - before), file=sys.stderr)"
    )
    environment = {**os.environ, "PYTHONPATH": str(TOP)}
    for _ in range(2):  # the note of another program is not ours
        done = subprocess.run(
            [sys.executable, "-c", script],
            cwd=quiet.folder,
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )

    assert "all unchanged" in done.stdout
    imported = {name for name in done.stderr.split() if not name.startswith("encodings")}
    assert imported <= {
        "__future__",
        "_blake2",
        "atexit",
        "gc",
        "generator",
        "generator.cli",
        "generator.files",
        "generator.files.folders",
        "generator.files.names",
        "generator.files.own_process",
        "generator.files.shipped",
        "generator.files.stamps",
        "generator.files.terraform_files",
        "generator.noop",
        "generator.noop.answer",
        "generator.version",
    }

"""Proposes what follows from an apply: tombstones pruned, outputs in the job files, one commit."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence

from generator.errors import UsageError
from generator.steps.hosts.host import Host
from generator.steps.outcomes import Applied

_REMOTE = "origin"
_NAME = ("-c", "user.name=dativo", "-c", "user.email=dativo@users.noreply.invalid")


def follow_up(
    folder: str,
    applied: Sequence[Applied],
    host: Host,
    branch: str,
    ours: tuple[str, ...],
    environment: Mapping[str, str] = os.environ,
) -> str | None:
    """Change the work tree, commit it to a branch of its own, push that, and ask to merge it.

    Args:
        folder: the project folder, at the top of a work tree without changes.
        applied: what was applied.
        host: where to ask.
        branch: which it is to be merged into.
        ours: how the paths of roots and job files begin.
        environment: of git and dativo.

    Returns:
        The branch; None where nothing follows.

    Raises:
        UsageError: a command failed.
    """
    run = _Runner(folder, environment)
    gone = [one.root for one in applied if one.retired and os.path.isdir(f"{folder}/{one.root}")]
    if gone:
        run.dativo("prune", "--applied", *gone)
    resolved = [one for one in applied if one.outputs and not one.retired]
    for one in resolved:
        _resolve(run, one)
    if resolved:
        run.dativo("generate")
    touched = _touched(run, ours)
    if not touched:
        return None
    run.git("add", "--all", "--", *touched)
    commit = run.git("rev-parse", "HEAD").strip()
    own = f"dativo/after-{commit[:12]}"
    title = _title(gone, resolved)
    run.git("checkout", "--quiet", "-B", own)
    run.git(*_NAME, "commit", "--quiet", "--no-verify", "--message", title)
    run.git("push", "--quiet", "--force", _REMOTE, f"HEAD:refs/heads/{own}")
    host.propose(own, branch, title, _text(commit, gone, resolved))
    return own


def _touched(run: _Runner, ours: tuple[str, ...]) -> list[str]:
    """The tracked files that changed, and new ones where roots and jobs are, and no others."""
    changed = run.git("diff", "--name-only", "-z").split("\0")
    new = run.git("ls-files", "--others", "--exclude-standard", "-z").split("\0")
    new = [path for path in new if path.startswith(ours)]
    return [path for path in (*changed, *new) if path]


def _resolve(run: _Runner, one: Applied) -> None:
    with tempfile.TemporaryDirectory(prefix="dativo-outputs-") as scratch:
        file = os.path.join(scratch, "outputs.json")
        with open(file, "w", encoding="utf-8") as stream:
            json.dump(dict(one.outputs), stream)
        run.dativo("resolve", one.job_file, file, "--environment", one.environment, "--in-place")


def _title(gone: Sequence[str], resolved: Sequence[Applied]) -> str:
    parts = ["Prune what was applied"] if gone else []
    parts += ["Put outputs into job files"] if resolved else []
    return ", ".join(parts) or "Follow an apply"


def _text(commit: str, gone: Sequence[str], resolved: Sequence[Applied]) -> str:
    lines = [f"What follows from the apply of {commit[:12]}:", ""]
    lines += [f"- `{root}` is destroyed, and its folder can go" for root in gone]
    lines += [f"- `{one.job_file}` has the outputs of `{one.root}`" for one in resolved]
    return "\n".join(lines) + "\n"


class _Runner:
    """Runs git and dativo in one folder."""

    def __init__(self, folder: str, environment: Mapping[str, str]) -> None:
        self._folder, self._environment = folder, dict(environment)

    def git(self, *arguments: str) -> str:
        return self._run("git", *arguments)

    def dativo(self, *arguments: str) -> str:
        return self._run(sys.executable, "-m", "generator", *arguments)

    def _run(self, *command: str) -> str:
        try:
            done = subprocess.run(
                command,
                cwd=self._folder,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                check=False,
            )
        except OSError as error:
            raise UsageError(f"{command[0]} cannot be run: {error.strerror}") from None
        if done.returncode:
            said = (done.stderr or done.stdout).strip()
            raise UsageError(f"{' '.join(command[:5])} failed: {said}")
        return done.stdout

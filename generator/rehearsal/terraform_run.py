"""Runs one Terraform command in a scratch root and reads what it says."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.errors import RehearsalError
from generator.rehearsal.report import Diagnostic

TIMEOUT = 900  # seconds


@dataclass(frozen=True, slots=True)
class Ran:
    """A command that has ended."""

    code: int
    stdout: str
    stderr: str

    def data(self) -> Any:
        """Standard output as JSON; None where it is none."""
        try:
            return json.loads(self.stdout)
        except ValueError:
            return None


def run(program: str, arguments: Sequence[str], folder: str, environment: Mapping[str, str]) -> Ran:
    """Run ``program`` in ``folder`` and wait for it.

    Raises:
        RehearsalError: it cannot be started, or takes more than a quarter of an hour.
    """
    try:
        ran = subprocess.run(
            [program, *arguments],
            cwd=folder,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=TIMEOUT,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise RehearsalError(f"{program} {arguments[0]} took more than {TIMEOUT} s") from error
    except OSError as error:
        raise RehearsalError(f"{program} cannot be run: {error.strerror}") from error
    return Ran(ran.returncode, ran.stdout, ran.stderr)


def streamed(ran: Ran) -> tuple[Diagnostic, ...]:
    """The diagnostics of a command that was given ``-json``: one JSON document a line."""
    found = []
    for line in ran.stdout.splitlines():
        try:
            entry = json.loads(line)
        except ValueError:
            continue
        if isinstance(entry, dict) and entry.get("type") == "diagnostic":
            found.append(diagnostic(entry["diagnostic"]))
    return _or_plain(ran, found)


def listed(ran: Ran) -> tuple[Diagnostic, ...]:
    """The diagnostics of ``validate -json``: one document with all of them."""
    data = ran.data()
    entries = data.get("diagnostics", []) if isinstance(data, dict) else []
    return _or_plain(ran, [diagnostic(entry) for entry in entries])


def _or_plain(ran: Ran, found: list[Diagnostic]) -> tuple[Diagnostic, ...]:
    if ran.code == 1 and not any(d.severity == "error" for d in found):
        return (*found, *plain(ran))
    return tuple(found)


def plain(ran: Ran) -> Iterator[Diagnostic]:
    """What a command without ``-json`` said when it failed."""
    if ran.code:
        text = ran.stderr.strip() or ran.stdout.strip() or f"exit code {ran.code}"
        lines = [line.strip("╷│╵ \t") for line in text.splitlines()]
        lines = [line for line in lines if line]
        start = next((i for i, line in enumerate(lines) if line.startswith("Error: ")), 0)
        yield Diagnostic(
            "error", lines[start].removeprefix("Error: "), " ".join(lines[start + 1 :])
        )


def diagnostic(entry: Mapping[str, Any]) -> Diagnostic:
    """One diagnostic as Terraform writes it in JSON."""
    where = entry.get("range") or {}
    return Diagnostic(
        severity=str(entry.get("severity", "error")),
        summary=str(entry.get("summary", "")),
        detail=str(entry.get("detail", "")),
        address=str(entry.get("address", "")),
        file=os.path.normpath(where["filename"]) if where.get("filename") else "",
        line=int((where.get("start") or {}).get("line", 0)),
    )

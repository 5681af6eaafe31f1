"""What an apply came to, kept for the job that proposes what follows from it."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from typing import Any, NamedTuple

from generator.errors import UsageError

_ENDING = ".applied.json"


class Applied(NamedTuple):
    """One root that was applied, or had nothing to do.

    Attributes:
        root: its folder below the project folder.
        job_file: which it came from.
        environment: of it.
        retired: it is a tombstone, and all that it had made is gone.
        outputs: name to value of those that are not sensitive; empty unless they are wanted.
    """

    root: str
    job_file: str
    environment: str
    retired: bool
    outputs: Mapping[str, Any]


def write(folder: str, applied: Applied) -> None:
    """Write one into a folder, which is made.

    Raises:
        UsageError: it cannot be written.
    """
    name = hashlib.sha256(applied.root.encode()).hexdigest()[:16] + _ENDING
    try:
        os.makedirs(folder, exist_ok=True)
        path = os.path.join(folder, name)
        with open(path, "w", encoding="utf-8", newline="\n") as file:
            json.dump(applied._asdict(), file, indent=1)
    except OSError as error:
        raise UsageError(f"cannot write to {folder}: {error.strerror}") from error


def read_all(folder: str) -> list[Applied]:
    """Those below a folder, by root.

    Raises:
        UsageError: one cannot be read.
    """
    found = []
    for top, _, names in os.walk(folder):
        for name in names:
            if not name.endswith(_ENDING):
                continue
            path = os.path.join(top, name)
            try:
                with open(path, encoding="utf-8") as file:
                    found.append(Applied(**json.load(file)))
            except (OSError, ValueError, TypeError) as error:
                raise UsageError(f"{path} does not say what was applied") from error
    return sorted(found, key=lambda one: one.root)


def plain_outputs(data: bytes) -> dict[str, Any]:
    """The outputs that are not sensitive, of what ``terraform output -json`` printed."""
    document = json.loads(data)
    return {name: one["value"] for name, one in document.items() if not one.get("sensitive")}

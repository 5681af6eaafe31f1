"""What a job of a pipeline keeps of roots for a later one: a small JSON file each, in a folder."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from generator.errors import UsageError

T = TypeVar("T")


def write(folder: str, root: str, ending: str, document: Mapping[str, Any]) -> None:
    """Write the file of a root into a folder, which is made.

    Args:
        folder: where.
        root: its folder below the project folder; the file is named by its digest.
        ending: of the file's name, by which its kind is known.
        document: what is kept.

    Raises:
        UsageError: it cannot be written.
    """
    path = os.path.join(folder, hashlib.sha256(root.encode()).hexdigest()[:16] + ending)
    try:
        os.makedirs(folder, exist_ok=True)
        with open(path, "w", encoding="utf-8", newline="\n") as file:
            json.dump(document, file, indent=1)
    except OSError as error:
        raise UsageError(f"cannot write {path}: {error.strerror}") from error


def read_all(
    folder: str, ending: str, made: Callable[[dict[str, Any]], T], refusal: str
) -> list[T]:
    """What the files of one kind below a folder hold, in no order; nothing where it is missing.

    Args:
        folder: as of ``write``, or one above several.
        ending: of the names.
        made: what a document comes to; it may raise ValueError, TypeError and KeyError.
        refusal: what follows the path of a file of which nothing can be made.

    Raises:
        UsageError: one cannot be read.
    """
    found = []
    for top, _, names in os.walk(folder):
        for path in (os.path.join(top, name) for name in names if name.endswith(ending)):
            try:
                with open(path, encoding="utf-8") as file:
                    found.append(made(json.load(file)))
            except (OSError, ValueError, TypeError, KeyError) as error:
                raise UsageError(f"{path} {refusal}") from error
    return found

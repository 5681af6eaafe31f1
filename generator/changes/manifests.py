"""The manifests of roots as a comparison reads them: told apart and shown, never acted on."""

from __future__ import annotations

from typing import Any

from generator.errors import Location, Problem, Problems
from generator.files.names import MANIFEST
from generator.render.merged import documents

_TEXTS = ("job", "tenant", "name", "environment")


def read_manifest(
    data: bytes | None, folder: str, shown: str, problems: Problems, severity: str = "error"
) -> dict[str, Any] | None:
    """What a manifest says.

    Args:
        data: the file's content; None where there is none.
        folder: of the root, below the output folder.
        shown: the same below the project folder.
        problems: for what is wrong with it.
        severity: of that.

    Returns:
        Plain data with the keys of the file; None where it is missing or cannot be used.
    """
    if data is None:
        return None
    found = documents(data)
    file = f"{shown}/{MANIFEST}"
    if not found or not all(map(_is_usable, found)):
        message = "this manifest cannot be read, so that it is not known what became of its root"
        hint = "restore it from git, or generate with --force"
        problems.append(Problem("manifest", message, Location(file), hint, severity))
        return None
    first, *others = found
    if any({**other, "files": first["files"]} != first for other in others):
        message = "this manifest is of two branches, which say different things of the root"
        hint = f"take that of one of them, git checkout BRANCH -- {file}, and run: dativo generate"
        problems.append(Problem("merge-conflict", message, Location(file), hint, severity))
    elif others and severity == "error":
        message = "this manifest is of two branches, as git merged it"
        hint = "run: dativo generate"
        problems.append(Problem("merged-manifest", message, Location(file), hint, "warning"))
    belongs = f"{first['tenant']}/{first['name']}/{first['environment']}"
    if folder != belongs:
        message = f"this is the manifest of {belongs}, whose state it shares"
        hint = "a root is not copied or moved: remove this folder, and run: dativo generate"
        problems.append(Problem("copied-root", message, Location(file), hint, severity))
    return first


def _is_usable(document: dict[str, Any]) -> bool:
    state = document.get("state")
    terraform = document.get("terraform")
    return (
        all(isinstance(document.get(key), str) for key in _TEXTS)
        and isinstance(state, dict)
        and isinstance(state.get("address"), str)
        and isinstance(state.get("type"), str)
        and isinstance(terraform, dict)
        and isinstance(terraform.get("required_providers"), dict)
        and isinstance(document.get("files"), dict)
        and isinstance(document.get("retired"), bool)
    )

"""Where a project is, and the YAML files below its folders; nothing but ``os`` is imported here."""

from __future__ import annotations

import os

TYPE_CHECKING = False  # see cli.py
if TYPE_CHECKING:
    from collections.abc import Iterator

SETTINGS_FILE = "dativo.yaml"
_ENDINGS = (".yaml", ".yml")


def project_folder(chosen: str | None) -> str | None:
    """The project folder: the chosen one, else the nearest above with dativo.yaml, else with .git.

    Args:
        chosen: what the user named; None to search from the current folder upwards.

    Returns:
        An absolute path, the current folder when nothing marks a project; None when the chosen
        folder does not exist.
    """
    if chosen is not None:
        return os.path.abspath(chosen) if os.path.isdir(chosen) else None
    here = os.getcwd()
    for mark in (SETTINGS_FILE, ".git"):
        folder = here
        while True:
            if os.path.exists(os.path.join(folder, mark)):
                return folder
            parent = os.path.dirname(folder)
            if parent == folder:
                break
            folder = parent
    return here


def yaml_files(project: str, folders: list[str]) -> list[str]:
    """Every YAML file below some folders, as paths below the project folder, in order.

    Hidden files and folders are left out; symbolic links to folders are not followed.
    """
    found: dict[str, None] = {}
    for folder in folders:
        found.update(dict.fromkeys(_below(project, folder.strip("/"))))
    return sorted(found)


def is_yaml(name: str) -> bool:
    """Whether a name is that of a YAML file."""
    return name.endswith(_ENDINGS)


def _below(project: str, folder: str) -> Iterator[str]:
    base = "" if folder in ("", ".") else folder + "/"
    try:
        entries = list(os.scandir(os.path.join(project, folder)))
    except (FileNotFoundError, NotADirectoryError):
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _below(project, base + entry.name)
        elif entry.name.endswith(_ENDINGS) and entry.is_file():
            yield base + entry.name

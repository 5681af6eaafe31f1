"""Tells quickly that there is nothing to do, before anything slow is imported.

The last run that found nothing wrong left a note of what it read (hashes of every input) and
of what it wrote (size, time of change and inode of every file). While both still hold, the
roots are what they were. Anything unexpected means: do the whole work.
"""

from __future__ import annotations

import json
import os
import sys

from generator.folders import SETTINGS_FILE, project_folder, yaml_files

NOTE = "unchanged.json"
CACHE_FOLDER = ".dativo-cache"

Stamp = list[int]


def nothing_to_do(arguments: list[str]) -> int | None:
    """Answer ``generate`` or ``check`` from the note of the last run.

    Args:
        arguments: the command and its arguments; with any option but --project this declines.

    Returns:
        The exit code after printing what the command prints; None when the work has to be done.
    """
    parsed = _parse(arguments[1:])
    if parsed is None:
        return None
    chosen, paths = parsed
    folder = project_folder(chosen)
    note = _read_note(folder) if folder is not None else None
    if folder is None or note is None or note["self"] != own_stamp():
        return None
    if paths:
        text = _some(arguments[0], folder, note, paths)
    else:
        text = _whole(arguments[0], folder, note)
    if text is None:
        return None
    print(text)
    return 0


def _parse(arguments: list[str]) -> tuple[str | None, list[str]] | None:
    chosen, paths = None, []
    rest = iter(arguments)
    for argument in rest:
        if argument == "--project":
            chosen = next(rest, None)
            if chosen is None:
                return None
        elif argument.startswith("-"):
            return None
        else:
            paths.append(argument)
    return chosen, paths


def _read_note(folder: str) -> dict | None:  # type: ignore[type-arg]
    output = "generated"
    try:
        with open(os.path.join(folder, SETTINGS_FILE), "rb") as file:
            for line in file:
                if line.startswith(b"output:"):
                    output = line[7:].split(b"#")[0].strip().strip(b"\"'").decode()
    except (OSError, UnicodeDecodeError):
        pass
    try:
        with open(os.path.join(folder, output, CACHE_FOLDER, NOTE), "rb") as file:
            note = json.loads(file.read())
        return note if isinstance(note, dict) and note.get("version") == 1 else None
    except (OSError, ValueError):
        return None


def _whole(command: str, folder: str, note: dict) -> str | None:  # type: ignore[type-arg]
    """All jobs: the same files with the same contents, and every root as it was left."""
    try:
        if yaml_files(folder, note["job_folders"]) != list(note["jobs"]):
            return None
        if not _same_inputs(folder, note["inputs"], note["inputs"]):
            return None
        for path, stamps in note["folders"].items():
            if stamp(os.path.join(folder, path)) != stamps:
                return None
        for root, files in note["roots"].items():
            if not _same_outputs(os.path.join(folder, root), files):
                return None
        if (
            terraform_files(folder, note["hand_written"]["folders"], note["output"])
            != note["hand_written"]["files"]
        ):
            return None
    except (OSError, KeyError, TypeError, AttributeError):
        return None
    return str(note["checked"] if command == "check" else note["said"])


def _some(command: str, folder: str, note: dict, paths: list[str]) -> str | None:  # type: ignore[type-arg]
    """Some job files, named one by one: each and what it names as it was, its roots too."""
    count = 0
    try:
        for path in paths:
            file = os.path.relpath(os.path.abspath(path), folder).replace(os.sep, "/")
            job = note["jobs"][file]
            if not _same_inputs(folder, note["inputs"], [SETTINGS_FILE, file, *job["inputs"]]):
                return None
            for root in job["roots"]:
                if not _same_outputs(os.path.join(folder, root), note["roots"][root]):
                    return None
                count += 1
    except (OSError, KeyError, TypeError, AttributeError):
        return None
    what = "up to date" if command == "check" else "all unchanged"
    comma = "" if command == "check" else ","
    return f"{count} root{'' if count == 1 else 's'}{comma} {what}"


def _same_inputs(folder: str, digests: dict[str, str], files: object) -> bool:
    for file in files:  # type: ignore[attr-defined]
        if digest(os.path.join(folder, file)) != digests[file]:
            return False
    return True


def _same_outputs(root: str, files: dict[str, Stamp]) -> bool:
    return all(stamp(root + "/" + name) == stamps for name, stamps in files.items())


def stamp(path: str) -> Stamp:
    """Size, time of change and inode of a file, without following a link."""
    found = os.lstat(path)
    return [found.st_size, found.st_mtime_ns, found.st_ino]


def digest(path: str) -> str:
    """A digest of a file's content; "" for one that is not there."""
    try:
        from _blake2 import blake2b
    except ImportError:
        from hashlib import blake2b
    try:
        descriptor = os.open(path, os.O_RDONLY)
    except FileNotFoundError:
        return ""
    try:
        total = blake2b(digest_size=16)
        while chunk := os.read(descriptor, 65536):
            total.update(chunk)
        return total.hexdigest()
    finally:
        os.close(descriptor)


def terraform_files(folder: str, below: list[str], output: str) -> dict[str, Stamp]:
    """The hand-written ``.tf`` files of the repository, which may claim a state."""
    from generator.terraform_files import terraform_files as find

    return {path: stamp(os.path.join(folder, path)) for path in find(folder, below, output)}


def own_stamp() -> str:
    """What changes whenever dativo itself does: version, and stamps of its files."""
    from generator import __version__

    package = os.path.dirname(os.path.abspath(__file__))
    shipped = os.path.join(package, "data")
    base = shipped if os.path.isdir(shipped) else os.path.dirname(package)
    total = [f"{__version__} {sys.version_info[:2]}"]
    for top in (package, os.path.join(base, "templates", "root"), os.path.join(base, "modules")):
        stack = [top]
        while stack:
            for entry in sorted(os.scandir(stack.pop()), key=lambda entry: entry.name):
                if entry.is_dir(follow_symlinks=False):
                    if entry.name not in (
                        "__pycache__",
                        "schemas",
                        "examples",
                        "tests",
                        "data",
                        "rehearsal",
                    ):
                        stack.append(entry.path)
                elif not entry.name.endswith((".md", ".pyc")):
                    found = entry.stat()
                    total.append(f"{entry.name} {found.st_size} {found.st_mtime_ns}")
    from binascii import crc32

    return f"{crc32('|'.join(total).encode()):08x}-{len(total)}"

"""Tells quickly that there is nothing to do, before anything slow is imported.

The last whole run that found nothing wrong left a note of what it read (digests), what it
wrote (stamps), and which folders it searched. While all of that holds, the roots are what
they were. Anything unexpected means: do the whole work.

The note is text, one fact a line, fields separated by tabs, since a JSON parser takes longer
to import than all of this takes to run::

    dativo-note 3     what dativo itself was
    say               what generate says, and what check says
    warn              a line of the warnings
    jobs              folders that hold job files
    hand              the output folder, folders that may hold hand-written roots
    file              an input, or a module's folder with a slash; digest
    job, roots        a job file; its further inputs, or its roots
    root              a root; its files, each with "name stamp" or "name =digest"
    dir, tf           a folder in which roots may appear, or what tells of others' roots; stamp
"""

from __future__ import annotations

import os
import sys

from generator.files.folders import misnamed_settings, project_folder, yaml_files
from generator.files.names import BEGUN, CACHE_FOLDER, SETTINGS_FILE
from generator.files.stamps import MARK, digest, own_stamp, stamp, stamp_behind
from generator.files.terraform_files import terraform_files

NOTE = "unchanged.txt"
FIRST = "dativo-note 3"

Note = dict[str, list[list[str]]]


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
    try:
        text = _read(folder) if folder is not None else None
        if folder is None or text is None or _one_differs(folder, text, paths):
            return None
        note = _parts(text)
        if note[FIRST] != [[own_stamp()]]:
            return None
        said = _said(arguments[0], folder, note, paths)
    except (OSError, LookupError, ValueError):
        return None
    if said is None:
        return None
    for line in note.get("warn", ()):
        print(*line, file=sys.stderr)
    print(said)
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


def read_note(folder: str) -> Note | None:
    """The note of a project: kind of line to the fields of each; None when there is none.

    Raises:
        ValueError: it is not text.
    """
    text = _read(folder)
    return None if text is None else _parts(text)


def _read(folder: str) -> str | None:
    cache = os.path.join(folder, _output(folder), CACHE_FOLDER)
    path = os.path.join(cache, NOTE)
    if os.path.lexists(os.path.join(cache, BEGUN)):  # a run was cut short, or is writing
        return None
    try:
        with open(path, "rb") as file:
            if os.fstat(file.fileno()).st_mtime_ns != MARK:
                return None
            return file.read().decode("utf-8", "surrogateescape")
    except OSError:
        return None


def _parts(text: str) -> Note:
    note: Note = {}
    for line in text.split("\n"):
        kind, *fields = line.split("\t")
        note.setdefault(kind, []).append(fields)
    return note


def _one_differs(folder: str, text: str, paths: list[str]) -> bool:
    """Whether a job file that was named is not as it was: told before the note is taken apart."""
    return any(
        f"\nfile\t{job}\t{digest(os.path.join(folder, job))}\n" not in text
        for job in _below(folder, paths)
    )


def _below(folder: str, paths: list[str]) -> list[str]:
    """Paths on the command line as paths below the project folder."""
    return [os.path.relpath(os.path.abspath(p), folder).replace(os.sep, "/") for p in paths]


def _output(folder: str) -> str:
    """Where the note is: a wrong guess finds none, and nothing in it is trusted unchecked."""
    output = "generated"
    try:
        with open(os.path.join(folder, SETTINGS_FILE), "rb") as file:
            for line in file:
                if line.startswith(b"output:"):
                    output = line[7:].split(b" #")[0].strip().strip(b"\"'").decode()
    except OSError:
        pass
    return output


def _said(command: str, folder: str, note: Note, paths: list[str]) -> str | None:
    [[output, *hand_written]] = note["hand"]
    if not _same_surroundings(folder, note, output, hand_written):
        return None
    roots = {root: files for root, *files in note["root"]}
    files = dict(note["file"])
    if paths:
        return _some(command, folder, note, roots, files, paths)
    if yaml_files(folder, note["jobs"][0]) != [job for job, *_ in note["job"]]:
        return None
    if not _same_files(folder, files, files):
        return None
    if not all(_same_root(os.path.join(folder, root), saved) for root, saved in roots.items()):
        return None
    [[generated, checked]] = note["say"]
    if "warn" in note and sys.stderr.isatty():  # people get colours
        return None
    return checked if command == "check" else generated


def _some(
    command: str,
    folder: str,
    note: Note,
    roots: dict[str, list[str]],
    files: dict[str, str],
    paths: list[str],
) -> str | None:
    """Some job files, named one by one: each and what it names as it was, its roots too."""
    if "warn" in note:
        return None
    inputs = {job: names for job, *names in note["job"]}
    made = {job: names for job, *names in note["roots"]}
    chosen = set(_below(folder, paths))
    for job in chosen:
        if not _same_files(folder, files, [SETTINGS_FILE, job, *inputs[job]]):
            return None
        if not all(_same_root(os.path.join(folder, root), roots[root]) for root in made[job]):
            return None
    # What the other roots claim is read from their manifests.
    for root, saved in roots.items():
        if not _same_root(os.path.join(folder, root), saved[:1]):
            return None
    count = sum(len(made[job]) for job in chosen)
    without = sum(not made[job] for job in chosen)
    return checked(count) if command == "check" else all_unchanged(count, without)


def _same_surroundings(folder: str, note: Note, output: str, hand_written: list[str]) -> bool:
    """Nothing appeared where roots or hand-written backends may be, and nothing became a link.

    A file with a name that only resembles that of the settings is told by the whole work.
    """
    if misnamed_settings(folder) is not None:
        return False
    path = folder
    for step in output.split("/"):
        path = os.path.join(path, step)
        if os.path.islink(path):
            return False
    for path, saved in note["dir"]:
        if stamp(os.path.join(folder, path)) != saved:
            return False
    found = terraform_files(folder, hand_written, output)
    saved_files = note.get("tf", [])
    if found != [path for path, _ in saved_files]:
        return False
    return all(stamp_behind(os.path.join(folder, path)) == saved for path, saved in saved_files)


def _same_files(folder: str, digests: dict[str, str], files: list[str] | dict[str, str]) -> bool:
    return all(digest(os.path.join(folder, file)) == digests[file] for file in files)


def _same_root(root: str, files: list[str]) -> bool:
    for entry in files:
        name, _, saved = entry.partition(" ")
        path = f"{root}/{name}"
        if saved[0] == "=":
            if digest(path, follow=False) != saved[1:]:
                return False
        elif stamp(path) != saved:
            return False
    return True


def all_unchanged(roots: int, without: int) -> str:
    """What generate says when there was nothing to do.

    Args:
        roots: how many roots there are.
        without: how many jobs have no ``infrastructure`` block, and so no root.
    """
    line = f"{roots} root{'' if roots == 1 else 's'}, all unchanged"
    jobs = f"{without} job{'' if without == 1 else 's'}"
    return f"{line}; {jobs} without infrastructure" if without else line


def checked(roots: int) -> str:
    """What check says when nothing differs."""
    return f"{roots} root{'' if roots == 1 else 's'} up to date"

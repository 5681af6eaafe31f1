"""A scratch copy of a root: what it calls beside it, a local backend, and nothing else's state."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType
from typing import Any, NamedTuple

from generator.errors import RehearsalError
from generator.files.regular import read as read_regular
from generator.rehearsal.configuration import BLOCKS, Configuration, read_configuration
from generator.rehearsal.expectations import OVERRIDE_FILE, override
from generator.rehearsal.report import Diagnostic, Step
from generator.rehearsal.stand_ins import as_environment
from generator.rehearsal.states import write_states

# Override files are read in order of their names, and the last one wins; a backend in one of
# them takes the place of both `backend` and `cloud` (Terraform: "Override Files").
BACKEND_FILE = "zz_dativo_rehearsal_override.tf"
TAGS_FILE = "zz_dativo_rehearsal.tf"
VALUES_FILE = "zz_dativo_rehearsal.auto.tfvars.json"
TAGS_OUTPUT = "dativo_rehearsal_tags"
LABELS_OUTPUT = "dativo_rehearsal_labels"
# What a root says that its resources should have: its local values, and what they become here.
TOLD = {"tags": TAGS_OUTPUT, "kubernetes_labels": LABELS_OUTPUT}

BACKEND = 'terraform {\n  backend "local" {}\n}\n'
TAGS = 'output "%s" {\n  value     = local.%s\n  sensitive = true\n}\n'
SKIPPED_FOLDERS = ("node_modules", "__pycache__")
SKIPPED_FILES = (".tfstate", ".tfstate.backup", ".tfplan", ".terraform.lock.hcl", "crash.log")


class Copy(NamedTuple):
    """A root that is copied.

    Attributes:
        scratch: a folder that goes with it.
        folder: the copy, below that.
        variables: the environment that gives plausible values to what nobody gave one.
        step: what was done.
        states: the names of the data sources ``terraform_remote_state`` that have a state here.
    """

    scratch: str
    folder: str
    variables: dict[str, str]
    step: Step
    states: frozenset[str]


@contextmanager
def scratch_copy(
    root: str,
    variables: Mapping[str, Any],
    keep: bool,
    states: Mapping[str, Mapping[str, Any]] = MappingProxyType({}),
) -> Iterator[Copy]:
    """A copy of a root for as long as the context lasts, or for longer.

    Args:
        root: folder of the root module.
        variables: values for its input variables.
        keep: let the copy be afterwards, unless there is an error.
        states: of each ``terraform_remote_state`` of the root, the outputs that it reads.

    Raises:
        RehearsalError: the root, or a module that it calls, is not there.
    """
    scratch = tempfile.mkdtemp(prefix="dativo-rehearsal-")
    try:
        started = time.monotonic()
        copies = os.path.join(scratch, "root")
        os.mkdir(copies)
        folder, configuration = copy_root(root, copies, variables)
        write_states(folder, states)
        step = Step("copy", time.monotonic() - started, True, _unread(configuration))
        left = {k: v for k, v in configuration.variables.items() if k not in variables}
        yield Copy(scratch, folder, as_environment(left), step, frozenset(states))
    except BaseException:
        keep = False
        raise
    finally:
        if not keep:
            shutil.rmtree(scratch, ignore_errors=True)


def _unread(configuration: Configuration) -> tuple[Diagnostic, ...]:
    """A warning for each file of a root that is known to Terraform alone."""
    return tuple(
        Diagnostic("warning", "not read before Terraform", f"python-hcl2 cannot read {name}.")
        for name in configuration.unread
    )


def copy_root(root: str, scratch: str, variables: Mapping[str, Any]) -> tuple[str, Configuration]:
    """Copy a root and the modules that it calls by relative paths, and make it stand alone.

    Args:
        root: folder of the root module.
        scratch: an existing, empty folder.
        variables: values for input variables of the root.

    Returns:
        The folder of the copy, and what the root declares.

    Raises:
        RehearsalError: the root, or a module that it calls, is not there.
    """
    configurations = called_folders(os.path.realpath(root))
    folders = list(configurations)
    base = os.path.commonpath(folders)
    for folder in folders:
        copy_folder(folder, os.path.join(scratch, os.path.relpath(folder, base)))
    copied = os.path.normpath(os.path.join(scratch, os.path.relpath(folders[0], base)))
    installed = os.path.join(folders[0], ".terraform", "modules")
    if os.path.isdir(installed):
        copy_folder(installed, os.path.join(copied, ".terraform", "modules"))
    files = {BACKEND_FILE: BACKEND}
    known = configurations[folders[0]].locals
    told = [TAGS % (output, name) for name, output in TOLD.items() if name in known]
    if told:
        files[TAGS_FILE] = "\n".join(told)
    if variables:
        files[VALUES_FILE] = json.dumps(dict(variables))
    if expected := override(folders[0]):
        files[OVERRIDE_FILE] = expected
    for name, content in files.items():
        with open(os.path.join(copied, name), "w", encoding="utf-8") as file:
            file.write(content)
    return copied, configurations[folders[0]]


def write_changed(folder: str, files: Mapping[str, str]) -> None:
    """Put other files into the scratch copy of a root; what the rehearsal added stays.

    Args:
        folder: the copy.
        files: file name to text, of all files of the root.
    """
    for name in os.listdir(folder):
        if name.endswith(".tf") and name not in (BACKEND_FILE, TAGS_FILE):
            os.unlink(os.path.join(folder, name))
    written = {name: text for name, text in files.items() if name.endswith(".tf")}
    for name, text in written.items():
        with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
            file.write(text)
    with open(os.path.join(folder, OVERRIDE_FILE), "w", encoding="utf-8") as file:
        file.write(override(folder) or "{}")


def root_files(folder: str) -> dict[str, str]:
    """The Terraform files of a scratch copy that came from its root, file name to text."""
    found = {}
    for name in sorted(os.listdir(folder)):
        if name.endswith(".tf") and name not in (BACKEND_FILE, TAGS_FILE):
            found[name] = read_regular(os.path.join(folder, name))[0].decode()
    return found


def called_folders(root: str) -> dict[str, Configuration]:
    """The root and every module below it that is called by a relative path, the root first.

    Raises:
        RehearsalError: one of them is not there.
    """
    found: dict[str, Configuration] = {}
    queue = [(root, "")]
    while queue:
        folder, caller = queue.pop(0)
        if folder in found:
            continue
        try:
            sorts = ("module",) if caller else BLOCKS
            found[folder] = read_configuration(folder, sorts)
        except OSError as error:
            called = f", called by {caller}," if caller else ""
            raise RehearsalError(f"{folder}{called} cannot be read: {error.strerror}") from error
        sources = found[folder].local_modules
        queue += [(os.path.realpath(os.path.join(folder, s)), folder) for s in sources]
    return found


def copy_folder(source: str, target: str) -> None:
    """Copy a folder without state, plans, lock file and hidden folders.

    Links to files become files, links to folders are left out: they could lead anywhere.
    """
    for path, folders, files in os.walk(source):
        folders[:] = [f for f in folders if not f.startswith(".") and f not in SKIPPED_FOLDERS]
        if "pyvenv.cfg" in files:
            folders.clear()
            continue
        location = os.path.join(target, os.path.relpath(path, source))
        os.makedirs(location, exist_ok=True)
        for name in _worth_copying(path, files):
            shutil.copyfile(os.path.join(path, name), os.path.join(location, name))


def _worth_copying(folder: str, names: list[str]) -> Iterator[str]:
    for name in names:
        if not name.endswith(SKIPPED_FILES) and os.path.isfile(os.path.join(folder, name)):
            yield name

"""What a root takes from the roots of other jobs: ``{{jobs.NAME.outputs.OUTPUT}}``, and how."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable
from typing import Any, NamedTuple

from generator.errors import Location, Problem
from generator.job.loaded import LoadedJob, Neighbour
from generator.plan.root_plan import DataSource, NeededRoot, Variable
from generator.text.expression import Reference, Value
from generator.text.hints import suggest

DATA = "terraform_remote_state"
# Arguments that only a write has use for; a data source reads, and takes no lock.
_OF_WRITES = frozenset(
    ("acl", "encrypt", "use_lockfile", "dynamodb_table", "kms_key_id", "kms_encryption_key")
    + ("lock_address", "lock_method", "unlock_address", "unlock_method", "update_method")
)


class Taken(NamedTuple):
    """An output of another job, as a placeholder names it.

    Attributes:
        neighbour: the other job.
        label: what its data source and variables are called after.
        output: the output.
    """

    neighbour: Neighbour
    label: str
    output: str

    @property
    def variable(self) -> str:
        """The root variable that holds it, where it is handed in."""
        return variable(self.label, self.output)

    @property
    def read(self) -> Reference:
        """The expression that reads it from the state."""
        return Reference(f"data.{DATA}.{self.label}.outputs.{self.output}")


def taken(loaded: LoadedJob, piece: str) -> Taken | None:
    """The output that a piece of text, ``JOB.outputs.OUTPUT``, names; None where it names none."""
    name, _, output = piece.rpartition(".outputs.")
    found = [one for one in loaded.neighbours if name in (one.job, one.identity)]
    if len(found) != 1:
        return None
    return Taken(found[0], _label(loaded, found[0].folder), output)


def unknown(loaded: LoadedJob, piece: str, location: Location) -> Problem | None:
    """What is wrong with a placeholder; None where it names an output that there is."""
    name, _, output = piece.rpartition(".outputs.")
    found = [one for one in loaded.neighbours if name in (one.job, one.identity)]
    if len(found) > 1:
        which = " and ".join(sorted(one.identity for one in found))
        message = f'this job needs several jobs named "{name}": {which}'
        hint = f"write {{{{jobs.{found[0].identity}.outputs.{output}}}}}"
        return Problem("ambiguous-job", message, location, hint)
    if not found:
        known = sorted({one.job for one in loaded.neighbours})
        message = f'this job does not need the job "{name}"'
        add = f"add it: `needs: [{', '.join([*known, name])}]`"
        return Problem("unneeded-job", message, location, suggest(name, known, add))
    (neighbour,) = found
    if neighbour.offers is not None and output not in neighbour.offers:
        message = f'the root of {neighbour.identity} ({neighbour.file}) has no output "{output}"'
        known = sorted(neighbour.offers)
        hint = suggest(output, known, "it has: " + ", ".join(known))
        return Problem("unknown-output", message, location, hint)
    if (reason := neighbour.empty.get(output)) is not None:
        message = f'the output "{output}" of {neighbour.identity} has no value: {reason}'
        return Problem("empty-output", message, location)
    return None


def labels(own: str, others: Iterable[str]) -> dict[str, str]:
    """What the data sources and variables of other roots are called after, by their folders.

    That is the job, and the tenant or what stands for environment and region where it has another
    than the root that needs it.

    Args:
        own: the root that needs them, below the output folder.
        others: theirs.
    """
    tenant, _, stage = own.split("/")
    found: dict[str, str] = {}
    for folder in sorted(others):
        its_tenant, job, its_stage = folder.split("/")
        parts = [job] if its_stage == stage else [job, its_stage]
        parts = parts if its_tenant == tenant else [its_tenant, job, its_stage]
        label = "_".join(parts).replace("-", "_")
        label = label if label[0].isalpha() else f"job_{label}"
        number, free = 2, label
        while free in found.values():
            number, free = number + 1, f"{label}_{number}"
        found[folder] = free
    return found


def variable(label: str, output: str) -> str:
    """The root variable that holds an output, where it is handed in."""
    return f"{label}_{output}".replace("-", "_").lower()


def _label(loaded: LoadedJob, folder: str) -> str:
    return labels(loaded.folder, [one.folder for one in loaded.neighbours])[folder]


def needed_roots(
    loaded: LoadedJob, references: frozenset[str], variables: tuple[Variable, ...]
) -> tuple[NeededRoot, ...]:
    """The roots that come before a root, with what it takes from each, sorted by folder.

    Args:
        loaded: the job.
        references: what its module call and its data sources refer to.
        variables: those of its root.
    """
    found = []
    for one in loaded.neighbours:
        label = _label(loaded, one.folder)
        prefix = f"data.{DATA}.{label}.outputs."
        outputs = {text[len(prefix) :] for text in references if text.startswith(prefix)}
        handed = {v.output: v.name for v in variables if v.output and v.root == one.folder}
        source = _data_source(one, label, loaded.folder, outputs) if outputs else None
        outputs |= handed.keys()
        right = _right(one) if source is not None else ""
        taken = tuple(sorted(outputs))
        found.append(NeededRoot(one.folder, one.file, one.identity, taken, source, handed, right))
    return tuple(sorted(found, key=lambda one: one.folder))


def _data_source(one: Neighbour, label: str, folder: str, outputs: set[str]) -> DataSource:
    comment = f"{', '.join(sorted(outputs))} of {one.identity}."
    kind, config = _config(one, folder)
    arguments: dict[str, Value] = {"backend": kind, "config": config}
    return DataSource(DATA, label, comment, arguments, needed=True)


def _config(one: Neighbour, folder: str) -> tuple[str, dict[str, Any]]:
    """The other root's backend as the data source takes it, for reading."""
    config = {name: value for name, value in one.arguments.items() if name not in _OF_WRITES}
    if one.backend == "local":
        config.pop("workspace_dir", None)
        config["path"] = _from(folder, one.folder, str(config.get("path") or "terraform.tfstate"))
    if one.backend not in ("cloud", "remote"):
        return one.backend, config
    # The data source knows no "cloud", whose states the older backend reads as well.
    return "remote", {**config, "workspaces": {"name": one.arguments["workspaces"]["name"]}}


def _right(one: Neighbour) -> str:
    """What reading a state takes, as the documentation of its backend says."""
    given = one.arguments
    if one.backend == "s3":
        key = f", and `kms:Decrypt` with `{given['kms_key_id']}`" if "kms_key_id" in given else ""
        where = f"arn:aws:s3:::{given['bucket']}"
        return f"`s3:ListBucket` on `{where}` and `s3:GetObject` on `{where}/{given['key']}`{key}"
    if one.backend == "gcs":
        return f"`storage.objects.get` and `storage.objects.list` on `gs://{given['bucket']}`"
    if one.backend == "azurerm":
        container = f"{given['storage_account_name']}/{given['container_name']}"
        return f"Storage Blob Data Reader on the container `{container}`"
    if one.backend in ("cloud", "remote"):
        name = f"{given['organization']}/{given['workspaces']['name']}"
        return f"to read the state of the workspace `{name}`, which may have to be shared"
    return f"to read `{given['address']}`" if one.backend == "http" else "the file beside that root"


def _from(folder: str, other: str, path: str) -> str:
    """A path that is relative to another root, relative to this one."""
    joined = posixpath.join(posixpath.relpath(other, folder), path)
    return path if posixpath.isabs(path) else posixpath.normpath(joined)

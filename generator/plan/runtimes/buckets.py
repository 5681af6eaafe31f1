"""The buckets of a job's data: the one in ``storage``, and those that the runner writes to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from generator.errors import KeyPath
from generator.job.loaded import LoadedJob
from generator.plan.runtimes.runtime import Faults
from generator.plan.runtimes.target import reached


class Bucket(NamedTuple):
    """A bucket, below which prefix it is used, and where the job says so."""

    name: str
    prefix: str
    path: KeyPath


def of_data(loaded: LoadedJob) -> list[Bucket]:
    """Where the job's identity reads and writes data, ``storage.data_bucket`` first.

    A place below another one is reached already. In the bucket of ``storage`` its prefix is what
    the job may touch, unless the target names a prefix too.

    Args:
        loaded: the job.
    """
    storage, targets = loaded.job.infrastructure.storage, reached(loaded)
    found: list[Bucket] = []
    if storage.data_bucket is not None:
        path: KeyPath = ("infrastructure", "storage", "data_bucket")
        found.append(Bucket(storage.data_bucket, storage.prefix, path))
    elif targets:
        first = targets[0]
        found.append(Bucket(first.bucket, storage.prefix or first.prefix, first.path))
    for target in targets:
        bucket = Bucket(target.bucket, target.prefix, target.path)
        if not any(_covers(held, bucket) for held in found):
            found.append(bucket)
    return found


def _covers(held: Bucket, wanted: Bucket) -> bool:
    above, below = held.prefix.strip("/"), wanted.prefix
    return held.name == wanted.name and (
        not above or not below or f"{below}/".startswith(f"{above}/")
    )


def origins(name: str, locations: Sequence[Bucket] = ()) -> dict[KeyPath, KeyPath]:
    """Which fields the parts of the input ``storage`` come from.

    Args:
        name: the module's attribute for a bucket.
        locations: the buckets of data; without any the bucket is that of the job's state.
    """
    at: KeyPath = ("infrastructure", "storage")
    if not locations:
        return {(name,): (*at, "state_bucket"), ("prefix",): (*at, "state_prefix")}
    first, *further = locations
    found: dict[KeyPath, KeyPath] = {
        (name,): first.path,
        (f"state_{name}",): (*at, "state_bucket"),
    }
    for index, target in enumerate(further):
        found["targets", index] = target.path
    return found


def orphaned(loaded: LoadedJob, faults: Faults) -> None:
    """Storage fields that mean nothing without the bucket they belong to."""
    wanted = loaded.job.infrastructure.storage
    data, state = bool(of_data(loaded)), wanted.state_bucket is not None
    for name, needs, there in (
        ("prefix", "data_bucket", data),
        ("allow_delete", "data_bucket", data or state),
        ("state_prefix", "state_bucket", state),
    ):
        if name in wanted.model_fields_set and not there:
            hint = f'"storage.{name}" has no effect without it'
            faults.orphan(f"storage.{name}", f"storage.{needs}", hint)
            return


def check_key(loaded: LoadedJob, faults: Faults) -> None:
    """The key of the data has no effect without any."""
    wanted = loaded.job.infrastructure.storage
    if wanted.kms_key_id is not None and wanted.state_bucket is None and not of_data(loaded):
        hint = '"storage.kms_key_id" is the key of its objects and has no effect without it'
        faults.orphan("storage.kms_key_id", "storage.data_bucket", hint)

"""The buckets of a job's data: the one in ``storage``, and those that the runner writes to."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from generator.plan.runtimes.target import reached

if TYPE_CHECKING:
    from generator.errors import KeyPath
    from generator.job.loaded import LoadedJob
    from generator.plan.runtimes.runtime import Faults


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


def orphaned(loaded: LoadedJob, faults: Faults, runtime: str) -> None:
    """Storage fields that mean nothing without the bucket they belong to."""
    wanted = loaded.job.infrastructure.storage
    if not of_data(loaded):
        for name in ("prefix", "allow_delete", "state_bucket", "state_prefix"):
            if name in wanted.model_fields_set:
                hint = f'"storage.{name}" has no effect without it'
                faults.missing("storage.data_bucket", runtime, hint)
                return
    elif wanted.state_bucket is None and wanted.state_prefix:
        hint = '"storage.state_prefix" has no effect without it'
        faults.missing("storage.state_bucket", runtime, hint)


def check_key(loaded: LoadedJob, faults: Faults, runtime: str) -> None:
    """The key of the data has no effect without any."""
    if loaded.job.infrastructure.storage.kms_key_id is not None and not of_data(loaded):
        hint = '"storage.kms_key_id" is the key of its objects and has no effect without it'
        faults.missing("storage.data_bucket", runtime, hint)

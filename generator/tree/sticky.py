"""What a platform keeps of a job when its field is taken away, so that no plan shows a change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from generator.errors import Location, Problem
from generator.files.names import MANIFEST
from generator.plan.runtimes.table import RUNTIMES
from generator.render.manifest import Manifest, read
from generator.tree.runtime_change import change_of

# A type of runtime that several clouds have is the same platform on each of them.
_STICKY = {spec.type: spec.sticky for spec in RUNTIMES.values() if spec.sticky}


def kept_inputs(old: Manifest, new: Manifest) -> tuple[str, ...]:
    """The inputs that a root had and has no more, and whose effect stays, sorted.

    A root that was a tombstone was destroyed, and one that becomes another is made anew.

    Args:
        old: the manifest on disk.
        new: as the job asks for it.
    """
    if old.retired or not old.sticky or change_of(old, new).steps:
        return ()
    known = _STICKY.get(new.runtime, {}).keys()
    return tuple(sorted({*old.sticky} & known - {*new.sticky}))


def stays_behind(runtime: str, name: str, shown: str, job_file: str) -> Problem:
    """The warning that tells of one.

    Args:
        runtime: the type of the runtime.
        name: the input.
        shown: the root's folder, for people.
        job_file: the job file.
    """
    kept = _STICKY[runtime][name]
    field = ".".join(str(key) for key in kept.path[1:])
    message = f'"{field}" was taken away, and {shown} {kept.stays}'
    hint = (
        f"{kept.way}: terraform -chdir={shown} apply -replace=module.job.{kept.resource}, "
        f"then: dativo generate --applied {job_file}"
    )
    return Problem("platform-keeps", message, Location(job_file, kept.path[:-1]), hint, "warning")


def with_sticky(files: Mapping[str, str], folder: str, names: Iterable[str]) -> dict[str, str]:
    """A root's files whose manifest remembers what the platform keeps, until it was applied.

    Args:
        files: name to text.
        folder: the root below the output folder.
        names: the inputs.
    """
    found = read(files[MANIFEST].encode(), folder, f"{folder}/{MANIFEST}")
    return {**files, MANIFEST: replace(found, sticky=tuple(sorted({*names}))).to_json()}

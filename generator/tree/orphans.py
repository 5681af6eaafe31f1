"""Roots whose job file is there and read, but does not ask for them any more."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any, NamedTuple

from generator.errors import Location, Problem
from generator.files.names import SETTINGS_FILE
from generator.job.load import load, parse
from generator.job.loaded import LoadedJob
from generator.job.misspelt import has_infrastructure
from generator.job.project import Project
from generator.job.variants import READ_KEYS, variants_of
from generator.render.manifest import Manifest
from generator.text.hints import misspelt, question

WITHOUT_JOB = "root-without-job"
# One of its roots is not asked for by the name that it had.
CHANGED_NAME = "root-without-environment"
_PARTS = ("environment", "tenant", "job", "region")


class Reason(NamedTuple):
    """Why a root goes, and where that was decided."""

    why: str
    location: Location


def verdicts(
    project: Project, file: str, orphans: Sequence[Manifest], new: Collection[str]
) -> Iterator[tuple[Manifest, Reason | Problem]]:
    """For each root of a job file that goes: the reason, or the slip that it looks like.

    Args:
        project: the repository.
        file: a job file in which nothing is wrong by itself.
        orphans: its roots that it does not ask for any more.
        new: the folders of all roots that are made for the first time.
    """
    jobs, _ = load(project, file)
    document = jobs[0].document if jobs else parse(project, file)
    for manifest in orphans:
        if not jobs:
            yield manifest, _no_infrastructure(file, document)
        else:
            yield manifest, _File(project, file, document, jobs, new).verdict(manifest)


def _no_infrastructure(file: str, document: dict[str, Any]) -> Problem:
    if not document:
        message, hint = f"{file} is empty, but has a root", "restore what was in it"
    elif has_infrastructure(document):
        message, hint = f"{file} asks for no root, but has one", "restore its infrastructure"
    else:
        message = f'{file} has no "infrastructure" any more, but has a root'
        hint = "restore that block"
    for key in document:
        if key.lower().startswith("infra") and key != "infrastructure":
            hint = f'call "{key}" "infrastructure" again'
            return Problem(WITHOUT_JOB, message, Location(file, (key,), True), hint)
    return Problem(WITHOUT_JOB, message, Location(file), hint)


class _File:
    """A job file that has roots, though not the one in question."""

    def __init__(
        self,
        project: Project,
        file: str,
        document: dict[str, Any],
        jobs: Sequence[LoadedJob],
        new: Collection[str],
    ) -> None:
        self._project, self._file, self._document, self._jobs = project, file, document, jobs
        self._identities = [
            {
                "environment": loaded.job.environment,
                "tenant": loaded.job.tenant_id,
                "job": loaded.job.name,
                "region": loaded.region,
            }
            for loaded in jobs
        ]
        self._new = [
            identity
            for loaded, identity in zip(jobs, self._identities, strict=True)
            if loaded.folder in new
        ]

    def verdict(self, root: Manifest) -> Reason | Problem:
        own = {part: getattr(root, part) for part in _PARTS}
        for loaded, identity in zip(self._jobs, self._identities, strict=True):
            if identity == own:
                location = loaded.locations.location(("infrastructure", "iac"))
                return Reason(f"{loaded.job.infrastructure.iac} deploys its job now", location)
        if problem := self._without_infrastructure(root) or self._elsewhere(root):
            return problem
        for part in _PARTS:
            if own[part] not in [identity[part] for identity in self._identities]:
                slip = None if part == "region" else self._slip(part, own[part])
                return slip or self._reason(part, own[part])
        return Reason(f"{self._file} does not ask for it any more", Location(self._file))

    def _without_infrastructure(self, root: Manifest) -> Problem | None:
        """An environment that is listed, and of which nothing says what it runs on."""
        for variant in variants_of(self._project, self._document, self._file):
            if (variant.tenant, variant.environment) == (root.tenant, root.environment) and not any(
                identity["environment"] == root.environment for identity in self._identities
            ):
                message = (
                    f'the environment "{root.environment}" of {self._file} has no '
                    '"infrastructure" any more, but has a root'
                )
                hint = "restore that block"
                return Problem(CHANGED_NAME, message, variant.environment_location, hint)
        return None

    def _elsewhere(self, root: Manifest) -> Problem | None:
        """The environment below a key that is not read, where `environments` is missing."""
        if "environments" in self._document:
            if self._document["environments"] is not None:
                return None
            message = (
                f'"environments" is empty, and "{root.environment}", which has a root, is gone'
            )
            location = Location(self._file, ("environments",), True)
            return Problem(CHANGED_NAME, message, location, "restore what was in it")
        for key, value in self._document.items():
            if key in READ_KEYS or not isinstance(value, dict | list):
                continue
            if root.environment in value and root.environment not in self._values("environment"):
                message = (
                    f'the environment "{root.environment}" stands below "{key}", which is not '
                    "read, and has a root"
                )
                hint = question("environments")
                return Problem(CHANGED_NAME, message, Location(self._file, (key,), True), hint)
        return None

    def _values(self, part: str) -> list[str]:
        return [identity[part] for identity in self._identities]

    def _slip(self, part: str, old: str) -> Problem | None:
        """A new name that is a slip of the pen away from the one that is gone."""
        for now in dict.fromkeys(identity[part] for identity in self._new):
            if misspelt(now, (old,)):
                location = self._location(part, now)
                message = (
                    f'the {part} "{now}" is new in {location.file}, and "{old}", which has a root, '
                    "is gone"
                )
                return Problem(CHANGED_NAME, message, location, question(old))
        return None

    def _reason(self, part: str, old: str) -> Reason:
        now = self._values(part)
        if part == "job":
            return Reason(f'the job of {self._file} is called "{now[0]}" now', self._location(part))
        if not old:
            message = f"{self._file} lists regions, and this root is in none of them"
            return Reason(message, self._location(part))
        return Reason(f'{self._file} has no {part} "{old}" any more', self._location(part))

    def _location(self, part: str, name: str | None = None) -> Location:
        one, several = {
            "environment": ("environment", "environments"),
            "tenant": ("tenant_id", "tenants"),
            "job": ("name", "name"),
            "region": ("regions", "regions"),
        }[part]
        listed = self._document.get(several)
        if name is not None and isinstance(listed, dict) and name in listed:
            return Location(self._file, (several, name), True)
        if name is not None and isinstance(listed, list) and name in listed:
            return Location(self._file, (several, listed.index(name)))
        key = several if several in self._document else one
        if key in self._document:
            return Location(self._file, (key,), True)
        if part == "environment":
            return Location(SETTINGS_FILE, ("defaults", "environment"))
        return Location(self._file)

"""Finds the job that a name means: among the jobs of a run, by manifests, or in the job files."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from generator.errors import InputError, Location, Problem
from generator.files.names import MANIFEST
from generator.files.paths import read_file
from generator.job.job_files import all_jobs
from generator.job.load import load, read
from generator.job.loaded import LoadedJob
from generator.job.project import Project
from generator.render import manifest
from generator.render.manifest import Manifest
from generator.text.hints import did_you_mean, question


class Identity(NamedTuple):
    """What tells a root from all others; also its folder below the output folder."""

    tenant: str
    job: str
    environment: str

    @classmethod
    def of(cls, loaded: LoadedJob) -> Identity:
        """The identity of a job."""
        return cls(loaded.job.tenant_id, loaded.job.name, loaded.stage)

    @property
    def folder(self) -> str:
        """Its root, below the output folder."""
        return "/".join(self)

    def __str__(self) -> str:
        return "/".join(self)


class Jobs:
    """The jobs of a project, each file loaded when somebody asks for what may be in it.

    Args:
        project: the repository.
        files: root folder to the job file that is known to make it, of the run.
    """

    def __init__(self, project: Project, files: Mapping[str, str]) -> None:
        self._project = project
        self._files = files
        self._loaded: dict[str, list[LoadedJob]] = {}
        self._broken: dict[str, bytes] = {}
        self._all: list[str] | None = None

    def find(self, identity: Identity) -> LoadedJob | None:
        """The job of this identity; None where there is none that can be loaded."""
        for file in self._candidates(identity):
            for loaded in self.of(file):
                if Identity.of(loaded) == identity:
                    return loaded
        return None

    def of(self, file: str) -> list[LoadedJob]:
        """The jobs of a file; none where it cannot be loaded, which whoever builds it reports."""
        if file not in self._loaded:
            try:
                self._loaded[file] = load(self._project, file)[0]
            except InputError:
                self._loaded[file], self._broken[file] = [], _text(self._project, file)
        return self._loaded[file]

    def _candidates(self, identity: Identity) -> Iterator[str]:
        """The files that the job may be in, the likeliest first."""
        likely = [self._files.get(identity.folder), self._by_manifest(identity)]
        told = [file for file in likely if file]
        yield from told
        files = self._every()
        stem = identity.job.encode()
        named = [f for f in files if os.path.splitext(os.path.basename(f))[0] == identity.job]
        yield from named
        # The name may be the file's, or be made of variables, so that only the key tells.
        yield from (f for f in files if f not in {*told, *named} and self._may_hold(f, stem))

    def _may_hold(self, file: str, name: bytes) -> bool:
        text = _text(self._project, file)
        return name in text or (b"name:" in text and b"${" in text)

    def _by_manifest(self, identity: Identity) -> str | None:
        found = self.root(identity)
        file = found.job_file if found else None
        return file if file and self._is_there(file) else None

    def _is_there(self, file: str) -> bool:
        """Whether there is such a job file, in the project as it is or will be."""
        edited = self._project.edited
        if file in edited:
            return edited[file] is not None
        return os.path.isfile(os.path.join(self._project.folder, file))

    def root(self, identity: Identity) -> Manifest | None:
        """The manifest of the job's root on disk; None where there is none that can be read."""
        shown = f"{self._project.settings.output}/{identity.folder}/{MANIFEST}"
        try:
            data = read_file(os.path.join(self._project.folder, shown))
            return None if data is None else manifest.read(data, identity.folder, shown)
        except (InputError, OSError):
            return None

    def _every(self) -> list[str]:
        if self._all is None:
            self._all = all_jobs(self._project)
        return self._all

    def may_be_broken(self, identity: Identity) -> str | None:
        """A file that cannot be loaded and may hold the job, so that its fault comes first."""
        name = identity.job.encode()
        for file in self._every():
            self.of(file)
        return next((file for file, text in self._broken.items() if name in text), None) or next(
            (file for file in self._broken if identity.job in os.path.basename(file)), None
        )

    def missing(self, identity: Identity, location: Location) -> Problem:
        """The problem of a job that is not there: what became of it, or which one was meant."""
        output = self._project.settings.output
        root = f"{output}/{identity.folder}"
        if (found := self.root(identity)) is not None:
            if found.retired:
                message = f"the job {identity} is retired: {root} only destroys what it made"
            elif not self._is_there(found.job_file):
                message = f"the job {identity} is gone with {found.job_file}, which made {root}"
            else:
                message = f"{found.job_file} does not make the job {identity} any more"
            hint = "take it out of `needs`, or bring the job back"
            return Problem("unknown-job", message, location, hint)
        meant = self._meant(identity)
        if (file := self._without_root(identity)) is not None:
            message = f"the job {identity.job} has no root: {file} has no infrastructure block"
            return Problem("no-root", message, location, "take it out of `needs`")
        return Problem("unknown-job", f"there is no job {identity}", location, meant)

    def _without_root(self, identity: Identity) -> str | None:
        """The file of a job of that name from which no root comes."""
        for file in self._every():
            stem = os.path.splitext(os.path.basename(file))[0]
            if stem == identity.job and not self.of(file) and file not in self._broken:
                return file
        return None

    def _meant(self, identity: Identity) -> str:
        known = [Identity.of(one) for file in self._every() for one in self.of(file)]
        same = [one for one in known if one.job == identity.job]
        if same:
            return f"it is there as {_listed(same)}: write that in full where it is meant"
        beside = {one.job for one in known if one[::2] == identity[::2]}
        meant = did_you_mean(identity.job, beside)
        if meant is None:
            near = did_you_mean(identity.job, {one.job for one in known})
            meant = next((str(one) for one in known if one.job == near), None)
        hint = f"{identity.tenant} has in {identity.environment}: {', '.join(sorted(beside))}"
        return question(meant, hint if beside else "")


def _text(project: Project, file: str) -> bytes:
    try:
        return read(project, file)
    except InputError:
        return b""


def _listed(identities: Iterable[Identity]) -> str:
    return " and ".join(sorted(map(str, identities)))

"""Who wrote a value: the job's author, or whoever answers for dativo.yaml."""

from __future__ import annotations

from generator.errors import KeyPath, Location
from generator.files.names import SETTINGS_FILE
from generator.job.loaded import LoadedJob
from generator.job.project import Project
from generator.model.variables import names_left
from generator.yaml.data import texts

# Of what a job says of itself these are free text; its names are plain.
_FREE = frozenset(("ASSET", "REGION"))
_HERE = ("infrastructure",)


class Written:
    """Tells the author of each value of a job.

    Args:
        project: the repository.
        loaded: the job.
    """

    def __init__(self, project: Project, loaded: LoadedJob) -> None:
        job = loaded.job
        self._values = project.values(job.tenant_id, job.environment).texts
        self._locations = loaded.locations

    def by_job(self, path: KeyPath) -> bool:
        """Whether the job's author has a say in the value at a path below ``infrastructure``."""
        layer = self._locations.written((*_HERE, *path))
        if layer is None:
            return False
        if layer.file != SETTINGS_FILE:
            return True
        raw = self._locations.raw((*_HERE, *path))
        return any(self._takes_in(text, set()) for _, text in texts(raw))

    def at(self, path: KeyPath) -> Location:
        """Where that value stands."""
        return self._locations.location((*_HERE, *path))

    def _takes_in(self, text: str, seen: set[str]) -> bool:
        """Whether a text of dativo.yaml has the job's asset or region in it, by values or not."""
        for name in names_left(text):
            if name.upper() in _FREE:
                return True
            if name not in seen and name in self._values:
                seen.add(name)
                if self._takes_in(self._values[name], seen):
                    return True
        return False

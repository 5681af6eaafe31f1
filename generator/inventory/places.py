"""Where values stand, as ``file:line``, in bounded memory."""

from __future__ import annotations

from generator.errors import Location
from generator.files.names import SETTINGS_FILE
from generator.report.located import Lines


class Places(Lines):
    """As ``Lines``, of one job file at a time: dativo.yaml is kept, what else was read is not."""

    def __init__(self, project_dir: str) -> None:
        """Args: project_dir: where the files are."""
        super().__init__(project_dir)
        self._project_dir, self._job_file = project_dir, ""
        self._settings = Lines(project_dir)

    def of(self, location: Location | None) -> str:
        """As ``Lines.of``."""
        if location is not None and location.file == SETTINGS_FILE:
            return self._settings.of(location)
        return super().of(location)

    def only(self, job_file: str) -> None:
        """Forget what was read for jobs of another file than this."""
        if job_file != self._job_file:
            super().__init__(self._project_dir)
            self._job_file = job_file

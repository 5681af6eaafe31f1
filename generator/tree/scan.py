"""The roots on disk: folders below the output folder that bear our manifest."""

from __future__ import annotations

from collections.abc import Callable

from generator.errors import InputError, Location, Problem, Problems, TreeError
from generator.files.folders import root_folders
from generator.files.names import MANIFEST
from generator.files.paths import output_folder, read_file
from generator.render import manifest
from generator.render.manifest import Manifest

Matters = Callable[[str, bytes], bool]
Found = tuple[dict[str, Manifest], Problems]


class OnDisk:
    """The manifests of all roots, read at most once, for those who look at them in turn.

    Args:
        project: the project folder.
        output: the output folder below it.
    """

    def __init__(self, project: str, output: str) -> None:
        self._project, self._output = project, output
        self._read: dict[str, bytes | OSError | InputError] | None = None

    def scan(self, matters: Matters | None = None) -> Found:
        """The same as the function ``scan``, on what was there at the first call."""
        found: dict[str, Manifest] = {}
        problems = Problems()
        for folder, data in self._all().items():
            shown = f"{self._output}/{folder}/{MANIFEST}"
            try:
                if not isinstance(data, bytes):
                    raise data
                if matters is None or matters(folder, data):
                    found[folder] = manifest.read(data, folder, shown)
            except InputError as error:
                problems += error.problems
            except OSError as error:
                message = f"cannot read {shown}: {error.strerror}"
                problems.error("manifest", message, Location(shown))
        return found, problems

    def _all(self) -> dict[str, bytes | OSError | InputError]:
        if self._read is None:
            top = output_folder(self._project, self._output)
            self._read = {}
            for folder in sorted(folders(top)):
                try:
                    data = read_file(f"{top}/{folder}/{MANIFEST}")
                except (InputError, OSError) as error:
                    self._read[folder] = error
                else:
                    if data is not None:
                        self._read[folder] = data
        return self._read


def scan(project: str, output: str, matters: Matters | None = None) -> Found:
    """Read the manifest of every root.

    Args:
        project: the project folder.
        output: the output folder below it.
        matters: whether a root's manifest is worth parsing, from its folder and the file's
            bytes; None parses all.

    Returns:
        Root folder to its manifest, in order; and a problem for each that cannot be read.

    Raises:
        TreeError: the output folder is a link or lies outside the project, or a folder in it
            cannot be read.
    """
    return OnDisk(project, output).scan(matters)


def folders(top: str) -> list[str]:
    """The folders that roots may be in, below an absolute output folder.

    Raises:
        TreeError: a folder cannot be read.
    """
    try:
        return root_folders(top)
    except OSError as error:
        message = f"cannot read {error.filename}: {error.strerror}"
        raise TreeError(Problem("unreadable", message)) from error

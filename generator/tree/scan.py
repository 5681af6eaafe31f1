"""The roots on disk: folders below the output folder that bear our manifest."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable

from generator.errors import InputError, Location, Problem, Problems, TreeError
from generator.files.folders import root_folders
from generator.files.names import MANIFEST
from generator.files.paths import output_folder, read_file
from generator.render import manifest
from generator.render.manifest import Manifest

Matters = Callable[[str, bytes], bool]
Found = tuple[dict[str, Manifest], Problems]
Known = Callable[[str], Iterable[str] | None]


def _nobody_knows(_: str) -> None:
    return None


class OnDisk:
    """The manifests of all roots, read at most once, for those who look at them in turn.

    Args:
        project: the project folder.
        output: the output folder below it.
        known: tells from the output folder which folders in it may be roots, where somebody
            knows that without a search; None where nobody does.
    """

    def __init__(self, project: str, output: str, known: Known = _nobody_knows) -> None:
        self._project, self._output, self._known = project, output, known
        self._top = ""
        self._folders: list[str] = []
        self._read: dict[str, bytes | OSError | InputError | None] = {}

    def scan(self, matters: Matters | None = None, besides: Container[str] = ()) -> Found:
        """The same as the function ``scan``, on what was there when it was first looked at.

        Args:
            matters: likewise.
            besides: folders that are not looked at.
        """
        found: dict[str, Manifest] = {}
        problems = Problems()
        for folder in self._all():
            if folder in besides:
                continue
            shown = f"{self._output}/{folder}/{MANIFEST}"
            try:
                data = self._manifest(folder)
                if data is not None and (matters is None or matters(folder, data)):
                    found[folder] = manifest.read(data, folder, shown)
            except InputError as error:
                problems += error.problems
            except OSError as error:
                message = f"cannot read {shown}: {error.strerror}"
                problems.error("manifest", message, Location(shown))
        return found, problems

    def _all(self) -> list[str]:
        if not self._top:
            self._top = output_folder(self._project, self._output)
            known = self._known(self._output)
            self._folders = sorted(folders(self._top) if known is None else known)
        return self._folders

    def _manifest(self, folder: str) -> bytes | None:
        if folder not in self._read:
            try:
                self._read[folder] = read_file(f"{self._top}/{folder}/{MANIFEST}")
            except (InputError, OSError) as error:
                self._read[folder] = error
        data = self._read[folder]
        if isinstance(data, Exception):
            raise data
        return data


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

"""Where a project is, and the YAML files below its folders; nothing but ``os`` is imported here."""

from __future__ import annotations

import os

from generator.files.names import DEPTH, SETTINGS_FILE
from generator.files.regular import read as read_regular

TYPE_CHECKING = False  # see cli.py
if TYPE_CHECKING:
    from collections.abc import Iterator

# Names that people give it; none of them is read.
_MISNAMED = (SETTINGS_FILE, "dativo.yml")
_ENDINGS = (".yaml", ".yml")


class FolderError(OSError):
    """A folder of job files that cannot be searched.

    Attributes:
        folder: below the project folder.
        outside: it is a link that leads out of the project; otherwise the system refuses.
        reason: what the system says.
    """

    def __init__(self, folder: str, outside: bool, reason: str = "") -> None:
        super().__init__(folder)
        self.folder, self.outside, self.reason = folder, outside, reason


def project_folder(chosen: str | None) -> str | None:
    """The project folder: the chosen one, else the nearest above with dativo.yaml, else with .git.

    Args:
        chosen: what the user named; None to search from the current folder upwards.

    Returns:
        An absolute path, the current folder when nothing marks a project; None when the chosen
        folder does not exist.
    """
    if chosen is not None:
        return os.path.abspath(chosen) if os.path.isdir(chosen) else None
    return project_of(os.getcwd())


def project_of(folder: str) -> str:
    """The project that a folder is in, by dativo.yaml or else by .git; the folder itself else."""
    return nearest(folder, SETTINGS_FILE) or nearest(folder, "dativo.yml", ".git") or folder


def is_marked(folder: str) -> bool:
    """Whether something in a folder says that a project begins there."""
    return nearest(folder, SETTINGS_FILE, "dativo.yml", ".git") == folder


def repository(folder: str) -> str:
    """The top of the git repository that a folder is in; the folder itself outside of any."""
    return nearest(folder, ".git") or folder


def nearest(folder: str, *marks: str) -> str | None:
    """The nearest folder, from this one upwards, that holds one of some names."""
    while not any(os.path.lexists(os.path.join(folder, mark)) for mark in marks):
        parent = os.path.dirname(folder)
        if parent == folder:
            return None
        folder = parent
    return folder


def missing_folders(folder: str) -> list[str]:
    """Of an absolute path the folders that are not there, itself among them; innermost first."""
    found = []
    while not os.path.lexists(folder):
        found.append(folder)
        folder = os.path.dirname(folder)
    return found


def is_another_repository(folder: str) -> bool:
    """Whether a folder with ``.git`` is a clone or a work tree; a submodule belongs to ours."""
    path = os.path.join(folder, ".git")
    try:
        return b"/modules/" not in read_regular(path, most=4096)[0]
    except OSError:  # a folder, then
        return True


def misnamed_settings(project: str) -> str | None:
    """A file that was meant as the settings and is not read, since its name differs a little."""
    try:
        names = os.listdir(project)
    except OSError:
        return None
    wrong = [name for name in names if name.lower() in _MISNAMED and name != SETTINGS_FILE]
    return min(wrong, default=None)


def yaml_files(project: str, folders: list[str]) -> list[str]:
    """Every YAML file below some folders, as paths below the project folder, in order.

    Hidden files and folders, other projects, clones and work trees are left out. A link to a
    folder is followed, unless what it leads to is searched anyway.

    Raises:
        FolderError: a folder cannot be read, or a link leads out of the project.
    """
    search = _Search(project, folders)
    found: dict[str, None] = {}
    for folder in folders:
        found.update(dict.fromkeys(search.below(folder.strip("/"), ())))
    found.pop(SETTINGS_FILE, None)
    return sorted(found)


def root_folders(top: str) -> list[str]:
    """The folders that roots may be in, below an absolute output folder.

    Raises:
        OSError: a folder cannot be read.
    """
    found = [""]
    for _ in range(DEPTH):
        found = [
            f"{below}/{name}" if below else name
            for below in found
            for name in _inside(os.path.join(top, below))
        ]
    return found


def _inside(folder: str) -> list[str]:
    try:
        with os.scandir(folder) as entries:
            return [
                entry.name
                for entry in entries
                if not entry.name.startswith(".") and entry.is_dir(follow_symlinks=False)
            ]
    except FileNotFoundError:
        return []


def is_yaml(name: str) -> bool:
    """Whether a name is that of a YAML file."""
    return name.endswith(_ENDINGS)


def is_file(entry: os.DirEntry[str]) -> bool:
    """Whether an entry of a folder is a regular file, or leads to one; no circle of links is."""
    return os.path.isfile(entry.path) if entry.is_symlink() else entry.is_file()


class _Search:
    def __init__(self, project: str, folders: list[str]) -> None:
        self._project = project
        self._folders = folders
        self._searched: tuple[str, ...] | None = None

    def below(self, folder: str, way: tuple[str, ...]) -> Iterator[str]:
        """The YAML files below a folder; ``way``: where the links on the way to it lead."""
        # No recursion: whoever can add a file can add folders a thousand deep.
        waiting = [(folder, way)]
        while waiting:
            folder, way = waiting.pop()
            base = "" if folder in ("", ".") else folder + "/"
            for entry in self._entries(folder):
                if entry.name.startswith("."):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    waiting.append((base + entry.name, way))
                elif entry.name.endswith(_ENDINGS) and is_file(entry):
                    yield base + entry.name
                elif entry.is_symlink() and os.path.isdir(entry.path):
                    waiting += self._linked(base + entry.name, way)

    def _entries(self, folder: str) -> list[os.DirEntry[str]]:
        """What is in a folder; nothing where it is not there, or is another project.

        Raises:
            FolderError: it cannot be read.
        """
        try:
            with os.scandir(os.path.join(self._project, folder)) as listed:
                entries = list(listed)
        except (FileNotFoundError, NotADirectoryError):
            return []
        except OSError as error:
            raise FolderError(folder, False, error.strerror or "") from None
        names = {entry.name for entry in entries}
        return [] if folder not in self._folders and self._is_foreign(names, folder) else entries

    def _is_foreign(self, names: set[str], folder: str) -> bool:
        if SETTINGS_FILE in names:
            return True
        return ".git" in names and is_another_repository(os.path.join(self._project, folder))

    def _linked(self, folder: str, way: tuple[str, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
        real = os.path.realpath(os.path.join(self._project, folder))
        if self._searched is None:
            top = os.path.realpath(self._project)
            tops = [os.path.realpath(os.path.join(self._project, name)) for name in self._folders]
            self._searched = (top, *tops)
        if not _is_below(real, self._searched[0]):
            raise FolderError(folder, True)
        # What is searched anyway would be found twice, and a circle without end.
        if not any(_is_below(real, top) for top in (*self._searched[1:], *way)) and not any(
            _is_below(top, real) for top in (*self._searched[1:], *way)
        ):
            yield folder, (*way, real)


def _is_below(path: str, top: str) -> bool:
    return path == top or path.startswith(top.rstrip(os.sep) + os.sep)

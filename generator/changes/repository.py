"""Git, asked about two trees of one repository; each question is one process, whatever the size."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from generator.errors import UsageError
from generator.files.git import git

SUBMODULE = "160000"
_NOTHING = "0" * 40


class Entry(NamedTuple):
    """A file that differs.

    Attributes:
        old_mode, new_mode: as git has them; "000000" where the file is not there.
        old, new: its blob; None where it is not there, or where only the disk has it.
    """

    old_mode: str
    new_mode: str
    old: str | None
    new: str | None

    @property
    def is_submodule(self) -> bool:
        """Whether it is a commit of another repository."""
        return SUBMODULE in (self.old_mode, self.new_mode)

    @property
    def is_gone(self) -> bool:
        """Whether the head lacks it."""
        return self.new_mode == "000000"


class Repository:
    """A git repository, and a project in it.

    Attributes:
        top: the top of the work tree.
        prefix: what leads from there to the project, "" or "data/etl/".
    """

    def __init__(self, project: str) -> None:
        """Find it.

        Args:
            project: the absolute project folder.

        Raises:
            UsageError: there is no git, or it cannot use the folder.
        """
        self.top = project
        try:
            said = self.run("rev-parse", "--show-toplevel", "--show-prefix").decode(
                "utf-8", "surrogateescape"
            )
        except GitError as error:
            if "not a git repository" in str(error):
                raise UsageError(
                    f"{project} is in no git repository, and what changed is told by comparing "
                    "commits: run git init and commit, or name another folder with --project"
                ) from None
            if "must be run in a work tree" in str(error):
                raise UsageError(f"{project} is in a bare repository: clone it first") from None
            raise
        self.top, self.prefix = (*said.split("\n"), "")[:2]

    def run(self, *arguments: str, given: bytes = b"") -> bytes:
        """What git prints.

        Raises:
            GitError: it failed.
            UsageError: there is no git.
        """
        try:
            # Its messages are read here.
            return git(*arguments, at=self.top, environment={"LC_ALL": "C"}, given=given)
        except FileNotFoundError:
            raise UsageError(
                "there is no git on PATH, and what changed is told by comparing commits: "
                "install git"
            ) from None
        except subprocess.CalledProcessError as error:
            said = error.stderr.decode(errors="replace")
            raise GitError(arguments[0], error.returncode, said) from None

    def ask(self, *arguments: str) -> str | None:
        """One line that git prints; None where it fails."""
        try:
            said = self.run(*arguments).decode("utf-8", "surrogateescape").strip()
        except GitError:
            return None
        return said or None

    def shown(self, path: str) -> str:
        """A path of the repository as people in the project name it."""
        if path.startswith(self.prefix):
            return path[len(self.prefix) :]
        return os.path.relpath(path, self.prefix or os.curdir).replace(os.sep, "/")

    def differing(self, base: str, head: str | None) -> dict[str, Entry]:
        """The files that differ between two trees, by path below the top.

        Args:
            base: a commit or tree.
            head: likewise; None for the work tree, with what is staged and what git neither has
                nor ignores.
        """
        options = ("--raw", "-z", "--no-renames", "--no-abbrev", "--no-ext-diff", "--no-color")
        ends = (base,) if head is None else (base, head)
        said = self.run("diff", *options, "--ignore-submodules=none", *ends, "--")
        found: dict[str, Entry] = {}
        fields = iter(said.decode("utf-8", "surrogateescape").split("\0"))
        for facts in fields:
            if not facts:
                continue
            old_mode, new_mode, old, new, _ = facts[1:].split(" ")
            path = next(fields)
            found.setdefault(path, Entry(old_mode, new_mode, _blob(old), _blob(new)))
        if head is None:
            for path in self._untracked():
                before = found.get(path)
                mode, blob = ("000000", None) if before is None else (before.old_mode, before.old)
                found[path] = Entry(mode, "100644", blob, None)
        return found

    def _untracked(self) -> list[str]:
        said = self.run("ls-files", "-z", "--others", "--exclude-standard")
        return [
            p for p in said.decode("utf-8", "surrogateescape").split("\0") if p and p[-1] != "/"
        ]

    def listed(self, tree: str | None) -> set[str]:
        """Every file of a tree, or of the work tree, below the top; submodules as one path."""
        if tree is not None:
            said = self.run("ls-tree", "-r", "-z", "--name-only", "--full-tree", tree)
        else:
            said = self.run("ls-files", "-z", "--cached", "--others", "--exclude-standard")
        return {
            path.rstrip("/") for path in said.decode("utf-8", "surrogateescape").split("\0")
        } - {""}

    def blobs(self, names: Iterable[str]) -> dict[str, bytes | None]:
        """The contents of blobs, named by their hash or as ``TREE:PATH``; None where missing."""
        wanted = [name for name in dict.fromkeys(names) if "\n" not in name]
        if not wanted:
            return {}
        given = "".join(f"{name}\n" for name in wanted).encode("utf-8", "surrogateescape")
        said = self.run("cat-file", "--batch", given=given)
        found: dict[str, bytes | None] = {}
        at = 0
        for name in wanted:
            end = said.index(b"\n", at)
            words = said[at:end].rsplit(b" ", 2)
            at = end + 1
            if words[-1] in (b"missing", b"ambiguous") or len(words) < 3:
                found[name] = None
                continue
            size = int(words[2])
            found[name] = said[at : at + size] if words[1] == b"blob" else None
            at += size + 1
        return found

    def on_disk(self, path: str) -> bytes | None:
        """The content of a file of the work tree; of a link where it leads; None if missing."""
        from generator.files.regular import read

        whole = os.path.join(self.top, path)
        try:
            return read(whole, follow=False)[0]
        except OSError:
            pass
        try:
            return os.fsencode(os.readlink(whole))
        except OSError:
            return None


class GitError(UsageError):
    """Git failed; its own words say why."""

    def __init__(self, command: str, code: int, said: str) -> None:
        self.code = code
        words = " ".join(said.split()).removeprefix("fatal: ")
        super().__init__(f"git {command} failed: {words or f'exit code {code}'}")


def _blob(name: str) -> str | None:
    return None if not name.strip("0") else name


Pair = tuple[bytes | None, bytes | None]


class Trees:
    """The contents of files at both ends of a comparison, read once and in bulk.

    Attributes:
        repository: where they are.
        base: a commit or tree.
        head: likewise; None for the work tree.
        entries: what differs, by path below the top.
    """

    def __init__(self, repository: Repository, base: str, head: str | None) -> None:
        self.repository, self.base, self.head = repository, base, head
        self.entries: Mapping[str, Entry] = repository.differing(base, head)
        self._known: dict[str, Pair] = {}

    def fetch(self, paths: Iterable[str]) -> dict[str, Pair]:
        """Both contents of files, by path; equal where nothing changed, None where missing."""
        wanted = list(dict.fromkeys(paths))
        missing = [path for path in wanted if path not in self._known]
        if missing:
            self._fetch(missing)
        return {path: self._known[path] for path in wanted}

    def _fetch(self, paths: list[str]) -> None:
        olds: dict[str, str] = {}
        news: dict[str, str | bytes | None] = {}
        for path in paths:
            entry = self.entries.get(path)
            if entry is not None and entry.is_submodule:
                news[path] = None
            elif entry is not None:
                if entry.old:
                    olds[path] = entry.old
                gone = entry.is_gone
                news[path] = None if gone else entry.new or self.repository.on_disk(path)
            else:
                data = None if self.head else self.repository.on_disk(path)
                # In a sparse checkout the disk lacks what the commit has.
                news[path] = f"{self.head or self.base}:{path}" if data is None else data
        names = [*olds.values(), *(new for new in news.values() if isinstance(new, str))]
        blobs = self.repository.blobs(names)
        for path in paths:
            new = news[path]
            found = blobs.get(new) if isinstance(new, str) else new
            old = blobs.get(olds[path]) if path in olds else None
            self._known[path] = (old if path in self.entries else found, found)

"""Which roots call a local module whose content changed, directly or by way of other modules."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable
from typing import NamedTuple

from generator.changes.model import Cause
from generator.changes.repository import Trees
from generator.changes.root_files import Blocks, blocks_of, value_of
from generator.files.terraform_files import is_terraform

_SOURCE = re.compile(rb'"?\bsource"?\s*[=:]\s*"(\.{1,2}/[^"\n]*)"')
# Folders beside a module's own files that no call of it reads.
_ASIDE = frozenset(("tests", "examples"))
_DOCUMENTS = (".md", ".tftest.hcl", ".tofutest.hcl")


class ModuleChange(NamedTuple):
    """A local module that is not as it was.

    Attributes:
        folder: below the project folder, as people name it.
        causes: a place in each file that changed.
    """

    folder: str
    causes: tuple[Cause, ...]


class ModuleCalls:
    """The modules that roots call at either end, as far as they lie in the repository."""

    def __init__(self, trees: Trees, outputs: Iterable[str]) -> None:
        """Args: trees: both ends; outputs: folders of roots, below the top of the repository."""
        self._trees = trees
        self._outputs = tuple(f"{output}/" for output in dict.fromkeys(outputs))
        self._listed: dict[str, list[str]] = {}
        self.outside: dict[str, str] = {}

    def may_matter(self, yaml_folders: Iterable[str]) -> bool:
        """Whether anything changed that a module could be made of.

        Args:
            yaml_folders: where YAML files are jobs, below the top of the repository.
        """
        starts = tuple(f"{folder}/" for folder in yaml_folders)
        return any(
            not path.startswith((*self._outputs, *starts))
            and not path.endswith((".md", "dativo.yaml"))
            for path in self._trees.entries
        )

    def roots(self) -> dict[str, list[ModuleChange]]:
        """Folder of each root below the top that a changed module is part of, to those modules."""
        repository = self._trees.repository
        listed = repository.listed(self._trees.head)
        listed |= set(self._trees.entries)  # what the base alone has
        for path in listed:
            if is_terraform(posixpath.basename(path)):
                self._listed.setdefault(posixpath.dirname(path), []).append(path)
        roots = [folder for folder in self._listed if folder.startswith(self._outputs)]
        calls = self._calls(roots)
        known: dict[str, tuple[str, ...]] = {}
        level = {module for called in calls.values() for module in called}
        while level := {module for module in level if module not in known}:
            found = self._calls(level)
            known.update(found)
            level = {module for called in found.values() for module in called}
        changed = self._changed(known)
        return {
            root: modules
            for root, called in calls.items()
            if (modules := [changed[m] for m in sorted(_closure(called, known)) if m in changed])
        }

    def _calls(self, folders: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """Folder to the folders of the modules that its files call, at either end."""
        files = {folder: self._listed.get(folder, []) for folder in folders}
        texts = self._trees.fetch(path for paths in files.values() for path in paths)
        return {
            folder: tuple(
                dict.fromkeys(
                    module
                    for path in paths
                    for text in dict.fromkeys(texts[path])
                    if text is not None and b"source" in text
                    for source in _SOURCE.findall(text)
                    if (module := self._module(folder, source.decode("utf-8", "replace")))
                )
            )
            for folder, paths in files.items()
        }

    def _module(self, folder: str, source: str) -> str:
        """The folder of a module; "" where it is outside of the repository."""
        found = posixpath.normpath(posixpath.join(folder, source.partition("//")[0]))
        if found == ".." or found.startswith("../"):
            self.outside.setdefault(source, folder)
            return ""
        return found

    def _changed(self, modules: Iterable[str]) -> dict[str, ModuleChange]:
        """The modules with something in them that changed."""
        found: dict[str, list[Cause]] = {}
        known = set(modules)
        wanted = {path for path in self._trees.entries if not path.startswith(self._outputs)}
        for path in sorted(wanted):
            entry = self._trees.entries[path]
            if entry.is_submodule:
                for module in known:
                    if module == path or module.startswith(f"{path}/"):
                        found.setdefault(module, []).append(self._submodule(path))
                continue
            owner = _owner(path, known)
            if owner is not None and (cause := self._cause(path)) is not None:
                found.setdefault(owner, []).append(cause)
        shown = self._trees.repository.shown
        return {
            module: ModuleChange(shown(module), tuple(causes)) for module, causes in found.items()
        }

    def _submodule(self, path: str) -> Cause:
        entry = self._trees.entries[path]
        names = [name[:12] if name else "what is checked out" for name in (entry.old, entry.new)]
        said = f"submodule {' -> '.join(names)}"
        return Cause(self._trees.repository.shown(path), 1, 1, said)

    def _cause(self, path: str) -> Cause | None:
        """Where a file of a module changed; None where only comments and the like did."""
        old, new = self._trees.fetch([path])[path]
        file = self._trees.repository.shown(path)
        if old is None or new is None:
            return Cause(file, 1, 1, "is new" if old is None else "is gone")
        if is_terraform(path) and not path.endswith(".json"):
            before, after = _meaning(old), _meaning(new)
            if before is not None and before == after:
                return None
        return Cause(file, _first_line(old, new), 1, "changed")


def _owner(path: str, modules: set[str]) -> str | None:
    """The module that a file is part of: that of the nearest folder above."""
    name = posixpath.basename(path)
    if name.startswith(".") or name.endswith(_DOCUMENTS):
        return None
    folder, below = posixpath.dirname(path), ""
    while folder and folder not in modules:
        below = posixpath.basename(folder)
        if below in _ASIDE or below.startswith("."):
            return None
        folder = posixpath.dirname(folder)
    if not folder and "." not in modules:
        return None
    return folder or "."


def _closure(modules: Iterable[str], calls: dict[str, tuple[str, ...]]) -> set[str]:
    found: set[str] = set()
    ahead = list(modules)
    while ahead:
        module = ahead.pop()
        if module not in found:
            found.add(module)
            ahead += calls.get(module, ())
    return found


def _meaning(data: bytes) -> object:
    """A file's blocks without comments, descriptions and alignment; None where it is no HCL."""
    found: Blocks | None = blocks_of(data.decode("utf-8", "replace").replace("\r\n", "\n"))
    if found is None:
        return None
    return {
        address: {name: value_of(value) for name, value in block.items() if name != "description"}
        for address, block in found.items()
    }


def _first_line(old: bytes, new: bytes) -> int:
    before, after = old.splitlines(), new.splitlines()
    for number, (one, other) in enumerate(zip(before, after, strict=False), start=1):
        if one != other:
            return number
    return max(min(len(before), len(after)), 1)

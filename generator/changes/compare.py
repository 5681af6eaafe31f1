"""The comparison of two trees: which roots changed, how, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from generator.changes.causes import Sources
from generator.changes.chosen import chosen
from generator.changes.ends import ends
from generator.changes.manifests import read_manifest
from generator.changes.model import CREATED, KINDS, REMOVED, RETIRED, Changes, RootChanged
from generator.changes.module_calls import ModuleCalls, ModuleChange
from generator.changes.replacements import Replacements
from generator.changes.repository import Repository, Trees
from generator.changes.roots import (
    READ,
    Found,
    Manifest,
    Texts,
    called_module,
    edited,
    root_changed,
)
from generator.changes.rows import highlights, rows
from generator.changes.settings import Settings, settings_of
from generator.changes.unanswered import unanswered
from generator.files.names import DEPTH, MANIFEST, OLD_CACHE_FOLDER
from generator.yaml.source import BOM

Ends = tuple[Manifest | None, Manifest | None]


def changes(
    project: str,
    base: str | None = None,
    head: str | None = None,
    paths: Sequence[str] = (),
) -> Changes:
    """Compare two trees.

    Args:
        project: the absolute project folder.
        base: a commit, branch, tag or tree; ``NAME...`` for the merge base of NAME and the head;
            None for that of the default branch and the head.
        head: likewise a commit; None for the work tree.
        paths: roots, job files, or folders of such, relative to the current folder, or globs of
            them; none means all.

    Raises:
        UsageError: there is no git, a commit is unknown, there is no merge base, or a path means
            nothing.
        InputError: dativo.yaml is no YAML.
    """
    repository = Repository(project)
    between = ends(repository, base, head)
    trees = Trees(repository, between.base.commit or "", between.head.commit)
    result = Changes(between.base, between.head, project=repository.prefix.rstrip("/"))
    found = _Comparison(trees, settings_of(trees), result)
    pairs = found.run()
    sources = Sources(trees)
    sources.read(pairs)
    for one, root in pairs:
        root.causes[:0] = sources.causes(one, root)
    order = {kind: index for index, kind in enumerate(KINDS)}
    roots = sorted((root for _, root in pairs), key=lambda r: (order[r.kind], r.root))
    result.roots = chosen(project, trees, paths, roots)
    result.rows = rows(result.roots)
    names = {root.root for root in result.roots}
    result.highlights = [h for h in highlights(roots, sources) if names.intersection(h.roots)]
    if between.hint and not result.roots:
        result.hints.append(between.hint)
    if not paths:
        result.unanswered = unanswered(trees, found.settings, pairs, sources)
    return result


class _Comparison:
    def __init__(self, trees: Trees, settings: Settings, result: Changes) -> None:
        self._trees, self.settings, self._result = trees, settings, result
        self._prefix = trees.repository.prefix
        # Root in the head to the root in the base whose state it has.
        self._before: dict[str, str] = {}

    def run(self) -> list[tuple[Found, RootChanged]]:
        """The roots that changed, with the causes that lie in modules."""
        files = self._files()
        modules = self._modules()
        for folder in modules:
            files.setdefault(folder, set())
        pairs = []
        replacements = Replacements(self._trees)
        for found in self._all_found(files):
            called = modules.get(found.folder, [])
            root = root_changed(found, [module.folder for module in called])
            if root is None:
                continue
            pairs.append((found, root))
            module = called_module(found)
            if module:
                root.differences = [replacements.marked(d, module) for d in root.differences]
            if root.kind not in (CREATED, RETIRED, REMOVED):
                root.causes = [cause for module in called for cause in module.causes]
            if _may_lead_elsewhere(*found.manifests):
                # What reads manifests in full takes as long to import as all else to run.
                from generator.changes.elsewhere import led_elsewhere

                root.elsewhere = led_elsewhere(found)
            if names := edited(found):
                root.notes.append(f"{' and '.join(names)} is not what dativo wrote")
        return pairs

    def _modules(self) -> dict[str, list[ModuleChange]]:
        """Root, as tenant/job/environment, to the changed modules that it calls."""
        outputs = [self._prefix + output for output in self.settings.outputs]
        calls = ModuleCalls(self._trees, outputs)
        if not calls.may_matter([self._prefix + folder for folder in self.settings.jobs]):
            return {}
        found: dict[str, list[ModuleChange]] = {}
        for path, modules in calls.roots().items():
            for output in outputs:
                if path.startswith(f"{output}/") and path.count("/", len(output) + 1) == DEPTH - 1:
                    found.setdefault(path[len(output) + 1 :], []).extend(modules)
        for source, folder in sorted(calls.outside.items()):
            shown = self._trees.repository.shown(folder)
            self._result.hints.append(
                f"{shown} calls a module outside of the repository, {source}: "
                "what changes there is not seen"
            )
        return {folder: list(dict.fromkeys(modules)) for folder, modules in found.items()}

    def _files(self) -> dict[str, set[str]]:
        """The names of the files that differ, by root: tenant/job/environment."""
        found: dict[str, set[str]] = {}
        for output in dict.fromkeys(self.settings.outputs):
            start = f"{self._prefix}{output}/"
            for path in self._trees.entries:
                if path.startswith(start):
                    parts = path[len(start) :].split("/", DEPTH)
                    if len(parts) > DEPTH and parts[0] != OLD_CACHE_FOLDER:
                        found.setdefault("/".join(parts[:DEPTH]), set()).add(parts[DEPTH])
        return found

    def _paths(self, folder: str, name: str) -> tuple[str, str]:
        """A file of a root below the top, in the base and in the head."""
        old, new = self._roots(folder)
        return f"{self._prefix}{old}/{name}", f"{self._prefix}{new}/{name}"

    def _roots(self, folder: str) -> tuple[str, str]:
        """A root below the project, in the base and in the head."""
        old, new = self.settings.outputs
        return f"{old}/{self._before.get(folder, folder)}", f"{new}/{folder}"

    def _all_found(self, files: dict[str, set[str]]) -> list[Found]:
        """The roots with what is to be read of them: in two rounds, whatever their number."""
        self._trees.fetch(p for folder in files for p in self._paths(folder, MANIFEST))
        manifests = {folder: self._manifests(folder) for folder in files}
        self._before = _with_the_state_of(manifests)
        for new_folder, old_folder in self._before.items():
            files[new_folder] = files[new_folder] | files.pop(old_folder)
            (old, _), _ = manifests[old_folder]
            (_, new), unusable = manifests[new_folder]
            manifests[new_folder] = (old, new), unusable
        texts = {
            folder: sorted(name for name in names if name.endswith(READ))
            for folder, names in files.items()
            if _are_both_alive(*manifests[folder][0])
        }
        self._trees.fetch(
            path
            for folder, names in texts.items()
            for name in names
            for path in self._paths(folder, name)
        )
        return [
            self._found(folder, names, set(texts.get(folder, ())), *manifests[folder])
            for folder, names in sorted(files.items())
        ]

    def _manifests(self, folder: str) -> tuple[Ends, bool]:
        """The manifests of both ends, and whether one is there and cannot be used."""
        data = self._data(folder, MANIFEST)
        problems, (old_output, new_output) = self._result.problems, self.settings.outputs
        old = read_manifest(data[0], folder, f"{old_output}/{folder}", problems, "warning")
        new = read_manifest(data[1], folder, f"{new_output}/{folder}", problems)
        unusable = data[1] is not None and (new is None or (old is None and data[0] is not None))
        return (old, new), unusable

    def _data(self, folder: str, name: str) -> tuple[bytes | None, bytes | None]:
        old, new = self._paths(folder, name)
        found = self._trees.fetch((old, new))
        return found[old][0], found[new][1]

    def _found(
        self,
        folder: str,
        names: set[str],
        read: set[str],
        manifests: tuple[Manifest | None, Manifest | None],
        unusable: bool,
    ) -> Found:
        texts: Texts = {}
        for name in sorted(names):
            if name in read:
                old, new = (None if d is None else _text(d) for d in self._data(folder, name))
            else:
                old, new = self._presence(folder, name)
            if old != new:
                texts[name] = (old, new)
        shown = self._roots(folder)
        paths = f"{self._prefix}{shown[0]}", f"{self._prefix}{shown[1]}"
        whole = frozenset(read)
        return Found(folder, shown[0], shown[1], manifests, texts, unusable, paths, whole)

    def _presence(self, folder: str, name: str) -> tuple[str | None, str | None]:
        """Of a file that is not read: its blobs stand for its texts."""
        old, new = map(self._trees.entries.get, self._paths(folder, name))
        return (old.old if old else None), (None if new is None or new.is_gone else new.new or "")


def _with_the_state_of(manifests: Mapping[str, tuple[Ends, bool]]) -> dict[str, str]:
    """Each new root that has the state of one that is gone, to that one: they are one root."""
    gone = {
        old["state"]["address"]: folder
        for folder, ((old, new), unusable) in manifests.items()
        if old is not None and new is None and not unusable
    }
    return {
        folder: gone[new["state"]["address"]]
        for folder, ((old, new), _) in manifests.items()
        if old is None and new is not None and new["state"]["address"] in gone
    }


def _are_both_alive(old: Manifest | None, new: Manifest | None) -> bool:
    return old is not None and new is not None and not (old["retired"] or new["retired"])


def _may_lead_elsewhere(old: Manifest | None, new: Manifest | None) -> bool:
    if old is None or new is None or not _are_both_alive(old, new):
        return False
    keys = ("providers", "runtime", "terraform", "data")
    return any(old.get(key) != new.get(key) for key in keys)


def _text(data: bytes) -> str:
    return data.removeprefix(BOM).decode("utf-8", "replace").replace("\r\n", "\n")

"""Why a root changed: where in its job, its asset, dativo.yaml or a module."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator

from generator.changes.model import CREATED, RETIRED, Cause, RootChanged
from generator.changes.repository import Trees
from generator.changes.roots import Found
from generator.changes.yaml_changes import YamlChange, data_of, yaml_changes
from generator.errors import KeyPath
from generator.files.folders import is_yaml
from generator.files.names import NEEDS_FILE, SETTINGS_FILE

# As ``plan.tag_maps`` writes it above the tags of the asset.
_ASSET = re.compile(r"^  # The asset contract: (\S.*?)[ \t]*$", re.MULTILINE)
_CHOICES = ("tenants", "environments", "clouds")


class Sources:
    """The YAML files that changed, each compared once for all the roots made from it."""

    def __init__(self, trees: Trees) -> None:
        """Args: trees: both ends."""
        self._trees, self._prefix = trees, trees.repository.prefix
        self._known: dict[tuple[str, str], tuple[YamlChange, ...]] = {}
        # Root to the job file that makes it.
        self._made_by: dict[str, list[str]] = {}

    def read(self, roots: Iterable[tuple[Found, RootChanged]]) -> None:
        """Read all that the causes of some roots are looked for in: one call."""
        files = {SETTINGS_FILE}
        for found, _ in roots:
            files.update(_jobs(found), _assets(found))
            self._made_by[found.new_root] = _jobs(found)[-1:]
        changed = [path for file in files if (path := self._prefix + file) in self._trees.entries]
        self._trees.fetch(changed)

    def causes(self, found: Found, root: RootChanged) -> Iterator[Cause]:
        """Where the change of a root comes from; nothing where it was only written anew."""
        jobs = _jobs(found)
        if jobs and root.kind in (CREATED, RETIRED) and len(jobs) == 2:
            jobs = jobs[1:] if root.kind == CREATED else jobs[:1]
        if jobs:
            yield from self._of(jobs[0], jobs[-1], root)
        for asset in _assets(found):
            yield from self._of(asset, asset, root)
        for job in self._needed(found):
            moved = (one for one in self.changes(job, job) if "backend" in one.path)
            yield from (one.cause for one in moved)
        yield from self._of(SETTINGS_FILE, SETTINGS_FILE, root)

    def _needed(self, found: Found) -> list[str]:
        """The job files of changed roots whose states are read in another way than before."""
        manifest = found.manifests[1]
        if NEEDS_FILE not in found.texts or manifest is None:
            return []
        files = [file for root in manifest.get("needs", ()) for file in self._made_by.get(root, ())]
        return list(dict.fromkeys(files))

    def changes(self, old: str, new: str) -> tuple[YamlChange, ...]:
        """What changed in a file; in ``new``, which was called ``old``."""
        if old == new and self._prefix + new not in self._trees.entries:
            return ()
        known = self._known.get((old, new))
        if known is None:
            data = self._at(old)[0], self._at(new)[1]
            known = yaml_changes(new, *data, old) if data[0] != data[1] or old != new else ()
            self._known[old, new] = known
        return known

    def same_job(self, old: str, new: str) -> bool:
        """Whether a file that is gone and one that is new hold one job, but for its name."""
        before, after = self._at(old), self._at(new)
        if before[1] is not None or after[0] is not None or before[0] is None or after[1] is None:
            return False
        documents = [data_of(before[0]), data_of(after[1])]
        bare = [
            {key: value for key, value in one.items() if key != "name"}
            for one in documents
            if isinstance(one, dict)
        ]
        return len(bare) == 2 and bare[0] == bare[1]

    def _at(self, file: str) -> tuple[bytes | None, bytes | None]:
        path = self._prefix + file
        return self._trees.fetch([path])[path]

    def _of(self, old: str, new: str, root: RootChanged) -> Iterator[Cause]:
        for change in self.changes(old, new):
            if _concerns(change.path, root):
                yield change.cause


def _jobs(found: Found) -> list[str]:
    """The job files of a root: before and after; one where they are the same."""
    files = [one["job"] for one in found.manifests if one is not None]
    return list(dict.fromkeys(files))


def _assets(found: Found) -> list[str]:
    texts = [text for text in found.texts.get("locals.tf", ()) if text]
    files = [
        file for text in texts for match in _ASSET.finditer(text) for file in match[1].split(", ")
    ]
    return [file for file in dict.fromkeys(files) if is_yaml(file)]


def _concerns(path: KeyPath, root: RootChanged) -> bool:
    """Whether a key is about a root: not one of another tenant, environment or cloud."""
    own = {"tenants": root.tenant, "environments": root.environment, "clouds": root.cloud}
    return all(
        key not in _CHOICES
        or isinstance(name, int)
        or str(name) == own[str(key)]
        or not own[str(key)]
        for key, name in itertools.pairwise(path)
    )

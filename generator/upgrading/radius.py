"""What a run would change in the roots, as ``dativo diff`` tells it of two trees of git."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from generator.changes.model import KINDS, Cause, Changes, End, RootChanged
from generator.changes.roots import READ, Found, Texts, root_changed
from generator.changes.rows import rows
from generator.errors import KeyPath
from generator.files.names import MANIFEST, SETTINGS_FILE
from generator.files.paths import read_file
from generator.tree.change import Comparison, RootChange


def radius(comparison: Comparison, causes: Sequence[tuple[KeyPath, Cause]]) -> Changes:
    """The changes of a comparison with the disk.

    Args:
        comparison: of all roots.
        causes: what was edited, for all of them, each with the path of its key.
    """
    result = Changes(End("the work tree", None), End("the upgrade", None))
    for change in comparison.changes:
        root = root_changed(_found(comparison, change))
        if root is not None:
            root.causes = list(_of(root, causes))
            result.roots.append(root)
    order = {kind: index for index, kind in enumerate(KINDS)}
    result.roots.sort(key=lambda root: (order[root.kind], root.root))
    result.rows = rows(result.roots)
    return result


def _of(root: RootChanged, causes: Iterable[tuple[KeyPath, Cause]]) -> Iterator[Cause]:
    """The causes that reach a root: those in its own job file, and in the settings."""
    providers = root.manifest["terraform"]["required_providers"] if root.manifest else {}
    for path, cause in causes:
        reaches = path[:2] != ("terraform", "providers") or path[2] in providers
        if reaches and cause.file in (root.job_file, SETTINGS_FILE):
            yield cause


def _found(comparison: Comparison, change: RootChange) -> Found:
    folder = f"{comparison.output}/{change.folder}"
    path = f"{comparison.top}/{change.folder}"
    old = _manifest(read_file(f"{path}/{MANIFEST}"))
    new = _manifest(change.texts[MANIFEST].encode() if change.texts else None)
    texts: Texts = {}
    writes = change.writes
    for name in [*writes, *change.removals]:
        if name != MANIFEST and name.endswith(READ):
            texts[name] = (_text(read_file(f"{path}/{name}")), _text(writes.get(name)))
    return Found(
        change.folder, folder, folder, (old, new), texts, False, (folder, folder), frozenset(texts)
    )


def _text(data: bytes | None) -> str | None:
    return None if data is None else data.decode(errors="replace")


def _manifest(data: bytes | None) -> dict[str, Any] | None:
    try:
        found = json.loads(data) if data is not None else None
    except ValueError:
        return None
    return found if isinstance(found, dict) else None

"""Files that people changed while no root did: the roots may be stale."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.changes.causes import Sources
from generator.changes.model import RootChanged
from generator.changes.repository import Trees
from generator.changes.roots import Found
from generator.changes.settings import Settings
from generator.files.folders import is_yaml

Pair = tuple[Found, RootChanged]


def unanswered(
    trees: Trees, settings: Settings, pairs: Iterable[Pair], sources: Sources
) -> list[str]:
    """Settings, job and asset files with other content that no changed root was made from.

    Whether a root follows from what changed in them is not known here: generating tells.

    Args:
        trees: both ends.
        settings: where the roots are.
        pairs: the roots that changed.
        sources: the files that they were made from.
    """
    answered = {cause.file for _, root in pairs for cause in root.causes}
    answered |= {one["job"] for found, _ in pairs for one in found.manifests if one is not None}
    files = [file for file in _files(trees, settings) if file not in answered]
    return [file for file in sorted(files) if sources.changes(file, file)]


def _files(trees: Trees, settings: Settings) -> Iterator[str]:
    prefix = trees.repository.prefix
    outputs = tuple(f"{output}/" for output in settings.outputs)
    for path in trees.entries:
        file = path[len(prefix) :]
        hidden = any(part.startswith(".") for part in file.split("/"))
        foreign = not path.startswith(prefix) or file.startswith(outputs)
        if is_yaml(file) and not hidden and not foreign:
            yield file

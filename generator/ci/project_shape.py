"""What the text of a project's pipelines depends on beside its settings: what its roots are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from generator.ci.work import Root, waves_of
from generator.errors import UsageError
from generator.files.names import MANIFEST
from generator.files.paths import output_folder, read_file
from generator.job.project import Project
from generator.render.merged import documents
from generator.render.root_clouds import CLOUDS, cloud_of, clouds_of
from generator.tree.scan import folders

_IDENTITY = {"job", "tenant", "name", "environment", "state", "terraform"}


class Shape(NamedTuple):
    """What a project's roots are.

    Attributes:
        roots: folder below the project folder to its manifest, as it is in the file.
        clouds: those that any root reaches, in a fixed order.
        waves: how many waves there are, where every root is applied at once.
    """

    roots: dict[str, dict[str, Any]]
    clouds: tuple[str, ...]
    waves: int


def shape_of(project: Project) -> Shape:
    """Look at the roots of a project.

    Raises:
        UsageError: a manifest cannot be read.
    """
    roots = manifests_of(project)
    reached = {cloud for manifest in roots.values() for cloud in clouds_of(manifest)}
    waves = max(waves_of(roots).values(), default=1)
    return Shape(roots, tuple(cloud for cloud in CLOUDS if cloud in reached), waves)


def manifests_of(project: Project) -> dict[str, dict[str, Any]]:
    """The manifests of all roots, as they are in the files.

    Raises:
        UsageError: one cannot be read.
    """
    output = project.settings.output
    top = output_folder(project.folder, output)
    roots = {}
    for folder in sorted(folders(top)):
        shown = f"{output}/{folder}"
        try:
            data = read_file(f"{top}/{folder}/{MANIFEST}")
        except OSError as error:
            raise UsageError(f"cannot read {shown}/{MANIFEST}: {error.strerror}") from error
        if data is None:
            continue
        found = documents(data)
        if not found or not found[0].keys() >= _IDENTITY:
            raise UsageError(f"{shown}/{MANIFEST} cannot be read; run: dativo check")
        roots[shown] = found[0]
    return roots


def roots_of(manifests: Mapping[str, Mapping[str, Any]], names: Iterable[str]) -> list[Root]:
    """Roots as they are cut into jobs.

    Args:
        manifests: folder to manifest.
        names: the folders that are wanted.
    """
    return [
        Root(name, str(manifests[name]["environment"]), cloud_of(manifests[name]), manifests[name])
        for name in names
    ]

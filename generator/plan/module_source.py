"""Which module a root calls, and where its interface can be read."""

from __future__ import annotations

import os
import posixpath
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.errors import InputError, Place, Problem
from generator.job.variables import finish

if TYPE_CHECKING:
    from generator.job.loaded import LoadedJob
    from generator.project import Project

_EXACT_VERSION = re.compile(r"[0-9]+\.[0-9]+\.[0-9]+(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?")
_REGISTRY = re.compile(r"(?:[A-Za-z0-9.-]+(?::[0-9]+)?/)?[A-Za-z0-9_-]+/[A-Za-z0-9_-]+/[a-z0-9]+")
_REMOTE = re.compile(r"[a-z0-9+]+::|[a-z][a-z0-9+.-]*://|git@|github\.com/|bitbucket\.org/")
_REF = re.compile(r"[?&]ref=([^&]*)")


@dataclass(frozen=True, slots=True)
class ModuleSource:
    """The source of the module call.

    Attributes:
        source: the ``source`` argument.
        version: the ``version`` argument, for registry modules.
        folder: absolute folder of a copy whose interface can be read; None when none is at hand.
        shown: that folder, or the source, for people.
        place: what the user wrote to choose it.
        shipped: it is one of ours, by name.
    """

    source: str
    version: str | None
    folder: str | None
    shown: str
    place: Place
    shipped: bool


def module_source(
    project: Project, loaded: LoadedJob, shipped_name: str, root: str
) -> ModuleSource:
    """The module that a job's root calls.

    Args:
        project: the repository.
        loaded: the job; its own ``terraform.module`` wins over dativo.yaml.
        shipped_name: the shipped module of the runtime.
        root: the root's folder below the project folder.

    Raises:
        InputError: the source is not pinned, lies outside the project, or does not exist.
    """
    own = loaded.job.infrastructure.terraform.module
    if own is not None:
        place = loaded.places.place(("infrastructure", "terraform", "module", "source"))
        version = finish(own.version, place) if own.version else None
        return _source(project, finish(own.source, place), version, place, root, None)
    settings = project.settings.modules
    place = Place("dativo.yaml", ("modules", "source"))
    return _source(project, settings.source, settings.version, place, root, shipped_name)


def _source(
    project: Project, source: str, version: str | None, place: Place, root: str, name: str | None
) -> ModuleSource:
    if _REMOTE.match(source):
        return _remote(project, _with_name(source, name), version, place, root, name)
    local = source.startswith(("./", "../")) or os.path.isdir(os.path.join(project.folder, source))
    if not local and (_REGISTRY.fullmatch(source) or name is not None and "{module}" in source):
        return _registry(project, _with_name(source, name), version, place, root, name)
    return _local(project, source, version, place, root, name)


def _with_name(source: str, name: str | None) -> str:
    """Put the module's name in: at ``{module}``, or as the last folder of the address."""
    if name is None:
        return source
    if "{module}" in source:
        return source.replace("{module}", name)
    address, mark, query = source.partition("?")
    return f"{address.rstrip('/')}/{name}{mark}{query}"


def _remote(
    project: Project, source: str, version: str | None, place: Place, root: str, name: str | None
) -> ModuleSource:
    written = _REF.search(source)
    is_git = source.startswith(("git::", "git@", "github.com/", "bitbucket.org/"))
    if version is not None and not is_git:
        raise _error("only git and registry modules take a version", place)
    if (
        version is not None
        and written
        and written[1].removeprefix("v") != version.removeprefix("v")
    ):
        raise _error(f'the source says ref={written[1]}, the version says "{version}"', place)
    if is_git and not written:
        if version is None:
            raise _error(
                "the module is not pinned",
                place,
                "set `version:` to a tag, or add ?ref= to the source",
            )
        source += f"{'&' if '?' in source else '?'}ref={version}"
    folder = _initialised_copy(project, root, name)
    return ModuleSource(source, None, folder, folder or source, place, name is not None)


def _registry(
    project: Project, source: str, version: str | None, place: Place, root: str, name: str | None
) -> ModuleSource:
    if version is None or not _EXACT_VERSION.fullmatch(version):
        hint = "module versions are in no lock file, so write one exact version such as 1.2.0"
        raise _error("a registry module needs an exact version", place, hint)
    folder = _initialised_copy(project, root, name)
    return ModuleSource(source, version, folder, folder or source, place, name is not None)


def _initialised_copy(project: Project, root: str, name: str | None) -> str | None:
    """A copy that ``terraform init`` left in the root; else the shipped module of that name."""
    copy = os.path.join(project.folder, root, ".terraform", "modules", "job")
    if (
        os.path.isdir(copy)
        and not os.path.islink(copy)
        and any(f.endswith(".tf") for f in os.listdir(copy))
    ):
        return copy
    if name is None:
        return None
    from generator.shipped import folder

    return os.path.join(folder("modules"), name)


def _local(
    project: Project, source: str, version: str | None, place: Place, root: str, name: str | None
) -> ModuleSource:
    if version is not None:
        raise _error("a module in a local folder has no version", place, "remove `version:`")
    path = posixpath.normpath(source.replace("\\", "/"))
    path = posixpath.join(path, name) if name else path
    if posixpath.isabs(path) or path.startswith(".."):
        raise _error(f'the module folder "{source}" lies outside the project folder', place)
    folder = os.path.join(project.folder, path)
    if not os.path.isdir(folder):
        hint = "copy the modules there, or set modules.source in dativo.yaml to a git address"
        raise _error(f'the module folder "{path}" does not exist', place, hint)
    return ModuleSource(posixpath.relpath(path, root), None, folder, path, place, name is not None)


def _error(message: str, place: Place, hint: str = "") -> InputError:
    return InputError(Problem("module-source", message, place, hint))

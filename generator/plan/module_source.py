"""Which module a root calls, and where its interface can be read."""

from __future__ import annotations

import os
import posixpath
import re
from functools import lru_cache
from typing import NamedTuple

from generator.errors import InputError, Location, Problem
from generator.files.inside import is_inside
from generator.files.names import SETTINGS_FILE
from generator.files.regular import read
from generator.files.terraform_files import is_terraform
from generator.job.loaded import LoadedJob
from generator.job.project import Project
from generator.model.variables import finish
from generator.plan.module_address import AddressError, address_of
from generator.terraform_text.module_list import FILE, fetched
from generator.text.patterns import lazy

_EXACT_VERSION = lazy(r"[0-9]+\.[0-9]+\.[0-9]+(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?")
# Terraform documentation, "Module Sources": NAMESPACE/NAME/PROVIDER, a host before it or not.
_PART = r"[0-9A-Za-z](?:[0-9A-Za-z_-]*[0-9A-Za-z])?"
_REGISTRY = lazy(
    rf"(?:[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+(?::[0-9]+)?/)?{_PART}/{_PART}/[0-9a-z]+(?://[^?]+)?"
)
_REMOTE = lazy(r"[a-z0-9+]+::|[a-z][a-z0-9+.-]*://|git@|github\.com/|bitbucket\.org/")
_GIT = ("git::", "git@", "github.com/", "bitbucket.org/")
_REPOSITORY = (*_GIT, "hg::")
_SCHEME = lazy(r"(?:[a-z0-9+]+::)?(?:[a-z][a-z0-9+.-]*://)?")
# The endings by which Terraform knows an archive, and the argument that says so.
_ARCHIVE = lazy(
    r"^[^?]*\.(?:zip|tar|tgz|tbz2|txz|tar\.(?:gz|bz2|xz|zst))(?://|\?|$)|[?&]archive=(?!false)"
)
_MOST_LISTED = 1024 * 1024
_REF = lazy(r"[?&]ref=([^&]*)")


class ModuleSource(NamedTuple):
    """The source of the module call.

    Attributes:
        source: the ``source`` argument.
        version: the ``version`` argument, for registry modules.
        folder: absolute folder of a copy whose interface can be read; None when none is at hand.
        shown: that folder, or the source, for people.
        location: what the user wrote to choose it.
        shipped: it is one of ours, by name.
        stand_in: the folder is that of the shipped module of the same name, not of a copy.
        copy: what ``terraform init`` fetched into the root, if it is just this module: it tells
            whether the call fits, and nothing else.
    """

    source: str
    version: str | None
    folder: str | None
    shown: str
    location: Location
    shipped: bool
    stand_in: bool = False
    copy: str | None = None


class _Choice(NamedTuple):
    """What somebody chose: a source, a version, the shipped module's name, and their places."""

    source: str
    version: str | None
    name: str | None
    location: Location
    version_location: Location

    def error(self, message: str, hint: str = "", *, of_version: bool = False) -> InputError:
        location = self.version_location if of_version else self.location
        return InputError(Problem("module-source", message, location, hint))


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
    choice = _choice(project, loaded, shipped_name)
    source = choice.source
    if not source.strip() or not source.isprintable():
        raise choice.error("a module source is text on one line")
    if _REMOTE.match(source):
        return _remote(project, choice, root)
    named = _with_name(choice)
    local = source.startswith(("./", "../")) or _is_folder(project, named)
    if not local and _REGISTRY.fullmatch(named):
        return _registry(project, choice, root)
    return _local(project, choice, root)


def _choice(project: Project, loaded: LoadedJob, shipped_name: str) -> _Choice:
    own = loaded.job.infrastructure.terraform.module
    if own is not None and own.source is None and own.version is not None:
        location = loaded.locations.location(
            ("infrastructure", "terraform", "module", "source"), True
        )
        message = '"infrastructure.terraform.module.source" is missing'
        raise InputError(
            Problem("missing-key", message, location, "or set modules.version instead")
        )
    if own is None or own.source is None:
        settings = project.settings.modules
        location = Location(SETTINGS_FILE, ("modules", "source"))
        version_location = Location(SETTINGS_FILE, ("modules", "version"))
        return _Choice(settings.source, settings.version, shipped_name, location, version_location)
    at = ("infrastructure", "terraform", "module")
    location = loaded.locations.location((*at, "source"))
    version_location = loaded.locations.location((*at, "version"))
    version = finish(own.version, version_location) if own.version else None
    return _Choice(finish(own.source, location), version, None, location, version_location)


# Most jobs of a run choose the same.
@lru_cache(maxsize=256)
def _with_name(choice: _Choice) -> str:
    """Put the module's name in: at ``{module}``, or as the last folder of the address.

    What is fetched as a whole gets it as a folder inside (Terraform documentation, "Modules in
    Package Sub-directories").
    """
    source, name = choice.source, choice.name
    if name is None:
        return source
    if "{module}" in source:
        return source.replace("{module}", name)
    address, mark, query = source.partition("?")
    address = address.rstrip("/")
    inside = "//" in address[_SCHEME.match(address).end() :]  # type: ignore[union-attr]
    package = source.startswith(_REPOSITORY) or _ARCHIVE.search(source) or _in_registry(choice)
    return f"{address}{'//' if package and not inside else '/'}{name}{mark}{query}"


def _in_registry(choice: _Choice) -> bool:
    """Whether the source of all modules is one module of a registry, with the others inside."""
    return choice.version is not None and bool(_REGISTRY.fullmatch(choice.source))


def _remote(project: Project, choice: _Choice, root: str) -> ModuleSource:
    source, version = _with_name(choice), choice.version
    written = _REF.search(source)
    is_git = source.startswith(_GIT)
    if version is not None and not is_git:
        message = "only git and registry modules take a version"
        raise choice.error(message, "remove `version:`", of_version=True)
    if version is not None and not re.fullmatch(r"[A-Za-z0-9._/+-]+", version):
        raise choice.error(f'"{version}" is no git tag', of_version=True)
    same = not version or not written or _bare(written[1]) == _bare(version)
    if written and not same:
        raise choice.error(
            f'the source says ref={written[1]}, the version says "{version}"',
            "leave one of them out",
            of_version=True,
        )
    if is_git and not (written and written[1]):
        if version is None:
            hint = "set `version:` to a tag, or add ?ref= to the source"
            raise choice.error("the module is not pinned to a version", hint)
        source += f"{'&' if '?' in source else '?'}ref={version}"
    try:
        address_of(source)
    except AddressError as error:
        raise choice.error(str(error), "name a module that is fetched by https or ssh") from None
    return _fetched(project, choice, root, source, None)


def _bare(ref: str) -> str:
    return ref.removeprefix("v")


def _registry(project: Project, choice: _Choice, root: str) -> ModuleSource:
    if choice.version is None or not _EXACT_VERSION.fullmatch(choice.version):
        hint = "module versions are in no lock file, so write one exact version such as 1.2.0"
        raise choice.error(
            "a registry module needs an exact version",
            hint,
            of_version=choice.version is not None,
        )
    return _fetched(project, choice, root, _with_name(choice), choice.version)


def _fetched(
    project: Project, choice: _Choice, root: str, source: str, version: str | None
) -> ModuleSource:
    """A module that ``terraform init`` fetches.

    What the root says must not depend on what Terraform left in its folder: the interface is that
    of the shipped module of the same name, or not known. A copy only serves to check the call.
    """
    copy = _initialised(project, root, source, version)
    if choice.name is None:
        return ModuleSource(source, version, None, source, choice.location, False, copy=copy)
    from generator.files.shipped import folder

    stand_in = os.path.join(folder("modules"), choice.name)
    return ModuleSource(source, version, stand_in, choice.name, choice.location, True, True, copy)


def _initialised(project: Project, root: str, source: str, version: str | None) -> str | None:
    """The folder of ``module "job"`` as Terraform's own list of modules tells it.

    One of another source or version than the root is to call says nothing about that one.
    """
    file = f"{root}/{FILE}"
    try:
        data, _ = read(os.path.join(project.folder, file), most=_MOST_LISTED)
    except OSError:
        project.seen.file(file, None)
        return None
    project.seen.file(file, data)
    entry = next((one for one in fetched(data) if one.key == "job"), None)
    if entry is None or _spelt(entry.source) != _spelt(source) or entry.version != version:
        return None
    copy = os.path.join(project.folder, root, entry.folder)
    if not is_inside(os.path.join(project.folder, os.path.dirname(file)), copy):
        return None
    try:
        return copy if any(map(is_terraform, os.listdir(copy))) else None
    except OSError:
        return None


def _spelt(source: str) -> str:
    """A source without what Terraform adds when it notes it (go-getter's detectors)."""
    source = source.removeprefix("registry.terraform.io/").removeprefix("git::")
    source = re.sub(r"^[a-z][a-z0-9+.-]*://", "", source)
    source = re.sub(r"^(git@[^/:]+):", r"\1/", source)
    return re.sub(r"\.git(?=//|\?|$)", "", source)


def _local(project: Project, choice: _Choice, root: str) -> ModuleSource:
    source, name = choice.source, choice.name
    if choice.version is not None:
        message = "a module in a local folder has no version"
        raise choice.error(message, "remove `version:`", of_version=True)
    path = posixpath.normpath(_with_name(choice).replace("\\", "/"))
    if posixpath.isabs(path) or path.split("/")[0] == ".." or not _inside(project.folder, path):
        raise choice.error(f'the module folder "{source}" lies outside the project folder')
    folder = os.path.join(project.folder, path)
    if not _is_folder(project, path):
        raise choice.error(f'the module folder "{path}" does not exist', _missing_hint(choice))
    return ModuleSource(
        _relative(path, root), None, folder, path, choice.location, name is not None
    )


def _missing_hint(choice: _Choice) -> str:
    if choice.name is not None:
        return "copy the modules there, or set modules.source in dativo.yaml to a git address"
    return "paths are relative to the project folder; a registry module has three parts, a/b/aws"


def _is_folder(project: Project, path: str) -> bool:
    def look() -> bool:
        there = os.path.isdir(os.path.join(project.folder, path))
        project.seen.folder(path, there)
        return there

    return project.seen.once(("is a folder", path), look)


# Asks the disk, and jobs share their modules: saves 1 % of a run over 1,000 jobs.
_inside = lru_cache(maxsize=256)(is_inside)


def _relative(path: str, root: str) -> str:
    """The path as Terraform takes it from the root's folder."""
    if path.partition("/")[0] == root.partition("/")[0]:
        relative = posixpath.relpath(path, root)
        return relative if relative.startswith("../") else f"./{relative}"
    return "../" * (root.count("/") + 1) + path

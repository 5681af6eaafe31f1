"""Where versions are pinned: constraints of providers, and versions of modules."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from generator.errors import KeyPath, UsageError
from generator.files.names import SETTINGS_FILE
from generator.job.project import Project
from generator.plan.providers import PROVIDERS
from generator.text.hints import suggest
from generator.yaml.load import load_yaml

_OPERATOR = re.compile(r"\s*(~>|>=|<=|!=|=|>|<)\s*")
_REF = re.compile(r"(?<=[?&]ref=)[^&]*")
_SCHEME = re.compile(r"(?:[a-z0-9+]+::)?(?:[a-z][a-z0-9+.-]*://)?")


class ModulePin(NamedTuple):
    """The version of a module as somebody wrote it.

    Attributes:
        file: where.
        path: of the value: a version, or a source with the version in it.
        source: the module's address.
        version: a tag, or an exact version.
        value: of the key, whole.
    """

    file: str
    path: KeyPath
    source: str
    version: str
    value: str

    def moved(self, version: str) -> str:
        """The value with another version in it."""
        return version if self.path[-1] == "version" else _REF.sub(lambda _: version, self.value)


def provider_pin(text: str) -> tuple[str, str]:
    """``aws=~>6.5`` as a name and a constraint.

    Raises:
        UsageError: it is no such pair, or no root can have that provider.
    """
    name, mark, constraint = text.partition("=")
    if not mark or not constraint.strip():
        raise UsageError(f"--provider {text}: write NAME=CONSTRAINT, such as aws='~> 6.5'")
    if name.strip() not in PROVIDERS:
        hint = suggest(name, sorted(PROVIDERS), f"there are {', '.join(sorted(PROVIDERS))}")
        raise UsageError(f"--provider {text}: roots have no provider {name}; {hint}")
    parts = (_OPERATOR.sub(r"\1 ", part).strip() for part in constraint.split(","))
    return name.strip(), ", ".join(parts)


def module_pins(project: Project, job_files: list[str]) -> list[ModulePin]:
    """All versions of modules in dativo.yaml and in job files, in this order."""
    found = list(_in_document(project.document, SETTINGS_FILE, ()))
    modules = project.document.get("modules")
    if isinstance(modules, dict) and "source" in modules:
        found[:0] = _of_module(modules, SETTINGS_FILE, ("modules",))
    for file in job_files:
        found += _in_document(load_yaml(project.read(file), file), file, ())
    return found


def _in_document(value: Any, file: str, path: KeyPath) -> Iterator[ModulePin]:
    items = value.items() if isinstance(value, dict) else ()
    for key, item in items:
        if key == "module" and path[-1:] == ("terraform",) and isinstance(item, dict):
            yield from _of_module(item, file, (*path, key))
        else:
            yield from _in_document(item, file, (*path, key))


def _of_module(module: dict[str, Any], file: str, path: KeyPath) -> Iterator[ModulePin]:
    source, version = str(module.get("source") or ""), module.get("version")
    if version is not None:
        yield ModulePin(file, (*path, "version"), source, str(version), str(version))
    elif ref := _REF.search(source):
        yield ModulePin(file, (*path, "source"), source, ref[0], source)


def package(source: str) -> str:
    """What a module is fetched from as a whole: the address without folder and query."""
    address = source.partition("?")[0]
    scheme = _SCHEME.match(address)
    start = scheme.end() if scheme else 0
    return address[:start] + address[start:].partition("//")[0].rstrip("/")


def chosen(pins: list[ModulePin], asked: str, shared: str) -> tuple[list[ModulePin], str]:
    """The pins that ``--module`` is about, and the version that they get.

    Args:
        pins: all.
        asked: ``VERSION``, for what dativo.yaml names, or ``SOURCE=VERSION``.
        shared: ``modules.source`` of dativo.yaml.

    Raises:
        UsageError: nothing is pinned there.
    """
    named, mark, version = asked.rpartition("=")
    if not version.strip() or (mark and not named.strip()):
        raise UsageError(f"--module {asked}: write VERSION or SOURCE=VERSION")
    wanted = package(named.strip() if mark else shared)
    found = [pin for pin in pins if _is_of(package(pin.source), wanted)]
    if found:
        return found, version.strip()
    if mark:
        known = sorted({package(pin.source) for pin in pins})
        hint = f"; pinned are {', '.join(known)}" if known else ""
        raise UsageError(f"--module {asked}: no module from {wanted} is pinned{hint}")
    raise UsageError(
        f'--module {asked}: modules come from "{shared}", which has no version; what is copied '
        "into the project moves with copier update, other modules with --module SOURCE=VERSION"
    )


def _is_of(found: str, wanted: str) -> bool:
    """Whether one address is the other, or ends like it: ``acme/modules`` will do."""
    bare = found.removesuffix(".git")
    wanted = wanted.removesuffix(".git")
    return bool(wanted) and (bare == wanted or bare.endswith(f"/{wanted}"))

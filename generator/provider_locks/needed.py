"""Which providers a root needs, as ``terraform init`` finds them: its own and its modules'."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from generator.errors import InputError
from generator.files.names import LOCKS_FOLDER
from generator.job.project import Project
from generator.modules.catalogue import Catalogue, open_catalogue
from generator.modules.files import module_files
from generator.modules.interface import UnreadError
from generator.plan.root_plan import RootPlan
from generator.terraform_text.blocks import Body, body_of, text_of
from generator.terraform_text.json_syntax import blocks_in, json_of
from generator.terraform_text.literals import ExpressionError, literal
from generator.terraform_text.scan import UnreadableError

_REGISTRIES = ("registry.terraform.io/", "registry.opentofu.org/")
_LOCAL = ("./", "../")
# Providers that are part of Terraform, and are in no lock file.
_BUILT_IN = frozenset(("terraform", "terraform.io/builtin/terraform"))


class Needed(NamedTuple):
    """What a root needs.

    Attributes:
        providers: ``hashicorp/aws`` and its constraints, sorted; each constraint once.
        modules: modules that Terraform fetches, whose providers nobody knows before: the source,
            then where there is one a blank and the version.
    """

    providers: tuple[tuple[str, tuple[str, ...]], ...]
    modules: frozenset[str] = frozenset()

    @property
    def sources(self) -> frozenset[str]:
        """The providers without their constraints."""
        return frozenset(source for source, _ in self.providers)


def needed_by(project: Project, plan: RootPlan) -> Needed:
    """What a root needs; the same whatever Terraform left in its folder.

    Args:
        project: the repository.
        plan: the root.
    """
    found: dict[str, set[str]] = {}
    for one in plan.required_providers:
        found.setdefault(one.source, set()).add(one.version)
    call = plan.module
    if not call.source.startswith(_LOCAL):
        return needed(found, {f"{call.source} {call.version or ''}".strip()})
    folder = posixpath.normpath(f"{project.settings.output}/{plan.folder}/{call.source}")

    def look() -> Needed:
        return _of_module(project, folder, open_catalogue(project), set())

    inside = project.seen.once((LOCKS_FOLDER, folder), look)
    for source, constraints in inside.providers:
        found.setdefault(source, set()).update(constraints)
    return needed(found, inside.modules)


def needed(providers: Mapping[str, set[str]], modules: set[str] | frozenset[str]) -> Needed:
    """The same in its one order."""
    ordered = [(source, tuple(sorted(found - {""}))) for source, found in providers.items()]
    return Needed(tuple(sorted(ordered)), frozenset(modules))


def _of_module(project: Project, folder: str, catalogue: Catalogue, seen: set[str]) -> Needed:
    """What a module in a folder needs, with those that it calls in turn."""
    found: dict[str, set[str]] = {}
    modules: set[str] = set()
    seen.add(folder)
    path = os.path.join(project.folder, folder)
    try:
        interface = catalogue.find(path)
        files = module_files(path)
    except (UnreadError, FileNotFoundError):  # told where the root is planned
        return Needed(())
    names = {}
    for one in interface.requirements if interface else ():
        if one.name not in _BUILT_IN:
            names[one.name] = source = _source(one.name, one.source)
            found.setdefault(source, set()).add(one.version)
    for kind, value in _uses(files):
        if kind == "provider" and value not in names and value not in _BUILT_IN:
            found.setdefault(_source(value, ""), set())
        elif kind == "module" and not value.startswith(_LOCAL):
            modules.add(value)
        elif kind == "module" and (inner := posixpath.normpath(f"{folder}/{value}")) not in seen:
            below = _of_module(project, inner, catalogue, seen)
            modules |= below.modules
            for source, constraints in below.providers:
                found.setdefault(source, set()).update(constraints)
    return needed(found, modules)


def _source(name: str, source: str) -> str:
    """The address of a provider without a public registry's host."""
    source = source.lower() or f"hashicorp/{name}"
    for registry in _REGISTRIES:
        source = source.removeprefix(registry)
    return source if "/" in source else f"hashicorp/{source}"


def _uses(files: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    """What the blocks of a module refer to: providers by local name, modules by source.

    A resource without a ``provider`` has the one that its type begins with (Terraform language,
    "The provider Meta-Argument").
    """
    for name, data in files.items():
        try:
            if name.endswith(".json"):
                yield from _json_uses(json_of(text_of(data)))
            else:
                yield from _block_uses(body_of(text_of(data)))
        except (UnreadableError, ExpressionError, ValueError, InputError):
            continue


def _block_uses(body: Body) -> Iterator[tuple[str, str]]:
    for block in body.blocks:
        if block.type in ("resource", "data", "ephemeral") and block.labels:
            own = body_of(block.text).arguments.get("provider")
            yield "provider", own.text.split(".")[0] if own else block.labels[0].split("_")[0]
        elif block.type == "provider" and block.labels:
            yield "provider", block.labels[0]
        elif block.type == "module":
            arguments = body_of(block.text).arguments
            yield "module", _called(
                *(literal(arguments[key].text) if key in arguments else "" for key in _CALL)
            )


_CALL = ("source", "version")


def _json_uses(document: object) -> Iterator[tuple[str, str]]:
    for kind in ("resource", "data", "ephemeral"):
        for labels, body in blocks_in(document, kind, 2):
            yield "provider", str(body.get("provider") or labels[0].split("_")[0]).split(".")[0]
    for labels, _ in blocks_in(document, "provider", 1):
        yield "provider", labels[0]
    for _, body in blocks_in(document, "module", 1):
        yield "module", _called(*(body.get(key, "") for key in _CALL))


def _called(source: object, version: object) -> str:
    return f"{source} {version}".strip()

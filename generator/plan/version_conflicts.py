"""Versions that the root and its module want: some version has to be both."""

from __future__ import annotations

from generator.errors import KeyPath, Location, Problem, Problems
from generator.files.names import SETTINGS_FILE
from generator.model.settings import Settings
from generator.modules.interface import Requirement
from generator.plan.called_module import CalledModule
from generator.plan.root_plan import Backend, ProviderRequirement
from generator.plan.runtimes.runtime import RuntimeSpec
from generator.text.versions import satisfiable

# S3's lock file came with Terraform 1.10 and OpenTofu 1.10, and with that OpenTofu a `removed`
# block that says what is not to be destroyed, which a tombstone needs where something goes with
# its cluster. The shipped modules' validations look at other variables: both allow it since 1.9.
_NEWER_VERSION = ">= 1.10"
_BASE_VERSION = ">= 1.9"
_AT: KeyPath = ("terraform",)
_REGISTRIES = ("registry.terraform.io/", "registry.opentofu.org/")


def derived_version(backend: Backend, runtime: RuntimeSpec) -> str:
    """Which versions of Terraform have what a root uses."""
    newer = backend.arguments.get("use_lockfile") or runtime.gone_with
    return _NEWER_VERSION if newer else _BASE_VERSION


def check_versions(
    called: CalledModule,
    settings: Settings,
    terraform: str,
    derived: str,
    providers: tuple[ProviderRequirement, ...],
) -> None:
    """Refuse constraints that no version meets, which `terraform init` would find first.

    Args:
        called: the module.
        settings: dativo.yaml.
        terraform: ``required_version`` of the root.
        derived: what the root needs by what it uses.
        providers: ``required_providers`` of the root.

    Raises:
        InputError: each pair that contradicts itself, with both places.
    """
    problems = Problems()
    if not satisfiable(terraform, derived):
        location = Location(SETTINGS_FILE, ("terraform", "required_version"))
        message = f'no version of Terraform is both "{terraform}" and "{derived}"'
        hint = "the latter is what this root needs: its backend, or what goes with its cluster"
        problems.error("version-conflict", message, location, hint)
    pinned_versions = {(one.name, one.source): one.version for one in providers}
    reported = bool(problems)
    for requirement in _requirements(called):
        if requirement.name == "terraform":
            if reported:
                continue
            pinned, path = terraform, (*_AT, "required_version")
            title, set_there = "Terraform", settings.terraform.required_version is not None
        elif (found := pinned_versions.get((requirement.name, _source(requirement)))) is not None:
            pinned, path = found, (*_AT, "providers", requirement.name)
            title = f"the provider {requirement.name}"
            set_there = requirement.name in {str(name) for name in settings.terraform.providers}
        else:
            continue
        if not satisfiable(pinned, requirement.version):
            problems.append(_conflict(called, requirement, pinned, path, title, set_there))
    problems.raise_any()


def _requirements(called: CalledModule) -> tuple[Requirement, ...]:
    """What the module asks for; the shipped one says nothing of another that is called."""
    if called.interface is None or called.source.stand_in:
        return ()
    return called.interface.requirements


def _source(requirement: Requirement) -> str:
    """The address of a provider; without one it is HashiCorp's."""
    source = requirement.source.lower() or f"hashicorp/{requirement.name}"
    for registry in _REGISTRIES:
        source = source.removeprefix(registry)
    return source


def _conflict(
    called: CalledModule,
    requirement: Requirement,
    pinned: str,
    path: KeyPath,
    title: str,
    set_there: bool,
) -> Problem:
    where = (
        f'"{requirement.version}" of {called.source.shown}/{requirement.file}:{requirement.line}'
    )
    by_us = "" if set_there else ", which dativo pins,"
    message = f'no version of {title} is both "{pinned}"{by_us} and {where}'
    if set_there:
        return Problem(
            "version-conflict", message, Location(SETTINGS_FILE, path), "change one of them"
        )
    hint = f'set {".".join(map(str, path))} in dativo.yaml to versions that the module takes'
    return Problem("version-conflict", message, called.source.location, hint)

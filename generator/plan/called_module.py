"""The runtime and the module that a job chose, and whether they go together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from generator.errors import InputError, Problem, Problems
from generator.files.names import SETTINGS_FILE
from generator.job.loaded import LoadedJob
from generator.job.project import Project
from generator.modules.catalogue import Catalogue
from generator.modules.interface import Interface, UnreadError
from generator.plan.module_source import ModuleSource, module_source
from generator.plan.providers import TAGS
from generator.plan.root_plan import ProviderBlock
from generator.plan.runtimes import billing
from generator.plan.runtimes.runtime import RuntimeSpec
from generator.plan.runtimes.table import RUNTIMES, types_of
from generator.text.expression import Reference, Value
from generator.text.hints import suggest
from generator.text.patterns import lazy

UNCHECKED = "unchecked-module"
_OF_MODULE = lazy(r"module\.job\.([a-z0-9_]+)")


class CalledModule(NamedTuple):
    """The module that a root calls.

    Attributes:
        source: where it is.
        interface: what it declares; None when no copy is at hand that can be read.
        unread: why a copy that is at hand cannot be read.
    """

    source: ModuleSource
    interface: Interface | None
    unread: UnreadError | None = None


def runtime_of(loaded: LoadedJob) -> RuntimeSpec:
    """The row of the table that the job names.

    Raises:
        InputError: its cloud has no such runtime.
    """
    infrastructure = loaded.job.infrastructure
    if loaded.file == SETTINGS_FILE:
        return billing.BILLS[infrastructure.provider]
    found = RUNTIMES.get((infrastructure.provider, infrastructure.runtime.type))
    if found is not None:
        return found
    offered = types_of(infrastructure.provider)
    hint = suggest(infrastructure.runtime.type, offered, f"it has: {', '.join(offered)}")
    message = f'{infrastructure.provider} has no runtime "{infrastructure.runtime.type}" here'
    location = loaded.locations.location(("infrastructure", "runtime", "type"))
    raise InputError(Problem("unknown-runtime", message, location, hint))


def module_of(
    project: Project,
    loaded: LoadedJob,
    runtime: RuntimeSpec,
    catalogue: Catalogue,
    root: str,
    fetched: bool = False,
) -> CalledModule:
    """The module of a job's root: its own, or the shipped one.

    Args:
        project: the repository.
        loaded: the job.
        runtime: its row in the table of runtimes.
        catalogue: the interfaces of modules.
        root: the root's folder below the project folder.
        fetched: take the copy that ``terraform init`` left in the root, if it is there.

    Raises:
        InputError: as ``module_source``; there is no module, or nothing in its folder.
    """
    if not runtime.module and loaded.job.infrastructure.terraform.own_module is None:
        message = f'there is no module for "{runtime.type}" here'
        hint = "name one of your own as terraform.module.source; its inputs are checked like any"
        location = loaded.locations.location(("infrastructure", "runtime", "type"))
        raise InputError(Problem("module-source", message, location, f"{hint} other"))
    source = module_source(project, loaded, runtime.module, root)
    if fetched and source.copy is not None:
        source = source._replace(folder=source.copy, stand_in=False)
    if source.folder is None:
        return CalledModule(source, None)
    try:
        interface = catalogue.find(source.folder)
    except UnreadError as error:
        return CalledModule(source, None, error)
    if interface is None:
        message = f'there are no Terraform files in "{source.shown}"'
        raise InputError(Problem("module-source", message, source.location))
    if interface.aliases:
        wanted = " and ".join(interface.aliases)
        message = f"the module {source.shown} wants {wanted} passed, and a root has no aliases"
        hint = "call it from a module of your own that configures the provider, and name that here"
        raise InputError(Problem("module-source", message, source.location, hint))
    return CalledModule(source, interface)


def check_providers(called: CalledModule, providers: tuple[ProviderBlock, ...]) -> None:
    """Whether the module, which may be the user's own, says what a provider is configured from.

    Raises:
        InputError: it lacks such an output.
    """
    if called.interface is None:
        return
    problems = Problems()
    for provider in providers:
        for name in sorted(set(_outputs_in(list(provider.arguments.values())))):
            if name not in called.interface.outputs:
                message = f'the module {called.source.shown} has no output "{name}"'
                hint = f"the provider {provider.name} of the root is configured from it"
                problems.error("unknown-output", message, called.source.location, hint)
    problems.raise_any()


def _outputs_in(values: list[Value]) -> Iterator[str]:
    for value in values:
        if isinstance(value, Reference):
            yield from _OF_MODULE.findall(value.text)


def warnings_of(
    called: CalledModule, providers: tuple[ProviderBlock, ...], carried: bool
) -> list[Problem]:
    """What cannot be checked, and where nothing would be tagged.

    Args:
        called: the module.
        providers: the provider blocks of the root.
        carried: an input of the module carries the tags.
    """
    source, interface, unread = called
    if unread is not None:
        hint = "terraform plan checks them; terraform validate in the module says what is wrong"
        message = f"the inputs of {source.shown} are not checked: cannot read {unread}"
        return [Problem(UNCHECKED, message, source.location, hint, "warning")]
    if interface is None:
        message = f"the inputs of {source.source} are not checked, since no copy of it is at hand"
        hint = "run terraform init in the root once, then generate again"
        return [Problem(UNCHECKED, message, source.location, hint, "warning")]
    if carried or any(map(_tags, providers)):
        return []
    message = f'the module {source.shown} has no input "tags", so its resources get none'
    hint = "give the module such an input: no provider of this root has default tags"
    return [Problem("untagged", message, source.location, hint, "warning")]


def _tags(provider: ProviderBlock) -> bool:
    """Whether the provider itself tags what it makes."""
    bodies = (provider.arguments, *provider.blocks.values())
    return any(TAGS in body.values() for body in bodies if isinstance(body, dict))

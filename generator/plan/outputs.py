"""Outputs of the root, and the placeholders of the job that wait for them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from generator.errors import InputError, KeyPath, Place, Problem
from generator.plan.expression import Reference
from generator.plan.root_plan import Output

if TYPE_CHECKING:
    from generator.job.loaded import LoadedJob
    from generator.modules.interface import Interface
    from generator.plan.runtimes.runtime import Runtime

_PLACEHOLDER = re.compile(r"\{\{\s*terraform_outputs\.([A-Za-z_][A-Za-z0-9_-]*)\s*\}\}")
_MENTION = re.compile(r"terraform_outputs")


def outputs_of(
    loaded: LoadedJob, runtime: Runtime, interface: Interface | None, shown: str
) -> tuple[Output, ...]:
    """The outputs that a root declares: those the job lists, or all that the module has.

    Args:
        loaded: the job.
        runtime: its runtime; a launcher's settings are put out for that orchestrator only.
        interface: what the module declares; None when no copy is at hand.
        shown: the module, for people.

    Raises:
        InputError: a listed or awaited output that the module lacks, or a placeholder that is
            malformed or stands where it would wait for itself.
    """
    wanted = loaded.job.infrastructure.terraform.outputs
    awaited = dict(_awaited(loaded))
    problems: list[Problem] = []
    if interface is None:
        names = list(dict.fromkeys((*(wanted or ()), *awaited)))
    elif wanted is None:
        launchers = set(runtime.launchers.values())
        mine = runtime.launchers.get(loaded.job.infrastructure.orchestrator.type)
        names = [n for n in interface.outputs if n not in launchers or n == mine or n in awaited]
        problems += [
            p for n, place in awaited.items() if (p := _unknown(n, interface, shown, place))
        ]
    else:
        at: KeyPath = ("infrastructure", "terraform", "outputs")
        listed = {name: loaded.places.place((*at, i)) for i, name in enumerate(wanted)}
        names = list(dict.fromkeys((*listed, *awaited)))
        found = {**awaited, **listed}
        problems += [p for n, place in found.items() if (p := _unknown(n, interface, shown, place))]
    if problems:
        raise InputError(*problems)
    return tuple(_output(name, interface) for name in sorted(names))


def _output(name: str, interface: Interface | None) -> Output:
    declared = interface.outputs.get(name) if interface else None
    description = (declared.description if declared else "") or f"Output {name} of the module."
    return Output(
        name, description, Reference(f"module.job.{name}"), bool(declared and declared.sensitive)
    )


def _unknown(name: str, interface: Interface, shown: str, place: Place) -> Problem | None:
    if name in interface.outputs:
        return None
    from generator.hints import did_you_mean

    meant = did_you_mean(name, list(interface.outputs))
    hint = f'did you mean "{meant}"?' if meant else "it has: " + ", ".join(interface.outputs)
    return Problem("unknown-output", f'the module {shown} has no output "{name}"', place, hint)


def _awaited(loaded: LoadedJob) -> Iterator[tuple[str, Place]]:
    """The outputs that placeholders anywhere in the job wait for, with their places."""
    problems = []
    for path, text in _texts(loaded.document, ()):
        if not _MENTION.search(text):
            continue
        place = Place(loaded.file, path)
        found = _PLACEHOLDER.findall(text)
        if len(found) != len(_MENTION.findall(text)):
            hint = "write {{terraform_outputs.NAME}}, quoted"
            problems.append(
                Problem("placeholder", f'"{text[:60]}" is not a placeholder', place, hint)
            )
        elif "infrastructure" in path and "resource_identifiers" not in path:
            message = "a placeholder is filled in after apply, so the root cannot depend on it"
            problems.append(
                Problem(
                    "placeholder",
                    message,
                    place,
                    "use it outside infrastructure, or in resource_identifiers",
                )
            )
        else:
            yield from ((name, place) for name in found)
    if problems:
        raise InputError(*problems)


def _texts(value: Any, path: KeyPath) -> Iterator[tuple[KeyPath, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _texts(item, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _texts(item, (*path, index))

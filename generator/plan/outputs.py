"""Outputs of the root, and the placeholders of the job that wait for them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from generator.errors import InputError, KeyPath, Place, Problem
from generator.expression import Reference
from generator.job.problems import shown as shown_text
from generator.job.variants import READ_KEYS
from generator.patterns import lazy
from generator.plan.known import described, root_outputs
from generator.plan.root_plan import Output

if TYPE_CHECKING:
    from generator.job.loaded import LoadedJob
    from generator.modules.interface import Interface
    from generator.plan.runtimes.runtime import Runtime

# What waits for an output, in any text of a job file; `resolve` fills it in.
PLACEHOLDER = lazy(r"\{\{\s*terraform_outputs\.([A-Za-z_][A-Za-z0-9_-]*)\s*\}\}")
_IDENTIFIER = lazy(r"[A-Za-z_][A-Za-z0-9_-]*")
_MENTION = lazy(r"terraform_outputs")


def outputs_of(
    loaded: LoadedJob, runtime: Runtime, interface: Interface | None, shown: str
) -> tuple[Output, ...]:
    """The outputs that a root declares: those the job lists, or all that the module has.

    The settings of the job's orchestrator are always among them.

    Args:
        loaded: the job.
        runtime: its runtime; a launcher's settings are put out for that orchestrator only.
        interface: what the module declares; None when no copy is at hand.
        shown: the module, for people.

    Raises:
        InputError: a listed or awaited output that the module lacks, or a placeholder that is
            malformed or stands where it would wait for itself.
    """
    listed = _listed(loaded) if loaded.job.infrastructure.terraform.outputs is not None else None
    awaited = dict(_awaited(loaded))
    launcher = runtime.launchers.get(loaded.job.infrastructure.orchestrator.type)
    if interface is None:
        return _unchecked({*awaited, *(listed or ()), *([launcher] if launcher else ())})
    known = root_outputs(interface)
    problems = [
        _unknown(name, interface, shown, place)
        for name, place in {**awaited, **(listed or {})}.items()
        if name not in known
    ]
    if problems:
        raise InputError(*problems)
    if listed is not None:
        wanted = {*listed, *awaited, *([launcher] if launcher in known else ())}
        return tuple(known[name] for name in sorted(wanted))
    others = set(runtime.launchers.values()) - awaited.keys() - {launcher}
    return tuple(known[name] for name in sorted(known) if name not in others)


def _listed(loaded: LoadedJob) -> dict[str, Place]:
    """The outputs under ``terraform.outputs``.

    Raises:
        InputError: a name that no output can have, or one that is listed twice.
    """
    found: dict[str, Place] = {}
    problems = []
    for index, name in enumerate(loaded.job.infrastructure.terraform.outputs or ()):
        place = loaded.places.place(("infrastructure", "terraform", "outputs", index))
        if not _IDENTIFIER.fullmatch(name):
            problems.append(Problem("invalid-name", f"{shown_text(name)} names no output", place))
        elif name in found:
            problems.append(Problem("set-twice", f'"{name}" is listed twice', place))
        else:
            found[name] = place
    if problems:
        raise InputError(*problems)
    return found


def _unchecked(names: Iterable[str]) -> tuple[Output, ...]:
    """Outputs of a module that nobody here can see."""
    return tuple(
        Output(name, described(name), Reference(f"module.job.{name}"), False)
        for name in sorted(names)
    )


def _unknown(name: str, interface: Interface, shown: str, place: Place) -> Problem:
    from generator.hints import did_you_mean

    meant = did_you_mean(name, list(interface.outputs))
    hint = f'did you mean "{meant}"?' if meant else "it has: " + ", ".join(interface.outputs)
    return Problem("unknown-output", f'the module {shown} has no output "{name}"', place, hint)


def _awaited(loaded: LoadedJob) -> Iterator[tuple[str, Place]]:
    """The outputs that placeholders anywhere in the job wait for, with their places."""
    problems: list[Problem] = []
    for path, text, place in _mentions(loaded):
        found = PLACEHOLDER.findall(text)
        if len(found) != len(_MENTION.findall(text)):
            hint = "write {{terraform_outputs.NAME}}, quoted"
            message = f"{shown_text(text)} is not a placeholder"
            problems.append(Problem("placeholder", message, place, hint))
        elif _shapes_root(path):
            message = "a placeholder is filled in after apply, so the root cannot depend on it"
            hint = "use it in resource_identifiers, or in keys that only the runner reads"
            problems.append(Problem("placeholder", message, place, hint))
        else:
            yield from ((name, place) for name in found)
    if problems:
        raise InputError(*problems)


def _shapes_root(path: KeyPath) -> bool:
    """Whether dativo reads the value at a path of the job file, resource identifiers apart.

    What the runner writes to is read for the buckets in it, and a bucket that is not known yet is
    none that rights could be given on.
    """
    inner = path[2:] if path[:1] == ("environments",) else path
    if inner[:1] == ("infrastructure",):
        return inner[1:2] != ("resource_identifiers",)
    return inner[:1] != () and inner[0] in READ_KEYS and inner[0] != "target"


def _mentions(loaded: LoadedJob) -> Iterator[tuple[KeyPath, str, Place]]:
    """Every text that speaks of outputs: in the job file, and in what dativo.yaml lays under it."""
    if loaded.mentions_outputs:
        for path, text in _texts(loaded.document, ()):
            other = path[:1] == ("environments",) and path[1:2] != (loaded.job.environment,)
            if not other and _MENTION.search(text):
                yield path, text, Place(loaded.file, path)
    for layer in loaded.places.layers:
        if layer.target and "resource_identifiers" in layer.data:
            below = ("resource_identifiers",)
            for path, text in _texts(layer.data["resource_identifiers"], below):
                if _MENTION.search(text):
                    yield ("infrastructure", *path), text, Place(layer.file, layer.prefix + path)


def _texts(value: Any, path: KeyPath) -> Iterator[tuple[KeyPath, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _texts(item, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _texts(item, (*path, index))

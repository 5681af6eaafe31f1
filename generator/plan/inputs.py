"""The module call's arguments: what the job gives, checked against what the module declares."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from generator.errors import InputError, KeyPath, Place, Problem
from generator.expression import Reference, Value
from generator.modules.check import Fault, fit
from generator.modules.types import ANY, Type
from generator.patterns import lazy
from generator.plan.known import required_inputs
from generator.plan.root_plan import Argument, Variable
from generator.plan.root_variables import RootVariables
from generator.plan.runtimes.runtime import Input

if TYPE_CHECKING:
    from generator.job.loaded import LoadedJob
    from generator.modules.interface import Interface, ModuleVariable

# What a module call may not pass: meta-arguments, and names that Terraform reserves for
# variables (Terraform language, "Input Variables").
RESERVED = frozenset(
    ("source", "version", "providers", "count", "for_each", "lifecycle", "depends_on", "locals")
)
IDENTITY = ("name", "tenant", "environment", "tags", "kubernetes_labels")
_VARIABLES: KeyPath = ("infrastructure", "terraform", "variables")
_TAGS = Argument("tags", Reference("local.tags"), "the merged tags, see locals.tf")
LABELS = "kubernetes_labels"
_LABELS = Argument(LABELS, Reference(f"local.{LABELS}"), "the merged tags as labels, see locals.tf")
_IDENTIFIER = lazy(r"[A-Za-z_][A-Za-z0-9_-]*")


@dataclass(slots=True)
class _Call:
    """The call as it grows."""

    loaded: LoadedJob
    interface: Interface | None
    shown: str
    variables: RootVariables
    problems: list[Problem]
    arguments: dict[str, Argument] = field(default_factory=dict)


def arguments_of(
    loaded: LoadedJob,
    inputs: Iterable[Input],
    interface: Interface | None,
    shown: str,
    labels: bool = False,
) -> tuple[tuple[Argument, ...], tuple[Variable, ...]]:
    """The arguments of the module call and the variables of the root.

    Args:
        loaded: the job.
        inputs: what the runtime makes of the job's fields; ``terraform.variables`` follow.
        interface: what the module declares; None when no copy is at hand to check against.
        shown: the module, for people.
        labels: the root has its tags as Kubernetes labels, too.

    Returns:
        Arguments in the order identity, fields, variables, tags; and one root variable for
        every ``${NAME}`` that only apply knows.

    Raises:
        InputError: an input the module lacks, a required one that is missing, a value that does
            not fit its type, a reserved name.
    """
    problems: list[Problem] = []
    call = _Call(loaded, interface, shown, RootVariables(loaded, problems), problems)
    _identity(call)
    for given in inputs:
        if not given.optional or (interface is not None and given.name in interface.variables):
            _add(call, given.name, given.value, given.path)
    _further(call)
    if interface is None or "tags" in interface.variables:
        call.arguments["tags"] = _TAGS
    if labels and (interface is None or LABELS in interface.variables):
        call.arguments[LABELS] = _LABELS
    _missing(call)
    variables = call.variables.declared()
    if problems:
        raise InputError(*problems)
    return tuple(call.arguments.values()), variables


def _identity(call: _Call) -> None:
    job = call.loaded.job
    for name, value, path in (
        ("name", job.name, ("name",)),
        ("tenant", job.tenant_id, ("tenant_id",)),
        ("environment", job.environment, ("environment",)),
    ):
        if call.interface is None or name in call.interface.variables:
            call.arguments[name] = _argument(call, name, value, path)
    if "environments" in call.loaded.document and "environment" in call.arguments:
        place = Place(call.loaded.file, ("environments", job.environment), True)
        call.arguments["environment"] = Argument(
            "environment", job.environment, "environments", place
        )


def _further(call: _Call) -> None:
    """``terraform.variables``: further inputs, but not a second way to say what is said already."""
    for name, value in call.loaded.job.infrastructure.terraform.variables.items():
        path = (*_VARIABLES, name)
        if name in RESERVED or name in IDENTITY:
            what = "is reserved by Terraform" if name in RESERVED else "is set by dativo"
            message = f'"{name}" {what} and cannot be an input here'
            _problem(call, "reserved-name", message, path, True)
        elif call.interface is None and not _IDENTIFIER.fullmatch(name):
            _problem(call, "invalid-name", f'"{name}" is no name of an input', path, True)
        elif name in call.arguments:
            other = call.arguments[name].source
            _problem(
                call,
                "set-twice",
                f'"{name}" is set here and by the {other}',
                path,
                True,
                "leave it out here and set that field",
            )
        else:
            _add(call, name, value, path)


def _add(call: _Call, name: str, value: Any, path: KeyPath) -> None:
    kind = ANY
    if call.interface is not None:
        declared = call.interface.variables.get(name)
        if declared is None:
            if call.loaded.places.written(path) is not None:
                call.problems.append(_undeclared(call, call.interface, name, path))
            return
        kind = declared.type
        if value is None and not declared.nullable:
            message = f'the input "{name}" of {call.shown} must not be null'
            _problem(call, "input-type", message, path)
    if not _fits(kind, value):
        value, faults = fit(kind, call.variables.express(value, name, kind, path))
        for fault in faults:
            _fault(call, name, path, fault)
    call.arguments[name] = _argument(call, name, value, path)


def _fits(kind: Type, value: Any) -> bool:
    """Whether a value is as the module wants it already; most are, and this is quick to see."""
    given, wanted = type(value), kind.kind
    if wanted == "string":  # PlainScalar, a subclass of str, may still have to be a number
        return given is str and "${" not in value
    if wanted == "number":
        return given is int or given is float
    if wanted == "bool":
        return given is bool
    inner = kind.item
    if inner is not None and wanted == "map" and given is dict:
        return all(_fits(inner, item) for item in value.values())
    if inner is not None and wanted in ("list", "set") and given is list:
        return all(_fits(inner, item) for item in value)
    if wanted == "object" and given is dict:
        types = kind.attributes
        return all(key in types and _fits(types[key], item) for key, item in value.items()) and (
            len(value) == len(types) or all(key in value or key in kind.optional for key in types)
        )
    return False


def _undeclared(call: _Call, interface: Interface, name: str, path: KeyPath) -> Problem:
    from generator.hints import did_you_mean

    known = [n for n in interface.variables if n not in IDENTITY]
    meant = did_you_mean(name, known)
    hint = f'did you mean "{meant}"?' if meant else "it has: " + ", ".join(known)
    place = call.loaded.places.place(path, True)
    return Problem("unknown-input", f'the module {call.shown} has no input "{name}"', place, hint)


def _missing(call: _Call) -> None:
    for declared in required_inputs(call.interface) if call.interface else ():
        if declared.name not in call.arguments:
            call.problems.append(_lacking(call, declared))


def _lacking(call: _Call, declared: ModuleVariable) -> Problem:
    name = declared.name
    place = call.loaded.places.place((*_VARIABLES, name), True)
    message = f'the module {call.shown} requires the input "{name}" ({declared.type})'
    about = f": {declared.description}" if declared.description else ""
    hint = f"add it under infrastructure.terraform.variables{about}"
    return Problem("missing-input", message, place, hint)


def _fault(call: _Call, name: str, path: KeyPath, fault: Fault) -> None:
    hint, below = "", fault.path
    if fault.unknown is not None:
        from generator.hints import did_you_mean

        meant = did_you_mean(str(below[-1]), fault.unknown)
        hint = f'did you mean "{meant}"?' if meant else "it has: " + ", ".join(fault.unknown)
        below = below[:-1]
    shown = name + "".join(f"[{p}]" if isinstance(p, int) else f".{p}" for p in below)
    message = f'the input "{shown}" of {call.shown} {fault.message}'
    _problem(call, "input-type", message, path + fault.path, fault.unknown is not None, hint)


def _problem(
    call: _Call, code: str, message: str, path: KeyPath, on_key: bool = False, hint: str = ""
) -> None:
    place = call.loaded.places.place(path, on_key)
    call.problems.append(Problem(code, message, place, hint))


def _argument(call: _Call, name: str, value: Value, path: KeyPath) -> Argument:
    """An argument with its origin; a field that nobody set is a default of dativo."""
    layer = call.loaded.places.written(path)
    if layer is None:
        return Argument(name, value, _default(path))
    place = Place(layer.file, layer.prefix + path[len(layer.target) :])
    if layer.file == call.loaded.file:
        return Argument(name, value, dotted(path), place)
    return Argument(name, value, f"{dotted(path)} in {layer.file}", place)


@lru_cache(maxsize=1024)
def dotted(path: KeyPath) -> str:
    """A path as people write it."""
    return ".".join(map(str, path))


@lru_cache(maxsize=1024)
def _default(path: KeyPath) -> str:
    return f"default of {dotted(path)}"

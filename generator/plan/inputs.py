"""The module call's arguments: what the job gives, checked against what the module declares."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from generator.errors import InputError, KeyPath, Place, Problem
from generator.job.variables import names_left, parts
from generator.modules.check import Fault, fit
from generator.modules.types import ANY, Type
from generator.plan.expression import Reference, Template, Value
from generator.plan.root_plan import Argument, Variable
from generator.plan.runtimes.runtime import Input

if TYPE_CHECKING:
    from generator.job.loaded import LoadedJob
    from generator.modules.interface import Interface

# What a module call may not pass: meta-arguments, and names that Terraform reserves for
# variables (Terraform language, "Input Variables").
RESERVED = frozenset(
    ("source", "version", "providers", "count", "for_each", "lifecycle", "depends_on", "locals")
)
IDENTITY = ("name", "tenant", "environment", "tags")


@dataclass(slots=True)
class _Call:
    """The call as it grows."""

    loaded: LoadedJob
    interface: Interface | None
    shown: str
    arguments: dict[str, Argument] = field(default_factory=dict)
    uses: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def arguments_of(
    loaded: LoadedJob, inputs: Iterable[Input], interface: Interface | None, shown: str
) -> tuple[tuple[Argument, ...], tuple[Variable, ...]]:
    """The arguments of the module call and the variables of the root.

    Args:
        loaded: the job.
        inputs: what the runtime makes of the job's fields; ``terraform.variables`` follow.
        interface: what the module declares; None when no copy is at hand to check against.
        shown: the module, for people.

    Returns:
        Arguments in the order identity, fields, variables, tags; and one root variable for
        every ``${NAME}`` that only apply knows.

    Raises:
        InputError: an input the module lacks, a required one that is missing, a value that does
            not fit its type, a reserved name.
    """
    call = _Call(loaded, interface, shown)
    _identity(call)
    for given in inputs:
        _add(call, given.name, given.value, given.path)
    _variables(call)
    if interface is None or "tags" in interface.variables:
        source = "the merged tags, see locals.tf"
        call.arguments["tags"] = Argument("tags", Reference("local.tags"), source)
    _missing(call)
    variables = _root_variables(call)
    if call.problems:
        raise InputError(*call.problems)
    return tuple(call.arguments.values()), variables


def _identity(call: _Call) -> None:
    job = call.loaded.job
    for name, value, key in (
        ("name", job.name, "name"),
        ("tenant", job.tenant_id, "tenant_id"),
        ("environment", job.environment, "environment"),
    ):
        if call.interface is None or name in call.interface.variables:
            call.arguments[name] = _argument(call, name, value, (key,))


def _variables(call: _Call) -> None:
    """``terraform.variables``: further inputs, but not a second way to say what is said already."""
    at: KeyPath = ("infrastructure", "terraform", "variables")
    for name, value in call.loaded.job.infrastructure.terraform.variables.items():
        place = call.loaded.places.place((*at, name), True)
        if name in RESERVED or name in IDENTITY:
            what = "is reserved by Terraform" if name in RESERVED else "is set by dativo"
            call.problems.append(
                Problem("reserved-name", f'"{name}" {what} and cannot be an input here', place)
            )
        elif name in call.arguments:
            message = f'"{name}" is set twice: here and by {call.arguments[name].source}'
            call.problems.append(Problem("set-twice", message, place, "keep one of the two"))
        else:
            _add(call, name, value, (*at, name))


def _add(call: _Call, name: str, value: Any, path: KeyPath) -> None:
    kind, text = ANY, "any"
    if call.interface is not None:
        declared = call.interface.variables.get(name)
        if declared is None:
            call.problems.append(_undeclared(call, name, path))
            return
        kind, text = declared.type, declared.text
        if value is None and not declared.nullable:
            call.problems.append(
                Problem("input-type", f'the input "{name}" must not be null', _place(call, path))
            )
    expressed = _express(call, value, name, kind, text)
    fitted, faults = fit(kind, expressed)
    call.problems += [_fault(call, name, path, fault) for fault in faults]
    call.arguments[name] = _argument(call, name, fitted, path)


def _express(call: _Call, value: Any, name: str, kind: Type, text: str) -> Any:
    """Turn text that holds ``${NAME}`` into references to variables of the root."""
    if isinstance(value, dict):
        below = {key: _below(kind, key) for key in value}
        return {
            key: _express(call, item, name, below[key], str(below[key]))
            for key, item in value.items()
        }
    if isinstance(value, list | tuple):
        inner = [_below(kind, index) for index in range(len(value))]
        return [_express(call, item, name, inner[i], str(inner[i])) for i, item in enumerate(value)]
    if not isinstance(value, str) or "${" not in value:
        return value
    pieces = parts(value)
    if len(pieces) == 1 and pieces[0][0] == "variable":
        return _use(call, pieces[0][1], name, text if kind.kind != "any" else "string")
    if not names_left(value):
        return pieces[0][1]
    return Template(
        tuple(t if kind == "text" else _use(call, t, name, "string") for kind, t in pieces)
    )


def _below(kind: Type, key: str | int) -> Type:
    if kind.kind == "object":
        return kind.attributes.get(str(key), ANY)
    if kind.kind == "tuple" and isinstance(key, int) and key < len(kind.items):
        return kind.items[key]
    return kind.item or ANY


def _use(call: _Call, name: str, used_by: str, text: str) -> Reference:
    call.uses.setdefault(name.lower(), []).append((text, used_by))
    return Reference(f"var.{name.lower()}")


def _root_variables(call: _Call) -> tuple[Variable, ...]:
    variables = []
    for name, uses in sorted(call.uses.items()):
        place = Place(call.loaded.file)
        kinds = sorted({kind for kind, _ in uses})
        if name in RESERVED:
            message = f'Terraform allows no variable named "{name}"'
            call.problems.append(Problem("reserved-name", message, place, "choose another ${NAME}"))
        if len(kinds) > 1 and not set(kinds) <= {"string", "number", "bool"}:
            message = f"${{{name.upper()}}} would have to be {' and '.join(kinds)} at once"
            call.problems.append(Problem("input-type", message, place, "use two names"))
        inputs = tuple(dict.fromkeys(used for _, used in uses))
        described = f"Value of {name.upper()} in the job file, for {_and(inputs)}."
        variables.append(
            Variable(name, kinds[0] if len(kinds) == 1 else "string", described, inputs)
        )
    return tuple(variables)


def _and(names: tuple[str, ...]) -> str:
    head, last = names[:-1], names[-1]
    return f"the inputs {', '.join(head)} and {last}" if head else f"the input {last}"


def _undeclared(call: _Call, name: str, path: KeyPath) -> Problem:
    from generator.hints import did_you_mean

    assert call.interface is not None
    known = [n for n in call.interface.variables if n not in IDENTITY]
    meant = did_you_mean(name, known)
    hint = f'did you mean "{meant}"?' if meant else "it has: " + ", ".join(known)
    place = call.loaded.places.place(path, True)
    return Problem("unknown-input", f'the module {call.shown} has no input "{name}"', place, hint)


def _missing(call: _Call) -> None:
    for name, declared in call.interface.variables.items() if call.interface else ():
        if declared.required and name not in call.arguments:
            place = call.loaded.places.place(("infrastructure", "terraform", "variables"), True)
            message = f'the module {call.shown} requires the input "{name}" ({declared.text})'
            hint = (
                f"add it under infrastructure.terraform.variables: {declared.description}".rstrip(
                    ": "
                )
            )
            call.problems.append(Problem("missing-input", message, place, hint))


def _fault(call: _Call, name: str, path: KeyPath, fault: Fault) -> Problem:
    hint = ""
    if fault.unknown is not None:
        from generator.hints import did_you_mean

        meant = did_you_mean(str(fault.path[-1]), fault.unknown)
        hint = f'did you mean "{meant}"?' if meant else "it has: " + ", ".join(fault.unknown)
    shown = name + "".join(f"[{p}]" if isinstance(p, int) else f".{p}" for p in fault.path)
    message = f'the input "{shown}" of {call.shown} {fault.message}'
    return Problem(
        "input-type", message, _place(call, path + fault.path, fault.unknown is not None), hint
    )


def _place(call: _Call, path: KeyPath, on_key: bool = False) -> Place:
    return call.loaded.places.place(path, on_key)


def _argument(call: _Call, name: str, value: Value, path: KeyPath) -> Argument:
    """An argument with its origin; a field that nobody set is a default of dativo."""
    place = call.loaded.places.place(path)
    field_name = ".".join(map(str, path))
    if place.on_key or place.path[-1:] != path[-1:]:
        return Argument(name, value, f"default of {field_name}")
    where = "" if place.file == call.loaded.file else f" in {place.file}"
    return Argument(name, value, field_name + where, place)

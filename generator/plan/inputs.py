"""The module call's arguments: what the job gives, checked against what the module declares."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from generator.errors import KeyPath, Location, Problem, Problems
from generator.job.loaded import LoadedJob
from generator.modules.catalogue import shipped_names
from generator.modules.check import Misfit, fit, fits
from generator.modules.interface import Interface, ModuleVariable
from generator.modules.types import ANY
from generator.plan.effect import LeftOuts
from generator.plan.interfaces import required_inputs
from generator.plan.job_paths import UNSET
from generator.plan.mapped_inputs import AT as MAPPED
from generator.plan.mapped_inputs import Mapped, as_pairs, covered, mapped_inputs, mapped_paths
from generator.plan.origin import OfField, Told
from generator.plan.refused_values import refused
from generator.plan.root_plan import Argument, Variable
from generator.plan.root_variables import RESERVED, RootVariables
from generator.plan.runtimes.field import Input
from generator.plan.runtimes.runtime import Idle
from generator.text.expression import Reference
from generator.text.hints import did_you_mean, question, suggest
from generator.text.patterns import lazy

IDENTITY = ("name", "tenant", "environment", "tags", "kubernetes_labels")
_VARIABLES: KeyPath = ("infrastructure", "terraform", "variables")
_RESOURCE_NAME: KeyPath = ("infrastructure", "terraform", "resource_name")
_TAGS = Argument("tags", Reference("local.tags"), Told("the merged tags, see locals.tf"))
LABELS = "kubernetes_labels"
_AS_LABELS = Told("the merged tags as labels, see locals.tf")
_LABELS = Argument(LABELS, Reference(f"local.{LABELS}"), _AS_LABELS)
_MAPPING = "terraform.module.inputs"
_IDENTIFIER = lazy(r"[A-Za-z_][A-Za-z0-9_-]*")


@dataclass(slots=True)
class _Call:
    """The call as it grows."""

    loaded: LoadedJob
    interface: Interface | None
    shown: str
    variables: RootVariables
    problems: Problems
    left: LeftOuts
    arguments: dict[str, Argument] = field(default_factory=dict)
    mapped: dict[str, Mapped] = field(default_factory=dict)
    paths: tuple[KeyPath, ...] = ()
    stand_in: bool = False

    def passes(self, name: str, *kinds: str) -> bool:
        """Whether an input is passed without being asked for: one that the module declares.

        Of a module that nobody here can see that is every input, unless some are mapped, which
        tells that it has names of its own; then a type that does not fit tells so, too.
        """
        if name in self.mapped or self.interface is None:
            return not self.mapped
        declared = self.interface.variables.get(name)
        return declared is not None and (not self.mapped or declared.type.kind in kinds)


def arguments_of(  # noqa: PLR0913, PLR0917 - a call, what it is checked against, what may go
    loaded: LoadedJob,
    inputs: Iterable[Input],
    interface: Interface | None,
    shown: str,
    left: LeftOuts,
    labels: bool = False,
    stand_in: bool = False,
) -> tuple[tuple[Argument, ...], tuple[Variable, ...]]:
    """The arguments of the module call and the variables of the root.

    Args:
        loaded: the job.
        inputs: what the runtime makes of the job's fields; ``terraform.variables`` follow.
        interface: what the module declares; None when no copy is at hand to check against.
        shown: the module, for people.
        left: takes further inputs that the module lacks, where that is no error.
        labels: the root has its tags as Kubernetes labels, too.
        stand_in: the interface is that of the shipped module, where another one is called that
            may have more inputs.

    Returns:
        Arguments in the order identity, fields, mapped inputs, variables, tags; and one root
        variable for every ``${NAME}`` that only apply knows.

    Raises:
        InputError: an input the module lacks, a required one that is missing, a value that does
            not fit its type, a reserved name.
    """
    problems = Problems()
    call = _Call(loaded, interface, shown, RootVariables(loaded, problems), problems, left)
    call.mapped, call.stand_in = mapped_inputs(loaded, problems), stand_in
    call.paths = mapped_paths(loaded) if call.mapped else ()
    _identity(call)
    for given in inputs:
        if given.optional and (interface is None or given.name not in interface.variables):
            continue
        if given.name not in call.mapped and (interface is not None or not call.mapped):
            _add(call, given)
    for mapped in call.mapped.values():
        _map(call, mapped)
    _further(call)
    if call.passes("tags", "map", "any", "object"):
        call.arguments["tags"] = _TAGS
    if labels and call.passes(LABELS, "map", "any", "object"):
        call.arguments[LABELS] = _LABELS
    _missing(call)
    variables = call.variables.declared()
    problems.raise_any()
    return tuple(call.arguments.values()), variables


def _identity(call: _Call) -> None:
    job = call.loaded.job
    terraform = job.infrastructure.terraform
    named = ("name",) if terraform.resource_name is None else _RESOURCE_NAME
    for name, value, path in (
        ("name", call.loaded.resource_name, named),
        ("tenant", job.tenant_id, ("tenant_id",)),
        ("environment", job.environment, ("environment",)),
    ):
        if call.passes(name, "string", "any"):
            origin = OfField(call.loaded, path, value is None)
            call.arguments[name] = Argument(name, value, origin)
            _refuse(call, Input(name, value, path))
    if "environments" in call.loaded.document and "environment" in call.arguments:
        location = Location(call.loaded.file, ("environments", job.environment), True)
        listed = Told("environments", location)
        call.arguments["environment"] = Argument("environment", job.environment, listed)


def _map(call: _Call, mapped: Mapped) -> None:
    """One input of ``terraform.module.inputs``."""
    name, at = mapped.name, (*MAPPED, mapped.name)
    if name in RESERVED:
        message = f'"{name}" is reserved by Terraform and cannot be an input here'
        _problem(call, "reserved-name", message, at, True)
        return
    if not _IDENTIFIER.fullmatch(name):
        _problem(call, "invalid-name", f'"{name}" is no name of an input', at, True)
        return
    known = call.interface
    if known is not None and not call.stand_in and name not in known.variables:
        call.problems.append(_without_input(call, known, name, at)[0])
        return
    if mapped.value is UNSET:
        return
    path = mapped.path if call.loaded.locations.written(mapped.path) is not None else at
    declared = known.variables.get(name) if known is not None else None
    value = mapped.value if declared is None else as_pairs(declared.type, mapped.value)
    _add(call, Input(name, value, path), certain=not call.stand_in)
    if name in call.arguments:
        argument = call.arguments[name]
        origin = Told(mapped.source, argument.origin.location)
        call.arguments[name] = argument._replace(origin=origin)


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
            other = call.arguments[name].origin.source
            _problem(
                call,
                "set-twice",
                f'"{name}" is set here and by the {other}',
                path,
                True,
                "leave it out here and set that field",
            )
        else:
            _add(call, Input(name, value, path))


def _add(call: _Call, given: Input, certain: bool = True) -> None:
    """Add an input, checked; ``certain``: the module has no others than the interface says."""
    name, value, path, kind = given.name, given.value, given.path, ANY
    declared = call.interface.variables.get(name) if call.interface is not None else None
    if call.interface is not None and (certain or declared is not None):
        if declared is None:
            if call.loaded.locations.written(path) is not None and not covered(path, call.paths):
                _undeclared(call, call.interface, name, path)
            return
        kind = declared.type
        if value is None and not declared.nullable:
            message = f'the input "{name}" of {call.shown} must not be null'
            _problem(call, "input-type", message, path)
    if not fits(kind, value):
        value, misfits = fit(kind, call.variables.express(value, name, kind, path))
        for misfit in misfits:
            _misfit(call, name, path, misfit)
    call.arguments[name] = Argument(name, value, OfField(call.loaded, path, value is None))
    _refuse(call, given if value is given.value else replace(given, value=value))


def _refuse(call: _Call, given: Input) -> None:
    """Note what the module's validations refuse; where its copy is not at hand, as a warning."""
    declared = call.interface.variables.get(given.name) if call.interface is not None else None
    if declared is None or not declared.validations:
        return
    for problem in refused(call.loaded, declared, given):
        if call.stand_in:
            hint = "the module that the job names decides"
            call.left.warnings.append(problem._replace(hint=hint, severity="warning"))
        else:
            call.problems.append(problem)


def _without_input(
    call: _Call, interface: Interface, name: str, path: KeyPath
) -> tuple[Problem, str | None]:
    """That the module lacks an input, and which one was meant."""
    known = [n for n in interface.variables if n not in IDENTITY]
    meant = did_you_mean(name, known)
    hint = question(meant, "it has: " + ", ".join(known))
    location = call.loaded.locations.location(path, True)
    message = f'the module {call.shown} has no input "{name}"'
    return Problem("unknown-input", message, location, hint), meant


def _undeclared(call: _Call, interface: Interface, name: str, path: KeyPath) -> None:
    """An input that the module lacks; a misspelt one is never left out silently."""
    problem, meant = _without_input(call, interface, name, path)
    misspelt = meant and not call.loaded.older and name not in shipped_names("variables")
    ours = path[0] == "infrastructure" and not misspelt
    idle = Idle(path[1:], problem.message, problem, problem.hint if meant else "")
    if not (ours and call.left.take(idle, False)):
        call.problems.append(problem)


def _missing(call: _Call) -> None:
    for declared in required_inputs(call.interface) if call.interface else ():
        mapped = call.mapped.get(declared.name)
        if declared.name not in call.arguments and not (mapped and mapped.faulty):
            call.problems.append(_lacking(call, declared))


def _lacking(call: _Call, declared: ModuleVariable) -> Problem:
    name = declared.name
    if (mapped := call.mapped.get(name)) is not None and mapped.source != _MAPPING:
        location = call.loaded.locations.location((*MAPPED, name))
        message = f'the module {call.shown} requires the input "{name}" ({declared.type})'
        hint = f'it is mapped to "{mapped.source}", of which the job says nothing'
        return Problem("missing-input", message, location, hint)
    location = call.loaded.locations.location((*_VARIABLES, name), True)
    message = f'the module {call.shown} requires the input "{name}" ({declared.type})'
    about = f": {declared.description}" if declared.description else ""
    hint = f"add it under infrastructure.terraform.variables{about}"
    return Problem("missing-input", message, location, hint)


def _misfit(call: _Call, name: str, path: KeyPath, misfit: Misfit) -> None:
    hint, below = "", misfit.path
    if misfit.unknown is not None:
        hint = suggest(str(below[-1]), misfit.unknown, "it has: " + ", ".join(misfit.unknown))
        below = below[:-1]
    shown = name + "".join(f"[{p}]" if isinstance(p, int) else f".{p}" for p in below)
    message = f'the input "{shown}" of {call.shown} {misfit.message}'
    _problem(call, "input-type", message, path + misfit.path, misfit.unknown is not None, hint)


def _problem(
    call: _Call, code: str, message: str, path: KeyPath, on_key: bool = False, hint: str = ""
) -> None:
    location = call.loaded.locations.location(path, on_key)
    call.problems.error(code, message, location, hint)

"""What follows from a module's interface alone, found once and not for each job."""

from __future__ import annotations

from typing import NamedTuple

from generator.modules.interface import Interface, ModuleVariable
from generator.plan.root_plan import Output
from generator.text.expression import Reference

_MOST = 1024


class _Derived(NamedTuple):
    interface: Interface  # kept alive, since its identity is the key
    required: tuple[ModuleVariable, ...]
    outputs: dict[str, Output]


_CACHE: dict[int, _Derived] = {}


def required_inputs(interface: Interface) -> tuple[ModuleVariable, ...]:
    """The variables without a default."""
    return _derived(interface).required


def root_outputs(interface: Interface) -> dict[str, Output]:
    """Every output of the module as the output of a root."""
    return _derived(interface).outputs


def _derived(interface: Interface) -> _Derived:
    derived = _CACHE.get(id(interface))
    if derived is None or derived.interface is not interface:
        if len(_CACHE) >= _MOST:
            _CACHE.clear()
        derived = _CACHE[id(interface)] = _Derived(
            interface,
            tuple(variable for variable in interface.variables.values() if variable.required),
            {
                name: Output(
                    name,
                    output.description or described(name),
                    Reference(f"module.job.{name}"),
                    output.sensitive,
                )
                for name, output in interface.outputs.items()
                if not output.ephemeral  # which a root cannot have
            },
        )
    return derived


def described(name: str) -> str:
    """The description of an output that has none."""
    return f"Output {name} of the module."

"""What follows from a module's interface alone, found once and not for each job."""

from __future__ import annotations

from typing import NamedTuple

from generator.modules.interface import Interface, ModuleVariable
from generator.plan.root_plan import Output
from generator.text.expression import Reference
from generator.text.patterns import lazy

_MOST = 1024
# How a shipped module describes an output that has another's value under a second name.
_ALIAS = lazy(r"The same as ([a-z][a-z0-9_]*)\.")


class _Derived(NamedTuple):
    interface: Interface  # kept alive, since its identity is the key
    required: tuple[ModuleVariable, ...]
    outputs: dict[str, Output]
    second_names: frozenset[str]


_CACHE: dict[int, _Derived] = {}


def required_inputs(interface: Interface) -> tuple[ModuleVariable, ...]:
    """The variables without a default."""
    return _derived(interface).required


def root_outputs(interface: Interface) -> dict[str, Output]:
    """Every output of the module as the output of a root."""
    return _derived(interface).outputs


def second_names(interface: Interface) -> frozenset[str]:
    """The outputs that say of themselves that they are another one's second name."""
    return _derived(interface).second_names


def _derived(interface: Interface) -> _Derived:
    derived = _CACHE.get(id(interface))
    if derived is None or derived.interface is not interface:
        if len(_CACHE) >= _MOST:
            _CACHE.clear()
        outputs = {
            name: Output(
                name,
                output.description or described(name),
                Reference(f"module.job.{name}"),
                output.sensitive,
            )
            for name, output in interface.outputs.items()
            if not output.ephemeral  # which a root cannot have
        }
        required = tuple(one for one in interface.variables.values() if one.required)
        derived = _Derived(interface, required, outputs, _second_names(outputs))
        _CACHE[id(interface)] = derived
    return derived


def _second_names(outputs: dict[str, Output]) -> frozenset[str]:
    matches = {name: _ALIAS.fullmatch(output.description) for name, output in outputs.items()}
    return frozenset(name for name, match in matches.items() if match and match[1] in outputs)


def described(name: str) -> str:
    """The description of an output that has none."""
    return f"Output {name} of the module."

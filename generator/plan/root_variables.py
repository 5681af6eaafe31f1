"""``${NAME}`` that only apply knows: input variables of the root."""

from __future__ import annotations

from typing import Any

from generator.errors import KeyPath, Problems
from generator.job.loaded import LoadedJob
from generator.model.variables import JOB_VARIABLES, Template, parts, undefined, waits
from generator.modules.types import ANY, Type
from generator.plan.root_plan import Variable
from generator.text.expression import Interpolation, Reference

# What a module call may not pass and no variable may be called: meta-arguments, and names that
# Terraform reserves for variables (Terraform language, "Input Variables").
RESERVED = frozenset(
    ("source", "version", "providers", "count", "for_each", "lifecycle", "depends_on", "locals")
)
_PRIMITIVE = frozenset(("string", "number", "bool"))


class RootVariables:
    """Collects the variables that the arguments of one module call need.

    Args:
        loaded: the job, for places.
        problems: where to note what is wrong.
    """

    def __init__(self, loaded: LoadedJob, problems: Problems) -> None:
        self._loaded = loaded
        self._problems = problems
        # Name to the type, the input and the path of each use.
        self._uses: dict[str, list[tuple[str, str, KeyPath]]] = {}

    def express(self, value: Any, name: str, kind: Type, path: KeyPath) -> Any:
        """Turn text that holds ``${NAME}`` into references to variables.

        Args:
            value: plain data.
            name: the module's input that it is for.
            kind: the type that the module wants; a text that is one ``${NAME}`` and nothing
                else stands for a variable of that type.
            path: the field of the job that it comes from.

        Returns:
            The same object where nothing changed.
        """
        if waits(value):
            return self._text(value, name, kind, path)
        if isinstance(value, dict):
            items = {
                key: self.express(item, name, _below(kind, key), (*path, key))
                for key, item in value.items()
            }
            return items if any(items[key] is not value[key] for key in value) else value
        if isinstance(value, list | tuple):
            return [
                self.express(item, name, _below(kind, index), (*path, index))
                for index, item in enumerate(value)
            ]
        return value

    def _text(self, text: Template, name: str, kind: Type, path: KeyPath) -> Any:
        pieces = parts(text)
        if len(pieces) == 1 and pieces[0][0] == "variable":
            wanted = "string" if kind.kind == "any" else str(kind)
            return self._use(pieces[0][1], name, wanted, path)
        return Interpolation(
            tuple(t if what == "text" else self._use(t, name, "string", path) for what, t in pieces)
        )

    def _use(self, name: str, used_by: str, kind: str, path: KeyPath) -> Reference:
        if name.upper() in JOB_VARIABLES:
            self._problems.append(undefined(name, self._loaded.locations.location(path)))
        self._uses.setdefault(name.lower(), []).append((kind, used_by, path))
        return Reference(f"var.{name.lower()}")

    def declared(self) -> tuple[Variable, ...]:
        """The variables, sorted by name; what they cannot be is noted as a problem."""
        variables = []
        for name, uses in sorted(self._uses.items()):
            kinds = sorted({kind for kind, _, _ in uses})
            location = self._loaded.locations.location
            if name in RESERVED:
                message = f'Terraform allows no variable named "{name}"'
                hint = "choose another ${NAME}"
                self._problems.error("reserved-name", message, location(uses[0][2]), hint)
            if len(kinds) > 1 and not _PRIMITIVE.issuperset(kinds):
                message = f"${{{name.upper()}}} would have to be {' and '.join(kinds)} at once"
                last = next(path for kind, _, path in reversed(uses) if kind != uses[0][0])
                self._problems.error("input-type", message, location(last), "use two names")
            inputs = tuple(dict.fromkeys(used_by for _, used_by, _ in uses))
            described = f"Value of {name.upper()} in the job file, for {_and(inputs)}."
            kind = kinds[0] if len(kinds) == 1 else "string"
            variables.append(Variable(name, kind, described, inputs))
        return tuple(variables)


def _below(kind: Type, key: str | int) -> Type:
    if kind.kind == "object":
        return kind.attributes.get(str(key), ANY)
    if kind.kind == "tuple" and isinstance(key, int) and key < len(kind.items):
        return kind.items[key]
    return kind.item or ANY


def _and(names: tuple[str, ...]) -> str:
    head, last = names[:-1], names[-1]
    return f"the inputs {', '.join(head)} and {last}" if head else f"the input {last}"

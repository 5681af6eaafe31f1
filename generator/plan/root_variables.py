"""What only apply knows: ``${NAME}``, an input variable of the root, and outputs of other jobs."""

from __future__ import annotations

from typing import Any

from generator.errors import KeyPath, Problems
from generator.job.loaded import LoadedJob
from generator.model.variables import JOB_VARIABLES, Template, parts, undefined, waits
from generator.modules.types import ANY, Type
from generator.plan.other_jobs import Taken, taken, unknown
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
        # The same names to outputs of other jobs that are handed in.
        self._handed: dict[str, Taken] = {}

    def express(self, value: Any, name: str, kind: Type, path: KeyPath) -> Any:
        """Turn text that waits into references: to variables, or to what other jobs put out.

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
        if len(pieces) == 1 and pieces[0][0] != "text":
            wanted = "string" if kind.kind == "any" else str(kind)
            return self._reference(*pieces[0], name, wanted, path)
        return Interpolation(
            tuple(
                piece if what == "text" else self._reference(what, piece, name, "string", path)
                for what, piece in pieces
            )
        )

    def _reference(
        self, what: str, piece: str, used_by: str, kind: str, path: KeyPath
    ) -> Reference:
        return (self._use if what == "variable" else self._take)(piece, used_by, kind, path)

    def _take(self, piece: str, used_by: str, kind: str, path: KeyPath) -> Reference:
        """An output of another job."""
        location = self._loaded.locations.location(path)
        found, problem = taken(self._loaded, piece), unknown(self._loaded, piece, location)
        if problem is not None and problem not in self._problems:
            self._problems.append(problem)
        if found is None:
            return Reference(piece)
        if self._loaded.from_state:
            return found.read
        name = found.variable
        if name in self._uses and self._handed.get(name) != found:
            message = f'the output "{found.output}" of {found.neighbour.identity} would be '
            message += f"handed in as the variable {name}, which is taken"
            hint = "choose another ${NAME}"
            self._problems.error("reserved-name", message, location, hint)
        self._handed[name] = found
        self._uses.setdefault(name, []).append((kind, used_by, path))
        return Reference(f"var.{name}")

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
                what = f"${{{name.upper()}}}" if name not in self._handed else f'"{name}"'
                message = f"{what} would have to be {' and '.join(kinds)} at once"
                last = next(path for kind, _, path in reversed(uses) if kind != uses[0][0])
                self._problems.error("input-type", message, location(last), "use two names")
            inputs = tuple(dict.fromkeys(used_by for _, used_by, _ in uses))
            kind = kinds[0] if len(kinds) == 1 else "string"
            variables.append(self._variable(name, kind, inputs))
        return tuple(variables)

    def _variable(self, name: str, kind: str, inputs: tuple[str, ...]) -> Variable:
        if (found := self._handed.get(name)) is None:
            described = f"Value of {name.upper()} in the job file, for {_and(inputs)}."
            return Variable(name, kind, described, inputs)
        other, output = found.neighbour, found.output
        described = f"Output {output} of the job {other.identity}, for {_and(inputs)}."
        sensitive = (other.offers or {}).get(output, False)
        return Variable(name, kind, described, inputs, other.folder, output, sensitive)


def _below(kind: Type, key: str | int) -> Type:
    if kind.kind == "object":
        return kind.attributes.get(str(key), ANY)
    if kind.kind == "tuple" and isinstance(key, int) and key < len(kind.items):
        return kind.items[key]
    return kind.item or ANY


def _and(names: tuple[str, ...]) -> str:
    head, last = names[:-1], names[-1]
    return f"the inputs {', '.join(head)} and {last}" if head else f"the input {last}"

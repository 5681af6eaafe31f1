"""Inputs that the user maps: ``terraform.module.inputs``, for modules with names of their own.

A text is a source: a path of the job, or the tags in one of their forms. A number, ``true`` or
``false`` is itself, ``{literal: …}`` whatever it holds; other mappings and lists are built of such
values.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from generator.errors import KeyPath, Problems
from generator.job.loaded import LoadedJob
from generator.model.infrastructure import Infrastructure
from generator.model.problems import shown
from generator.model.variables import outputs_in
from generator.modules.types import Type
from generator.plan.job_paths import UNSET, unknown_source, value_at
from generator.plan.metadata import METADATA_FIELDS
from generator.plan.root_plan import Argument
from generator.tags.rules import target_of
from generator.text.expression import Reference, references
from generator.yaml.scalars import PlainScalar, typed

AT: KeyPath = ("infrastructure", "terraform", "module", "inputs")
_NAME: KeyPath = ("name",)
TAGS, LABELS, METADATA = "local.tags", "local.kubernetes_labels", "local.metadata"
FORMS = ("tags", "labels", "metadata")


class Mapped(NamedTuple):
    """One mapped input.

    Attributes:
        name: the module's variable.
        value: plain data and references; ``UNSET`` where the job has no value.
        path: what decides its value: the field of the job, or the mapping itself.
        source: the same for people.
        faulty: something is wrong with it, which is reported.
    """

    name: str
    value: Any
    path: KeyPath
    source: str
    faulty: bool


def mapped_inputs(loaded: LoadedJob, problems: Problems) -> dict[str, Mapped]:
    """The mapped inputs by name; null maps nothing, and keeps what has that name from the module.

    Args:
        loaded: the job.
        problems: where to note sources that do not exist.
    """
    module = loaded.job.infrastructure.terraform.module
    found = {}
    for name, written in (module.inputs if module else {}).items():
        before = len(problems)
        reader = _Reader(loaded, problems)
        value = reader.value(written, (*AT, name))
        path, source = (*AT, name), "terraform.module.inputs"
        if isinstance(written, str) and len(reader.paths) == 1:
            path, source = reader.paths[0], str(written)
        elif isinstance(written, str):
            source = str(written)
        found[name] = Mapped(name, value, path, source, len(problems) > before)
    return found


def mapped_paths(loaded: LoadedJob) -> tuple[KeyPath, ...]:
    """The fields of the job that mapped inputs take, which have an effect by that."""
    module = loaded.job.infrastructure.terraform.module
    reader = _Reader(loaded, Problems())
    for written in (module.inputs if module else {}).values():
        reader.value(written, AT)
    return tuple(reader.paths)


def covered(path: KeyPath, paths: tuple[KeyPath, ...]) -> bool:
    """Whether a field is among the paths, holds one of them or is held by one."""
    return any(path[: len(one)] == one or one[: len(path)] == path for one in paths)


def as_pairs(kind: Type, value: Any) -> Any:
    """A mapping as a list of pairs, where the module wants ``list(object({ name, value }))``.

    That is how many modules take environment variables and secrets; the second attribute has
    any name.
    """
    item = kind.item
    if item is None or kind.kind not in ("list", "set") or not isinstance(value, dict):
        return value
    others = [name for name in item.attributes if name != "name"]
    if len(others) != 1 or len(item.attributes) != 2:
        return value
    return [{"name": name, others[0]: one} for name, one in value.items()]


def references_in(arguments: tuple[Argument, ...]) -> frozenset[str]:
    """The references that the arguments of a module call hold, wherever in them."""
    return references(*(argument.value for argument in arguments))


class _Reader:
    """Reads one mapped value and notes the fields that it takes."""

    def __init__(self, loaded: LoadedJob, problems: Problems) -> None:
        self._loaded = loaded
        self._problems = problems
        self.paths: list[KeyPath] = []

    def value(self, written: Any, at: KeyPath) -> Any:
        if written is None:
            return UNSET
        if isinstance(written, dict):
            return self._of_mapping(written, at)
        if isinstance(written, list | tuple):
            items = [self.value(item, (*at, index)) for index, item in enumerate(written)]
            return [item for item in items if item is not UNSET]
        if not isinstance(written, str):
            return written
        if isinstance(written, PlainScalar) and not isinstance(typed(written), str):
            return written
        return self._source(written, at)

    def _of_mapping(self, written: dict[str, Any], at: KeyPath) -> Any:
        if written.keys() == {"literal"}:
            return written["literal"]
        if written.keys() == {"from", "times"}:
            return self._product(written, at)
        items = {key: self.value(item, (*at, key)) for key, item in written.items()}
        return {key: item for key, item in items.items() if item is not UNSET}

    def _product(self, written: dict[str, Any], at: KeyPath) -> Any:
        """A number of the job in another unit."""
        value, times = self.value(written["from"], (*at, "from")), typed(written["times"])
        for key, number in (("from", value), ("times", times)):
            if number is not UNSET and (
                isinstance(number, bool) or not isinstance(number, int | float)
            ):
                location = self._loaded.locations.location((*at, key))
                message = f'"{key}" must be a number for "times", got {shown(number)}'
                self._problems.error("invalid-value", message, location)
                return UNSET
        if value is UNSET:
            return UNSET
        product = value * times
        return int(product) if product == int(product) else product

    def _source(self, text: str, at: KeyPath) -> Any:
        if outputs_in(text):
            return text
        if text in FORMS:
            return Reference(_form(text, self._loaded.job.infrastructure))
        if text.startswith("metadata.") and text[9:] in METADATA_FIELDS:
            field = METADATA_FIELDS[text[9:]]
            self.paths.append(field.path)
            value = field.of(self._loaded.job)
            return UNSET if value is None else value
        path = tuple(int(part) if part.isdecimal() else part for part in text.split("."))
        try:
            value = value_at(self._loaded.job, path)
        except LookupError:
            location = self._loaded.locations.location(at)
            self._problems.append(unknown_source(text, location))
            return UNSET
        self.paths.append(path)
        if path == _NAME:
            return self._loaded.resource_name
        if value in ((), [], {}) and self._loaded.locations.written(path) is None:
            return UNSET
        return value


def _form(text: str, infrastructure: Infrastructure) -> str:
    """The local value that holds the tags in a form.

    Labels are those of Kubernetes, but for clouds and runtimes whose tags are labels themselves.
    """
    if text == "labels":
        carrier = target_of(infrastructure.provider, infrastructure.runtime.type)
        inside = infrastructure.runtime.type == "gke"
        return TAGS if carrier in ("gcp", "kubernetes") and not inside else LABELS
    return METADATA if text == "metadata" else TAGS

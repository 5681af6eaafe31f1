"""What a root module says, by hand or generated: backend, providers, module call, outputs."""

from __future__ import annotations

import json
import posixpath
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from generator.adopt.evaluate import Scope, UnknownError
from generator.errors import InputError, Location, Problem, Problems
from generator.terraform_text.blocks import Argument, Block, Body, body_of, text_of
from generator.terraform_text.scan import UnreadableError

# What is in every module block and is no input of the module.
_META = frozenset(("source", "version", "providers", "count", "for_each", "depends_on"))
_NAMED = frozenset(("module", "output", "provider", "variable"))


class Unknown(NamedTuple):
    """An expression whose value only Terraform knows."""

    text: str


class Written(NamedTuple):
    """A value, where it was written, and of an input also how."""

    value: Any
    file: str
    line: int
    text: str = ""


class Further(NamedTuple):
    """Something that a root has and no job can say.

    Attributes:
        what: ``resource "aws_sqs_queue" "dead"``, for people.
        text: its body.
        header: what stands before the body of a block; empty for an argument.
    """

    what: str
    text: str
    file: str
    line: int
    header: str = ""


@dataclass(slots=True)
class Root:
    """A root module as data; values are plain, or ``Unknown``.

    Attributes:
        backend: type and arguments; None without a backend.
        required: provider to its ``source`` and ``version``.
        providers: the default configuration of each, nested blocks as mappings.
        call: the name of the module call; ``source`` and ``version`` as written, and its place.
        arguments: of the module call.
        outputs: name to the expression.
        further: all else.
        imports: blocks for a new root that has a state of its own, and imports what this one
            has; empty where the new root has the state of this one.
    """

    backend: Written | None = None
    required: dict[str, Written] = field(default_factory=dict)
    providers: dict[str, Written] = field(default_factory=dict)
    call: str = ""
    source: str = ""
    version: str | None = None
    place: Location = field(default_factory=lambda: Location(""))
    arguments: dict[str, Written] = field(default_factory=dict)
    outputs: dict[str, Written] = field(default_factory=dict)
    further: list[Further] = field(default_factory=list)
    imports: list[str] = field(default_factory=list)


def read_root(files: Mapping[str, bytes], folder: str) -> Root:
    """Read a root.

    Args:
        files: name to content of every file in its folder that Terraform reads, and of variables.
        folder: of the root, below the project folder, for errors.

    Raises:
        InputError: a file cannot be read, or the root does not call just one module.
    """
    problems, bodies = Problems(), dict[str, Body]()
    for name, data in sorted(files.items()):
        if name.endswith((".tf", ".tofu")):
            try:
                bodies[f"{folder}/{name}"] = body_of(text_of(data))
            except UnreadableError as error:
                location = Location(f"{folder}/{name}", line=error.line, column=1)
                hint = "`terraform validate` tells what is wrong with it"
                problems.error("unreadable", "this file cannot be read", location, hint)
    for file, body in bodies.items():
        for block in body.blocks:
            if block.type in _NAMED and len(block.labels) != 1:
                location = Location(file, line=block.line, column=1)
                message = f'this block "{block.type}" needs one name, and has {len(block.labels)}'
                problems.error("unreadable", message, location)
    problems.raise_any()
    return _Reader(bodies, _given(files, folder)).root(folder)


def _given(files: Mapping[str, bytes], folder: str) -> dict[str, Any]:
    """The values in files that Terraform reads by itself; the last of a name counts."""
    names = [name for name in ("terraform.tfvars", "terraform.tfvars.json") if name in files]
    names += sorted(n for n in files if n.endswith((".auto.tfvars", ".auto.tfvars.json")))
    found: dict[str, Any] = {}
    for name in names:
        location = Location(f"{folder}/{name}")
        try:
            if name.endswith(".json"):
                found |= dict(json.loads(files[name]))
                continue
            body, scope = body_of(text_of(files[name])), Scope({}, {})
            found |= {key: scope.value(item.text) for key, item in body.arguments.items()}
        except (UnreadableError, UnknownError, ValueError, TypeError):
            message = "the values of variables in this file cannot be read"
            raise InputError(Problem("unreadable", message, location)) from None
    return found


class _Reader:
    """Reads the blocks of a root, file by file."""

    def __init__(self, bodies: Mapping[str, Body], given: Mapping[str, Any]) -> None:
        self._blocks = [(file, block) for file, body in bodies.items() for block in body.blocks]
        texts: dict[str, str] = {}
        values: dict[str, Any] = {}
        for _, block in self._blocks:
            if block.type == "locals":
                texts |= {name: one.text for name, one in _body(block).arguments.items()}
            elif block.type == "variable":
                default = _body(block).arguments.get("default")
                if default is not None:
                    with suppress(UnknownError):  # then it waits, as one without a default does
                        values[block.labels[0]] = Scope({}, {}).value(default.text)
        self._scope = Scope({**values, **given}, texts)
        self._found = Root()

    def root(self, folder: str) -> Root:
        calls = [(file, block) for file, block in self._blocks if block.type == "module"]
        if len(calls) != 1:
            raise InputError(*_wrong_calls(folder, calls))
        for file, block in self._blocks:
            self._block(file, block)
        return self._found

    def _block(self, file: str, block: Block) -> None:
        found, body = self._found, _body(block)
        if block.type == "terraform":
            self._terraform(file, body)
        elif block.type == "module":
            self._call(file, block, body)
        elif block.type == "output" and "value" in body.arguments:
            argument = body.arguments["value"]
            found.outputs[block.labels[0]] = Written(argument.text, file, block.line)
        elif block.type == "provider" and "alias" not in body.arguments:
            found.providers[block.labels[0]] = Written(self._values(body), file, block.line)
        elif block.type not in ("locals", "variable"):
            found.further.append(_further(file, block))

    def _terraform(self, file: str, body: Body) -> None:
        found = self._found
        for inner in body.blocks:
            inside = _body(inner)
            if inner.type == "required_providers":
                for name, argument in inside.arguments.items():
                    found.required[name] = Written(self._value(argument), file, argument.line)
            elif inner.type in ("backend", "cloud"):
                kind = inner.labels[0] if inner.labels else "cloud"
                found.backend = Written((kind, self._values(inside)), file, inner.line)
            else:
                found.further.append(_further(file, inner))

    def _call(self, file: str, block: Block, body: Body) -> None:
        found = self._found
        found.call, found.place = block.labels[0], Location(file, line=block.line, column=1)
        source = self._value(body.arguments["source"]) if "source" in body.arguments else None
        if not isinstance(source, str):
            message = f'the source of module "{found.call}" is not a plain text'
            raise InputError(Problem("module-source", message, found.place))
        found.source = source
        version = body.arguments.get("version")
        found.version = None if version is None else str(self._value(version))
        for name, argument in body.arguments.items():
            if name not in _META:
                value = self._value(argument)
                found.arguments[name] = Written(value, file, argument.line, argument.text)
            elif name not in ("source", "version"):
                what = f'{name} of module "{found.call}"'
                found.further.append(Further(what, argument.text, file, argument.line))

    def _values(self, body: Body) -> dict[str, Any]:
        found = {name: self._value(argument) for name, argument in body.arguments.items()}
        for block in body.blocks:
            inner, before = self._values(_body(block)), found.get(block.type)
            # A block that stands there several times is a list of them.
            several = [*before, inner] if isinstance(before, list) else [before, inner]
            found[block.type] = inner if before is None else several
        return found

    def _value(self, argument: Argument) -> Any:
        try:
            return self._scope.value(argument.text)
        except UnknownError:
            return Unknown(argument.text)


def _body(block: Block) -> Body:
    try:
        return block.body()
    except UnreadableError as error:
        location = Location("", line=error.line, column=1)
        raise InputError(Problem("unreadable", "this block cannot be read", location)) from None


def _further(file: str, block: Block) -> Further:
    labels = "".join(f' "{label}"' for label in block.labels)
    alias = ""
    if block.type == "provider":
        alias = " with an alias"
    header = f"{block.type}{labels}"
    return Further(f"{header}{alias}", block.text.strip("\n"), file, block.line, header)


def _wrong_calls(folder: str, calls: list[tuple[str, Block]]) -> Iterator[Problem]:
    if not calls:
        message = f"{folder} calls no module, and a job is one call of a module"
        hint = "move its resources into a module, and name that in the job"
        yield Problem("no-module", message, Location(folder), hint)
    for file, block in calls:
        root = posixpath.basename(folder)
        message = f'module "{block.labels[0]}" is one of {len(calls)} that {root} calls'
        hint = "a root of a job calls one: give each a root of its own"
        yield Problem("several-modules", message, Location(file, line=block.line, column=1), hint)

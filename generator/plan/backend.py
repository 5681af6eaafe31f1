"""The backend of a root: what the job writes, checked, and the defaults around it."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from generator.errors import InputError, KeyPath, Location, Problem, Problems
from generator.job.loaded import Layers, LoadedJob
from generator.model.problems import shown, unknown_key
from generator.model.variables import finish
from generator.plan.backend_nested import NESTED, misspelt, nested_problems
from generator.plan.backend_types import (
    BACKENDS,
    BOOLS,
    LISTS,
    MAPPINGS,
    NESTED_SECRETS,
    NUMBERS,
    WORKSPACE_KEYS,
    address_of,
)
from generator.plan.root_plan import Backend
from generator.text.hints import suggest
from generator.yaml.scalars import PlainScalar, typed

__all__ = ["TYPES", "address_of", "backend_of"]

_AT: KeyPath = ("infrastructure", "terraform", "backend")
TYPES = tuple(BACKENDS)


def backend_of(loaded: LoadedJob, folder: str) -> tuple[Backend, list[Problem]]:
    """The backend of a job's root.

    Args:
        loaded: the job.
        folder: the root, below the project folder, for the address of a local state.

    Returns:
        The backend, every argument a literal; and warnings.

    Raises:
        InputError: no such type, an unknown or missing argument, a credential, an undefined name.
    """
    job = loaded.job
    written = job.infrastructure.terraform.backend
    identity = f"{job.tenant_id}/{job.environment}/{job.name}"
    identity += f"/{loaded.region}" if loaded.region else ""
    warnings = Problems()
    if written is None:
        message = "no backend is set, so the state stays on the machine that applies"
        hint = "set infrastructure.terraform.backend here or under defaults in dativo.yaml"
        location = Location(loaded.file, ("infrastructure",), True)
        warnings.warning("local-state", message, location, hint)
        written = {"type": "local"}
    kind = _kind(written, loaded.locations)
    arguments = _Reader(kind, loaded.locations).arguments(written)
    arguments = {**BACKENDS[kind].defaults(arguments, identity), **arguments}
    if "workspaces" in arguments and "name" not in arguments["workspaces"]:
        default = BACKENDS[kind].defaults({}, identity)["workspaces"]
        arguments["workspaces"] = {**default, **arguments["workspaces"]}
    ordered = {name: arguments[name] for name in _order(kind) if name in arguments}
    return Backend(kind, ordered, BACKENDS[kind].address(ordered, folder)), warnings


def _order(kind: str) -> tuple[str, ...]:
    """Where the state is comes first, the rest in the table's order."""
    row = BACKENDS[kind]
    first = tuple(n for n in ("key", "prefix") if n in row.optional)
    rest = tuple(n for n in (*row.required[1:], *row.optional) if n not in first)
    return (*row.required[:1], *first, *rest)


def _kind(written: dict[str, Any], locations: Layers) -> str:
    kind = written.get("type")
    if kind is None:
        message = '"infrastructure.terraform.backend.type" is missing'
        location = locations.location((*_AT, "type"), True)
        raise InputError(Problem("missing-key", message, location, f"one of {', '.join(TYPES)}"))
    if type(kind) is str and kind in BACKENDS:
        return kind
    location = locations.location((*_AT, "type"))
    if not isinstance(kind, str):
        message = f'"infrastructure.terraform.backend.type" must be text, got {shown(kind)}'
        raise InputError(Problem("invalid-value", message, location, f"one of {', '.join(TYPES)}"))
    kind = finish(kind, location)
    if kind not in BACKENDS:
        hint = suggest(kind, TYPES, f"one of {', '.join(TYPES)}")
        raise InputError(Problem("invalid-value", f'there is no backend "{kind}"', location, hint))
    return kind


class _Reader:
    """Reads the arguments of one backend and collects what is wrong with them."""

    def __init__(self, kind: str, locations: Layers) -> None:
        self._kind = kind
        self._row = BACKENDS[kind]
        self._locations = locations
        self._problems = Problems()

    def arguments(self, written: dict[str, Any]) -> dict[str, Any]:
        """The arguments as literals.

        Raises:
            InputError: everything found wrong.
        """
        row, found = self._row, dict[str, Any]()
        for name, value in written.items():
            if name == "type" or value is None:
                continue
            if name in row.secret:
                self._credential(f'"{name}" is a credential', (name,))
            elif name not in row.required and name not in row.optional:
                known = sorted((*row.required, *row.optional))
                self._problems.append(unknown_key((*_AT, name), known, self._locations.location))
            elif (literal := self._typed(name, value)) is not None:
                found[name] = literal
        self._check_together(written, found)
        self._problems.raise_any()
        return found

    def _check_together(self, written: dict[str, Any], found: dict[str, Any]) -> None:
        row = self._row
        for name in row.required:
            known = (*row.required, *row.optional, *row.secret, "type")
            if written.get(name) is None and not misspelt(name, written, known):
                location = self._locations.location((*_AT, name), True)
                message = f'the {self._kind} backend needs "{name}"'
                self._problems.error("missing-key", message, location)
        for first, second in row.apart:
            if first in found and second in found:
                message = f'"{second}" and "{first}" exclude each other'
                location = self._locations.location((*_AT, second), True)
                self._problems.error("conflict", message, location, "keep one of the two")

    def _add(self, path: KeyPath, message: str, hint: str = "") -> None:
        location = self._locations.location((*_AT, *path))
        self._problems.error("invalid-value", message, location, hint)

    def _credential(self, what: str, path: KeyPath) -> None:
        location = self._locations.location((*_AT, *path))
        hint = "leave it out and let whoever applies set it in the environment"
        message = f"{what} and would be committed"
        self._problems.error("credential", message, location, hint)

    def _typed(self, name: str, value: Any) -> Any:
        """The value as the literal that the argument takes; None where it is wrong."""
        wanted = (
            "a mapping" if name in MAPPINGS else "a list" if name in LISTS else "text or a number"
        )
        given = "a mapping" if isinstance(value, dict) else "a list"
        given = given if isinstance(value, dict | list) else "text or a number"
        if wanted != given:
            self._add((name,), f'"{name}" must be {wanted}, got {shown(value)}')
            return None
        literal = self._literal(value, (name,))
        if literal is None:
            return None
        if name in BOOLS:
            return self._bool(name, literal)
        if name in NUMBERS:
            return self._number(name, literal)
        if isinstance(literal, str):
            self._check_text(name, literal)
        elif name == "workspaces":
            self._check_workspaces(literal)
        elif name in NESTED:
            self._check_nested(name, literal)
        else:
            for index, item in enumerate(literal):
                self._check_item(name, item, index)
        return literal

    def _check_item(self, name: str, item: Any, index: int) -> None:
        shape = self._row.shapes.get(name)
        if not isinstance(item, str) or not item.strip() or not item.isprintable():
            self._add((name, index), f'"{name}" must be a list of plain texts')
        elif shape is not None and not re.fullmatch(shape[0], item):
            self._add((name, index), f'"{name}" must hold {shape[1]}, not "{item}"')

    def _check_nested(self, name: str, given: dict[str, Any]) -> None:
        at, location_of = (*_AT, name), self._locations.location
        self._problems += nested_problems(at, given, NESTED_SECRETS, location_of)

    def _literal(self, value: Any, path: KeyPath) -> Any:
        """Plain text all the way down: a backend is read before any variable."""
        if isinstance(value, dict):
            for key in NESTED_SECRETS.intersection(value):
                self._credential(f'"{key}" is a credential', (*path, key))
            items = {key: self._literal(item, (*path, key)) for key, item in value.items()}
            return {key: item for key, item in items.items() if item is not None}
        if isinstance(value, list):
            return [self._literal(item, (*path, index)) for index, item in enumerate(value)]
        if value is None:
            return None
        finished = self._problems.attempt(
            finish, value, lambda: self._locations.location((*_AT, *path))
        )
        return None if finished is None else str(finished)

    def _bool(self, name: str, text: str) -> bool | None:
        if text.lower() not in ("true", "false"):
            self._add((name,), f'"{name}" must be true or false, got "{text}"')
            return None
        return text.lower() == "true"

    def _number(self, name: str, text: str) -> int | None:
        number = typed(PlainScalar(text))
        if type(number) is not int or number < 0:
            self._add((name,), f'"{name}" must be a whole number, got "{text}"')
            return None
        return number

    def _check_text(self, name: str, text: str) -> None:
        """Refuse what Terraform would, what points at another state than it seems, passwords."""
        shape = self._row.shapes.get(name)
        if name.endswith("_pem"):
            return
        if not text.strip() or not text.isprintable():
            self._add((name,), f'"{name}" must be plain text on one line')
        elif shape is not None and not re.fullmatch(shape[0], text):
            self._add((name,), f'"{name}" must be {shape[1]}, not "{text}"')
        elif shape is not None and "://" in text and "@" in urlsplit(text).netloc:
            self._credential(f'"{name}" holds a user name or password', (name,))
        elif name in ("key", "prefix", "path"):
            self._check_path(name, text)

    def _check_path(self, name: str, text: str) -> None:
        if ".." in text.split("/"):
            self._add((name,), f'"{name}" must be a plain path, not "{text}"')
        elif name == "key" and (text[0] == "/" or text[-1] == "/"):
            self._add((name,), f'"{name}" must not start or end with /, as in "{text}"')
        elif name == "key" and self._kind == "s3" and "//" in text:
            self._add((name,), f'"{name}" must not hold "//", as in "{text}"')
        elif name == "key" and self._kind == "s3" and text.startswith("env:"):
            message = '"key" must not start with "env:", where S3 keeps the states of workspaces'
            self._add((name,), message)

    def _check_workspaces(self, given: dict[str, Any]) -> None:
        known = WORKSPACE_KEYS[self._kind]
        for key, value in given.items():
            path = ("workspaces", key)
            if key not in known:
                hint = f"it takes {' and '.join(known)}: a root has one state, so one workspace"
                message = f'"workspaces" takes no "{key}" here'
                location = self._locations.location((*_AT, *path), True)
                self._problems.error("unknown-key", message, location, hint)
            elif not isinstance(value, str) or (
                key == "name" and not re.fullmatch(r"[A-Za-z0-9_-]{1,90}", value)
            ):
                self._add(path, f'"workspaces.{key}" must be 1 to 90 letters, digits, - and _')

"""Credentials in a job or in dativo.yaml: both are committed, and so is the root made of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

from generator.errors import KeyPath, Location, Problem, Problems
from generator.job.loaded import LoadedJob
from generator.model.problems import dotted
from generator.text import credentials
from generator.yaml.data import texts

_HERE: KeyPath = ("infrastructure",)
# Checked where they are read: tags of every layer, a backend's arguments, references to secrets.
_ELSEWHERE = frozenset(
    (
        ("tags",),
        ("terraform", "backend"),
        ("runtime", "secrets"),
        ("runtime", "readable_secrets"),
    )
)
# Mappings whose keys people choose, and lists that become a command line.
_NAMED = frozenset(
    (
        ("runtime", "environment"),
        ("terraform", "variables"),
        ("kubernetes", "annotations"),
        ("kubernetes", "labels"),
        ("kubernetes", "cluster", "exec", "env"),
    )
)
_LINES = frozenset(
    (("runtime", "command"), ("runtime", "args"), ("kubernetes", "cluster", "exec", "args"))
)
_HINT = "keep it in a secret store, and name where in runtime.secrets or runtime.readable_secrets"
# What dativo.yaml holds is one object for all jobs of a run: its identity, to it and its faults.
_KNOWN: dict[int, tuple[Any, list[Problem]]] = {}


def check_job(loaded: LoadedJob) -> list[Problem]:
    """What a job holds of credentials, in every layer: what is overridden is committed too.

    Returns:
        An error for each that is certain, a warning for each that is likely; no value in them.
    """
    problems = Problems()
    for layer in loaded.locations.layers:
        if layer.target != _HERE:
            at = (*layer.prefix, *_HERE)
            problems += _found(layer.data.get("infrastructure"), layer.file, at)
            continue
        problems += _once(layer.data, partial(_found, layer.data, layer.file, layer.prefix))
    return problems


def _once(data: Any, find: Callable[[], list[Problem]]) -> list[Problem]:
    known = _KNOWN.get(id(data))
    if known is None or known[0] is not data:
        known = _KNOWN[id(data)] = (data, find())
    return known[1]


def _found(data: Any, file: str, at: KeyPath) -> list[Problem]:
    """The problems of one layer's ``infrastructure``, after a quick check of all texts at once."""
    words: list[str] = []
    for part, body in data.items() if isinstance(data, dict) else ():
        if not isinstance(body, dict):
            _gather(body, words)
        elif (part,) not in _ELSEWHERE:
            for key, value in body.items():
                if (part, key) not in _ELSEWHERE:
                    words.append(str(key))
                    _gather(value, words)
    everything = "\n".join(words)
    # "gh" and "sk-" are in many an ordinary word, so each is asked for before all paths are made.
    held = credentials.may_hold(everything) and any(map(credentials.looks_like, words))
    if held or credentials.may_name(everything):
        return list(_block(data, file, at))
    return []


def _gather(value: Any, found: list[str]) -> None:
    """Every text below a value, keys too: enough for the quick check."""
    if isinstance(value, str):
        found.append(value)
    elif isinstance(value, dict):
        for key, item in value.items():
            found.append(str(key))
            _gather(item, found)
    elif isinstance(value, list):
        for item in value:
            _gather(item, found)


def check_settings(document: dict[str, Any], file: str) -> list[Problem]:
    """What dativo.yaml holds of credentials for certain, in defaults that no job has too."""
    return [
        problem
        for path, text in texts(document, (), ("tags", "backend", "secrets", "readable_secrets"))
        for problem in _certain(path, text, file, path, False)
    ]


def check_values(values: Mapping[str, str | None], file: str, at: KeyPath) -> list[Problem]:
    """Likely credentials among what ``${NAME}`` stands for."""
    return _once(values, lambda: list(_likely_values(values, file, at)))


def _likely_values(values: Mapping[str, str | None], file: str, at: KeyPath) -> Iterator[Problem]:
    for name, text in values.items():
        if text is not None:
            yield from _likely((*at, name), text, file, (*at, name))


def _block(data: Any, file: str, at: KeyPath) -> Iterator[Problem]:
    """The ``infrastructure`` of one layer."""
    lines: dict[KeyPath, list[tuple[KeyPath, str]]] = {}
    for path, text in texts(data):
        if path[:1] in _ELSEWHERE or path[:2] in _ELSEWHERE:
            continue
        named = path[:2] in _NAMED or path[:4] in _NAMED
        certain = list(_certain(path, text, file, (*at, *path), named))
        if certain:
            yield from certain
        elif named:
            yield from _likely(path, text, file, (*at, *path))
        elif path in _LINES or path[:-1] in _LINES:
            lines.setdefault(path[:2], []).append((path, text))
    for line in lines.values():
        yield from _line(line, file, at)


def _certain(path: KeyPath, text: str, file: str, at: KeyPath, named: bool) -> Iterator[Problem]:
    kind = credentials.looks_like(text)
    if kind is None and named:
        kind = credentials.named_certain(str(path[-1]), text)
    if kind is not None:
        message = f'"{dotted(path)}" holds what looks like {kind}, and would be committed'
        yield Problem("credential", message, Location(file, at), _HINT)


def _likely(path: KeyPath, text: str, file: str, at: KeyPath) -> Iterator[Problem]:
    name = next((str(key) for key in reversed(path) if isinstance(key, str)), "")
    if (credentials.is_name(name) and credentials.is_literal(text)) or credentials.assigns(text):
        yield _warning(path, file, at)


def _line(line: list[tuple[KeyPath, str]], file: str, at: KeyPath) -> Iterator[Problem]:
    """A command line, where an option's value may be the next word."""
    option = ""
    for path, text in line:
        if credentials.assigns(text) or (
            option and not text.startswith("-") and credentials.is_literal(text)
        ):
            yield _warning(path, file, (*at, *path))
        option = text if text.startswith("-") and credentials.is_name(text.strip("-")) else ""


def _warning(path: KeyPath, file: str, at: KeyPath) -> Problem:
    message = (
        f'"{dotted(path)}" seems to be a credential that is written out, and would be committed'
    )
    return Problem("likely-credential", message, Location(file, at), _HINT, "warning")

"""What a job file came to, as data: claims, warnings and locks; no text of a root is among it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from generator.errors import KeyPath, Location, Problem
from generator.kept.record import Job
from generator.plan.collisions import Claim
from generator.provider_locks.choose import Choice
from generator.provider_locks.lock_file import LockFile

_IDENTITY = ("file", "address", "tenant", "environment", "job", "subnet", "names", "region")
_CLAIM_TEXTS = (*_IDENTITY, "cloud", "cost_center")


class Came(NamedTuple):
    """What a job file came to.

    Attributes:
        claims: of its roots.
        warnings: about it by itself.
        locks: root folder to its choice of a lock.
    """

    claims: list[Claim]
    warnings: list[Problem]
    locks: dict[str, Choice]


def encode(
    claims: Iterable[Claim], warnings: Iterable[Problem], locks: Mapping[str, Choice]
) -> str:
    """The data as one line of text."""
    chosen = {
        folder: [choice.lock and choice.lock.file, choice.why, choice.file]
        for folder, choice in locks.items()
    }
    data = [[_of_claim(claim) for claim in claims], [*map(_of_problem, warnings)], chosen]
    return json.dumps(data, separators=(",", ":"))


def _of_claim(claim: Claim) -> list[Any]:
    return [claim.folder, claim.data, *(getattr(claim, name) for name in _CLAIM_TEXTS)]


def _of_problem(problem: Problem) -> list[Any]:
    return [problem.code, problem.message, problem.location, problem.hint, problem.severity]


def decode(job: Job, files: Mapping[str, LockFile]) -> Came:
    """The data of a line.

    Args:
        job: the line.
        files: the locks of the project by file.

    Raises:
        ValueError, LookupError, TypeError, AttributeError: it is not as ``encode`` writes it.
    """
    claims, warnings, locks = json.loads(job.data)
    came = Came(
        [_claim(*one) for one in claims],
        [_problem(*one) for one in warnings],
        {_text(folder): _choice(files, *one) for folder, one in locks.items()},
    )
    if {claim.folder for claim in came.claims} != {*job.roots} or came.locks.keys() != {*job.roots}:
        raise ValueError(job.roots)
    return came


def _claim(folder: object, data: list[object], *texts: object) -> Claim:
    bucket, prefix = map(_text, data)
    named: dict[str, Any] = dict(zip(_CLAIM_TEXTS, map(_text, texts), strict=True))
    return Claim(folder=_text(folder), data=(bucket, prefix), **named)


def _problem(
    code: object, message: object, location: Any, hint: object, severity: object
) -> Problem:
    at = None
    if location is not None:
        file, path, on_key, line, column = location
        at = Location(_text(file), _path(path), bool(on_key), _number(line), _number(column))
    if severity not in ("warning", "note"):
        raise ValueError(severity)
    return Problem(_text(code), _text(message), at, _text(hint), _text(severity))


def _path(path: list[object]) -> KeyPath:
    if not all(isinstance(step, str | int) for step in path):
        raise TypeError(path)
    return tuple(path)  # type: ignore[arg-type]


def _choice(files: Mapping[str, LockFile], lock: object, why: object, file: object) -> Choice:
    return Choice(None if lock is None else files[_text(lock)], _text(why), _text(file))


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _number(value: object) -> int | None:
    if value is not None and not isinstance(value, int):
        raise TypeError(value)
    return value

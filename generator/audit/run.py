"""An audit from files to findings."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import IO

from generator.audit.compare import Audit, audit
from generator.audit.formats import resources
from generator.audit.intended import known_roots
from generator.audit.resource import Resource
from generator.errors import InputError, Problem, Problems, UsageError
from generator.files.regular import stream
from generator.job.project import Project


def audit_files(project: Project, files: Sequence[str]) -> tuple[Audit, list[Problem]]:
    """Hold exports against what all jobs of a project intend.

    Args:
        project: the repository.
        files: paths of exports; ``-`` is standard input.

    Returns:
        The audit, and what is wrong with job files, roots or exports: with an error among that
        the audit is of what could be read.

    Raises:
        UsageError: a file cannot be read.
    """
    known = known_roots(project)
    problems = Problems(known.problems)
    return audit(known, _exports(files, problems)), problems


def _exports(files: Sequence[str], problems: Problems) -> Iterator[Iterable[Resource]]:
    for file in files:
        with _opened(file) as opened:
            yield _read(opened, "standard input" if file == "-" else file, problems)


def _read(opened: IO[bytes], file: str, problems: Problems) -> Iterator[Resource]:
    try:
        yield from resources(opened, file)
    except InputError as error:
        problems += error.problems
    except OSError as error:
        raise UsageError(f"{file}: {error.strerror}") from error


@contextmanager
def _opened(file: str) -> Iterator[IO[bytes]]:
    if file == "-":
        yield sys.stdin.buffer
        return
    try:
        descriptor = stream(file)
    except OSError as error:
        raise UsageError(f"{file}: {error.strerror}") from error
    with os.fdopen(descriptor, "rb") as opened:
        yield opened

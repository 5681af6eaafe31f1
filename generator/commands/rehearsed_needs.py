"""Rehearses roots that need others: the others first, and what they put out is what is read."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from graphlib import CycleError, TopologicalSorter
from typing import Any, NamedTuple

from generator.errors import InputError, RehearsalError
from generator.files.names import MANIFEST, NEEDS_FILE
from generator.files.paths import read_file
from generator.plan.other_jobs import labels, variable
from generator.rehearsal.report import RehearsalReport
from generator.render import manifest
from generator.render.manifest import Manifest


class Given(NamedTuple):
    """What the roots that a root needs put out.

    Attributes:
        states: the name of a data source to the outputs of the state that it reads.
        variables: root variable to value, of outputs that are handed in.
    """

    states: dict[str, dict[str, Any]]
    variables: dict[str, Any]


# Rehearses a root with what others put out.
Rehearse = Callable[[str, Given], RehearsalReport]


class Rehearsed:
    """Rehearses each root once, whoever asks for it; threads may ask at the same time.

    Args:
        rehearse: what rehearses a root.
        folders: the roots that are asked for, as the user names them.

    Raises:
        RehearsalError: the roots need each other in a circle.
    """

    def __init__(self, rehearse: Rehearse, folders: list[str]) -> None:
        self._rehearse = rehearse
        self._shown = {os.path.realpath(folder): folder for folder in folders}
        self._manifests: dict[str, Manifest | None] = {}
        self._reports: dict[str, RehearsalReport] = {}
        self._locks: dict[str, threading.Lock] = {}
        self._look_around()

    def report(self, folder: str) -> RehearsalReport:
        """The report of a root.

        Raises:
            RehearsalError: the root, or one that it needs, cannot be rehearsed.
        """
        key = os.path.realpath(folder)
        with self._locks[key]:
            if key not in self._reports:
                shown = self._shown.get(key) or os.path.relpath(key)
                self._reports[key] = self._rehearse(shown, self._given(key))
            return self._reports[key]

    def _given(self, key: str) -> Given:
        given, found = Given({}, {}), self._manifests[key]
        if found is None or found.retired:
            return given
        needs = {_folder(root): outputs for root, outputs in found.needs.items()}
        names = labels(found.folder, needs)
        for folder, outputs in needs.items():
            if not outputs:
                continue
            report = self.report(_other(key, found, folder))
            if not report.ok:
                raise RehearsalError(f"{report.root}, which it needs, could not be rehearsed")
            its_outputs = report.outputs or {}
            lacking = [name for name in outputs if name not in its_outputs]
            if lacking:
                what = f"{report.root}, which it needs, has no output {', '.join(lacking)}"
                raise RehearsalError(f"{what}: generate it first")
            if NEEDS_FILE in found.files:
                given.states[names[folder]] = dict(its_outputs)
            else:
                taken = {variable(names[folder], name): its_outputs[name] for name in outputs}
                given.variables.update(taken)
        return given

    def _look_around(self) -> None:
        graph: dict[str, list[str]] = {}
        ahead = [*self._shown]
        while ahead:
            key = ahead.pop()
            if key in graph:
                continue
            self._locks[key] = threading.Lock()
            found = self._manifests[key] = _manifest(key)
            needs = found.needs if found else ()
            graph[key] = [_other(key, found, _folder(root)) for root in needs]
            ahead += graph[key]
        try:
            TopologicalSorter(graph).prepare()
        except CycleError as error:
            way = " -> ".join(os.path.relpath(folder) for folder in reversed(error.args[1]))
            raise RehearsalError(f"roots need each other in a circle: {way}") from None


def _folder(root: str) -> str:
    """A root below the project folder, as one below the output folder."""
    return "/".join(root.split("/")[-3:])


def _other(key: str, found: Manifest | None, folder: str) -> str:
    """The folder of another root of the same output folder."""
    up = len(found.folder.split("/")) if found else 0
    return os.path.normpath(os.path.join(key, *[os.pardir] * up, folder))


def _manifest(key: str) -> Manifest | None:
    """The manifest of a root; None of one that a user wrote."""
    folder = "/".join(key.split(os.sep)[-3:])
    try:
        data = read_file(os.path.join(key, MANIFEST))
        return None if data is None else manifest.read(data, folder, os.path.join(key, MANIFEST))
    except (InputError, OSError):
        return None

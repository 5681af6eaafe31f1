"""The targets, one file for each kind of input; a new one is a row here."""

from __future__ import annotations

from tests.fuzz.target import Target
from tests.fuzz.targets import files, jobs, manifests, modules

TARGETS: tuple[Target, ...] = (*jobs.TARGETS, *files.TARGETS, *manifests.TARGETS, *modules.TARGETS)

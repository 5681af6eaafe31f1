"""The targets, one file for each kind of input; a new one is a row here."""

from __future__ import annotations

from tests.fuzz.target import Target
from tests.fuzz.targets import files, jobs, manifests, modules, texts

_ALL = (jobs, files, manifests, modules, texts)
TARGETS: tuple[Target, ...] = tuple(target for family in _ALL for target in family.TARGETS)

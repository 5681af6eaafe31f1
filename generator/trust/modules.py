"""The module that a job names: where it comes from, and how firmly it is held."""

from __future__ import annotations

import os
from collections.abc import Iterator

from generator.errors import InputError, KeyPath, Problem
from generator.files.names import SETTINGS_FILE
from generator.job.loaded import LoadedJob
from generator.job.project import Project
from generator.plan.module_address import address_of
from generator.plan.module_source import ModuleSource, module_source
from generator.trust.rule import FORBIDDEN, forbidden
from generator.trust.scope import Rules
from generator.trust.written import Written

_AT: KeyPath = ("terraform", "module")
# What a pin must be, to what is firm enough.
_FIRM = {"version": ("version", "commit"), "commit": ("commit",)}
_WORDS = {"version": "a version", "commit": "a commit or a checksum"}


def judged(
    project: Project, loaded: LoadedJob, rules: Rules, written: Written
) -> Iterator[Problem]:
    """What is wrong with a module of the job's own.

    Args:
        project: the repository.
        loaded: the job.
        rules: what counts for it.
        written: who wrote what of it.
    """
    if loaded.job.infrastructure.terraform.own_module is None:
        return
    if not (written.by_job((*_AT, "source")) or written.by_job((*_AT, "version"))):
        return
    try:
        found = module_source(project, loaded, "", f"{project.settings.output}/{loaded.folder}")
    except InputError:  # the plan tells
        return
    rule, location = rules.of.get("modules"), written.at((*_AT, "source"))
    if found.version is None and found.source.startswith(("./", "../")):
        if rule is not None and not rule.allows(folder := _real(project, found)):
            yield forbidden(rule, f'the module "{folder}"', location)
        return
    address = address_of(found.source, found.version)
    if rule is not None and (address.unclear or not rule.allows(address.text)):
        yield forbidden(rule, f'the module "{address.text}"', location, address.unclear)
    firm = _FIRM.get(rules.pins or "")
    if firm is not None and address.pin not in firm:
        message = f'the module "{found.source}" is not pinned by {_WORDS[rules.pins or ""]}'
        hint = f"{rules.pins_setting} in {SETTINGS_FILE} asks for that; {_how(rules.pins or '')}"
        yield Problem(FORBIDDEN, message, location, hint)
    elif firm is None and rules.pins is None and address.pin == "branch":
        message = f'the module "{found.source}" follows a branch, so its content changes unseen'
        hint = "pin it to the tag of a version, or to a commit"
        yield Problem("unpinned-module", message, location, hint, "warning")


def _how(pins: str) -> str:
    if pins == "commit":
        return "?ref= with all 40 digits of a commit, or ?checksum=sha256:… of an archive"
    return "?ref= with the tag of a version, such as v1.2.0, or with a commit"


def _real(project: Project, found: ModuleSource) -> str:
    """The folder of a local module as the disk has it, behind every link."""
    top = os.path.realpath(project.folder)
    path = os.path.relpath(os.path.realpath(found.folder or top), top)
    return f"./{path.replace(os.sep, '/')}"

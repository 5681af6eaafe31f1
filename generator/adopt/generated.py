"""The root that a job file would make, read by the same eyes as the hand-written one."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from generator.adopt.root import Root, read_root
from generator.errors import InputError, Problem, Problems
from generator.files.regular import read as read_regular
from generator.files.terraform_files import is_terraform
from generator.job.load import load
from generator.job.project import Project
from generator.modules.catalogue import open_catalogue
from generator.modules.files import module_files
from generator.moving.ahead import with_edited
from generator.pipeline import decide
from generator.plan.called_module import module_of, runtime_of
from generator.render.manifest_check import GENERATED
from generator.render.render import render
from generator.terraform_text.blocks import body_of, text_of
from generator.terraform_text.literals import ExpressionError, literal

_MOST_BYTES = 1024 * 1024
_NONE: Mapping[str, Any] = MappingProxyType({})


class Generated(NamedTuple):
    """What a job file would make.

    Attributes:
        folder: of the root, below the project folder; empty where the job cannot be read.
        root: what it says, with files of the user's that are there already; None with errors.
        problems: what is wrong with the job.
        source: the source and version of the module that it calls, where that is known.
        defaults: input of the module to its default.
        outputs: of the module.
        address: of the state.
    """

    folder: str = ""
    root: Root | None = None
    problems: tuple[Problem, ...] = ()
    source: tuple[str, str | None] | None = None
    defaults: Mapping[str, Any] = _NONE
    outputs: frozenset[str] = frozenset()
    address: str = ""


def generated(
    project: Project, file: str, data: bytes, more: Mapping[str, bytes] = _NONE
) -> Generated:
    """Make the root of a job file that asks for just one; nothing is written.

    Args:
        project: the repository.
        file: where the job file is, or is to be.
        data: its content.
        more: files of the user's that are to be in the root, unless they are there.
    """
    ahead = with_edited(project, {file: data})
    problems, catalogue = Problems(), open_catalogue(ahead)
    jobs = problems.attempt(load, ahead, file)
    if not jobs or len(jobs[0]) != 1:
        return Generated(problems=tuple(problems))
    [loaded] = jobs[0]
    folder = f"{project.settings.output}/{loaded.folder}"
    found = Generated(folder)
    called = problems.attempt(_module, ahead, loaded, catalogue, folder)
    if called is not None:
        found = found._replace(source=(called.source.source, called.source.version))
        if called.interface is not None:
            outputs = frozenset(called.interface.outputs)
            defaults = _defaults(called.source.folder or "")
            found = found._replace(defaults=defaults, outputs=outputs)
    problems = Problems()
    _, plan = decide(ahead, loaded, catalogue, problems)
    if plan is None or any(problem.severity == "error" for problem in problems):
        return found._replace(problems=tuple(problems))
    try:
        files = render(plan, project.settings.output)
    except InputError as error:
        return found._replace(problems=tuple(error.problems))
    texts = {name: text.encode() for name, text in files.items() if is_terraform(name)}
    root = read_root({**more, **_own(project, folder), **texts}, folder)
    return found._replace(root=root, problems=tuple(problems), address=plan.backend.address)


def _module(ahead: Project, loaded: Any, catalogue: Any, folder: str) -> Any:
    return module_of(ahead, loaded, runtime_of(loaded), catalogue, folder)


def _defaults(folder: str) -> dict[str, Any]:
    """The literal defaults of a module's variables."""
    found: dict[str, Any] = {}
    for name, data in module_files(folder).items():
        for block in body_of(text_of(data)).of("variable") if name.endswith(".tf") else ():
            default = block.body().arguments.get("default")
            if default is not None:
                with contextlib.suppress(ExpressionError):
                    found[block.labels[0]] = literal(default.text)
    return found


def read_files(folder: str) -> dict[str, bytes]:
    """The files of a folder that Terraform reads, values of variables among them.

    Raises:
        InputError: one cannot be read.
    """
    found: dict[str, bytes] = {}
    for name in sorted(os.listdir(folder)):
        if not is_terraform(name) and not name.endswith((".tfvars", ".tfvars.json")):
            continue
        path = os.path.join(folder, name)
        try:
            found[name], _ = read_regular(path, most=_MOST_BYTES)
        except OSError as error:
            problem = Problem("unreadable", f"cannot read {path}: {error.strerror}")
            raise InputError(problem) from error
    return found


def _own(project: Project, folder: str) -> dict[str, bytes]:
    """Files of the user's in the root's folder."""
    path = os.path.join(project.folder, folder)
    found = read_files(path) if os.path.isdir(path) else {}
    return {name: data for name, data in found.items() if name not in GENERATED}

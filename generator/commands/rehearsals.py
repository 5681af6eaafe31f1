"""Rehearses the roots of a command line: on the stand-ins at once, on a server in turn."""

from __future__ import annotations

import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

from generator.commands.rehearsed_needs import Given, Rehearsed
from generator.errors import RehearsalError
from generator.rehearsal.binary import Terraform, find_terraform
from generator.rehearsal.endpoint import checked
from generator.rehearsal.mirror import write_mirror
from generator.rehearsal.real import rehearse_on_real
from generator.rehearsal.rehearse import rehearse_root
from generator.rehearsal.report import Changes, Diagnostic, RehearsalReport, Step
from generator.rehearsal.serving import serving
from generator.report.progress import Progress

AT_ONCE = 2


def on_stand_ins(
    folders: list[str],
    terraform: str | None,
    keep: bool,
    variables: dict[str, Any],
    changes: Callable[[str], Changes] | None,
) -> list[RehearsalReport]:
    """The reports of roots on the stand-ins, some at once.

    Args:
        folders: the roots.
        terraform: the program to use; None to look for one.
        keep: keep the scratch copies.
        variables: values for the roots' input variables.
        changes: the folder of a root to the changed roots that are planned as well.

    Raises:
        RehearsalError: there is no Terraform, or the stand-ins do not start.
    """
    program = find_terraform(terraform, write_mirror())
    reports = []
    with (
        serving(write_mirror()) as mirror,
        ThreadPoolExecutor(AT_ONCE) as pool,
        Progress(sys.stderr, "rehearsing", len(folders)) as progress,
    ):
        rehearsed = partial(rehearse_root, terraform=program, keep=keep, mirror=mirror)

        def one(folder: str, given: Given) -> RehearsalReport:
            changed = changes(folder) if changes is not None and folder in folders else ()
            return rehearsed(
                folder,
                variables={**given.variables, **variables},
                states=given.states,
                changes=changed,
            )

        report = Rehearsed(one, folders).report
        futures = [pool.submit(_told, folder, program, report) for folder in folders]
        try:
            for future, folder in zip(futures, folders, strict=True):
                reports.append(future.result())
                progress.step(folder)
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise
    return reports


def on_real(
    folders: list[str], url: str, terraform: str | None, keep: bool, variables: dict[str, Any]
) -> list[RehearsalReport]:
    """The reports of roots on real providers, one after the other: all are in one cloud.

    Args:
        folders: the roots.
        url: the server that answers in place of the cloud.
        terraform: the program to use; None to look for one.
        keep: keep the scratch copies.
        variables: values for the roots' input variables.

    Raises:
        RehearsalError: there is no Terraform, or ``url`` cannot be such a server.
    """
    url = checked(url)
    program = find_terraform(terraform, write_mirror())

    rehearsed = partial(rehearse_on_real, url=url, terraform=program, keep=keep)

    def one(folder: str, given: Given) -> RehearsalReport:
        values = {**given.variables, **variables}
        return rehearsed(folder, variables=values, states=given.states)

    report = Rehearsed(one, folders).report
    reports = []
    with Progress(sys.stderr, "rehearsing", len(folders)) as progress:
        for folder in folders:
            reports.append(_told(folder, program, report))
            progress.step(folder)
    return reports


def _told(
    folder: str, program: Terraform, rehearsed: Callable[[str], RehearsalReport]
) -> RehearsalReport:
    """The report of one root; a root that cannot be read does not stop the others."""
    try:
        return rehearsed(folder)
    except RehearsalError as error:
        failed = Step("copy", 0.0, False, (Diagnostic("error", str(error)),))
        return RehearsalReport(folder, program.path, (failed,))

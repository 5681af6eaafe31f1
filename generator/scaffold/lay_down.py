"""Lays a new repository down: beside its place first, so that a failure leaves nothing behind."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

from generator.errors import InputError, Problem, UsageError
from generator.files.folders import missing_folders, nearest, repository
from generator.files.git import git
from generator.files.names import SETTINGS_FILE
from generator.job.project import open_project
from generator.run import Run
from generator.scaffold.template import Source, told, unanswered, unasked

_SCRATCH = ".dativo-new-"


class Laid(NamedTuple):
    """A new repository.

    Attributes:
        folder: where it is, absolute.
        jobs: its job files.
        inside: the repository that it is a folder of; None where it is none's.
        warnings: what is worth a word.
    """

    folder: str
    jobs: tuple[str, ...]
    inside: str | None
    warnings: Sequence[Problem]


def lay_down(
    source: Source, folder: str, answers: Mapping[str, str], *, ask: bool, defaults: bool
) -> Laid:
    """Lay a repository down, and check its jobs with the whole pipeline before it is kept.

    Args:
        source: of the template.
        folder: where to; it must be empty or not there, a `.git` in it aside.
        answers: question to answer, as text.
        ask: put the questions that have no answer to the terminal.
        defaults: take the template's defaults for them instead.

    Raises:
        InputError: what was laid down has errors.
        UsageError: the folder is not empty, an answer is wrong or missing, the template cannot
            be had, or the system refuses.
    """
    folder = os.path.abspath(folder)
    _check_free(folder)
    with _scratch(folder) as scratch:
        if answers or not (ask or defaults):
            _check(source, scratch, answers, complete=ask or defaults)
        with told():
            _copier(source, scratch, answers, defaults=not ask or defaults)
        run = Run(open_project(scratch))
        run.build()
        if run.failed:
            raise InputError(*run.problems)
        # Roots that are there already are told by the first generate.
        _move(scratch, folder)
    above = repository(os.path.dirname(folder))
    inside = above if _is_repository(above) and not _is_repository(folder) else None
    warnings = (*_uncommitted(source), *run.problems)
    return Laid(folder, tuple(run.job_files), inside, warnings)


def _uncommitted(source: Source) -> Iterator[Problem]:
    """Copier takes what a checkout has, and notes a commit of its own that nobody else has."""
    if not os.path.isdir(os.path.join(source.address, ".git")):
        return
    try:
        differs = git("status", "--porcelain", at=source.address)
    except (OSError, subprocess.CalledProcessError):  # Copier will say why
        return
    if differs:
        message = f"the template {source.address} has changes that are not committed"
        hint = "what was laid down pins a commit that exists nowhere: commit them and start again"
        yield Problem("uncommitted-template", message, None, hint, "warning")


def _check_free(folder: str) -> None:
    if os.path.lexists(folder) and not os.path.isdir(folder):
        raise UsageError(f"{folder} is a file; name a folder that is empty or does not exist")
    try:
        found = sorted(set(os.listdir(folder)) - {".git"}) if os.path.isdir(folder) else []
    except OSError as error:
        raise UsageError(f"cannot look into {folder}: {error.strerror}") from None
    if found:
        more = f" and {len(found) - 3} more" if len(found) > 3 else ""
        message = f"{folder} is not empty: it holds {', '.join(found[:3])}{more}"
        if SETTINGS_FILE in found:
            raise UsageError(
                f"{message}. It is a project already: `copier update` brings its template's news,"
                " and `dativo new job` adds a job"
            )
        raise UsageError(f"{message}. Name a folder that is empty or does not exist")
    above = nearest(os.path.dirname(folder), SETTINGS_FILE)
    if above is not None:
        raise UsageError(
            f"{folder} lies in the project {above}, which has a {SETTINGS_FILE}: `dativo new job`"
            " adds a job to that; a project of its own needs a place outside"
        )


@contextmanager
def _scratch(folder: str) -> Iterator[str]:
    """A folder beside the new one, or in it where that is there, gone at the end."""
    home = folder if os.path.isdir(folder) else os.path.dirname(folder)
    made = missing_folders(home)
    try:
        os.makedirs(home, exist_ok=True)
        scratch = tempfile.mkdtemp(prefix=_SCRATCH, dir=home)
    except (OSError, ValueError) as error:
        raise UsageError(f"cannot write to {home}: {getattr(error, 'strerror', error)}") from None
    done = False
    try:
        # Copier makes it: what is not there yet needs no question about what to overwrite.
        yield os.path.join(scratch, "project")
        done = True
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
        for path in () if done else made:
            os.rmdir(path)


def _move(scratch: str, folder: str) -> None:
    """Put everything in its place; on the same file system, so each is one rename."""
    try:
        if not os.path.isdir(folder):
            os.rename(scratch, folder)
            return
        for name in sorted(os.listdir(scratch)):
            os.rename(os.path.join(scratch, name), os.path.join(folder, name))
    except OSError as error:
        raise UsageError(f"cannot write {folder}: {error.strerror}") from None


def _check(source: Source, scratch: str, answers: Mapping[str, str], *, complete: bool) -> None:
    """Every answer that is wrong, unknown or missing, in one go; nothing is written.

    Raises:
        UsageError: with a line for each.
    """
    left, messages = dict(answers), list[str]()
    while True:
        try:
            with told():
                worker = _copier(source, scratch, left, defaults=True, pretend=True)
            break
        except UsageError as error:
            wrong = next((name for name in left if f"'{name}'" in str(error)), None)
            if wrong is None:
                raise
            messages.append(f"--data {wrong}={left.pop(wrong)}: {_reason(str(error))}")
    questions = worker.template.questions_data
    messages += unasked(questions, left, worker.answers.hidden)
    if messages:
        raise UsageError("\n".join(messages))
    if complete:
        return
    found = dict(worker.answers.combined)
    asked = {
        name: row
        for name, row in questions.items()
        if name not in answers and name not in worker.answers.hidden
    }
    if asked:
        raise UsageError(
            "there is no terminal to ask on: answer these, or take the defaults with --defaults\n"
            + "\n".join(unanswered(asked, found))
        )


def _reason(said: str) -> str:
    """Without the name of the question, which stands before it."""
    return said.partition(": ")[2] or said


def _copier(
    source: Source,
    folder: str,
    answers: Mapping[str, str],
    *,
    defaults: bool,
    pretend: bool = False,
) -> Any:
    import warnings

    from copier import run_copy

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # see _uncommitted
        return run_copy(
            source.address,
            folder,
            dict(answers),
            vcs_ref=source.ref,
            defaults=defaults,
            quiet=True,
            pretend=pretend,
        )


def _is_repository(folder: str) -> bool:
    return os.path.lexists(os.path.join(folder, ".git"))

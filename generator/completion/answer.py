"""Answers a shell that asks what can be typed next, in the protocol of argcomplete."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from generator.completion.offers import offered
from generator.errors import DativoError
from generator.files.folders import project_folder
from generator.job.project import Project, open_project
from generator.new_job.fields import FIELDS

Completer = Callable[..., Iterable[str]]
# What an option is called says what it takes, in every command that has it.
_BY_OPTION = {"--environment": "environments", "--tenant": "tenants"}
_BY_METAVAR = {"JOB": "jobs", "OLD": "jobs", "PATH": "job_files", "ROOT": "roots"}
_FOLDERS = frozenset({"DIR", "FOLDER"})
_FILES = frozenset({"FILE", "OUTPUTS"})
_JOB = "job_"


def answer(parser: argparse.ArgumentParser) -> None:
    """Print what completes the line that the shell has, and end the process.

    Args:
        parser: with the arguments of the command that the line names.
    """
    from argcomplete import autocomplete
    from argcomplete.completers import SuppressCompleter

    attach(parser)
    nothing = SuppressCompleter()
    autocomplete(parser, always_complete_options="long", default_completer=nothing)


def attach(parser: argparse.ArgumentParser) -> None:
    """Give every argument what completes it, by its name and by what stands for its value."""
    from argcomplete.completers import DirectoriesCompleter, FilesCompleter

    fields = {f"{_JOB}{field.name}": field.offers for field in FIELDS}
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for below in action.choices.values():
                attach(below)
            continue
        metavar = action.metavar if isinstance(action.metavar, str) else ""
        named = [_BY_OPTION[option] for option in action.option_strings if option in _BY_OPTION]
        what = fields.get(action.dest, "") or (named or [_BY_METAVAR.get(metavar, "")])[0]
        if what:
            _set(action, _of(what))
        elif action.dest == "data":
            _set(action, _answers)
        elif metavar in _FOLDERS:
            _set(action, DirectoriesCompleter())
        elif metavar in _FILES:
            _set(action, FilesCompleter())


def _set(action: argparse.Action, completer: Completer) -> None:
    action.completer = completer  # type: ignore[attr-defined] # argcomplete's way


def _of(what: str) -> Completer:
    def complete(prefix: str, parsed_args: argparse.Namespace, **_: Any) -> list[str]:
        try:
            return offered(_project(parsed_args), what, _said(parsed_args))
        except (DativoError, OSError):
            return []  # the command itself says what is wrong with the project

    return complete


def _project(options: argparse.Namespace) -> Project:
    return open_project(project_folder(getattr(options, "project", None)) or os.getcwd())


def _said(options: argparse.Namespace) -> dict[str, Any]:
    """What the options of a new job say so far."""
    return {
        name.removeprefix(_JOB): value
        for name, value in vars(options).items()
        if name.startswith(_JOB) and value is not None
    }


def _answers(prefix: str, parsed_args: argparse.Namespace, **_: Any) -> Iterator[str]:
    """``KEY=`` for each question of the shipped template, with the answers that it offers."""
    from generator.plan.regions import regions_of
    from generator.scaffold.template import shipped_questions

    given = dict(text.partition("=")[::2] for text in parsed_args.data or ())
    for name, row in shipped_questions().items():
        if name in given:
            continue
        choices = row.get("choices")
        values = choices.values() if isinstance(choices, Mapping) else choices or ()
        if name == "region":
            values = sorted(regions_of(given.get("cloud", "aws")))
        yield from (f"{name}={value}" for value in values or ("",))

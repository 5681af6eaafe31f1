"""What a cold run costs, as counts of work, which no busy machine alters."""

from __future__ import annotations

import cProfile
import os
from collections.abc import Callable
from typing import Any

import pytest
from jinja2 import Environment

from generator.job.project import open_project
from generator.modules import catalogue
from generator.run import Run
from tests.repository import Repository

FEW, MANY = 4, 12


def built(repository: Repository, number: int) -> Run:
    """A run over this many jobs with one root each, built and compared; nothing is written."""
    for one in range(number):
        repository.job(f"job-{one}", f"  tags: {{team: team-{one}}}\n")
    run = Run(open_project(str(repository.folder)))
    run.check()
    assert not run.failed
    assert set(run.statuses.values()) == {"created"}
    return run


def calls(work: Callable[[], object]) -> int:
    """How many Python functions are called."""
    profile = cProfile.Profile(builtins=False)
    profile.runcall(work)
    return sum(entry.callcount for entry in profile.getstats())


def test_calls_of_one_root(repository: Repository) -> None:
    """A further root costs a bounded number of calls, the same whether it is the fifth or later.

    It was 2,440 when this was written, for the smallest job; the bound leaves a fifth for what
    is to come. Who passes it looks first for what is done for each root and need not be.
    """
    built(repository, FEW)  # imports, templates and the module
    few = calls(lambda: built(repository, FEW))
    many = calls(lambda: built(repository, MANY))

    assert (many - few) / (MANY - FEW) < 2950


def test_done_once_a_run(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many roots: a module is read once, and no template is compiled a second time."""
    counts = {"modules": 0, "templates": 0}

    def counting(name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*args: Any, **options: Any) -> Any:
            counts[name] += 1
            return call(*args, **options)

        return counted

    built(repository, FEW)
    for name, owner, attribute in (
        ("modules", catalogue, "module_files"),
        ("templates", Environment, "compile"),
    ):
        monkeypatch.setattr(owner, attribute, counting(name, getattr(owner, attribute)))
    built(repository, MANY)

    assert counts == {"modules": 1, "templates": 0}


def test_a_new_root_is_not_searched(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a folder that is not there no file is looked for."""
    opened: list[str] = []
    before = os.open

    def noting(path: Any, *args: Any, **options: Any) -> int:
        opened.append(os.fspath(path))
        return before(path, *args, **options)

    monkeypatch.setattr(os, "open", noting)
    built(repository, FEW)

    assert [path for path in opened if "/generated/acme/" in path] == []
    assert len(opened) > FEW

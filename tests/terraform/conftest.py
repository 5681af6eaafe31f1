"""Terraform on the stand-in providers, which run once for each worker."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from pytest_terraform import tf

from generator.rehearsal.binary import Terraform
from generator.rehearsal.mirror import Mirror
from generator.rehearsal.scratch import copy_root
from generator.rehearsal.terraform_run import Ran, run
from tests.user_environment import environment_of

Command = Callable[..., Ran]


@pytest.fixture(scope="session")
def terraform_environment(attached: Mirror) -> dict[str, str]:
    """The environment of every Terraform command of these tests."""
    more = {**attached.environment(), **attached.attached}
    return environment_of(os.environ, more)


@pytest.fixture(scope="session")
def command(terraform_program: Terraform, terraform_environment: dict[str, str]) -> Command:
    """Runs Terraform: ``command(folder, *arguments, expect=0, **variables)``."""

    def call(folder: str | Path, *arguments: str, expect: int | None = 0, **variables: str) -> Ran:
        environment = {**terraform_environment, **variables}
        ran = run(terraform_program.path, arguments, os.fspath(folder), environment)
        assert expect in (None, ran.code), f"{arguments[0]}: {ran.stdout}\n{ran.stderr}"
        return ran

    return call


@pytest.fixture
def module_folder(
    tmp_path: Path,
    terraform_program: Terraform,
    terraform_environment: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
) -> Path:
    """Where pytest-terraform looks for roots: the folder returned. It uses the program and the
    stand-in providers of the run.
    """
    for name, value in terraform_environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(tf.LazyTfBin, "value", terraform_program.path)
    folder = tmp_path / "roots"
    folder.mkdir()
    monkeypatch.setattr(tf.LazyModuleDir, "value", os.fspath(folder))
    return folder


@pytest.fixture
def lay_out(tmp_path: Path) -> Callable[..., str]:
    """``lay_out(root, **variables)``: a copy of a root with a local backend and an output of its
    tags; returns its folder.
    """

    def call(root: str | Path, **variables: object) -> str:
        scratch = tmp_path / "scratch"
        scratch.mkdir()
        return copy_root(os.fspath(root), os.fspath(scratch), variables)[0]

    return call

"""Templates are compiled once an installation, and what is kept of that changes no root."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import jinja2
import pytest

from generator.render import render
from tests.repository import Repository

_MAIN = f"main.tf.{sys.implementation.cache_tag}.pyc"


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of its own for bytecode, as PYTHONPYCACHEPREFIX names one."""
    folder = tmp_path / "bytecode"
    monkeypatch.setattr(sys, "pycache_prefix", str(folder))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    _forget()
    yield folder
    _forget()


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The templates that Jinja compiles, as it does."""
    names: list[str] = []
    compile_one = jinja2.Environment.compile

    def noted(self: jinja2.Environment, source: str, name: str, *rest: object) -> object:
        names.append(name)
        return compile_one(self, source, name, *rest)  # type: ignore[call-overload]

    monkeypatch.setattr(jinja2.Environment, "compile", noted)
    return names


def test_compiled_once(repository: Repository, kept: Path, compiled: list[str]) -> None:
    """The next process compiles nothing, and comes to the same."""
    first = _generated(repository)
    assert "main.tf.j2" in compiled and list(kept.rglob(_MAIN))
    assert {path.suffix for path in kept.rglob("*") if path.is_file()} == {".pyc"}
    compiled.clear()

    assert _generated(repository) == first
    assert not compiled


def test_no_damage_counts(repository: Repository, kept: Path, compiled: list[str]) -> None:
    """Bytecode that is cut short, changed, or that of another template is not run."""
    first = _generated(repository)
    # Modules that are imported first in this test have theirs there, too.
    files = sorted(kept.rglob("templates/root/**/*.pyc"))
    one = files[0].read_bytes()
    for damaged in (b"", one[: len(one) // 2], one[:-1] + b"?", one):
        for path in files[1:]:
            path.write_bytes(damaged)
        compiled.clear()

        assert _generated(repository) == first
        assert len(compiled) == len(files) - 1


def test_of_other_layout(
    repository: Repository, kept: Path, compiled: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Bytecode that was made with other options is not taken."""
    _generated(repository)
    compiled.clear()
    monkeypatch.setitem(render._LAYOUT, "lstrip_blocks", False)

    _generated(repository)

    assert "main.tf.j2" in compiled


def test_nothing_kept(repository: Repository, kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where Python writes no bytecode, neither do we; nor where a file is in the way."""
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert _generated(repository) and not kept.exists()
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    kept.write_bytes(b"")

    assert _generated(repository)


def _generated(repository: Repository) -> dict[str, bytes]:
    """All files of the roots, generated as another process would."""
    _forget()
    repository.job("orders")
    assert repository.run("generate", "--no-cache").code == 0
    return {name: data for name, data in repository.contents().items() if "generated" in name}


def _forget() -> None:
    render._environment.cache_clear()
    render._template.cache_clear()

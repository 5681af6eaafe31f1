"""One catalogue serves a run: a module is parsed once, and never again while it is the same."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from generator.files.shipped import folder
from generator.modules import catalogue, declarations
from generator.modules.catalogue import Catalogue

VARIABLE = 'variable "a" {\n  type = number\n}\n'


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was parsed, in order."""
    names: list[str] = []
    parse = declarations.parse

    def noting(files: dict[str, bytes]) -> dict[str, Any]:
        names.extend(files)
        return parse(files)

    monkeypatch.setattr(catalogue, "parse", noting)
    return names


@pytest.fixture
def module(tmp_path: Path) -> Path:
    """A module with one variable."""
    path = tmp_path / "module"
    path.mkdir()
    (path / "variables.tf").write_text(VARIABLE)
    return path


def test_a_module_is_parsed_once(module: Path, tmp_path: Path, parsed: list[str]) -> None:
    """Asking again, or for a copy of it, parses nothing."""
    copy = tmp_path / "copy"
    copy.mkdir()
    (copy / "variables.tf").write_text(VARIABLE)
    found = Catalogue(None)
    first = found.find(str(module))
    assert first
    assert list(first.variables) == ["a"]
    assert found.find(str(module)) is first
    assert found.find(str(copy)) == first
    assert parsed == ["variables.tf"]


def test_the_shipped_modules_are_never_parsed(parsed: list[str]) -> None:
    """Their interfaces are shipped with them."""
    names = [path.name for path in Path(folder("modules")).iterdir() if path.is_dir()]
    found = Catalogue(None)
    for name in names:
        interface = found.find(str(Path(folder("modules")) / name))
        assert interface
        assert {"name", "tenant", "environment", "tags"} <= interface.variables.keys()
    assert parsed == []


def test_a_folder_without_a_module_has_no_interface(tmp_path: Path) -> None:
    """Neither one without .tf files nor one that is not there."""
    (tmp_path / "README.md").touch()
    assert Catalogue(None).find(str(tmp_path)) is None
    assert Catalogue(None).find(str(tmp_path / "gone")) is None

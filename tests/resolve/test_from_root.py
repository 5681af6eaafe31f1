"""Which Terraform tells the outputs of a root."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.rehearsal import binary
from generator.resolve.from_root import VARIABLE, output_json


def test_the_order_of_search_is_that_of_rehearse(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An argument, then DATIVO_TERRAFORM, then terraform, then tofu."""
    assert VARIABLE == binary.VARIABLE
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in ("terraform", "tofu", "mine"):
        (programs / name).write_text(f"#!/bin/sh\necho {name}\n")
        (programs / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(programs))
    root = str(tmp_path)
    monkeypatch.setenv(VARIABLE, "tofu")
    assert output_json(root, "mine") == b"mine\n"
    assert output_json(root) == b"tofu\n"
    monkeypatch.delenv(VARIABLE)
    assert output_json(root) == b"terraform\n"
    (programs / "terraform").unlink()
    assert output_json(root) == b"tofu\n"

"""What the tests of the template share."""

from __future__ import annotations

import os
from typing import Any

import yaml

from tests.scaffold.conftest import Shell


def read(shell: Shell, name: str) -> str:
    """The text of a file."""
    with open(os.path.join(shell.folder, name), encoding="utf-8") as stream:
        return stream.read()


def load(shell: Shell, name: str) -> Any:
    """A YAML file's content."""
    return yaml.safe_load(read(shell, name))


def open_text(path: str) -> str:
    """The text of a file of ours."""
    with open(path, encoding="utf-8") as stream:
        return stream.read()


def edit(shell: Shell, name: str, old: str, new: str) -> None:
    """Replace the first occurrence of a text in a file; the empty text is its beginning."""
    text = read(shell, name)
    with open(os.path.join(shell.folder, name), "w", encoding="utf-8") as stream:
        stream.write(text.replace(old, new, 1))

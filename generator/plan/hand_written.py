"""The backends of root modules that people wrote, so that no job takes their state."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from generator.errors import InputError, Place, Problem
from generator.plan.backend import address_of
from generator.plan.collisions import Claim
from generator.terraform_files import terraform_files

if TYPE_CHECKING:
    from generator.project import Project

_BACKEND = re.compile(rb'\bbackend\s+"?[a-z]|\bcloud\s*\{')
_MAX_BYTES = 1024 * 1024


def hand_written_claims(project: Project) -> list[Claim]:
    """The states of the hand-written roots of the repository.

    A backend with partial configuration, or with an expression we cannot read, tells no
    address and makes no claim.

    Raises:
        InputError: a file cannot be read.
    """
    claims: list[Claim] = []
    settings = project.settings
    found = terraform_files(project.folder, list(settings.hand_written_roots), settings.output)
    for file in found:
        try:
            with open(os.path.join(project.folder, file), "rb") as source:
                data = source.read(_MAX_BYTES)
        except OSError as error:
            message = f"cannot read the file, which may hold a backend: {error.strerror}"
            raise InputError(Problem("unreadable", message, Place(file))) from None
        if (match := _BACKEND.search(data)) is not None:
            line = data.count(b"\n", 0, match.start()) + 1
            claims += _claims(file, data, line)
    return claims


def _claims(file: str, data: bytes, line: int) -> Iterator[Claim]:
    import hcl2
    from hcl2 import SerializationOptions

    try:
        content = hcl2.loads(
            data.decode("utf-8"),
            serialization_options=SerializationOptions(strip_string_quotes=True),
        )
    except Exception:  # noqa: BLE001 - lark raises many kinds; Terraform will tell its author
        return
    for block in content.get("terraform", ()):
        for kind, body in _backends(block):
            address = address_of(kind, _plain(body), os.path.dirname(file))
            if address is not None:
                yield Claim(None, file, address, line=line)


def _backends(block: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for backend in block.get("backend", ()):
        for label, body in backend.items():
            if isinstance(body, dict):
                yield label.strip('"'), body
    for body in block.get("cloud", ()):
        if isinstance(body, dict):
            yield "cloud", body


def _plain(body: dict[str, Any]) -> dict[str, Any]:
    """The arguments as an address needs them; what is an expression is left out."""
    arguments: dict[str, Any] = {}
    for name, value in body.items():
        if isinstance(value, list) and len(value) == 1 and isinstance(value[0], dict):
            arguments[name] = _plain(value[0])
        elif not (isinstance(value, str) and "${" in value):
            arguments[name] = value
    return arguments

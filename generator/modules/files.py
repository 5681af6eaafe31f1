"""Which files of a folder are a module, and which of them declare something.

An interface is kept by the digest of the files it was read from: for the shipped modules in
``modules/interfaces.json``, for others in memory.
"""

from __future__ import annotations

import hashlib
import os
import re

from generator.files.regular import read as read_regular
from generator.files.terraform_files import TOFU, is_terraform
from generator.modules.interface import UnreadError

_MAX_BYTES = 4 * 1024 * 1024
# What the data of ``parse`` looks like: another number makes every known interface unknown.
_FORMAT = b"4\0"
# A block starts a line, or follows a comment, so a file without such a line declares nothing.
_DECLARES = re.compile(
    rb"(?:^|\*/)(?:\xef\xbb\xbf)?[ \t]*(?:variable|output|terraform)\b", re.MULTILINE
)
_OVERRIDE = re.compile(r"(?:.*_)?override\.(?:tf|tofu)(?:\.json)?", re.DOTALL)


def module_files(folder: str) -> dict[str, bytes]:
    """What Terraform and OpenTofu read of a module, by name, in the order in which it counts.

    Override files come last, and those of OpenTofu after those of the same kind for both
    (Terraform language, "Files and Configuration Structure" and "Override Files").

    Raises:
        FileNotFoundError: there is no such folder.
        UnreadError: the folder or a file cannot be read.
    """
    files = {}
    name = ""
    try:
        for name in sorted(filter(is_terraform, os.listdir(folder)), key=_rank):
            path = os.path.join(folder, name)
            if not os.path.isdir(path):
                files[name], _ = read_regular(path, most=_MAX_BYTES)
                if len(files[name]) > _MAX_BYTES:
                    raise UnreadError(name, "it is larger than 4 MiB")
    except OSError as error:
        if not name:
            raise FileNotFoundError(folder) from None
        raise UnreadError(name, error.strerror or "it cannot be read") from None
    return files


def _rank(name: str) -> tuple[bool, bool, str]:
    return bool(_OVERRIDE.fullmatch(name)), name.endswith(TOFU), name


def digest(files: dict[str, bytes]) -> str:
    """The SHA-256 of what may declare something: the files' names and contents.

    Files without ``variable``, ``output`` and ``terraform`` blocks do not matter, nor do line
    endings.
    """
    total = hashlib.sha256(_FORMAT)
    for name, data in declaring(files).items():
        content = data.replace(b"\r\n", b"\n")
        total.update(f"{name}\0{len(content)}\0".encode())
        total.update(content)
    return total.hexdigest()


def declaring(files: dict[str, bytes]) -> dict[str, bytes]:
    """The files that may declare something, in the same order."""
    return {
        name: data
        for name, data in files.items()
        if name.endswith(".json") or _DECLARES.search(data)
    }


def is_override(name: str) -> bool:
    """Whether Terraform lays a file of that name over the others."""
    return _OVERRIDE.fullmatch(name) is not None

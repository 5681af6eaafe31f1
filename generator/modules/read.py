"""Reads what a module declares with python-hcl2, or from what was read before.

Parsing takes seconds where reading takes microseconds, so an interface is kept by the
digest of the files it was read from: for the shipped modules in ``modules/interfaces.json``,
for others in the cache folder below the output.
"""

from __future__ import annotations

import hashlib
import os
import re
import textwrap
from typing import Any

from generator.errors import InputError, Place, Problem
from generator.modules.interface import Interface, ModuleOutput, ModuleVariable
from generator.modules.types import ANY, parse_type

_MAX_BYTES = 4 * 1024 * 1024
# A block starts a line, so a file without such a line declares nothing.
_DECLARES = re.compile(rb"^(?:\xef\xbb\xbf)?[ \t]*(?:variable|output)[ \t\"]", re.MULTILINE)
_HEREDOC = re.compile(r"<<(-?)\w[\w-]*\n(.*\n)?[ \t]*\w[\w-]*", re.DOTALL)
_ESCAPE = re.compile(r'\\(?:([nrt"\\])|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8}))')
_ESCAPED = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "\\": "\\"}


def module_files(folder: str) -> dict[str, bytes]:
    """The ``.tf`` files of a module, by name, in order.

    Raises:
        OSError: the folder or a file cannot be read.
    """
    files = {}
    for name in sorted(os.listdir(folder)):
        if name.endswith(".tf"):
            with open(os.path.join(folder, name), "rb") as file:
                files[name] = file.read(_MAX_BYTES)
    return files


def digest(files: dict[str, bytes]) -> str:
    """The SHA-256 of what may declare something: the files' names and contents.

    Files without ``variable`` and ``output`` blocks do not matter, nor do line endings.
    """
    total = hashlib.sha256()
    for name, data in files.items():
        if not _DECLARES.search(data):
            continue
        content = data.replace(b"\r\n", b"\n")
        total.update(f"{name}\0{len(content)}\0".encode())
        total.update(content)
    return total.hexdigest()


def parse(files: dict[str, bytes], folder: str) -> dict[str, Any]:
    """What the files declare, as plain data for JSON.

    Args:
        files: name to content.
        folder: the module's folder, for errors.

    Raises:
        InputError: a file is not HCL.
    """
    import hcl2
    from hcl2 import SerializationOptions

    options = SerializationOptions(strip_string_quotes=False, preserve_heredocs=True)
    found: dict[str, Any] = {"variables": {}, "outputs": {}}
    for name, data in files.items():
        if not _DECLARES.search(data):
            continue
        try:
            content = hcl2.loads(data.decode("utf-8-sig"), serialization_options=options)
        except Exception as error:  # lark and python-hcl2 raise many kinds
            place = Place(f"{folder}/{name}", line=getattr(error, "line", None) or 1, column=1)
            raise InputError(
                Problem("module-syntax", "this module file is not HCL", place)
            ) from error
        for block in content.get("variable", ()):
            for label, body in block.items():
                found["variables"][label.strip('"')] = _variable(body)
        for block in content.get("output", ()):
            for label, body in block.items():
                found["outputs"][label.strip('"')] = {
                    "description": _text(body.get("description", "")),
                    "sensitive": body.get("sensitive") is True,
                }
    return {key: dict(sorted(value.items())) for key, value in found.items()}


def _variable(body: dict[str, Any]) -> dict[str, Any]:
    text = str(body.get("type", "any")).strip('"')
    return {
        "type": text[2:-1] if text.startswith("${") else text,
        "description": _text(body.get("description", "")),
        "required": "default" not in body,
        "nullable": body.get("nullable") is not False,
        "sensitive": body.get("sensitive") is True,
    }


def _text(value: Any) -> str:
    """What a string literal means, which python-hcl2 gives as written.

    A quoted literal holds no line feed and a heredoc at least one, which tells them apart.
    """
    written = str(value)
    if written.startswith('"') and written.endswith('"'):
        written = written[1:-1]
    heredoc = _HEREDOC.fullmatch(written)
    if heredoc:
        body = heredoc[2] or ""
        written = textwrap.dedent(body) if heredoc[1] else body
    else:
        written = _ESCAPE.sub(_unescaped, written)
    return written.replace("$${", "${").replace("%%{", "%{").strip()


def _unescaped(match: re.Match[str]) -> str:
    return _ESCAPED[match[1]] if match[1] else chr(int(match[2] or match[3], 16))


def interface(data: dict[str, Any]) -> Interface:
    """The interface that ``parse`` found, as objects.

    A type constraint that we cannot read counts as ``any``: Terraform has the last word.
    """
    variables = {}
    for name, v in data["variables"].items():
        try:
            kind = parse_type(v["type"])
        except ValueError:
            kind = ANY
        variables[name] = ModuleVariable(
            name, kind, v["type"], v["description"], v["required"], v["nullable"], v["sensitive"]
        )
    outputs = {
        name: ModuleOutput(name, o["description"], o["sensitive"])
        for name, o in data["outputs"].items()
    }
    return Interface(variables, outputs)

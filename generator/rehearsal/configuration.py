"""What a folder of Terraform configuration declares, as far as a rehearsal needs to know.

Terraform itself says what is wrong with a configuration; here a file that cannot be read only
means that nothing is known of it.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from generator.files.regular import read as read_regular
from generator.modules.types import ANY, Type, parse_type

SUFFIXES = (".tf", ".tofu", ".tf.json", ".tofu.json")
BLOCKS = ("variable", "locals", "module")


@dataclass(frozen=True, slots=True)
class Configuration:
    """The declarations of one folder.

    Attributes:
        variables: name to type, of the input variables that have no default.
        locals: the names of all local values.
        local_modules: the relative sources of the modules that it calls, in order.
        unread: the files that could not be read.
    """

    variables: dict[str, Type]
    locals: frozenset[str]
    local_modules: tuple[str, ...]
    unread: tuple[str, ...]


def read_configuration(folder: str, sorts: tuple[str, ...] = BLOCKS) -> Configuration:
    """Read the configuration files of a folder.

    Args:
        folder: a root or a module.
        sorts: the blocks that matter; a file that holds none of them is not parsed, since
            parsing takes milliseconds.

    Raises:
        OSError: the folder or a file cannot be read.
    """
    variables: dict[str, Type] = {}
    names: set[str] = set()
    sources: dict[str, None] = {}
    unread = []
    for name in sorted(os.listdir(folder)):
        if not name.endswith(SUFFIXES):
            continue
        content = parse(os.path.join(folder, name), sorts)
        if content is None:
            unread.append(name)
            continue
        for variable, body in labelled(content, "variable"):
            if "default" not in body:
                variables[variable] = _type(str(body.get("type", "any")))
        for block in _blocks(content.get("locals")):
            names.update(key for key in block if not key.startswith("__"))
        for _, body in labelled(content, "module"):
            source = str(body.get("source", "")).strip('"')
            if source.startswith(("./", "../")):
                sources[source] = None
    return Configuration(variables, frozenset(names), tuple(sources), tuple(unread))


def parse(path: str, sorts: tuple[str, ...]) -> dict[str, Any] | None:
    """The content of one file; None where it cannot be parsed.

    Args:
        path: the file.
        sorts: the blocks that matter; without any of them nothing is parsed.

    Raises:
        OSError: the file cannot be read.
    """
    text = read_regular(path)[0].decode(errors="replace")
    if not re.search(rf'^\s*"?({"|".join(sorts)})"?\s*[:"{{\w]', text, re.MULTILINE):
        return {}
    import hcl2
    from hcl2 import SerializationOptions

    options = SerializationOptions(strip_string_quotes=True, preserve_heredocs=False)
    try:
        if path.endswith(".json"):
            content = json.loads(text)
        else:
            content = hcl2.loads(text, serialization_options=options)
    except Exception:  # noqa: BLE001 - lark and python-hcl2 raise many kinds
        return None
    return content if isinstance(content, dict) else None


def _blocks(found: Any) -> list[dict[str, Any]]:
    many = found if isinstance(found, list) else [found]
    return [block for block in many if isinstance(block, dict)]


def labelled(content: dict[str, Any], sort: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The blocks of one sort with their first label."""
    for block in _blocks(content.get(sort)):
        for label, body in block.items():
            for one in _blocks(body):
                yield label.strip('"'), one


def _type(text: str) -> Type:
    try:
        return parse_type(text[2:-1] if text.startswith("${") else text)
    except ValueError:
        return ANY

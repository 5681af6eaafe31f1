"""Reads what was generated as others read it, and tells whether a string of a job stayed one."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping

from generator.terraform_text.blocks import body_of, text_of
from tests.fuzz.world import assert_inert

# Every kind of block that a root of dativo has; nothing else may appear, whatever a job says.
_BLOCKS = {"terraform", "backend", "provider", "locals", "module", "output", "variable", "data"}
_BLOCKS |= {"removed", "moved"}
_DATA = re.compile(r"(?:aws|google|azurerm|kubernetes|databricks|terraform)_[a-z0-9_]+")


def assert_files(files: Mapping[str, str]) -> None:
    """Files of roots hold nothing that a root does not have, and nothing that hides."""
    for path, text in files.items():
        assert_inert(text)
        if path.endswith(".tf"):
            for block in body_of(text_of(text.encode())).blocks:
                assert block.type in _BLOCKS, (path, block.type)
                if block.type == "data":
                    assert _DATA.fullmatch(block.labels[0]), (path, block.labels)
                    assert block.labels[0] != "terraform_external"
        elif path.endswith(".json"):
            json.loads(text)
        elif path.endswith(".py"):
            compile(text, path, "exec")


_ESCAPE = re.compile(r'\\(?:([nrt"\\])|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))|\$\$\{|%%\{')
_SIMPLE = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "\\": "\\"}
_QUOTED = re.compile(r'"((?:[^"\\\n]|\\.)*)"')


def strings_of(text: str) -> Iterator[str]:
    """What each quoted string of a Terraform file means (HCL Native Syntax, "Template Literals").

    A string that is evaluated, since it has an interpolation in it, is told as it is written.
    """
    for line in text.splitlines():
        if line.lstrip().startswith(("#", "//")):
            continue
        for found in _QUOTED.finditer(line):
            yield _meaning(found[1])


def _meaning(inside: str) -> str:
    def decoded(match: re.Match[str]) -> str:
        if match[0] in ("$${", "%%{"):
            return match[0][1:]
        if match[1]:
            return _SIMPLE[match[1]]
        return chr(int(match[2] or match[3], 16))

    return _ESCAPE.sub(decoded, inside)

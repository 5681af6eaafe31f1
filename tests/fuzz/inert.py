"""Reads what was generated as others read it, and tells whether a string of a job became more."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

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

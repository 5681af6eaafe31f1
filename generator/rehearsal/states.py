"""States of other roots for a scratch copy: what ``terraform_remote_state`` reads in a rehearsal.

The data source is Terraform's own and no stand-in answers it: it reads a state. The copy gets one
for each other root, with the outputs that the other's rehearsal had, in place of the real one.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from typing import Any

NEEDS_FILE = "zz_dativo_rehearsal_needs_override.tf.json"
_STATE = "zz_dativo_rehearsal_{}.state.json"


def write_states(folder: str, states: Mapping[str, Mapping[str, Any]]) -> None:
    """Let data sources of a copy read states that hold these outputs.

    Args:
        folder: the copy of a root.
        states: the name of the data source to output to value.
    """
    if not states:
        return
    blocks = {}
    for label, outputs in states.items():
        file = _STATE.format(label)
        _write(folder, file, _state(outputs))
        blocks[label] = {"backend": "local", "config": {"path": file}}
    _write(folder, NEEDS_FILE, {"data": {"terraform_remote_state": blocks}})


def _write(folder: str, file: str, content: dict[str, Any]) -> None:
    with open(os.path.join(folder, file), "w", encoding="utf-8") as written:
        json.dump(content, written)


def _state(outputs: Mapping[str, Any]) -> dict[str, Any]:
    """A state of Terraform's version 4, without resources; it keeps no output that is null."""
    return {
        "version": 4,
        "terraform_version": "1.10.0",
        "serial": 1,
        "lineage": "rehearsal",
        "outputs": {
            name: {"value": value, "type": _type(value)}
            for name, value in outputs.items()
            if value is not None
        },
        "resources": [],
    }


def _type(value: Any) -> Any:
    """The type of a value as a state spells it."""
    if isinstance(value, bool):
        return "bool"
    if isinstance(value, int | float):
        return "number"
    if isinstance(value, dict):
        return ["object", {key: _type(item) for key, item in value.items()}]
    if isinstance(value, list):
        return ["tuple", [_type(item) for item in value]]
    return "dynamic" if value is None else "string"

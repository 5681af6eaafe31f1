"""What a root expects of the things that exist already, told to the stand-in clouds.

A make-believe cloud is empty: it knows a database's name from the data source that asks for it,
and nothing of its endpoint. The root says what it expects, in the postconditions of its data
sources, and a rehearsal takes that for granted: it tries the root, not the cloud. The scratch copy
hands it on as an argument of the provider that means nothing to a stand-in.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from typing import Any

from generator.rehearsal.configuration import labelled, parse
from generator.rehearsal.data_sources import CARRIERS

OVERRIDE_FILE = "zz_dativo_rehearsal_override.tf.json"
_EQUALS = re.compile(r'\$\{self\.([a-z_]+) == ("[^"\\$%]*"|[0-9]+|true|false)\}').fullmatch
_TRUE = re.compile(r"\$\{(!?)self\.([a-z_]+)\}").fullmatch


def override(root: str) -> str | None:
    """An override file for the scratch copy of a root; None where it expects nothing.

    Args:
        root: folder of the root.

    Raises:
        OSError: a file of it cannot be read.
    """
    expected: dict[str, list[Any]] = {}
    configured = set()
    for name in sorted(os.listdir(root)):
        if not name.endswith(".tf"):
            continue
        content = parse(os.path.join(root, name), ("data", "provider")) or {}
        configured |= {label for label, _ in labelled(content, "provider")}
        for kind, named in labelled(content, "data"):
            for body in named.values():
                attributes = dict(_attributes(body))
                if attributes:
                    found = [kind, _literals(body), attributes]
                    expected.setdefault(kind.partition("_")[0], []).append(found)
    blocks = {
        cloud: {CARRIERS[cloud]: _carried(cloud, things)}
        for cloud, things in expected.items()
        if cloud in CARRIERS and cloud in configured
    }
    return json.dumps({"provider": blocks}) if blocks else None


def _carried(cloud: str, things: list[Any]) -> str | list[str]:
    text = json.dumps(things)
    return [text] if cloud == "aws" else text


def _literals(body: dict[str, Any]) -> dict[str, str]:
    """The arguments that are plain text: those that say which thing is meant."""
    return {
        name: value
        for name, value in body.items()
        if isinstance(value, str) and "${" not in value and "%{" not in value
    }


def _attributes(body: Any) -> Iterator[tuple[str, Any]]:
    """What the postconditions compare with a literal."""
    for lifecycle in body.get("lifecycle") or [] if isinstance(body, dict) else []:
        for one in lifecycle.get("postcondition") or []:
            condition = str(one.get("condition"))
            if match := _EQUALS(condition):
                yield match[1], json.loads(match[2])
            elif match := _TRUE(condition):
                yield match[2], not match[1]

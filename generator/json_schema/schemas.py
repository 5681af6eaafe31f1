"""The three schemas. Each stands alone: nothing in them refers to another file or the network."""

from __future__ import annotations

import json

from generator.json_schema.asset import asset
from generator.json_schema.draft7 import Schema
from generator.json_schema.job import job
from generator.json_schema.settings import settings

COMMAND = "dativo schema --write schemas"


def schema(name: str) -> Schema:
    """One schema as plain data.

    Args:
        name: job, asset or settings.
    """
    title, body = {"job": job, "asset": asset, "settings": settings}[name]()
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$comment": f"Written from the models by: {COMMAND}",
        "title": title,
        **body,
    }


def text(name: str) -> str:
    """The text of ``schemas/NAME.schema.json``."""
    return json.dumps(schema(name), indent=2, ensure_ascii=False) + "\n"


def file_name(name: str) -> str:
    """What the file of a schema is called."""
    return f"{name}.schema.json"

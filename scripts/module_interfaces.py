"""Write modules/interfaces.json: what the shipped modules declare, by digest of their files.

Reading it spares every run the parsing of HCL, which takes a second. Run it after a change to
the variables or outputs of a module; the tests tell when it was forgotten.
"""

from __future__ import annotations

import json
import os

from generator.modules.declarations import parse
from generator.modules.files import digest, module_files
from scripts.pages import MODULES, Files, module_names

TARGET = "modules/interfaces.json"


def files() -> Files:
    """interfaces.json, read anew from the modules."""
    found = {}
    for name in module_names():
        sources = module_files(os.path.join(MODULES, name))
        found[digest(sources)] = {"module": name, **parse(sources)}
    yield TARGET, json.dumps(found, indent=1, ensure_ascii=False) + "\n"

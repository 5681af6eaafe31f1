"""Writes modules/interfaces.json: what the shipped modules declare, by digest of their files.

Reading it spares every run the parsing of HCL, which takes seconds. Run it after a change to
a module; the tests tell when it was forgotten.

    python scripts/module_interfaces.py [--check]
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from generator.modules.read import digest, module_files, parse

MODULES = Path(__file__).resolve().parent.parent / "modules"
TARGET = MODULES / "interfaces.json"


def interfaces() -> str:
    """The text of interfaces.json."""
    found = {}
    for folder in sorted(path for path in MODULES.iterdir() if path.is_dir()):
        files = module_files(os.fspath(folder))
        if files:
            found[digest(files)] = {"module": folder.name, **parse(files, folder.name)}
    return json.dumps(found, indent=1, ensure_ascii=False) + "\n"


def main() -> int:
    """Write the file, or with --check tell whether it is fresh."""
    text = interfaces()
    if "--check" in sys.argv[1:]:
        fresh = TARGET.exists() and TARGET.read_text(encoding="utf-8") == text
        if not fresh:
            print("modules/interfaces.json is stale, run: python scripts/module_interfaces.py", file=sys.stderr)
        return 0 if fresh else 1
    TARGET.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

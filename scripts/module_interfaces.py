"""Write modules/interfaces.json: what the shipped modules declare, by digest of their files.

Reading it spares every run the parsing of HCL, which takes a second. Run it after a change to
the variables or outputs of a module; the tests tell when it was forgotten.

python scripts/module_interfaces.py           writes
python scripts/module_interfaces.py --check   exit code 1 when the file is stale; writes nothing
"""

from __future__ import annotations

import json
import os
import sys

from generator.modules.declarations import parse
from generator.modules.files import digest, module_files

MODULES = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "modules")
TARGET = os.path.join(MODULES, "interfaces.json")
COMMAND = "python scripts/module_interfaces.py"


def interfaces() -> str:
    """The text of interfaces.json, read anew from the modules."""
    found = {}
    for name in sorted(os.listdir(MODULES)):
        folder = os.path.join(MODULES, name)
        if os.path.isdir(folder) and (files := module_files(folder)):
            found[digest(files)] = {"module": name, **parse(files)}
    return json.dumps(found, indent=1, ensure_ascii=False) + "\n"


def main(arguments: list[str]) -> int:
    """Write the file, or with --check tell whether it is fresh."""
    text = interfaces()
    try:
        with open(TARGET, encoding="utf-8", newline="") as file:
            fresh = file.read() == text
    except FileNotFoundError:
        fresh = False
    if not fresh and "--check" in arguments:
        print(f"modules/interfaces.json is stale, run: {COMMAND}", file=sys.stderr)
        return 1
    if not fresh:
        with open(TARGET, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        print("wrote modules/interfaces.json")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Roots of one module each that ask for the lowest versions of providers that it takes.

``python -m tests.real.lowest FOLDER`` writes one for each module; ``terraform providers mirror``
fetches from them.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from scripts.pages import MODULES, module_names

_PROVIDER = re.compile(r'(\w+) = \{\s*source\s*=\s*"([^"]+)"[^}]*?version\s*=\s*">= ([0-9.]+),')


def lowest(module: str) -> dict[str, tuple[str, str]]:
    """Provider to its source and the lowest version that a module takes, with three numbers."""
    text = Path(MODULES, module, "versions.tf").read_text("utf-8")
    return {
        name: (source, ".".join([*version.split("."), "0", "0"][:3]))
        for name, source, version in _PROVIDER.findall(text)
    }


def write(module: str, folder: Path) -> None:
    """Write a root that asks for these versions and calls nothing.

    Args:
        module: name of its folder.
        folder: where the root goes.
    """
    folder.mkdir(parents=True, exist_ok=True)
    providers = "".join(
        f'    {name} = {{\n      source  = "{source}"\n      version = "{version}"\n    }}\n'
        for name, (source, version) in lowest(module).items()
    )
    text = f"terraform {{\n  required_providers {{\n{providers}  }}\n}}\n"
    (folder / "lowest.tf").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    for name in module_names():
        write(name, Path(sys.argv[1], name))

"""Write what follows from the code: reference pages, tables, interfaces of modules, copies.

python -m scripts [--check] [NAME ...]
"""

from __future__ import annotations

import argparse
import importlib
import os
import sys

from scripts.pages import TOP, Files, read

# In order: pages are written from the interfaces, copies are made last.
SCRIPTS = (
    "module_interfaces",
    "replacements",
    "module_readmes",
    "benchmark_tables",
    "command_reference",
    "existing_table",
    "key_reference",
    "policy_table",
    "rules_table",
    "runtime_table",
    "tag_table",
    "template_copies",
    "template_pipelines",
)


def main(arguments: list[str]) -> int:
    """Write the files, or with --check tell which are stale: exit code 1."""
    parser = argparse.ArgumentParser(prog="python -m scripts", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; 1 when one is stale")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of: {', '.join(SCRIPTS)}")
    chosen = parser.parse_args(arguments)
    stale = False
    for name in chosen.names or SCRIPTS:
        files: Files = importlib.import_module(f"scripts.{name}").files()
        for path, text in files:
            if read(path) == text and not os.path.islink(os.path.join(TOP, path)):
                continue
            stale = True
            if chosen.check:
                print(f"{path} is stale, run: make derived", file=sys.stderr)
            else:
                _write(path, text)
                print(f"{'removed' if text is None else 'wrote'} {path}")
    return 1 if stale and chosen.check else 0


def _write(path: str, text: str | None) -> None:
    target = os.path.join(TOP, path)
    if text is None:
        os.unlink(target)
        return
    os.makedirs(os.path.dirname(target), exist_ok=True)
    with open(target, "w", encoding="utf-8", newline="") as stream:
        stream.write(text)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

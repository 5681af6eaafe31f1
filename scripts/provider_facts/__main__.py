"""Renew the facts of one provider: what forces a replacement, defaults, conflicts, counts.

python -m scripts.provider_facts NAME VERSION --source TREE
python -m scripts.provider_facts NAME VERSION --program FILE

The first compiles a Go program into the source tree of google, azurerm, databricks or kubernetes;
the second asks the provider itself, which aws needs: its tree takes an hour to compile.
"""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path

from generator.rehearsal.facts import write
from scripts.pages import TOP

TYPE = re.compile(r'^resource "(\w+)"', re.MULTILINE)


def used(name: str) -> list[str]:
    """The resource types of a provider that the modules make."""
    found: set[str] = set()
    for path in Path(TOP, "modules").glob("*/*.tf"):
        found.update(TYPE.findall(path.read_text(encoding="utf-8")))
    return sorted(kind for kind in found if kind.startswith(f"{name}_"))


def main(arguments: list[str]) -> int:
    """Read the facts and write them beside the schemas."""
    parser = argparse.ArgumentParser(
        prog="python -m scripts.provider_facts",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("name", help="the provider's short name")
    parser.add_argument("version", help="the version that is read")
    where = parser.add_mutually_exclusive_group(required=True)
    where.add_argument("--source", metavar="TREE", help="its source tree; needs Go")
    where.add_argument("--program", metavar="FILE", help="the provider itself")
    options = parser.parse_args(arguments)
    kinds = used(options.name)
    if options.source:
        from scripts.provider_facts import from_source

        found = from_source.facts(options.name, options.source, kinds)
    else:
        from scripts.provider_facts import by_plan

        found = by_plan.facts(options.name, options.program, kinds)
    write(options.name, options.version, found)
    print(f"{options.name} {options.version}: {len(found)} of {len(kinds)} resource types")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Copier, once a root, in one process: ``run_copier.py MATERIAL TEMPLATES OUTPUT``."""

import json
import sys

from copier import run_copy


def main(material: str, templates: str, output: str) -> None:
    """Render every root from the template of its kind."""
    with open(material, encoding="utf-8") as stream:
        roots = json.load(stream)
    for root in roots:
        run_copy(
            f"{templates}/{root['kind']}",
            f"{output}/{root['folder']}",
            data={"files": root["files"]},
            defaults=True,
            quiet=True,
        )


if __name__ == "__main__":
    main(*sys.argv[1:])

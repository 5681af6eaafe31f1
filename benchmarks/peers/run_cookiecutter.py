"""Cookiecutter, once a root, in one process: ``run_cookiecutter.py MATERIAL TEMPLATES OUTPUT``."""

import json
import sys

from cookiecutter.main import cookiecutter


def main(material: str, templates: str, output: str) -> None:
    """Render every root from the template of its kind.

    Names that start with an underscore are taken as they are; others it would render as templates.
    """
    with open(material, encoding="utf-8") as stream:
        roots = json.load(stream)
    for root in roots:
        cookiecutter(
            f"{templates}/{root['kind']}",
            no_input=True,
            extra_context={"folder": root["folder"], "_files": root["files"]},
            output_dir=output,
            overwrite_if_exists=True,
        )


if __name__ == "__main__":
    main(*sys.argv[1:])

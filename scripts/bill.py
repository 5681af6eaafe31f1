"""Completes a bill of materials (CycloneDX): ``python -m scripts.bill FILE``.

The version of the distribution is not in pyproject.toml, so the tool that wrote the file leaves it
out, and with it the package URL by which others find it.
"""

from __future__ import annotations

import json
import sys

from generator.version import __version__


def main(path: str) -> None:
    """Put version and package URL of the distribution into a file."""
    with open(path, encoding="utf-8") as stream:
        bill = json.load(stream)
    root = bill["metadata"]["component"]
    root["version"] = __version__
    root["purl"] = f"pkg:pypi/{root['name']}@{__version__}"
    with open(path, "w", encoding="utf-8") as stream:
        json.dump(bill, stream, indent=2, sort_keys=True)
        stream.write("\n")


if __name__ == "__main__":
    main(sys.argv[1])

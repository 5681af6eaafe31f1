"""Measures audits of large exports: ``python -m tests.audit.measure [MEGABYTES]``.

Prints the table of docs/audit.md: for an export of each kind, made for it and removed again, the
seconds and the most memory of a process that audits it against one job. Nothing of ours is in
them, so that what is measured is reading. The first line is of an export with nothing in it.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.rules.conftest import JOB, MODULES

_TAGS = {f"Tag{number:02d}": f"value {number}" for number in range(20)}
# Kind to what stands before, between and after its entries, and an entry.
KINDS: dict[str, tuple[str, str, str, Any]] = {
    "aws resourcegroupstaggingapi get-resources": (
        '{"ResourceTagMappingList": [\n',
        ",\n",
        "]}",
        {
            "ResourceARN": "arn:aws:s3:::web-NUMBER",
            "Tags": [{"Key": key, "Value": value} for key, value in _TAGS.items()],
        },
    ),
    "gcloud asset search-all-resources": (
        "[\n",
        ",\n",
        "]",
        {
            "name": "//storage.googleapis.com/web-NUMBER",
            "assetType": "storage.googleapis.com/Bucket",
            "labels": {key.lower(): "value" for key in _TAGS},
        },
    ),
    "az graph query": (
        '{"data": [\n',
        ",\n",
        "]}",
        {
            "id": "/subscriptions/s/resourceGroups/web/providers/Microsoft.Web/sites/web-NUMBER",
            "type": "microsoft.web/sites",
            "tags": _TAGS,
        },
    ),
    "terraform show -json": (
        '{"format_version":"1.0","values":{"root_module":{"child_modules":[{"resources":[',
        ",",
        "]}]}}}",
        {
            "address": "module.web.aws_s3_bucket.this[NUMBER]",
            "mode": "managed",
            "type": "aws_s3_bucket",
            "provider_name": "registry.terraform.io/hashicorp/aws",
            "values": {"bucket": "web-NUMBER", "policy": "x" * 1500, "tags_all": _TAGS},
        },
    ),
}


def written(file: Path, kind: str, size: int) -> int:
    """Write an export of some number of bytes; returns how many entries it has."""
    before, between, after, entry = KINDS[kind]
    text, number = json.dumps(entry), 0
    with file.open("w", encoding="utf-8") as out:
        out.write(before)
        while number == 0 or out.tell() < size:
            out.write(between if number else "")
            for _ in range(1000):
                out.write((between if _ else "") + text.replace("NUMBER", f"{number:07d}"))
                number += 1
        out.write(after)
    return number


def lines(size: int, folder: Path) -> Iterator[str]:
    """The lines of the table."""
    (folder / "jobs").mkdir()
    (folder / "jobs/orders.yaml").write_text(JOB, encoding="utf-8")
    (folder / "dativo.yaml").write_text(MODULES, encoding="utf-8")
    export = folder / "export.json"
    export.write_text('{"ResourceTagMappingList": []}', encoding="utf-8")
    yield f"| nothing | 0 | 0 MB | {_run(folder, export)} |"
    for kind in KINDS:
        number = written(export, kind, size)
        megabytes = export.stat().st_size / 1e6
        yield f"| `{kind}` | {number:,} | {megabytes:,.0f} MB | {_run(folder, export)} |"


def _run(folder: Path, export: Path) -> str:
    """Seconds of CPU and the most memory of an audit, in a process whose children are only it."""
    code = (
        "import resource, subprocess, sys\n"
        "done = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL)\n"
        "used = resource.getrusage(resource.RUSAGE_CHILDREN)\n"
        "print(done.returncode, used.ru_utime + used.ru_stime, used.ru_maxrss)\n"
    )
    audit = [sys.executable, "-m", "generator", "audit", "--project", str(folder), str(export)]
    done = subprocess.run(
        [sys.executable, "-c", code, *audit], check=True, capture_output=True, text=True
    )
    status, seconds, most = done.stdout.split()
    if status != "0":
        raise SystemExit(f"the audit ended with {status}: {done.stderr}")
    unit = 1 if sys.platform == "darwin" else 1024
    return f"{float(seconds):.1f} s | {int(most) * unit / 2**20:,.0f} MiB"


def main() -> None:
    """Print the table."""
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    sys.stdout.write(
        "| export | resources | size | CPU | memory at most |\n|---|---|---|---|---|\n"
    )
    with tempfile.TemporaryDirectory() as folder:
        for line in lines(size * 1_000_000, Path(folder)):
            sys.stdout.write(f"{line}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()

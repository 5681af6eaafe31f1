"""The tables of spellings: complete, without doubles, and as the page about them has them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from generator.dialects.keys import older, sections
from generator.dialects.names import NAMES
from generator.dialects.spellings import SPELLINGS, Spelling
from tests.dialects.projects import job, translated

PAGE = (Path(__file__).parent.parent.parent / "docs" / "dialects.md").read_text(encoding="utf-8")
# What a key holds where any text will not do.
VALUES = {
    "runtime.compute.gpu": "false",
    "storage.encryption.enabled": "true",
    "runtime.compute.cpu": "1",
    "compute.cpu": "1",
    "compute.task_cpu": "1",
    "runtime.cpu_units": "1",
    "runtime_environment.cpu_units": "1",
    "vcpu": "1",
    "outputs": "{cluster: output.sentinel}",
    "dagster": "{repository: sentinel}",
    "terraform.backend_config": "{bucket: sentinel}",
    "terraform.backend.config": "{bucket: sentinel}",
    "resources.database": "{endpoint: sentinel}",
    "resources.cache": "{endpoint: sentinel}",
    "resources.queue": "{url: sentinel}",
    "resources.secrets": "{kms_key_id: sentinel}",
    "cloud_provider": "aws",
}
OPEN = ("tags", "variables", "labels", "annotations", "vars", "custom")


def test_each_once() -> None:
    """A spelling stands in one table, and none is canonical."""
    counted = Counter(spelling.written for spelling in SPELLINGS)
    assert [name for name, times in counted.items() if times > 1] == []
    canonical = {".".join((*at, key)) for at, keys in sections().items() for key in keys}
    assert not canonical & set(counted)


@pytest.mark.parametrize("spelling", SPELLINGS, ids=lambda spelling: spelling.written)
def test_is_read(spelling: Spelling) -> None:
    """Every spelling can be read: what it says stands in the canonical document, or something is
    said about it at its line. Where it went is known.
    """
    value = VALUES.get(spelling.written, "sentinel")
    if spelling.written.endswith(OPEN):
        value = "{key: sentinel}"
    *above, last = spelling.written.split(".")
    lines = ["provider: aws"] if spelling.canonical != "provider" else []
    lines += ["  " * depth + f"{key}:" for depth, key in enumerate(above)]
    lines.append("  " * len(above) + f"{last}: {value}")
    if spelling.written.endswith("module_version"):
        lines.append("  module_source: git::https://example.com/a.git")
    elif spelling.written == "module.version":
        lines.append("  source: git::https://example.com/a.git")
    translation = translated(job("\n".join(lines)))
    said = "sentinel" in str(translation.document) or bool(translation.warnings)
    assert said or value in ("1", "true", "false", "aws")
    if spelling.canonical[0] not in "*":
        written = ("infrastructure", *spelling.written.split("."))
        assert any(at[: len(written)] == written for at in translation.moved.values())
    assert translation.document["tenant_id"] == "acme"


def test_page_of_keys() -> None:
    """The page has every spelling, with what it is today."""
    for path, spelling in older().items():
        today = spelling.canonical.lstrip("/")
        row = f"| `{'.'.join(path)}` | "
        row += f"`{today}`" if today[0] != "*" else ""
        assert row in PAGE, row


def test_page_of_runtimes() -> None:
    """And every former name of a runtime."""
    for name, (cloud, today) in NAMES.items():
        assert f"| `{name}` | {cloud} | `{today}` |" in PAGE

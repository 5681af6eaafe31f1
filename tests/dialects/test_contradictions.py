"""What a job says twice: once is taken, and two versions are an error at their lines."""

from __future__ import annotations

import pytest

from tests.dialects.projects import job, refused, translated

# Bad input
TWO_VERSIONS = """\
terraform:
  module_source: git::https://x/y.git?ref=v1.2.0
  module_version: 1.3.0
"""


@pytest.mark.parametrize(
    ("infrastructure", "lines"),
    [
        ("runtime: {memory: 4096}\ncompute: {memory: 4Gi}\n", [4, 5]),
        ("compute: {memory: 4096}\nruntime:\n  compute: {memory: 2048}\n", [4, 6]),
        ("provider: gcp\ncompute: {cpu: 2048}\n", [5]),
        (TWO_VERSIONS, [5, 6]),
        ("storage: {bucket: a, data_bucket: b}\n", [4, 4]),
        ("runtime: ecs\ncompute: {cpu: 1}\n", [4]),
        ("compute: [a]\nruntime: {platform: x}\n", [4]),
        ("metadata: {tags: {a: b}}\ntags: {a: c}\n", [4, 5]),
        ("tags: {a: b}\nmetadata: {tags: {a: b}, owner: c}\n", [5]),
        ("networking: {vpc: x}\n", [4]),
    ],
)
def test_contradictions(infrastructure: str, lines: list[int]) -> None:
    """Two spellings with different values are told at both lines; nothing is half read."""
    assert [int(told.split(":")[0]) for told in refused(job(infrastructure))] == lines


def test_same_value_twice() -> None:
    """Two spellings with one value are fine."""
    document = translated(job("runtime: {memory: 4Gi}\ncompute: {memory: 4Gi}\n")).document
    assert document["infrastructure"] == {"runtime": {"memory": "4Gi"}}

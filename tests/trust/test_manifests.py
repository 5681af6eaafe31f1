"""Tombstones: a manifest that somebody edited may name no more than a job may."""

from __future__ import annotations

import json

import pytest

from tests.repository import Repository
from tests.trust.test_fields import KUBERNETES

TRUST = """\
defaults:
  infrastructure: {terraform: {backend: {type: s3, bucket: acme-state, region: eu-west-1}}}
trust:
  commands: ["aws eks get-token **"]
  clusters: ["*.acme.example"]
  backends: []
  identities: []
"""
JOB = KUBERNETES.replace(
    "  terraform: {backend: {type: s3, bucket: acme-state, region: eu-west-1}}\n", ""
) % {
    "endpoint": "https://k8s.acme.example",
    "command": "aws",
    "args": "[eks, get-token]",
    "env": "{}",
}


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("", "", ""),
        ('"aws"', '"/bin/sh"', "trust.commands"),
        ("k8s.acme.example", "evil.example", "trust.clusters"),
        ("dativo/acme/prod/orders/", "dativo/globex/prod/orders/", "trust.backends"),
        ('"acme-state"', '"other-state"', "trust.backends"),
    ],
)
def test_a_retired_root(repository: Repository, before: str, after: str, told: str) -> None:
    """Its tombstone is written from what dativo wrote, and refused where that was changed."""
    settings = TRUST + (repository.folder / "dativo.yaml").read_text()
    repository.write("dativo.yaml", settings)
    repository.write("jobs/orders.yaml", JOB)
    done = repository.run("generate")
    assert done.code == 0, done.err
    (repository.folder / "jobs/orders.yaml").unlink()
    manifest = repository.root("orders") / ".dativo.json"
    text = manifest.read_text()
    assert before in text
    changed = text.replace(before, after) if before else text
    json.loads(changed)
    manifest.write_text(changed)
    done = repository.run("generate", "--retire", str(repository.folder / "jobs/orders.yaml"))
    if not told:
        assert done.code == 0, done.err
    else:
        assert done.code == 1 and told in done.err
        assert "generated/acme/orders/prod/.dativo.json: error: " in done.err

"""OpenTofu takes the generated roots as well."""

from __future__ import annotations

import os
import shutil

import pytest

from generator.rehearsal.binary import find_terraform
from generator.rehearsal.mirror import Mirror
from generator.rehearsal.rehearse import rehearse_root
from tests.terraform.roots import Root, committed_roots

pytestmark = [
    pytest.mark.terraform,
    pytest.mark.skipif(
        shutil.which("tofu") is None,
        reason="no tofu on PATH; PyPI, where these tests get their programs, has no build of it",
    ),
]

ONE_PER_CLOUD = {root.job.split("/")[-1]: root for root in committed_roots()}
CHOSEN = ("stripe-customers.yaml", "exchange-rates.yaml", "hubspot-contacts.yaml")


@pytest.mark.parametrize("root", [ONE_PER_CLOUD[name] for name in CHOSEN], ids=lambda r: r.called)
def test_opentofu_applies_a_root(root: Root, mirror: Mirror) -> None:
    """One root of each cloud goes through init, apply, an empty second plan and destroy."""
    tofu = find_terraform("tofu", mirror)
    report = rehearse_root(os.fspath(root.folder), terraform=tofu, mirror=mirror)
    assert (report.errors, report.ok) == ((), True)

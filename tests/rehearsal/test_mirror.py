"""The mirror: written once, by whoever comes first, and quick to start plugins from."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from generator.errors import RehearsalError
from generator.rehearsal import mirror as mirror_module
from generator.rehearsal.mirror import Mirror, write_mirror

ROOT = Path(__file__).resolve().parents[2]


def test_writers_at_the_same_time_share_one_mirror(tmp_path: Path) -> None:
    """Two at once get the same folder, and nothing else is left beside it."""
    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(lambda _: write_mirror(str(tmp_path)), range(2)))
    assert found[0] == found[1]
    assert os.listdir(tmp_path) == [os.path.basename(found[0].folder)]


def test_a_mirror_is_not_written_twice(mirror: Mirror) -> None:
    """The second call leaves every file as it was."""
    before = os.stat(mirror.cli_config).st_mtime_ns
    assert write_mirror(os.path.dirname(mirror.folder)) == mirror
    assert os.stat(mirror.cli_config).st_mtime_ns == before


def test_another_checkout_has_a_mirror_of_its_own(
    monkeypatch: pytest.MonkeyPatch, mirror: Mirror
) -> None:
    """The name of a mirror depends on where the package stands."""
    mine = mirror_module._key()
    monkeypatch.setattr(mirror_module, "HERE", "/elsewhere/generator/rehearsal")
    monkeypatch.setattr(mirror_module, "SOURCES", ())
    assert mirror_module._key() != mine


def test_the_key_of_the_plugins_is_private(mirror: Mirror) -> None:
    """Only its owner may read it, though it guards nothing but a local socket."""
    assert os.stat(os.path.join(mirror.folder, "compiled", "plugin.key")).st_mode & 0o077 == 0


def test_both_registries_hold_every_stand_in(mirror: Mirror) -> None:
    """Terraform and OpenTofu find the same providers, each under its own registry."""
    hosts = [os.path.join(mirror.folder, "mirror", host) for host in mirror_module.HOSTS]
    terraform, tofu = ({p.relative_to(h) for p in Path(h).rglob("*")} for h in hosts)
    assert terraform == tofu
    assert {"hashicorp/aws", "azure/azapi", "databricks/databricks"} <= mirror.versions().keys()


def test_a_plugin_imports_nothing_that_it_does_not_need() -> None:
    """Terraform starts plugins all the time: what is slow to import stays out of them."""
    code = (
        "import sys; from generator.rehearsal.protocol import plugin, servicer;"
        "from generator.rehearsal.rules import aws, azurerm, google, kubernetes;"
        "print(*sys.modules)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    slow = {"cryptography", "google", "hcl2", "jinja2", "lark", "pydantic", "tf", "yaml"}
    assert not slow & set(ran.stdout.split())


def test_a_plugin_is_not_run_by_hand(mirror: Mirror) -> None:
    """Whoever starts one is told what it is."""
    plugin = next(Path(mirror.folder).rglob("terraform-provider-time_v*"))
    ran = subprocess.run([plugin], capture_output=True, text=True, env={}, check=False)
    assert (ran.returncode, ran.stderr.startswith("This is a Terraform plugin")) == (1, True)


def test_a_missing_extra_is_told_with_its_command(monkeypatch: pytest.MonkeyPatch) -> None:
    """The message names what is missing and the pip command."""
    monkeypatch.setattr(mirror_module, "NEEDED", {"grpcio": "no_such_module"})
    with pytest.raises(RehearsalError, match=r"grpcio.*pip install 'dativo-generator\[rehearse\]'"):
        write_mirror()

"""``make publish``: each version of the documentation beside those before it."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from tests.docs.examples import ROOT
from tests.packaging.checkout import copy_to

_SITE = ROOT / ".venv-site"
pytestmark = [
    pytest.mark.deep,
    pytest.mark.xdist_group("site"),
    pytest.mark.skipif(not _SITE.exists(), reason="make .venv-site/.dativo-ready"),
    pytest.mark.skipif(os.name == "nt", reason="make publish runs on Linux"),
]


def _git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        ["git", "-C", str(folder), *arguments], check=True, capture_output=True, text=True
    )
    return done.stdout


def test_versions_stand_beside_each_other(tmp_path: Path) -> None:
    """Two releases, published from a clone and pushed as CI does: both are there, ``latest`` and
    the first page lead to the newer one, and the branch at hand is as it was.
    """
    host, clone = tmp_path / "host.git", Path(copy_to(str(tmp_path / "clone")))
    subprocess.run(["git", "init", "--quiet", "--bare", str(host)], check=True)
    _git(clone, "init", "--quiet", "--initial-branch", "main")
    _git(clone, "config", "user.name", "release")
    _git(clone, "config", "user.email", "release@acme.example")
    _git(clone, "remote", "add", "origin", str(host))
    _git(clone, "add", "--all")
    _git(clone, "commit", "--quiet", "--message", "all")
    venv = ROOT / ".venv"
    # What was set up for these tests will do, however old it is.
    kept = [f"--old-file={place}/.dativo-ready" for place in (venv, _SITE)]
    for version in ("1.0.0", "1.1.0"):
        command = ["make", "publish", f"VENV={venv}", f"VERSION={version}", *kept]
        done = subprocess.run(command, cwd=clone, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        _git(clone, "push", "--quiet", "origin", "gh-pages")

    def shown(path: str) -> str:
        return _git(host, "show", f"gh-pages:{path}")

    versions = json.loads(shown("versions.json"))
    assert [(one["version"], one["aliases"]) for one in versions] == [
        ("1.1.0", ["latest"]),
        ("1.0.0", []),
    ]
    assert "latest/" in shown("index.html")
    assert shown("latest") == "1.1.0"
    for version in ("1.0.0", "1.1.0"):
        assert "<title>" in shown(f"{version}/index.html")
    report = shown("1.1.0/report-of-this-repository.html")
    assert "acme/stripe-customers/prod" in report and "/blob/main/FILE" in report
    assert "report-of-this-repository.html" in shown("1.1.0/report.html")
    assert _git(clone, "branch", "--show-current").strip() == "main"
    assert _git(clone, "status", "--porcelain") == ""

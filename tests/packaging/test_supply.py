"""What is released can be traced: pinned workflows, equal builds, no silent audit."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator import __version__
from generator.ci.actions import ACTIONS
from scripts import bill
from tests.packaging.checkout import ROOT, copy_to
from tests.packaging.test_distributions import build
from tests.packaging.test_fresh_clone import environment

WORKFLOWS = sorted(Path(ROOT, ".github", "workflows").glob("*.yml"))
BIN = Path(sys.executable).parent
LOCKS = sorted(
    path.relative_to(ROOT).as_posix()
    for path in Path(ROOT, "requirements").glob("*.txt")
    if ".overrides" not in path.name
)


def steps(path: Path) -> Iterator[dict[str, Any]]:
    """Every step of a workflow."""
    for job in yaml.safe_load(path.read_text("utf-8"))["jobs"].values():
        yield from job["steps"]


def test_workflows_are_what_github_reads() -> None:
    """actionlint, which asks shellcheck of their steps, has nothing to say of our own workflows."""
    command = [str(BIN / "actionlint"), "-shellcheck", str(BIN / "shellcheck")]
    done = subprocess.run(
        [*command, *map(str, WORKFLOWS)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.stdout, done.returncode) == ("", 0)


def test_dependabot_reads_its_settings() -> None:
    """The settings of Dependabot keep the schema that SchemaStore publishes."""
    command = [str(BIN / "check-jsonschema"), "--builtin-schema", "vendor.dependabot"]
    path = os.path.join(ROOT, ".github", "dependabot.yml")
    done = subprocess.run([*command, path], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_actions_are_pinned(path: Path) -> None:
    """Every action is named by a commit, with its release beside it; one that the pipelines of
    users have too is the same there, so that whoever moves one moves both.
    """
    known = {name: (commit, tag) for name, commit, tag in ACTIONS.values()}
    for name, reference in re.findall(r"uses: ([\w./-]+)@(.*)", path.read_text("utf-8")):
        match = re.fullmatch(r"([0-9a-f]{40}) # (v[\d.]+)", reference)
        assert match is not None, f"{name}@{reference}"
        assert known.get(name, match.groups()) == match.groups()


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_may_little(path: Path) -> None:
    """A workflow reads the repository and no more, but for the jobs that attest and publish; it
    leaves no credential in the checkout, and every job ends.
    """
    content = yaml.safe_load(path.read_text("utf-8"))
    assert content["permissions"] == {"contents": "read"}
    for name, job in content["jobs"].items():
        assert job["timeout-minutes"] <= 120
        assert "permissions" not in job or (path.name, name) in {
            ("release.yml", "attest"),
            ("release.yml", "publish"),
            ("site.yml", "publish"),
        }
    for step in steps(path):
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] is False


def test_make_targets_of_workflows_exist() -> None:
    """What a workflow asks of make is a target."""
    text = Path(ROOT, "Makefile").read_text("utf-8")
    told = {
        target
        for path in WORKFLOWS
        for step in steps(path)
        for target in re.findall(r"\bmake (?:-C \S+ )?([a-z]+)", step.get("run", ""))
    }
    assert {"dist", "audit", "lowest"} <= told
    assert told <= set(re.findall(r"^([a-z]+):", text, re.MULTILINE))


@pytest.mark.packaging
@pytest.mark.parametrize("kind", ["wheel", "sdist"])
def test_two_builds_are_equal(kind: str, tmp_path: Path) -> None:
    """Two builds of one commit are the same bytes, wherever, whenever and as whom they are made."""
    made = []
    for number, mask in enumerate((0o022, 0o077)):
        before = os.umask(mask)
        try:
            source = copy_to(str(tmp_path / ("further/" * number) / "checkout"))
            for folder, _, names in os.walk(source):
                for name in names:
                    os.utime(os.path.join(folder, name), (number + 10**9, number + 10**9))
                    os.chmod(os.path.join(folder, name), 0o666 & ~mask)
            made.append(Path(build(kind, source, str(tmp_path / f"dist{number}"))))
        finally:
            os.umask(before)

    assert made[0].name == made[1].name
    assert made[0].read_bytes() == made[1].read_bytes()


def test_the_bill_names_the_version(tmp_path: Path) -> None:
    """A bill of materials says of which version it is, and the address by which others find it."""
    path = tmp_path / "bill.json"
    path.write_text(json.dumps({"metadata": {"component": {"name": "dativo-generator"}}}), "utf-8")

    bill.main(str(path))

    component = json.loads(path.read_text("utf-8"))["metadata"]["component"]
    assert component["version"] == __version__
    assert component["purl"] == f"pkg:pypi/dativo-generator@{__version__}"


class _Advisories(BaseHTTPRequestHandler):
    """Answers as OSV does: that something is known of one package, and nothing of others."""

    def do_POST(self) -> None:
        """One query about one package."""
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["package"]["name"]
        server: Any = self.server
        server.asked.append(asked)
        known = {"id": "PYSEC-0000-1", "affected": [], "details": "an invention", "aliases": []}
        answer = json.dumps({"vulns": [known]} if asked == server.bad else {}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@pytest.mark.deep
@pytest.mark.packaging
@pytest.mark.parametrize("bad", ["", "jinja2"])
def test_the_audit_asks_about_every_pin(bad: str, tmp_path: Path) -> None:
    """`make audit` asks about every package of every lock that is for this machine; it fails when
    something is known of one, whichever lock it is in, and when nobody answers.
    """
    assert shutil.which("make")
    server: Any = ThreadingHTTPServer(("127.0.0.1", 0), _Advisories)
    server.asked, server.bad = [], bad
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        done = audit(f"http://127.0.0.1:{server.server_port}/v1/query", tmp_path)
    finally:
        server.shutdown()
        server.server_close()

    assert (done.returncode == 0) == (not bad), done.stdout + done.stderr
    assert [line for line in done.stdout.splitlines() if line in LOCKS] == LOCKS
    for lock in LOCKS:
        text = Path(ROOT, lock).read_text("utf-8")
        plain = re.findall(r"^([\w.-]+)==[^;\n]+\\$", text, re.MULTILINE)
        assert set(plain) <= set(server.asked)
    assert ("jinja2" in done.stdout and "PYSEC-0000-1" in done.stdout) == bool(bad)


@pytest.mark.deep
@pytest.mark.packaging
def test_an_audit_without_an_answer_fails(tmp_path: Path) -> None:
    """An advisory service that cannot be reached is no clean bill."""
    assert audit("http://127.0.0.1:1/v1/query", tmp_path).returncode != 0


def audit(url: str, cache: Path) -> subprocess.CompletedProcess[str]:
    """`make audit` with an advisory service at this address."""
    service = f"--vulnerability-service osv --osv-url {url} --cache-dir {cache}"
    return subprocess.run(
        ["make", "--no-print-directory", "audit", f"ADVISORIES={service}"],
        cwd=ROOT,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )

"""``dativo rehearse`` as a command: what it prints and how it exits."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.commands.rehearse import rehearse, variables_of
from generator.errors import UsageError
from generator.rehearsal import mirror as mirror_module
from generator.rehearsal.mirror import Mirror

ROOT = """
locals {
  tags = { CostCenter = "FIN-001" }
}
resource "aws_sns_topic" "tagged" {
  name = "a"
  tags = local.tags
}
resource "aws_sns_topic" "bare" {
  name = "b"
}
resource "aws_iam_role_policy_attachment" "x" {
  role       = "x"
  policy_arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
}
"""


@pytest.fixture(autouse=True)
def own_mirror(mirror: Mirror, monkeypatch: pytest.MonkeyPatch) -> None:
    """The mirror of the run instead of the one in the user's cache."""
    base = str(Path(mirror.folder).parent)
    monkeypatch.setattr(mirror_module, "default_base", lambda: base)


@pytest.mark.terraform
def test_all_generated_roots_are_rehearsed(
    make_root: Callable[..., str],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Every folder with a manifest, a tombstone too; the table says which resource lacks what."""
    manifest = {".dativo.json": "{}"}
    make_root("aws", ROOT, manifest, folder="generated/acme/job/dev")
    make_root("aws", "", manifest, folder="generated/acme/gone/dev")
    make_root("aws", "nonsense", folder="generated/acme/notes")
    assert rehearse([], project_dir=str(tmp_path)) == 1
    told = capsys.readouterr().out
    assert "aws_sns_topic.bare                MISSING CostCenter\n" in told
    assert "aws_sns_topic.tagged              all 1\n" in told
    assert "aws_iam_role_policy_attachment.x  cannot have any\n" in told
    assert "2 roots: 1 fine, 1 not;" in told
    assert "3 resources: 1 with all tags, 1 without, 1 that cannot have any\n" in told


def test_a_root_that_is_not_there_does_not_stop_the_others(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It gets a report of its own, and the command fails."""
    gone = str(tmp_path / "gone")
    assert rehearse([gone], project_dir=str(tmp_path), format="json") == 1
    (report,) = json.loads(capsys.readouterr().out)
    assert "gone cannot be read" in report["steps"][0]["diagnostics"][0]["summary"]


def test_without_terraform_the_command_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line on standard error, no traceback."""
    assert rehearse([], project_dir=str(tmp_path), terraform="/gone/terraform") == 1
    assert capsys.readouterr().err == ("dativo: /gone/terraform (--terraform): no such program\n")


def test_variables_from_the_command_line() -> None:
    """Text stays text, whatever it looks like; lists and maps are JSON."""
    assert variables_of(["a=1.10", "b=[1]", 'c={"d": "e=f"}', "g="]) == {
        "a": "1.10",
        "b": [1],
        "c": {"d": "e=f"},
        "g": "",
    }
    for wrong in ("a", "=1", "a=[1"):
        with pytest.raises(UsageError):
            variables_of([wrong])

"""``check --diff`` and ``generate --dry-run`` show what would be written, and write nothing."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from tests.changes.conftest import Compared

MANIFEST = "generated/acme/orders/prod/.dativo.json"


def _everything(folder: Path) -> dict[str, tuple[int, int]]:
    """Every file and folder with its time and size; of git's own none."""
    return {
        str(path): (path.lstat().st_mtime_ns, path.lstat().st_size)
        for path in folder.rglob("*")
        if ".git" not in path.parts
    }


def test_a_dry_run_writes_nothing(compared: Compared) -> None:
    """Neither roots nor notes nor what is kept for the next run; the exit code is generate's."""
    compared.git("clean", "--quiet", "-ffdx")
    compared.edit("jobs/orders.yaml", "memory: 2Gi", "memory: 4Gi")
    compared.job("clicks")
    (compared.folder / "jobs/refunds.yaml").unlink()
    before = _everything(compared.folder)
    done = compared.run("generate", "--dry-run")
    assert done.code == 0
    assert _everything(compared.folder) == before
    assert "-  memory_mib      = 2048\n+  memory_mib      = 4096\n" in done.out
    assert (
        "new file mode 100644\n--- /dev/null\n+++ b/generated/acme/clicks/prod/main.tf\n"
        in done.out
    )
    assert "deleted file mode 100644\n--- a/generated/acme/refunds/prod/main.tf\n" in done.out
    assert done.out.endswith("4 roots: 1 created, 1 changed, 1 retired, 1 unchanged\n")
    assert "nothing was written" in done.err


def test_git_applies_what_a_dry_run_shows(compared: Compared) -> None:
    """The patch makes of the roots what generate makes of them."""
    compared.edit("jobs/orders.yaml", "memory: 2Gi", "memory: 4Gi")
    compared.job("clicks")
    patch = compared.run("generate", "--dry-run", "--format", "json").document["diff"]
    subprocess.run(["git", "apply", "-"], cwd=compared.folder, input=patch.encode(), check=True)
    applied = compared.contents()
    assert compared.run("check", "--diff").out.startswith("4 roots")
    compared.generate()
    assert compared.contents() == applied


def test_check_shows_what_is_stale(compared: Compared) -> None:
    """The diff stands below the roots that are stale, and in the JSON document."""
    compared.edit("jobs/orders.yaml", "memory: 2Gi", "memory: 4Gi")
    done = compared.run("check", "--diff")
    assert done.code == 2
    assert done.out.startswith("generated/acme/orders/prod is stale")
    assert "\n+  memory_mib      = 4096\n" in done.out
    document = compared.run("check", "--diff", "--format", "json").document
    assert document["diff"] in done.out
    assert "diff" not in compared.run("check", "--format", "json").document


def test_a_file_that_was_edited_by_hand(compared: Compared) -> None:
    """It is shown as --force would replace it; a dry run refuses what a run refuses."""
    compared.edit("generated/acme/orders/prod/main.tf", "2048", "1024")
    done = compared.run("check", "--diff")
    assert done.code == 2
    assert "-  memory_mib      = 1024\n+  memory_mib      = 2048\n" in done.out
    refused = compared.run("generate", "--dry-run")
    assert (refused.code, refused.out) == (1, "")
    assert compared.run("generate", "--dry-run", "--force").code == 0


def test_other_formats_have_no_place_for_a_diff(compared: Compared) -> None:
    """An option that would be ignored is refused."""
    for command in (("check", "--diff"), ("generate", "--dry-run")):
        done = compared.run(*command, "--format", "sarif")
        assert done.code == 1
        assert "goes with --format text or json" in done.out


def test_names_that_git_quotes(compared: Compared) -> None:
    """A folder with a blank, or with letters that are not ASCII, gives a patch that git applies."""
    shutil.rmtree(compared.folder / "generated")
    compared.write(
        "dativo.yaml", (compared.folder / "dativo.yaml").read_text() + "output: mes états\n"
    )
    patch = compared.run("generate", "--dry-run", "--format", "json").document["diff"]
    done = subprocess.run(
        ["git", "apply", "--numstat", "-"],
        cwd=compared.folder,
        input=patch.encode(),
        check=True,
        capture_output=True,
    )
    assert os.fsdecode(done.stdout).count('"mes \\303\\251tats/') == 24

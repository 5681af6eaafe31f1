"""The benchmark script measures what it says, each case from where it has to start."""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path

import pytest

from benchmarks.__main__ import main
from benchmarks.cases import CASES, Place, missing
from benchmarks.programs import Call, Programs, UnexpectedEndError

BIN = os.path.dirname(sys.executable)


def test_a_run_is_whole_processes(tmp_path: Path) -> None:
    """CPU time counts a process and its children, memory the larger of them, and no other."""
    programs = Programs(BIN, str(tmp_path))
    work = "import subprocess, sys; x = bytearray({mib} << 20); [0 for _ in range({turns})]"
    small = [sys.executable, "-c", work.format(mib=1, turns=1)]
    large = [sys.executable, "-c", work.format(mib=200, turns=3_000_000)]
    outer = [sys.executable, "-c", f"import subprocess; subprocess.run({large!r}, check=True)"]

    one, other = (programs.run(Call(command, str(tmp_path))) for command in (small, outer))

    assert one.memory < 40 * 1024 < 200 * 1024 < other.memory
    assert other.cpu > 2 * one.cpu > 0 and other.wall > 0


def test_a_run_that_fails_is_not_measured(tmp_path: Path) -> None:
    """A program that ends in another way than expected stops the measurement, with what it said."""
    programs = Programs(BIN, str(tmp_path))
    call = Call(
        [sys.executable, "-c", "print('no such thing'); raise SystemExit(3)"], str(tmp_path)
    )

    with pytest.raises(UnexpectedEndError, match=r"ended with 3:\nno such thing"):
        programs.run(call)


def test_results_hold_every_case(tmp_path: Path) -> None:
    """Each case that can run here has its figures of each round, and the floor is among them."""
    path = tmp_path / "results.json"
    cases = "unchanged,check-without"
    options = ["--jobs", "3", "--rounds", "2", "--cases", cases, "--scratch", str(tmp_path)]

    assert main(["run", *options, "--label", "tiny", "--write", str(path)]) == 0

    results = json.loads(path.read_text(encoding="utf-8"))
    (run,) = results["runs"]
    assert results["label"] == "tiny" and run["jobs"] == 3 and run["roots"] >= 3
    assert list(run["cases"]) == ["floor", "unchanged", "check-without"]
    for columns in run["cases"].values():
        assert all(len(columns[name]) == 2 and min(columns[name]) > 0 for name in columns)
    assert os.listdir(tmp_path) == ["results.json"]
    assert not {"host", "node", os.uname().nodename} & set(results["machine"])


@pytest.mark.deep
def test_every_case_starts_where_it_says(tmp_path: Path) -> None:
    """Each case ends as expected twice in a row; the floor's files are those that dativo writes;
    a cold run makes all roots, and one after an edit makes one job's.
    """
    programs = Programs(BIN, str(tmp_path))
    place = Place(str(tmp_path / "place"), 12, programs, None)
    said = {}
    for _ in range(2):
        for case in CASES:
            if not missing(case):
                call = case.prepare(place)
                programs.run(call)
                said[case.name] = (tmp_path / "output.txt").read_text(encoding="utf-8")
                if case.name == "floor":
                    written = {
                        path.relative_to(call.command[-1]): path.read_bytes()
                        for path in Path(call.command[-1]).rglob("*")
                        if path.is_file()
                    }

    shutil.rmtree(tmp_path / "place" / "warm" / "generated" / ".dativo-cache", ignore_errors=True)
    generated = tmp_path / "place" / "warm" / "generated"
    assert written == {
        path.relative_to(generated): path.read_bytes()
        for path in generated.rglob("*")
        if path.is_file()
    }
    assert said["cold"].splitlines()[-1] == f"{place.roots} roots: {place.roots} created"
    assert said["unchanged"].splitlines()[-1] == f"{place.roots} roots, all unchanged"
    assert " changed, " in said["one-changed"].splitlines()[-1]
    assert "\nroots changed that are not part of the commit:\n" in said["hook-changed"]
    assert said["terraform-fmt"] == ""

"""A thousand roots are compared in about the time that the programs take to start."""

from __future__ import annotations

import re
import time
from pathlib import Path

from tests.changes.conftest import Compared

ROOTS = 1000
# Those that are read, and one that is not.
FILES = (".dativo.json", "README.md", "locals.tf", "main.tf")
# Measured on two cores: 0.5 s for all 1,000, and 0.25 s where nothing changed. What one process
# more for each root, or one parse of HCL, would add is many times this.
BOUND = 4.0


def _thousand(compared: Compared, folder: Path) -> None:
    """A repository of copies of one root, as its jobs would make them, on a commit of its own."""
    root = compared.folder / "generated/acme/orders/prod"
    texts = {path.name: path.read_text() for path in root.iterdir() if path.name in FILES}
    for number in range(ROOTS):
        name = f"job-{number:04}"
        for file, text in texts.items():
            target = folder / f"generated/acme/{name}/prod/{file}"
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(re.sub(r"\borders\b", name, text))
    (folder / "dativo.yaml").write_text((compared.folder / "dativo.yaml").read_text())
    compared.git("init", "--quiet", "--initial-branch=main", at=folder)
    compared.git("add", ".", at=folder)
    compared.git("commit", "--quiet", "-m", "a thousand", at=folder)


def _timed(compared: Compared) -> tuple[float, str]:
    start = time.perf_counter()
    done = compared.spawn("changed")
    assert done.code == 0, done.err
    return time.perf_counter() - start, done.out


def test_one_tag_in_a_thousand_roots(compared: Compared, tmp_path: Path) -> None:
    """Git is asked as often for 1,000 changed roots as for one, and no root takes a millisecond."""
    _thousand(compared, tmp_path)
    here, compared.folder = compared.folder, tmp_path
    try:
        few, text = _timed(compared)
        assert text.startswith("no root changed")
        compared.edit("dativo.yaml", "owner: data", "owner: platform")
        for path in (tmp_path / "generated").rglob("locals.tf"):
            path.write_text(path.read_text().replace('"data"', '"platform"'))
        all_of_them, text = _timed(compared)
        assert text.splitlines()[-1].startswith("1000 roots: 1000 changed; 1000 to plan")
        assert all_of_them < max(BOUND, 12 * few), (few, all_of_them)
        shown = compared.run("diff").out
        assert "tag owner: data -> platform\n    in 1000 roots: generated/acme/ (1000)\n" in shown
    finally:
        compared.folder = here

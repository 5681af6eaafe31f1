"""Projects with something wrong in them, and what the user is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.cli import main
from tests.cases.cases import HERE, differences, fail, lay_down, names, texts


@pytest.mark.parametrize("name", names("errors"))
def test_error(name: str, tmp_path: Path, update: bool, capsys: pytest.CaptureFixture[str]) -> None:
    """The case's project is refused with exactly the text in ``stderr.txt``, and left as it is."""
    case = HERE / "errors" / name
    project = lay_down(case, tmp_path)
    before = texts(project)

    code = main(["generate", "--project", str(project)])

    out, err = capsys.readouterr()
    assert (code, out) == (1, ""), err
    assert "Traceback" not in err and str(tmp_path) not in err
    assert texts(project) == before
    if update:
        (case / "stderr.txt").write_text(err, encoding="utf-8", newline="")
    elif diff := differences(
        {"stderr.txt": (case / "stderr.txt").read_text(encoding="utf-8")}, {"stderr.txt": err}
    ):
        fail(case, diff)

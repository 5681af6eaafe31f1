"""Other Pythons than the one at hand do the same, where this machine has them."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest

from tests.packaging.checkout import ROOT
from tests.packaging.test_fresh_clone import environment, run

pytestmark = [pytest.mark.deep, pytest.mark.packaging]

OTHERS = [
    version
    for version in ("3.11", "3.12", "3.13")
    if version != f"{sys.version_info.major}.{sys.version_info.minor}"
]
# Rooms whose tests need no other program and take seconds.
ROOMS = ("tests/yaml", "tests/dialects", "tests/tags")


def interpreter(version: str) -> str | None:
    """A Python of a version: of pyenv, or on PATH, that starts."""
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"), "versions")
    found = sorted(map(str, pyenv.glob(f"{version}.*/bin/python{version}")))
    for program in (*found, shutil.which(f"python{version}")):
        if program and "/shims/" not in program:
            return program
    return None


@pytest.mark.parametrize("version", OTHERS)
def test_another_python(version: str, tmp_path: Path) -> None:
    """The lock installs, every module can be imported without a warning, the examples come to the
    same bytes, and the tests of some rooms pass.
    """
    program = interpreter(version)
    if program is None:
        pytest.skip(f"no Python {version} here")
    made, uv = tmp_path / "venv", f"{os.path.dirname(sys.executable)}/uv"
    python = str(made / "bin" / "python")
    install = (uv, "pip", "install", "--quiet", "--python", python, "--no-deps")
    # Its own, so that the bytecode of another version in the tree is none of it.
    env = environment(PYTHONPATH=ROOT, PYTHONPYCACHEPREFIX=str(tmp_path / "bytecode"))
    top = Path(ROOT)
    run(uv, "venv", "--quiet", "--python", program, str(made), cwd=top, env=env)
    run(*install, "--require-hashes", "-r", "requirements/ci.txt", cwd=top, env=env)
    said = run(python, "-m", "scripts.lowest", cwd=top, env=env)
    assert "modules can be imported" in said
    run(*install, "--no-build-isolation", "--editable", ROOT, cwd=top, env=env)
    run(python, "-m", "pytest", "-q", "-p", "no:cacheprovider", *ROOMS, cwd=top, env=env)

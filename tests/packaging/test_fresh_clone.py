"""A clone of this repository sets itself up, whatever the index offers and however old pip is."""

from __future__ import annotations

import os
import re
import subprocess
import zipfile
from pathlib import Path

import pytest

from tests.packaging.checkout import ROOT, copy_to

pytestmark = [pytest.mark.deep, pytest.mark.packaging]

# What Python 3.11.0, the oldest that is supported, bundles, and the newest that there is.
PIPS = {"oldest": "pip==22.3", "newest": "pip"}
LOCKED = re.compile(r"^([\w.-]+)==([^\s;]+)", re.MULTILINE)


def environment(**more: str) -> dict[str, str]:
    """The variables of a shell that knows of no other environment, and of no make above it."""
    none = ("MAKE", "VIRTUAL_ENV", "PYTHON", "MFLAGS", "COV_")
    kept = {name: text for name, text in os.environ.items() if not name.startswith(none)}
    return kept | more


def run(*command: str, cwd: Path, env: dict[str, str]) -> str:
    """Run a program that has to succeed; returns all that it printed."""
    done = subprocess.run(
        command,
        cwd=cwd,
        env=env,
        check=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert done.returncode == 0, done.stdout
    return done.stdout


def offer_newer(folder: Path) -> None:
    """Write, for every package of the lock, a wheel of a release that came after the lock."""
    folder.mkdir()
    with open(os.path.join(ROOT, "requirements", "ci.txt"), encoding="utf-8") as lock:
        names = [name.replace("-", "_") for name, _ in LOCKED.findall(lock.read())]
    for name in names:
        about = f"{name}-9999.0.dist-info"
        with zipfile.ZipFile(folder / f"{name}-9999.0-py3-none-any.whl", "w") as wheel:
            wheel.writestr(
                f"{about}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: 9999.0\n"
            )
            wheel.writestr(f"{about}/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any\n")
            wheel.writestr(f"{about}/RECORD", "")


@pytest.mark.parametrize(("age", "way"), [("oldest", "pip"), ("newest", "uv")])
def test_make_installs_the_lock(age: str, way: str, tmp_path: Path) -> None:
    """`make generate` installs just what the lock names, though every package has a newer release.

    pip 23.2 and older take the newer release of `coverage` once they resolve what the lock already
    answers. Where uv reaches no index, pip alone does it.
    """
    clone = Path(copy_to(str(tmp_path / "clone")))
    offer_newer(tmp_path / "newer")
    offers = {name: str(tmp_path / "newer") for name in ("PIP_FIND_LINKS", "UV_FIND_LINKS")}
    env = environment(**offers, **({"UV_OFFLINE": "1", "UV_NO_CACHE": "1"} if way == "pip" else {}))
    python = str(clone / ".venv" / "bin" / "python")
    run("python3", "-m", "venv", ".venv", cwd=clone, env=environment())
    # Not from the offers: there pip itself would be too new.
    run(python, "-m", "pip", "install", "-q", "-U", PIPS[age], cwd=clone, env=environment())

    said = run("make", "generate", cwd=clone, env=env)

    assert said.splitlines()[-1].split(",")[1] == " all unchanged; 1 job without infrastructure"
    listed = run(python, "-m", "pip", "freeze", "--all", cwd=clone, env=environment())
    assert "9999.0" not in listed
    with open(clone / "requirements" / "ci.txt", encoding="utf-8") as lock:
        pins = dict(LOCKED.findall(lock.read()))
    installed = dict(LOCKED.findall(listed))
    assert {"coverage", "pydantic", "uv"} <= installed.keys()
    unasked = {"pip", "setuptools"}
    for name, version in installed.items():
        plain = re.sub(r"[-_.]+", "-", name).lower()
        assert plain in unasked or pins[plain] == version, name


def test_a_lock_that_lacks_something_is_told(tmp_path: Path) -> None:
    """A lock without a package that another one needs ends in an error that names both."""
    clone = Path(copy_to(str(tmp_path / "clone")))
    path = clone / "requirements" / "ci.txt"
    path.write_text(
        re.sub(r"^markupsafe==.*?(?=^\w)", "", path.read_text("utf-8"), flags=re.M | re.S), "utf-8"
    )

    done = subprocess.run(
        ["make", "generate"],
        cwd=clone,
        env=environment(),
        check=False,
        capture_output=True,
        text=True,
    )

    assert done.returncode == 2
    assert "jinja2" in done.stdout.lower() and "markupsafe" in done.stdout.lower()
    assert "requirements/ci.txt is not complete; run: make lock" in done.stderr

"""What is in the wheel and the sdist."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import zipfile
from glob import glob

import pytest

from generator import __version__
from tests.packaging.checkout import copy_to, files

pytestmark = pytest.mark.packaging

IGNORED = (
    "generator/__pycache__/cli.cpython-311.pyc",
    "modules/aws-ecs-fargate/.terraform/providers/aws",
    "modules/aws-ecs-fargate/examples/minimal/terraform.tfstate",
    "templates/root/__pycache__/x.pyc",
    "schemas/crash.log",
    "dist/old.whl",
)


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A copy of the repository with files in it that git ignores."""
    folder = copy_to(str(tmp_path_factory.mktemp("checkout")))
    for name in IGNORED:
        path = os.path.join(folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as stream:
            stream.write("must not be shipped")
    return folder


def build(kind: str, source: str, target: str) -> str:
    """Build a distribution with the hatchling at hand; returns its path."""
    done = subprocess.run(
        [sys.executable, "-m", "build", "--no-isolation", f"--{kind}", "--outdir", target, source],
        check=False,
        capture_output=True,
        text=True,
        env={**os.environ, "SOURCE_DATE_EPOCH": "1735689600"},
    )
    assert done.returncode == 0, done.stdout + done.stderr
    (path,) = glob(os.path.join(target, "*"))
    return path


@pytest.fixture(scope="module")
def wheel(checkout: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The wheel."""
    return build("wheel", checkout, str(tmp_path_factory.mktemp("wheel")))


def test_wheel_holds_what_is_needed_and_no_more(wheel: str) -> None:
    """A wheel holds the package, templates, modules and schemas, all of them, once, and nothing
    that git ignores.
    """
    info = f"dativo_generator-{__version__}.dist-info/"
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()

    assert sorted(name for name in names if not name.startswith(info)) == sorted(
        filter(None, map(shipped_as, files()))
    )
    assert len(names) == len(set(names))
    assert f"{info}licenses/LICENSE" in names
    assert f"{info}entry_points.txt" in names


def shipped_as(name: str) -> str | None:
    """Where a file of the repository stands in a wheel; None when it is not shipped."""
    if name.startswith(("templates/project/modules/", "templates/project/schemas/")):
        return None
    top = name.split("/", maxsplit=1)[0]
    if top == "generator":
        return name
    if top in ("modules", "schemas"):
        return f"generator/data/templates/project/{name}"
    return f"generator/data/{name}" if top == "templates" or name == "copier.yml" else None


def test_sdist_builds_the_same_wheel(checkout: str, wheel: str, tmp_path: os.PathLike[str]) -> None:
    """Whoever builds from the sdist gets the wheel that we publish, byte for byte."""
    sdist = build("sdist", checkout, os.path.join(tmp_path, "sdist"))
    with tarfile.open(sdist) as archive:
        archive.extractall(tmp_path, filter="data")
    source = os.path.join(tmp_path, f"dativo_generator-{__version__}")

    again = build("wheel", source, os.path.join(tmp_path, "wheel"))

    with zipfile.ZipFile(wheel) as one, zipfile.ZipFile(again) as other:
        assert one.namelist() == other.namelist()
        differing = [name for name in one.namelist() if one.read(name) != other.read(name)]
    assert differing == []


def test_license_is_named(wheel: str) -> None:
    """The metadata say Apache-2.0, Python 3.11, and what the extra is called."""
    with zipfile.ZipFile(wheel) as archive:
        metadata = archive.read(f"dativo_generator-{__version__}.dist-info/METADATA").decode()

    head = metadata.split("\n\n")[0].splitlines()
    assert "Name: dativo-generator" in head
    assert "License-Expression: Apache-2.0" in head
    assert "Requires-Python: >=3.11" in head
    assert "Provides-Extra: rehearse" in head

"""The wheel, installed where there is no checkout."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import venv
from pathlib import Path

import pytest
from filelock import FileLock

from generator import __version__
from tests.packaging.checkout import ROOT, copy_to
from tests.packaging.test_distributions import build

pytestmark = [pytest.mark.deep, pytest.mark.packaging]


@pytest.fixture(scope="session")
def programs(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The folder with the programs of a fresh environment that holds the wheel.

    It takes a minute, so the workers of one run share it.
    """
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    folder = shared / "installed"
    with FileLock(f"{folder}.lock"):
        if not folder.exists():
            install(folder)
    return str(folder / "venv" / ("Scripts" if os.name == "nt" else "bin"))


def install(folder: Path) -> None:
    """Build the wheel and install it; dependencies are those of the lock, from the index."""
    wheel = build("wheel", copy_to(str(folder / "checkout")), str(folder / "dist"))
    pins = folder / "constraints.txt"
    with open(os.path.join(ROOT, "requirements", "ci.txt"), encoding="utf-8") as lock:
        pins.write_text("\n".join(re.findall(r"^[\w.-]+==[^\s;]+", lock.read(), re.MULTILINE)))
    venv.create(folder / "venv", with_pip=True)
    python = folder / "venv" / ("Scripts" if os.name == "nt" else "bin") / "python"
    run(str(python), *("-m", "pip", "install", "-q", "--constraint", str(pins), wheel))


def run(*command: str, cwd: str | None = None, code: int = 0) -> str:
    """Run a program away from the checkout; returns what it printed."""
    keep = ("PATH", "HOME", "SYSTEMROOT", "PIP_CERT", "PIP_INDEX_URL", "SSL_CERT_FILE", "TMPDIR")
    done = subprocess.run(
        command,
        check=False,
        cwd=cwd or os.path.dirname(command[0]),
        capture_output=True,
        text=True,
        env={name: os.environ[name] for name in keep if name in os.environ},
    )
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout


def test_version(programs: str) -> None:
    """The installed command says which version it is."""
    assert run(os.path.join(programs, "dativo"), "--version") == f"dativo {__version__}\n"


def test_it_is_the_wheel(programs: str) -> None:
    """What is shipped is found inside the installation, not in a checkout."""
    code = (
        "from generator.files import shipped\n"
        "for name in ('modules', 'schemas', 'templates/root', 'templates/project'):\n"
        "    print(shipped.folder(name))\n"
        "print(shipped.file('copier.yml'))\n"
        "print(shipped.file('modules/aws-ecs-fargate/main.tf'))\n"
    )
    paths = run(os.path.join(programs, "python"), "-c", code).splitlines()

    assert len(paths) == 6
    for path in paths:
        assert path.startswith(os.path.dirname(programs) + os.sep)
        assert not path.startswith(ROOT + os.sep)
    assert sys.prefix not in "".join(paths)


@pytest.mark.parametrize("cloud", ["aws", "gcp", "azure"])
def test_from_nothing_to_roots(programs: str, cloud: str, tmp_path: os.PathLike[str]) -> None:
    """With nothing but the wheel: lay a repository down, generate, and check."""
    project = os.path.join(tmp_path, "project")
    run(
        os.path.join(programs, "dativo"),
        *("new", "project", "--defaults", "--data", f"cloud={cloud}", project),
    )

    run(os.path.join(programs, "dativo"), "generate", cwd=project)

    run(os.path.join(programs, "dativo"), "check", cwd=project)
    root = os.path.join(project, "generated", "acme", "orders", "prod")
    assert {"main.tf", "backend.tf", "providers.tf", "terraform.tf"} <= set(os.listdir(root))
    with open(os.path.join(project, "requirements.txt"), encoding="utf-8") as stream:
        assert stream.read().splitlines()[-1] == f"dativo-generator=={__version__}"


CONSUMER = '''\
"""What a program of a user's does with dativo."""

from pathlib import Path

import generator
from generator import InputError, RunResult, changed, export, generate, load_job, tags_of


def roots(folder: Path) -> dict[str, str]:
    result: RunResult = generate(folder, ["jobs"], force=False)
    return {root: str(status) for root, status in result.require_ok().roots.items()}


def cost_center(job: str) -> str | None:
    try:
        loaded = load_job(job, environment="prod")
    except InputError as error:
        return error.problems[0].message
    return tags_of(loaded).as_map().get("CostCenter")


def everything(folder: Path) -> list[str]:
    text: str = export(folder / "jobs" / "a.yaml", "tfvars", format="json")
    different = changed(folder, base="HEAD").roots
    return [text, generator.__version__, *(root.root for root in different)]
'''
WRONG = {
    "result: RunResult = generate": "result: str = generate",
    "environment=": "enviroment=",
    "error.problems[0].message": "error.problems[0].mesage",
    "generator.__version__": "generator.no_such_name",
}


@pytest.mark.parametrize("strict", [True, False])
def test_types_are_public(programs: str, strict: bool, tmp_path: Path) -> None:
    """A program that uses the installed package passes `mypy --strict`, with no stubs and none of
    the package's own settings; each thing that is wrong in it is found.
    """
    code = CONSUMER
    if not strict:
        for right, wrong in WRONG.items():
            assert right in code
            code = code.replace(right, wrong)
    (tmp_path / "consumer.py").write_text(code, encoding="utf-8")
    command = [sys.executable, "-m", "mypy", "--strict", "--config-file", "", "consumer.py"]
    done = subprocess.run(
        [*command, "--python-executable", os.path.join(programs, "python")],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    found = {
        int(number) for number in re.findall(r"^consumer.py:(\d+): error: ", done.stdout, re.M)
    }
    pairs = zip(code.splitlines(), CONSUMER.splitlines(), strict=True)
    edited = {number for number, (line, right) in enumerate(pairs, 1) if line != right}
    # What a wrong type makes of the line after it is found as well.
    assert edited <= found and bool(edited) == bool(found), done.stdout + done.stderr
    assert done.returncode == (0 if strict else 1)

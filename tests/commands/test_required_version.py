"""One version of dativo for a team: ``required_version`` in dativo.yaml."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator import __version__
from generator.job.required_version import problem
from tests.repository import Repository


def told(wanted: object, version: str, folder: str = ".") -> str | None:
    """What is said to a version, with its hint."""
    found = problem({"required_version": wanted}, "dativo.yaml", folder, version)
    return None if found is None else f"{found.message}; {found.hint}"


@pytest.mark.parametrize(
    ("wanted", "fits", "does_not"),
    [
        (">= 1.4, < 2", "1.4.0 1.4.1 1.10.0 1.99", "1.3.9 2.0.0 2.0.0rc1 0.1 1.4.0rc1 2.1.dev3"),
        ("~> 1.4", "1.4 1.9.7", "1.3 2.0 2.0.0b1"),
        ("~> 1.4.2", "1.4.2 1.4.9 1.4.3.post1", "1.4.1 1.5.0 2.0"),
        ("~> 1", "1.0 3.7", "0.9"),
        ("1.4", "1.4 1.4.0 1.4.0+local", "1.4.1 1.3"),
        ("= 1.4.0", "1.4.0", "1.4.0rc1"),
        ("!= 1.4.1", "1.4.0 1.4.2", "1.4.1"),
        ("> 1.4, <= 1.6", "1.4.1 1.6", "1.4.0 1.6.1"),
        (">= 1.4.0-beta1", "1.4.0b1 1.4.0 2.0", "1.3"),
    ],
)
def test_constraints(wanted: str, fits: str, does_not: str) -> None:
    """Constraints mean what they do in Terraform, and versions are those of Python packages."""
    assert {version: told(wanted, version) for version in fits.split()} == dict.fromkeys(
        fits.split()
    )
    assert all(told(wanted, version) for version in does_not.split())


def test_hints(tmp_path: Path) -> None:
    """The command that helps is told; to a newer dativo also how the project moves on."""
    assert told("~> 1.4", "1.3.0") == (
        "this project wants dativo ~> 1.4, and this is 1.3.0; "
        "run: pip install 'dativo-generator>=1.4,<2'"
    )
    (tmp_path / "requirements.txt").write_text("dativo-generator @ git+https://example.com@v1.4\n")
    said = told(">= 1.4, < 2", "2.1.0", str(tmp_path))
    assert said is not None
    assert said.endswith(
        "run: pip install 'dativo-generator>=1.4,<2' or what the project pins: "
        "pip install -r requirements.txt; to move the whole project on, change this line and "
        "generate"
    )


@pytest.mark.parametrize("wanted", ["", "latest", ">= 1.4 < 2", "^1.4", ["1.4"], {"a": "b"}, "1.x"])
def test_broken_constraint(wanted: object) -> None:
    """A constraint that is none is told, and never taken for one that fits."""
    assert "no version constraint" in (told(wanted, "1.4") or "")


@pytest.mark.parametrize(
    "command",
    [("generate",), ("check",), ("validate",), ("prune",), ("explain", "jobs/orders.yaml")],
)
def test_first_of_all(repository: Repository, command: tuple[str, ...]) -> None:
    """It is the only thing that is said, at its line, whatever else a wrong version would find."""
    repository.job("orders", "  netwrok: {}\n")
    text = "tag_policy: {of: a newer version}\nrequired_version: '>= 99'\n"
    repository.write("dativo.yaml", text)

    done = repository.run(*command)

    assert done.code == 1
    assert (
        f"dativo.yaml:2:19: error: this project wants dativo >= 99, and this is {__version__}"
        in (done.err)
    )
    assert "pip install 'dativo-generator>=99'" in done.err and "1 error in 1 file" in done.err


def test_broken_at_its_line(repository: Repository) -> None:
    """A constraint that is none stops everything at its line."""
    repository.job("orders")
    repository.write("dativo.yaml", "required_version: latest\n")
    done = repository.run("generate")
    assert done.code == 1 and "dativo.yaml:1:19: error:" in done.err


def test_fitting(repository: Repository) -> None:
    """A version that fits works as without the setting."""
    repository.job("orders")
    text = (repository.folder / "dativo.yaml").read_text()
    repository.write("dativo.yaml", f"required_version: '= {__version__}'\n{text}")
    assert repository.run("generate").code == 0

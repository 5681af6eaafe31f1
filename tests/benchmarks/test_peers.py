"""Peers do the work that dativo does: their files are its files."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.cases import Place, missing
from benchmarks.documents import documents
from benchmarks.material import material, template
from benchmarks.peer_cases import PEERS
from benchmarks.programs import Programs

pytestmark = pytest.mark.deep
CASES = {case.name: case for case in PEERS}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """A project with jobs of three kinds."""
    folder = tmp_path_factory.mktemp("peers")
    return Place(
        str(folder / "place"), 6, Programs(os.path.dirname(sys.executable), str(folder)), None
    )


def files(top: Path, inside: Path | None = None) -> dict[str, bytes]:
    """The files of the roots below a folder, by path."""
    return {
        path.relative_to(top).as_posix(): path.read_bytes()
        for path in sorted((inside or top).rglob("*"))
        if path.is_file() and ".dativo-cache" not in path.parts
    }


def measured(place: Place, name: str) -> Path:
    """Runs a peer; returns the folder that its last argument names, or it ran in."""
    case = CASES[name]
    if reason := missing(case):
        pytest.skip(f"{reason}; run: make benchmarks")
    call = case.prepare(place)
    place.programs.run(call)
    return Path(call.folder if name == "terramate" else call.command[-1])


@pytest.mark.parametrize("name", ["copier", "cookiecutter"])
def test_a_peer_writes_the_same_bytes(name: str, place: Place) -> None:
    """What renders templates comes to the files that dativo wrote."""
    assert files(measured(place, name)) == files(Path(place.warm, "generated"))


def test_kapitan_writes_the_same_bytes(place: Place) -> None:
    """So does Kapitan, a target a root, whose folder has the root's path in one name. It passes
    over files whose names start with a dot, so the manifest has none.
    """
    made = files(measured(place, "kapitan") / "compiled")

    renamed = {
        path.replace("__", "/").replace("/dativo.json", "/.dativo.json"): text
        for path, text in made.items()
    }
    assert renamed == files(Path(place.warm, "generated"))


def test_terramate_writes_the_same_bytes(place: Place) -> None:
    """So does Terramate, a stack a root."""
    made = files(measured(place, "terramate"))

    assert {path: made[path] for path in made if not path.endswith(".tm.hcl")} == files(
        Path(place.warm, "generated")
    )


def values(node: object) -> Iterator[str]:
    """The text of every scalar in a document."""
    if isinstance(node, dict):
        for key, value in node.items():
            if not key.startswith(("//", "__")):
                yield from values(value)
    elif isinstance(node, list):
        for one in node:
            yield from values(one)
    else:
        yield str(node)


def test_cdktn_writes_the_same_values(place: Place) -> None:
    """A stack's JSON has every value of its root's Terraform files."""
    target = measured(place, "cdktn")
    wanted = {
        one["name"]: one["document"] for one in documents(os.path.join(place.warm, "generated"))
    }

    made = {
        path.parent.name: json.loads(path.read_text("utf-8"))
        for path in target.rglob("cdk.tf.json")
    }

    assert made.keys() == wanted.keys()
    for name, document in wanted.items():
        assert set(values(document)) - set(values(made[name])) == set(), name


def test_the_template_is_the_identity(place: Place) -> None:
    """With lines cut to keys and values, the template of peers gives the file back."""
    from jinja2 import Environment

    for trims in (False, True):
        environment = Environment(trim_blocks=trims, lstrip_blocks=trims, autoescape=False)
        compiled = environment.from_string(template("lines"))
        for root in material(place.warm):
            for name, lines in root["files"].items():
                path = Path(place.warm, "generated", root["folder"], name)
                assert compiled.render(lines=lines) == path.read_bytes().decode()

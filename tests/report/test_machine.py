"""The reports for machines."""

from __future__ import annotations

import json
import os
import subprocess

import pytest

from generator.errors import Location, Problem
from generator.report import render

PROBLEMS = [
    Problem(
        "unknown-key",
        'unknown key "memmory"',
        Location("jobs/a.yaml", ("infrastructure", "memmory"), on_key=True),
        'did you mean "memory"?',
    ),
    Problem("missing-tag", "no owner: 50%, or less", severity="warning"),
]


@pytest.fixture
def folder(tmp_path: os.PathLike[str]) -> str:
    """A project with one job file."""
    os.mkdir(os.path.join(tmp_path, "jobs"))
    with open(os.path.join(tmp_path, "jobs", "a.yaml"), "w", encoding="utf-8") as stream:
        stream.write("tenant_id: acme\ninfrastructure:\n  memmory: 2Gi\n")
    return os.fspath(tmp_path)


def test_json_shape(folder: str) -> None:
    """The JSON document has the keys that are documented, every one of them always."""
    assert json.loads(render(PROBLEMS, folder, format="json")) == {
        "version": 1,
        "problems": [
            {
                "severity": "error",
                "code": "unknown-key",
                "message": 'unknown key "memmory"',
                "hint": 'did you mean "memory"?',
                "file": "jobs/a.yaml",
                "line": 3,
                "column": 3,
                "path": ["infrastructure", "memmory"],
            },
            {
                "severity": "warning",
                "code": "missing-tag",
                "message": "no owner: 50%, or less",
                "hint": None,
                "file": None,
                "line": None,
                "column": None,
                "path": [],
            },
        ],
        "summary": {"errors": 1, "warnings": 1, "notes": 0, "files": 1},
    }


def test_json_without_problems(folder: str) -> None:
    """A program that reads the JSON gets a document even when all is well."""
    document = json.loads(render([], folder, format="json"))

    assert document["problems"] == []
    assert document["summary"] == {"errors": 0, "warnings": 0, "notes": 0, "files": 0}


def test_github_commands(folder: str) -> None:
    """Each problem is one workflow command; per cent signs and line feeds are escaped."""
    assert render(PROBLEMS, folder, format="github") == (
        "::error file=jobs/a.yaml,line=3,col=3,title=unknown-key"
        '::unknown key "memmory"%0Adid you mean "memory"?\n'
        "::warning title=missing-tag::no owner: 50%25, or less\n"
    )


def test_github_properties(folder: str) -> None:
    """Commas and colons in a file's name cannot add a property to the command."""
    odd = Problem("x", "m", Location("jobs/a,line=1::b%.yaml", line=2, column=1))

    assert render([odd], folder, format="github") == (
        "::error file=jobs/a%2Cline=1%3A%3Ab%25.yaml,line=2,col=1,title=x::m\n"
    )


def test_names_from_the_top_of_the_repository(folder: str) -> None:
    """A project below the top of a repository: services need the path from the top."""
    subprocess.run(["git", "init", "-q", folder], check=True)
    inner = os.path.join(folder, "data", "etl")
    os.makedirs(inner)
    problem = [Problem("x", "m", Location("jobs/b.yaml", line=1, column=1))]

    assert "file=data/etl/jobs/b.yaml," in render(problem, inner, format="github")
    sarif = json.loads(render(problem, inner, format="sarif"))
    location = sarif["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert location["artifactLocation"]["uri"] == "data/etl/jobs/b.yaml"


def test_sarif(folder: str) -> None:
    """SARIF: a rule for each code, a result for each problem, columns that count characters."""
    document = json.loads(render(PROBLEMS, folder, format="sarif"))

    run = document["runs"][0]
    assert document["version"] == "2.1.0"
    assert run["columnKind"] == "unicodeCodePoints"
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["missing-tag", "unknown-key"]
    first, second = run["results"]
    assert (first["ruleId"], first["ruleIndex"], first["level"]) == ("unknown-key", 1, "error")
    region = first["locations"][0]["physicalLocation"]["region"]
    assert region == {"startLine": 3, "startColumn": 3}
    assert "locations" not in second


def test_unknown_format(folder: str) -> None:
    """A format that does not exist is the caller's mistake, not an empty report."""
    with pytest.raises(ValueError, match="xml"):
        render([], folder, format="xml")

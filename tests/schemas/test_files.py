"""The schemas in the checkout: fresh, valid, offline, and what the repository's files follow."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from generator.cli import main
from generator.json_schema import NAMES
from generator.json_schema.schemas import COMMAND, file_name, text
from scripts import key_reference
from tests.schemas.documents import REPOSITORY, SCHEMAS, committed, faults, leaves

MODELINE = re.compile(r"# yaml-language-server: \$schema=(\S+)\n")


@pytest.mark.parametrize("name", NAMES)
def test_the_schemas_are_fresh(name: str) -> None:
    """schemas/ is what the models say today."""
    with open(os.path.join(SCHEMAS, file_name(name)), encoding="utf-8", newline="") as file:
        fresh = file.read() == text(name)
    assert fresh, f"schemas/{file_name(name)} is stale, run: {COMMAND}"


@pytest.mark.parametrize("name", NAMES)
def test_a_schema_is_valid_draft_07(name: str) -> None:
    """Editors read draft-07: `definitions`, nothing beside `$ref`, valid by its meta-schema."""
    schema = committed(name)
    Draft7Validator.check_schema(schema)
    for node in _nodes(schema):
        assert "$defs" not in node
        assert "prefixItems" not in node
        assert "$ref" not in node or len(node) == 1, node


@pytest.mark.parametrize("name", NAMES)
def test_a_schema_stands_alone(name: str) -> None:
    """An editor needs no other file and no network; each definition is there and used."""
    schema = committed(name)
    references = {node["$ref"] for node in _nodes(schema) if isinstance(node.get("$ref"), str)}
    definitions = {f"#/definitions/{name}" for name in schema["definitions"]}
    assert references == definitions


@pytest.mark.parametrize("name", NAMES)
def test_every_property_has_a_hover_text(name: str) -> None:
    """A property is described, by itself or by what it refers to."""
    schema = committed(name)
    nameless = {"if", "then", "else"}
    for node in _nodes(schema, nameless):
        for key, value in node["properties"].items() if _is_object(node) else ():
            described = [value, *(_referred(schema, value))]
            assert any(len(d.get("description", "")) > 4 for d in described), (key, value)


@pytest.mark.parametrize("definition", ["Infrastructure", "Runtime", "Network", "Alerts", "Module"])
@pytest.mark.parametrize("name", ["job", "settings"])
def test_nothing_below_infrastructure_is_required(name: str, definition: str) -> None:
    """A job, an environment and dativo.yaml may each hold a part; unknown keys are refused."""
    schema = committed(name)
    found = schema["definitions"][definition]
    assert "required" not in found
    assert found["additionalProperties"] is False


def test_runtimes_are_offered_with_what_they_are() -> None:
    """`runtime.type` offers each runtime of the table, with a description."""
    from generator.plan.runtimes.table import RUNTIMES

    schema = committed("job")
    options = schema["definitions"]["Runtime"]["properties"]["type"]["anyOf"]
    offered = {
        option["const"]: option["description"]
        for option in options
        if "const" in option and "deprecated" not in option
    }
    assert list(offered) == list(dict.fromkeys(row.type for row in RUNTIMES.values()))
    assert all(row.module in offered[row.type] for row in RUNTIMES.values())


def _files() -> list[str]:
    """All job, asset and settings files that git knows, but not those that are wrong on purpose."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=REPOSITORY,
        check=True,
        capture_output=True,
        text=True,
    ).stdout.split("\0")
    return sorted(file for file in set(listed) if _kind(file) and not _wrong(file))


def _kind(file: str) -> str | None:
    steps = file.split("/")
    if not file.endswith((".yaml", ".yml")) or steps[0] in ("templates", "generated", "benchmarks"):
        return None
    if steps[-1] == "dativo.yaml":
        return "settings"
    for folder, kind in (("jobs", "job"), ("assets", "asset")):
        if folder in steps:
            return kind
    return {"job.yaml": "job", "asset.yaml": "asset"}.get(steps[-1])


def _wrong(file: str) -> bool:
    return file.startswith("tests/") and "golden" not in file


@pytest.mark.parametrize("file", _files())
def test_every_example_and_golden_case_validates(file: str) -> None:
    """What we show, and what we test with, has no squiggles in an editor."""
    kind = _kind(file)
    assert kind
    with open(os.path.join(REPOSITORY, file), encoding="utf-8") as stream:
        assert faults(kind, stream.read()) == []


@pytest.mark.parametrize("file", [file for file in _files() if not file.startswith("tests/")])
def test_every_example_names_its_schema(file: str) -> None:
    """The first line is the editor's modeline, and its relative path leads to the right schema."""
    path = os.path.join(REPOSITORY, file)
    with open(path, encoding="utf-8") as stream:
        first = MODELINE.fullmatch(stream.readline())
    assert first, f"{file} has no modeline"
    target = os.path.normpath(os.path.join(os.path.dirname(path), first[1]))
    assert target == os.path.join(SCHEMAS, f"{_kind(file)}.schema.json")


def test_the_template_names_its_schemas() -> None:
    """The files of a new repository have modelines too, from where they will stand."""
    top = os.path.join(REPOSITORY, "templates", "project")
    found = {}
    for folder, _, files in os.walk(top):
        for name in files:
            if name.endswith(".yaml.jinja") and (kind := _kind(_laid_down(top, folder, name))):
                path = os.path.join(folder, name)
                with open(path, encoding="utf-8") as stream:
                    lines = MODELINE.findall(stream.read())
                for line in lines:
                    target = os.path.normpath(os.path.join(folder, line))
                    found[kind] = os.path.relpath(target, top)
    assert {"job", "settings"} <= found.keys()
    for kind, target in found.items():
        assert target == os.path.join("schemas", f"{kind}.schema.json")


def _laid_down(top: str, folder: str, name: str) -> str:
    path = os.path.relpath(os.path.join(folder, name), top).removesuffix(".jinja")
    return path.replace(os.sep, "/")


@pytest.mark.parametrize("name", NAMES)
def test_the_command_prints_one_schema(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """`dativo schema NAME` prints what the file holds."""
    assert main(["schema", name]) == 0
    assert capsys.readouterr().out == text(name)


def test_the_command_writes_all_schemas(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`dativo schema --write DIR` makes the folder, writes the three and says so."""
    folder = tmp_path / "a" / "b"
    assert main(["schema", "--write", str(folder)]) == 0
    assert {p.name: p.read_text("utf-8") for p in folder.iterdir()} == {
        file_name(name): text(name) for name in NAMES
    }
    assert capsys.readouterr().out.count("wrote ") == 3


def test_the_command_says_what_it_cannot_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A folder that is a file, and a name beside --write, are errors without a traceback."""
    (tmp_path / "file").touch()
    assert main(["schema", "--write", str(tmp_path / "file")]) == 1
    assert main(["schema", "job", "--write", str(tmp_path)]) == 1
    told = capsys.readouterr().err
    assert "cannot write" in told
    assert "leave the name out" in told
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def _nodes(node: Any, without: set[str] | None = None) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        yield node
        for key, value in node.items():
            if key not in (without or set()):
                yield from _nodes(value, without)
    elif isinstance(node, list):
        for item in node:
            yield from _nodes(item, without)


def _is_object(node: dict[str, Any]) -> bool:
    return "object" in node.get("type", ()) and isinstance(node.get("properties"), dict)


def _referred(schema: dict[str, Any], value: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for node in (value, *value.get("allOf", ()), *value.get("anyOf", ())):
        if "$ref" in node:
            yield schema["definitions"][node["$ref"].rsplit("/", 1)[1]]


def test_the_reference_page_is_fresh() -> None:
    """docs/reference/keys.md tells every key that the schemas know."""
    page = key_reference.page()
    for path in leaves("job", "Infrastructure"):
        assert f"| `infrastructure.{'.'.join(path)}` |" in page
    for line in page.splitlines():
        assert not line.startswith("| ") or len(re.findall(r"(?<!\\)\|", line)) == 5, line


@pytest.mark.parametrize("name", NAMES)
def test_every_pattern_is_javascript(name: str) -> None:
    """Editors match patterns with JavaScript: none has what Python alone knows, such as named
    groups, its own anchors, inline flags or possessive quantifiers.
    """
    for node in _nodes(committed(name)):
        pattern = node.get("pattern")
        if isinstance(pattern, str):
            re.compile(pattern)
            bare = re.sub(r"\\[\\dDwWsS.${}()\[\]|*+?^/-]", "", pattern)
            assert not re.search(r"\\|\(\?[^:!=]|[*+?}]\+", bare), pattern

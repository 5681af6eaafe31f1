"""What holds for every translation: nothing lost, nothing changed in place, places that exist."""

from __future__ import annotations

import copy
import timeit
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.dialects import CANONICAL, to_canonical
from generator.dialects.keys import older, sections
from generator.errors import InputError, Location, Problem
from generator.report.located import locate
from generator.yaml.load import load_yaml
from tests.dialects.projects import CASES, FILES, TOP, job, outcome, refused, translated

JOBS = sorted(path.as_posix() for path in (TOP / "jobs").rglob("*.yaml"))


def _document(path: str) -> dict[str, Any]:
    document: dict[str, Any] = load_yaml(Path(path).read_bytes(), path)
    return document


@pytest.mark.parametrize("path", JOBS)
def test_canonical(path: str) -> None:
    """A canonical document passes through untouched, as the same object."""
    document = _document(path)
    translation = to_canonical(document, path)
    assert translation.document is document
    assert (translation.dialect, translation.moved, translation.warnings) == (CANONICAL, {}, ())


def test_misspelt_canonical() -> None:
    """A misspelling in a canonical document is left to the models, which see all of it."""
    text = job("provider: aws\nruntime: {type: ecs_fargate, memmory: 2Gi}\n")
    assert translated(text).dialect == CANONICAL


def test_cost_of_canonical() -> None:
    """A canonical document costs a look at its keys: far less than reading it does."""
    data = Path(JOBS[0]).read_bytes()
    document = load_yaml(data, "x")
    to_canonical(document, "x")
    look = min(timeit.repeat(lambda: to_canonical(document, "x"), number=50, repeat=5))
    reading = min(timeit.repeat(lambda: load_yaml(data, "x"), number=5, repeat=5)) * 10
    assert look < reading / 10


def test_dialects() -> None:
    """Each example is told to be of the dialect whose folder it is in."""
    letters = {"e": "E", "r": "R", "p": "P", "d": "D"}
    for file in FILES:
        folder, _, name = file.partition("/")
        letter = letters.get(folder if folder != "one" else name.removesuffix(".yaml"))
        if letter is None:
            continue
        try:
            found = to_canonical(_document(str(CASES / file)), file)
        except InputError:
            continue
        assert found.dialect == letter, file


def _exists(document: Any, path: tuple[str | int, ...]) -> bool:
    for key in path:
        known = range(len(document)) if isinstance(document, list) else document
        if not isinstance(known, dict | range) or key not in known:
            return False
        document = document[key]
    return True


@pytest.mark.parametrize("file", FILES)
def test_moved(file: str) -> None:
    """Every moved path was written, and the document is as it was."""
    document = _document(str(CASES / file))
    before = copy.deepcopy(document)
    try:
        translation = to_canonical(document, file)
    except InputError:
        pass
    else:
        for written in translation.moved.values():
            assert _exists(before, written), written
    assert document == before


def test_again() -> None:
    """What was translated is canonical: a second translation changes nothing."""
    for file in FILES:
        try:
            once = to_canonical(_document(str(CASES / file)), file)
        except InputError:
            continue
        again = to_canonical(once.document, file)
        assert again.document is once.document, file
        assert again.iac == once.iac


_KEYS = sorted(
    {key for path in older() for key in path} | {k for s in sections().values() for k in s}
)
_SCALARS = st.sampled_from(
    [None, "x", "aws", "gcp", "terraform", "ecs", "dagster", "2048", "500m", "s3://b/p", "${A}"]
    + ["arn:aws:iam::1:role/x", "projects/p/locations/l/connectors/c", "output.x", "true"]
)
_VALUES = st.recursive(
    _SCALARS,
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.sampled_from(_KEYS), inner, max_size=5),
    max_leaves=12,
)


def _nested(paths: list[tuple[tuple[str, ...], Any]]) -> dict[str, Any]:
    document: dict[str, Any] = {}
    for path, value in paths:
        holder = document
        for key in path[:-1]:
            below = holder.setdefault(key, {})
            if not isinstance(below, dict):
                break
            holder = below
        else:
            holder[path[-1]] = value
    return document


_PATHS = st.sampled_from(
    sorted(older()) + sorted((*at, key) for at, keys in sections().items() for key in keys)
)
_BLOCKS = st.lists(st.tuples(_PATHS, _VALUES), max_size=12).map(_nested)


@settings(max_examples=400, deadline=None)
@given(block=_BLOCKS, overlay=st.none() | _BLOCKS, names=st.booleans())
def test_anything(block: dict[str, Any], overlay: Any, names: bool) -> None:
    """Whatever stands at whatever key: it is read, or refused with places in the file; the
    document is not changed, every moved path was written, and the result is canonical.
    """
    document: dict[str, Any] = {"tenant_id": "acme", "infrastructure": block}
    if names:
        document["environment"] = "production"
    if overlay is not None:
        document["environments"] = {"dev": {"infrastructure": overlay}}
    before = copy.deepcopy(document)
    try:
        translation = to_canonical(document, "job.yaml")
    except InputError as error:
        assert error.problems
        for problem in error.problems:
            assert problem.location is not None
            assert _exists(before, problem.location.path[:1])
    else:
        assert all(_exists(before, written) for written in translation.moved.values())
        if translation.dialect != CANONICAL:
            again = to_canonical(translation.document, "job.yaml")
            assert again.document == translation.document
    assert document == before


_LEAVES = st.sampled_from(
    [path for path, row in sorted(older().items()) if row.canonical[0] != "*"]
)


@settings(max_examples=200, deadline=None)
@given(paths=st.lists(_LEAVES, min_size=1, max_size=8, unique=True))
def test_nothing_is_lost(paths: list[tuple[str, ...]]) -> None:
    """Each value stands in the result, unless the file is refused or the value is warned of."""
    given_values = {path: f"value{index}" for index, path in enumerate(paths)}
    document = {"infrastructure": {"provider": "aws", **_nested(list(given_values.items()))}}
    kept = [p for p in given_values if _exists(document["infrastructure"], p)]
    try:
        translation = to_canonical(document, "job.yaml")
    except InputError:
        return
    told = " ".join(warning.message for warning in translation.warnings)
    for path in kept:
        value = given_values[path]
        if isinstance(_at(document["infrastructure"], path), str):
            assert value in str(translation.document) or ".".join(path) in told


def _at(document: Any, path: tuple[str, ...]) -> Any:
    for key in path:
        document = document[key]
    return document


# Places
def test_lines_of_later_errors(project: Path) -> None:
    """What later stages find is told at the line that the user wrote, in base and overlay."""
    text = """\
tenant_id: acme
infrastructure:
  provider: aws
  runtime: {type: ecs}
  compute:
    cpu: "1024"
    memory: 999Ti
    max_runtime_seconds: 5
  networking:
    subnet_ids: [net-1]
  storage:
    bucket: s3://UPPER
environments:
  prod: {}
  dev:
    infrastructure:
      compute:
        memory: lots
"""
    found = outcome(project, text)
    assert [error.split(": ")[0] for error in found.errors] == ["7", "8", "18"]
    repaired = text.replace("999Ti", "2Gi").replace(": 5\n", ": 60\n").replace("lots", "4Gi")
    lines = {error.split(": ")[0] for error in outcome(project, repaired).errors}
    assert lines == {"10", "12"}


def test_line_of_a_missing_key(project: Path) -> None:
    """What is missing is told at the section in which it would stand, in its older name."""
    text = job("provider: aws\nruntime: {type: ecs}\nresources:\n  database: {port: x}\n")
    (error,) = outcome(project, text).errors
    assert error.startswith("7: ")


def test_unknown_keys() -> None:
    """What no dialect has at a place is an unknown key, with what may have been meant."""
    text = job("compute: {memmory: 2Gi}\nruntime: {platfrom: ecs}\nnetwroking: {a: b}\n")
    told = refused(text)
    assert told[0].startswith('4: unknown key "memmory" in "infrastructure.compute"')
    assert 'did you mean "memory"?' in told[0]
    assert 'did you mean "platform"?' in told[1]
    assert 'did you mean "networking"?' in told[2]


def test_environments() -> None:
    """What differs by environment may be written in a dialect, too."""
    text = job(
        "provider: aws\nruntime: {type: ecs}\ncompute: {cpu: '1024'}\n",
        "environments:\n  dev: {infrastructure: {compute: {cpu: '256'}}}\n  prod:\n",
    )
    document = translated(text).document
    assert document["environments"]["dev"]["infrastructure"] == {"runtime": {"cpu": "0.25"}}
    assert document["environments"]["prod"] is None
    more = "environments:\n  dev: {infrastructure: {dagster: {repository: r}}}\n"
    (told,) = refused(job("provider: aws\nruntime: {type: ecs}\n", more))
    assert '"dagster" cannot differ by environment' in told


def test_lines_of_warnings(project: Path) -> None:
    """Warnings, too, stand at the line that the user wrote."""
    text = job("provider: aws\nruntime:\n  type: ecs\n  namespace: a\n")
    (project / "one" / "job.yaml").write_text(text, encoding="utf-8")
    warnings = translated(text).warnings
    assert [p.location.path[-1] for p in warnings if p.location] == ["namespace"]
    assert '7: "runtime.namespace" has no effect on ecs_fargate' in outcome(project, text).warnings


def test_place_as_written(project: Path) -> None:
    """A canonical place is looked up where the older file has the value."""
    (project / "one" / "job.yaml").write_text(job("compute: {cpu: 1}\n"), encoding="utf-8")
    location = Location("one/job.yaml", ("infrastructure", "runtime", "cpu"))
    (found,) = locate([Problem("x", "x", location)], str(project))
    assert (found.line, found.column) == (4, 18)

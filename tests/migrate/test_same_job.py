"""A migrated file is the same job: what is loaded before and after is equal."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.errors import InputError
from generator.job.load import load
from generator.job.project import open_project
from generator.migrate.migrate import migrate
from generator.model.job import Job

ONE = Path(__file__).parent.parent / "dialects" / "cases" / "one"
FILE = "jobs/job.yaml"
# One size in the spellings that all dialects share; text, since YAML's numbers are text here.
CPUS = ("2048", "2", "2.0", "2000m")
MEMORIES = ("4096", "4Gi", "4096Mi")
TEXT = st.text("abcXYZ 0123:#-_'\"{}[]é", min_size=1, max_size=12).map(lambda t: f"v{t.strip()}")


def _leaves(value: Any, path: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    if not isinstance(value, dict):
        return [path]
    return [leaf for key, item in value.items() for leaf in _leaves(item, (*path, key))]


def _edit(document: dict[str, Any], path: tuple[str, ...], value: Any) -> None:
    for key in path[:-1]:
        document = document[key]
    if value is None:
        document.pop(path[-1])
    else:
        document[path[-1]] = value


@st.composite
def files(draw: st.DrawFn, dialect: str) -> str:
    """A file of a dialect: some keys left out, others with another value, in another layout."""
    text = (ONE / f"{dialect}.yaml").read_text(encoding="utf-8")
    document = yaml.load(text, yaml.BaseLoader)  # noqa: S506 - makes text only, of our own file
    leaves = [leaf for leaf in _leaves(document) if leaf[0] == "infrastructure" and len(leaf) > 2]
    for leaf in draw(st.sets(st.sampled_from(leaves), max_size=4)):
        _edit(document, leaf, None)
    for leaf in _leaves(document):
        if leaf[-1] == "cpu":
            _edit(document, leaf, draw(st.sampled_from(CPUS)))
        elif leaf[-1] == "memory":
            _edit(document, leaf, draw(st.sampled_from(MEMORIES)))
        elif leaf[-1] == "tier":
            _edit(document, leaf, draw(TEXT))
    return yaml.safe_dump(
        document,
        default_flow_style=draw(st.sampled_from((None, False, True))),
        indent=draw(st.sampled_from((2, 4))),
        sort_keys=draw(st.booleans()),
        width=10_000,  # unquoted text that is broken over lines is refused, which is told
        allow_unicode=True,
    )


def _jobs(folder: Path, data: bytes) -> list[Job] | None:
    """The jobs of a file; None when it is refused."""
    (folder / FILE).parent.mkdir(exist_ok=True)
    (folder / FILE).write_bytes(data)
    try:
        return [loaded.job for loaded in load(open_project(str(folder)), FILE)[0]]
    except InputError:
        return None


@pytest.mark.parametrize("dialect", ["e", "r", "p", "d"])
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_same_job(dialect: str, data: st.DataObject, tmp_path: Path) -> None:
    """Any file of a dialect, migrated and loaded, gives the job that it gave before."""
    written = data.draw(files(dialect)).encode()
    before = _jobs(tmp_path, written)
    if before is None:
        return
    migrated = migrate(written, FILE).data
    assert _jobs(tmp_path, migrated) == before
    assert migrate(migrated, FILE).data == migrated

"""Every string of the table of hostile ones at every place of a job, an asset and the settings."""

from __future__ import annotations

import copy
import json
import re
import subprocess
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest
import yaml
from markdown_it import MarkdownIt

from generator.model.asset import Asset
from generator.model.job import Job
from generator.model.settings import Settings
from tests.fuzz.hostile import STRINGS
from tests.fuzz.inert import assert_files
from tests.fuzz.places import Place, places, put
from tests.fuzz.targets.jobs import ASSET, SETTINGS
from tests.fuzz.world import world

_VALUES = tuple(STRINGS.values())
_JOBS, _ASSETS, _SETTINGS = (list(places(model)) for model in (Job, Asset, Settings))
_BATCH = 60
_CLOUDS: tuple[dict[str, Any], ...] = (
    {
        "provider": "aws",
        "region": "us-east-1",
        "runtime": {"type": "ecs_fargate"},
        "network": {"vpc_id": "vpc-0a1b2c3d", "subnet_ids": ["subnet-0a1b2c3d"]},
    },
    {
        "provider": "gcp",
        "region": "europe-west1",
        "runtime": {"type": "cloud_run_job"},
        "account": {"project_id": "acme-data"},
    },
    {
        "provider": "azure",
        "region": "westeurope",
        "runtime": {"type": "container_apps_job"},
        "account": {
            "subscription_id": "00000000-0000-4000-8000-000000000000",
            "resource_group": "rg-acme",
        },
    },
)
# What takes any text, so that each string gets as far as it can.
_OPEN = (
    ("infrastructure", "runtime", "environment", "GREETING"),
    ("infrastructure", "runtime", "command", 0),
    ("infrastructure", "tags", "note"),
    ("finops", "owner"),
    ("finops", "project"),
    ("infrastructure", "terraform", "variables", "tags", "note"),
)
_HTML = re.compile(r"</?(?:details|summary|a|br|sub|code)\b[^<>]*>|<!-- [\w .,/:-]* -->")
_LINK = re.compile(r"(?:https://|#|\.{0,2}/|[\w-]+[./])")


def _job(number: int) -> dict[str, Any]:
    """A job that is fine, on one cloud or another."""
    job: dict[str, Any] = {
        "tenant_id": "acme",
        "environment": "prod",
        "name": f"j{number}",
        "schedule": {"cron": "0 2 * * *"},
        "finops": {"cost_center": "FIN-001", "owner": "data"},
        "infrastructure": copy.deepcopy(_CLOUDS[number % len(_CLOUDS)]),
    }
    job["infrastructure"]["runtime"]["image"] = "example.com/etl:1"
    job["infrastructure"]["terraform"] = {"backend": {"type": "local"}}
    return job


def _one_each(found: Sequence[Place], turn: int) -> Iterator[tuple[Place, str]]:
    """Each place with a string of its own; in as many turns as there are strings, with each."""
    for number, place in enumerate(found):
        yield place, _VALUES[(number * 7 + turn) % len(_VALUES)]


def _jobs(turn: int) -> Iterator[dict[str, Any]]:
    for number, (place, value) in enumerate(_one_each(_JOBS, turn)):
        yield put(_job(number + turn), place, value)


def _open_places() -> Iterator[dict[str, Any]]:
    for number, value in enumerate(_VALUES):
        path = _OPEN[number % len(_OPEN)]
        yield put(_job(number), Place(path), value)
        yield put(_job(number + 1), Place(_OPEN[0]), value)


def _in_batches(jobs: Iterator[dict[str, Any]]) -> int:
    """Run them, and hold what is printed and written to promises; how many got roots."""
    kept, written = list(jobs), 0
    for start in range(0, len(kept), _BATCH):
        here = world()
        here.clean()
        here.put("dativo.yaml", "{}\n")
        for number, job in enumerate(kept[start : start + _BATCH]):
            here.put(f"jobs/j{number}.yaml", json.dumps(job))
        written += _roots()
    return written


def _roots() -> int:
    """Take away the jobs that are refused, and write the roots of the others."""
    here = world()
    while list(here.folder.glob("jobs/*.yaml")):
        _assert_annotations(here.run("validate", "--format", "github"))
        said = here.run("generate", "--format", "json")
        found = json.loads(said[said.index("{") :])["problems"]
        wrong = {p["file"] for p in found if p["severity"] == "error" and p["file"]}
        if not wrong:
            assert not [p for p in found if p["severity"] == "error"], found
            break
        for file in wrong:
            (here.folder / file).unlink()
    files = here.generated()
    if files:
        assert_files(files)
        for path, text in files.items():
            if path.endswith(".md"):
                _assert_markdown(text)
        generated = str(here.folder / "generated")
        subprocess.run(["terraform", "fmt", "-check", "-recursive", generated], check=True)
        assert "up to date" in here.run("check")
        for job in sorted(here.folder.glob("jobs/*.yaml"))[:2]:
            here.run("explain", job.relative_to(here.folder).as_posix())
    return sum(path.endswith("/main.tf") for path in files)


def _assert_annotations(said: str) -> None:
    """Each line is one of ours, so none is a command of GitHub's or Azure's of somebody else's."""
    for line in said.splitlines():
        ours = re.match(r"::(?:error|warning|notice) (?:file=|title=)", line)
        assert ours or not line.lstrip().startswith(("::", "##")), line


def _assert_markdown(text: str) -> None:
    """A README shows no picture, links nowhere that is no page, and holds no HTML but ours."""
    for block in MarkdownIt("commonmark").enable("table").parse(text):
        for token in (block, *(block.children or ())):
            if token.type.startswith("html"):
                assert not re.search(r"<", _HTML.sub("", token.content)), token.content
            assert token.type != "image", token
            if token.type == "link_open":
                assert _LINK.match(str(token.attrs["href"])), token.attrs


def test_every_string_gets_as_far_as_it_can() -> None:
    """Where any text goes, a string of the table is refused, or written so that it means itself."""
    assert _in_batches(_open_places()) > 30


def test_every_place_of_a_job() -> None:
    """Each place has a string; which one, is no choice of anybody's."""
    assert _in_batches(_jobs(0)) > 20


@pytest.mark.deep
@pytest.mark.parametrize("turn", range(1, len(_VALUES), 4))
def test_more_strings_at_every_place_of_a_job(turn: int) -> None:
    """And another one in each turn."""
    _in_batches(_jobs(turn))


def _try(found: Sequence[Place], turn: int, lay_out: Callable[[Place, str], None]) -> None:
    here = world()
    for place, value in _one_each(found, turn):
        here.clean()
        here.put("dativo.yaml", SETTINGS)
        here.put("jobs/j.yaml", json.dumps({**_job(0), "asset_path": "assets/own.yaml"}))
        here.put("assets/own.yaml", ASSET)
        lay_out(place, value)
        # Whoever writes dativo.yaml says where roots are written to; it is inside the project.
        anywhere = ("",) if place.path == ("output",) else ()
        _assert_annotations(here.run("generate", "--format", "github", into=anywhere))
        _assert_roots()


def _assert_roots() -> None:
    here = world()
    files = here.generated()
    assert_files(files)
    for path, text in files.items():
        if path.endswith(".md"):
            _assert_markdown(text)


def _asset(place: Place, value: str) -> None:
    world().put("assets/own.yaml", json.dumps(put(yaml.safe_load(ASSET), place, value)))


def _settings(place: Place, value: str) -> None:
    world().put("dativo.yaml", json.dumps(put(yaml.safe_load(SETTINGS), place, value)))


def test_every_place_of_an_asset() -> None:
    """Each place of an asset has a string of the table."""
    _try(_ASSETS, 0, _asset)


def test_every_place_of_the_settings() -> None:
    """Each place of dativo.yaml has a string of the table."""
    _try(_SETTINGS, 0, _settings)


@pytest.mark.deep
@pytest.mark.parametrize("turn", range(1, len(_VALUES), 8))
def test_more_strings_at_every_place_of_an_asset_and_the_settings(turn: int) -> None:
    """And another one in each turn."""
    _try(_ASSETS, turn, _asset)
    _try(_SETTINGS, turn, _settings)


def test_places_come_from_the_models() -> None:
    """What is walked are all fields, those in mappings and lists too, and their keys."""
    names = {place.name for place in (*_JOBS, *_ASSETS, *_SETTINGS)}
    assert {
        "tenant_id",
        "infrastructure.runtime.environment.a",
        "infrastructure.runtime.environment.a (key)",
        "infrastructure.network.subnet_ids.0",
        "infrastructure.kubernetes.cluster.exec.env.a",
        "compliance.classification",
        "trust.tenants.a.environments.a.databricks",
    } <= names
    assert len(_JOBS) > 150 and len(_SETTINGS) > 150

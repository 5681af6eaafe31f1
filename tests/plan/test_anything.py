"""No job makes the planner fail in another way than telling what is wrong with it."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.plan.root_plan import RootPlan
from tests.plan.conftest import Plans, job

VALUES = st.sampled_from(
    [
        None,
        "",
        " ",
        "no",
        "0123",
        "1e999",
        "12:30:45",
        "-1",
        "0",
        "9" * 400,
        "x" * 300,
        "../..",
        "/",
    ]
    + ["${NOBODY}", "$${X}", "${TENANT_ID}", "a${B}c", "${", "%{if}", 'a"b', "a\nb", "\u202e", "é"]
    + ["{{terraform_outputs.id}}", "{{terraform_outputs.}}", "git::https://e.com/x?ref=1", "a/b/c"]
    + [[], {}, [None], [[]], {"a": None}, {"a": {"b": ["c"]}}, ["a", "b"], {"": ""}, True, 7, 1.5]
)
HEAD = """\
schedule: {cron: '0 2 * * *', timezone: UTC, enabled: true}
finops: {cost_center: C-1, business_tags: [a]}
asset: a
name: n
environments: {prod: {infrastructure: {runtime: {max_retries: 0}}}}
"""
BLOCK = """\
tags: {team: t}
orchestrator: {type: none}
storage: {data_bucket: %s, prefix: p}
references: {database: {endpoint: e, port: 1}}
monitoring: {enabled: true, log_retention_days: 30, alerts: {thresholds: {failed_runs: 1}}}
terraform: {outputs: [id], backend: {type: s3, bucket: state, region: us-east-1, key: k}}
resource_identifiers: {c: "{{terraform_outputs.id}}"}
"""
RUNTIME = "command: [a]\nenvironment: {A: b}\nscaling: {min: 0, max: 1}\ncpu: 1\nmemory: 2Gi\n"
BUCKETS = {"aws": "bucket1", "gcp": "bucket1", "azure": "account1/raw"}


def _paths(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    items = value.items() if isinstance(value, dict) else enumerate(value)
    found = []
    for key, item in items:
        found.append((*path, key))
        if isinstance(item, dict | list):
            found += _paths(item, (*path, key))
    return found


TEXTS = {cloud: job(cloud, RUNTIME, BLOCK % bucket, HEAD) for cloud, bucket in BUCKETS.items()}
DOCUMENTS = {cloud: yaml.load(text, Loader=yaml.CSafeLoader) for cloud, text in TEXTS.items()}
EDITS = {cloud: st.sampled_from(_paths(document)) for cloud, document in DOCUMENTS.items()}


@given(st.data(), st.sampled_from(sorted(DOCUMENTS)), st.integers(1, 4))
@settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_value_in_any_field(
    tmp_path: Path, data: st.DataObject, cloud: str, edits: int
) -> None:
    """Whatever stands in whatever field: a plan that renders, or problems with places."""
    document = copy.deepcopy(DOCUMENTS[cloud])
    for _ in range(edits):
        _put(document, data.draw(EDITS[cloud]), copy.deepcopy(data.draw(VALUES)))
    text = yaml.dump(document, Dumper=yaml.CSafeDumper, allow_unicode=True)
    plans = Plans(tmp_path)
    found, problems = plans.decided(text)
    for problem in problems:
        assert problem.location is not None
        assert problem.message
        assert plans.line_of(problem)
    _check(found)


def _put(document: Any, path: tuple[Any, ...], value: Any) -> None:
    for key in path[:-1]:
        if not isinstance(document, dict | list):
            return
        try:
            document = document[key]
        except (KeyError, IndexError, TypeError):
            return
    last = path[-1]
    fits = isinstance(document, list) and isinstance(last, int) and last < len(document)
    if fits or isinstance(document, dict):
        document[last] = value


def _check(found: list[RootPlan]) -> None:
    from generator.errors import InputError
    from generator.render.render import render

    for plan in found:
        assert not set(plan.folder.split("/")) & {"", ".", ".."}
        try:
            render(plan)
        except InputError as error:
            assert error.problems


@pytest.mark.parametrize("cloud", sorted(TEXTS))
def test_the_property_starts_from_a_whole_job(plans: Plans, cloud: str) -> None:
    """Each edit alone decides whether there is a plan."""
    assert plans.plan(TEXTS[cloud]).tenant == "acme"

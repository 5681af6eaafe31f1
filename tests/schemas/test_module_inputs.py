"""``terraform.variables`` in an editor: the inputs of the module that a job calls."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from generator.json_schema.module_inputs import conditions
from generator.modules.catalogue import shipped_interfaces
from generator.plan.inputs import IDENTITY
from generator.plan.runtimes.field import sources_of
from generator.plan.runtimes.table import RUNTIMES
from generator.yaml.load import load_yaml
from tests.schemas.documents import faults
from tests.schemas.test_agreement import SAMPLES

ROWS = [row for row in RUNTIMES.values() if row.module]
BY_RUNTIME = pytest.mark.parametrize("row", ROWS, ids=lambda row: row.type)
SHIPPED = {data["module"]: data["variables"] for data in shipped_interfaces().values()}


def _offered(row: Any) -> dict[str, Any]:
    modules = list(dict.fromkeys(one.module for one in ROWS))
    then = conditions()[modules.index(row.module)]["then"]
    found: dict[str, Any] = then["properties"]["terraform"]["properties"]["variables"]["properties"]
    return found


def _job(cloud: str, kind: str, variables: str, more: str = "") -> str:
    terraform = f"{{variables: {variables}{more}}}"
    block = f"provider: {cloud}, runtime: {{type: {kind}}}, terraform: {terraform}"
    return f"tenant_id: acme\nenvironment: prod\ninfrastructure: {{{block}}}\n"


@BY_RUNTIME
def test_every_input_is_offered(row: Any) -> None:
    """All inputs of the module but identity, each with the module's own words."""
    offered, declared = _offered(row), SHIPPED[row.module]
    assert offered.keys() == declared.keys() - set(IDENTITY)
    for name, node in offered.items():
        assert node["description"].startswith(declared[name]["description"])
        assert ("Set by `" in node["description"]) is (name in sources_of(row.fields))


@BY_RUNTIME
def test_fields_set_inputs_that_there_are(row: Any) -> None:
    """What a runtime's fields set, its module has."""
    assert sources_of(row.fields).keys() <= SHIPPED[row.module].keys()


@BY_RUNTIME
def test_only_the_shipped_module_has_them(row: Any) -> None:
    """A module of one's own has inputs of its own, however it is named."""
    declared = SHIPPED[row.module].items()
    number = next(name for name, data in declared if data["type"] == "number")
    wrong = f"{{{number}: [a]}}"
    assert faults("job", _job(row.cloud, row.type, wrong))
    for more in ("module: {source: ./modules/a}", "module_source: ./modules/a"):
        assert faults("job", _job(row.cloud, row.type, wrong, f", {more}")) == []
    assert faults("job", _job(row.cloud, row.type, "{an_input_of_theirs: [a]}")) == []


def test_a_former_name_calls_no_other_module() -> None:
    """What one module takes for an input of the same name says nothing of another's."""
    inputs = "{identity: 'arn:aws:iam::123456789012:role/etl'}"  # an object on Kubernetes
    assert faults("job", _job("aws", "kubernetes", inputs))
    assert faults("job", _job("aws", "aws_fargate", inputs)) == []
    assert faults("job", _job("aws", "dagster", inputs)) == []


TYPED = [
    (row, name, data)
    for row in ROWS
    for name, data in sorted(SHIPPED[row.module].items())
    if name not in (*IDENTITY, *sources_of(row.fields))
]


@pytest.mark.parametrize(
    ("row", "name", "declared"), TYPED, ids=[f"{row.type}.{name}" for row, name, _ in TYPED]
)
def test_schema_and_plan_agree_on_values(
    row: Any, name: str, declared: Any, tmp_path: Path
) -> None:
    """What an editor takes for an input, Terraform's type takes; null is left to the module."""
    from generator.modules.check import fit
    from generator.modules.types import parse_type

    kind = parse_type(declared["type"])
    for sample in SAMPLES:
        value = load_yaml(f"v: {sample}".encode(), "file.yaml")["v"]
        _, wrong = fit(kind, value)
        seen = faults("job", _job(row.cloud, row.type, f"{{{name}: {sample}}}"))
        quoted_or_odd = sample in ("'1'", "'true'", "1_000", "0", "1")
        assert bool(seen) == bool(wrong) or quoted_or_odd, (sample, seen, wrong)


@pytest.mark.parametrize("value", ["'${NAME}'", "null"])
@BY_RUNTIME
def test_a_variable_or_null_fits_every_input(row: Any, value: str) -> None:
    """``${NAME}`` is filled in later, and null takes away what a weaker layer says."""
    everything = ", ".join(f"{name}: {value}" for name in _offered(row))
    assert faults("job", _job(row.cloud, row.type, f"{{{everything}}}")) == []


@pytest.mark.parametrize(
    ("value", "fits"),
    [("{vpc_id: a, subnet_ids: [b]}", True), ("{vpc_id: a, subnet_ids: [b], private: no}", True)]
    + [("{vpc_id: a, subnet_ids: [b], privat: no}", False), ("{vpc_id: a}", False)]
    + [("{vpc_id: a, subnet_ids: [[b]]}", False), ("{vpc_id: [a], subnet_ids: []}", False)]
    + [("[a]", False)],
)
def test_objects_are_typed_to_the_leaves(value: str, fits: bool) -> None:
    """An object's attributes are those of the module: unknown, missing and mistyped ones show."""
    found = faults("job", _job("aws", "ecs_fargate", f"{{network: {value}}}"))
    assert bool(found) is not fits


def test_former_names_call_the_same_module() -> None:
    """An older file's runtime has the module's inputs as well."""
    assert faults("job", _job("aws", "aws_fargate", "{log_retention_days: [a]}"))
    older = "{cloud_provider: aws, compute_type: ecs, terraform: {variables: {image: [a]}}}"
    assert faults("job", f"tenant_id: a\ninfrastructure: {older}\n")

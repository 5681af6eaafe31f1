"""The schemas and the loader agree, so that an editor neither cries wolf nor keeps silent."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.schemas.documents import (
    asset_faults,
    committed,
    faults,
    leaves,
    loader_faults,
    put,
    yaml,
)

JOB: dict[str, Any] = {
    "tenant_id": "acme",
    "environment": "prod",
    "name": "job",
    "infrastructure": {
        "provider": "aws",
        "region": "us-east-1",
        "runtime": {"type": "ecs_fargate"},
        "terraform": {"module": {"source": "./modules/mine"}},
    },
}
SAMPLES = (
    *(
        "1",
        "0",
        "-1",
        "60",
        "60.0",
        "1_000",
        "0090",
        "999",
        "2.5",
        "500m",
        "512Mi",
        "2Gi",
        "1.5Gi",
        "99999999",
    ),
    *("true", "False", "no", "ON", "text", '""', "'1'", "'true'", "2024-01-01", "12:30:45"),
    *("[a, b]", "[]", "[[a]]", "[{a: b}]", "{a: b}", "{}", "{a: {b: c}}", "{a: [b]}", "aws"),
    *("dagster", "ARM64", "usgovernment"),
)
# The loader takes any text here; a later stage, which knows more, is what the schema follows.
LATER = {
    ("infrastructure", "runtime", "type"),
    ("infrastructure", "tags"),
    ("infrastructure", "terraform", "backend"),
}
INFRASTRUCTURE = [("infrastructure", *path) for path in leaves("job", "Infrastructure")]
SECTIONS = [
    (section, *path)
    for section, name in (
        ("schedule", "Schedule"),
        ("finops", "FinOps"),
        ("governance_overrides", "GovernanceOverrides"),
    )
    for path in leaves("job", name)
]
TOP = [
    (key,)
    for key in ("tenant_id", "environment", "name", "source_connector", "target_connector")
    + ("asset", "asset_path", "classification_overrides")
]


def _loader(folder: Path, text: str, settings: str = "") -> list[str]:
    missing_asset = "the asset file"
    found = loader_faults(str(folder), text, settings)
    return [fault for fault in found if not fault.startswith(missing_asset)]


def _assert_agreement(text: str, schema: list[str], loader: list[str], sample: str) -> None:
    """Both refuse, or neither; but a schema's limits do not reach numbers that YAML 1.2 reads as
    text, and 60.0 is the integer 60 to a schema, but no name.
    """
    is_text = sample[0] in "'\"" or sample in ("1_000", "0090")
    beyond = is_text and any("must be at" in fault for fault in loader)
    dotted = sample == "60.0" and any("name" in fault for fault in loader)
    if not (beyond or dotted):
        assert bool(schema) == bool(loader), f"{text}\nschema: {schema}\nloader: {loader}"


def _based(path: tuple[str, ...]) -> dict[str, Any]:
    return {**JOB, "schedule": {"cron": "'0 2 * * *'"}} if path[0] == "schedule" else JOB


@pytest.mark.parametrize("path", [*TOP, *SECTIONS, *INFRASTRUCTURE], ids=".".join)
def test_schema_and_loader_agree_on_every_field_of_a_job(
    path: tuple[str, ...], tmp_path: Path
) -> None:
    """Each field takes the same values in an editor and in a run; what the loader alone takes
    is a value that a later stage refuses.
    """
    for sample in SAMPLES:
        text = yaml(put(_based(path), path, sample))
        schema, loader = faults("job", text), _loader(tmp_path, text)
        if path in LATER and schema and not loader:
            continue
        _assert_agreement(text, schema, loader, sample)


@pytest.mark.parametrize("field", ["level", "resource", "role"])
def test_schema_and_loader_agree_on_an_entry_of_access(field: str, tmp_path: Path) -> None:
    """The fields of an item of a list, which no path of keys leads to."""
    for sample in (*SAMPLES, "read", "write"):
        entry = {"resource": "a", "level": "read"} | {field: sample}
        written = ", ".join(f"{key}: {value}" for key, value in entry.items())
        text = yaml(put(JOB, ("infrastructure", "access"), f"[{{{written}}}]"))
        _assert_agreement(text, faults("job", text), _loader(tmp_path, text), sample)


@pytest.mark.parametrize("path", [*SECTIONS, *INFRASTRUCTURE], ids=".".join)
def test_a_variable_may_stand_for_any_scalar_of_a_job(
    path: tuple[str, ...], tmp_path: Path
) -> None:
    """``${NAME}`` is filled in before a field is checked, so numbers and choices take it too."""
    scalars = (sample for sample in SAMPLES if sample[0] not in "[{'\"")
    fits = [s for s in scalars if not faults("job", yaml(put(_based(path), path, s)))]
    for sample in fits[:1]:
        text = yaml(put(_based(path), path, "'${VALUE}'"))
        assert faults("job", text) == []
        assert _loader(tmp_path, text, f"values: {{VALUE: {sample}}}") == []


@pytest.mark.parametrize("path", INFRASTRUCTURE, ids=".".join)
def test_null_removes_what_a_weaker_layer_says(path: tuple[str, ...], tmp_path: Path) -> None:
    """Null below ``infrastructure`` is "not set": fine in an environment and in the settings."""
    if path[-1] in ("provider", "iac", "region", "source") or path in LATER:
        return
    text = yaml({**JOB, "environments": {"prod": put({}, path, "null")}})
    assert faults("job", text) == []
    values = (s for s in SAMPLES if not faults("job", yaml(put(JOB, path, s))))
    base = put(JOB, path, next(values))
    text = yaml({**base, "environments": {"prod": put({}, path, "null")}})
    assert _loader(tmp_path, text) == []
    assert faults("settings", yaml({"defaults": put({}, path, "null")})) == []


@pytest.mark.parametrize("path", list(leaves("asset", "Asset")), ids=".".join)
@pytest.mark.parametrize("shape", ["flat", "nested"])
def test_schema_and_loader_agree_on_every_field_of_an_asset(
    path: tuple[str, ...], shape: str
) -> None:
    """Both shapes of an asset file take the same values in an editor and in a run."""
    for sample in (*SAMPLES, "null"):
        document = put({"version": "'1.0'"}, path, sample)
        text = yaml(document if shape == "flat" else {"asset": document})
        _assert_agreement(text, faults("asset", text), asset_faults(text), sample)


@pytest.mark.parametrize(
    "path",
    [("defaults", "environment"), ("values",), ("tags", "style")]
    + [(key,) for key in ("jobs", "output", "strip_prefixes", "hand_written_roots")]
    + [("tags", key) for key in ("precedence", "overlong", "required")]
    + [("modules", *path) for path in leaves("settings", "ModuleSettings")]
    + [("terraform", *path) for path in leaves("settings", "TerraformSettings")],
    ids=".".join,
)
def test_schema_and_loader_agree_on_every_field_of_the_settings(
    path: tuple[str, ...], tmp_path: Path
) -> None:
    """Each setting takes the same values in an editor and in a run."""
    for sample in (*SAMPLES, "pascal", "shorten", "null"):
        settings = yaml(put({}, path, sample))
        loader = _loader(tmp_path, yaml(JOB), settings)
        _assert_agreement(settings, faults("settings", settings), loader, sample)


def test_every_model_below_infrastructure_is_walked() -> None:
    """The tables above are made from the schema, so they cannot forget a field."""
    count = sum(
        1
        for name, node in committed("job")["definitions"].items()
        if node.get("additionalProperties") is False
        and name not in ("Access", "Overlay", "RegionOverlay", "Schedule")
        for value in node["properties"].values()
        if "deprecated" not in value
        if "$ref" not in value
        and not any("$ref" in o for key in ("allOf", "anyOf") for o in value.get(key, ()))
    )
    assert len(INFRASTRUCTURE) == count > 60

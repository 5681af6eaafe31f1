"""The numbers of the report are those of ``explain``, and those that Terraform comes to."""

from __future__ import annotations

from math import ceil
from typing import Any

import pytest

from generator import explain, load_jobs
from generator.rehearsal.binary import Terraform
from generator.rehearsal.mirror import Mirror
from generator.rehearsal.rehearse import rehearse_root
from tests.deep import sampled
from tests.repository import TOP

_ROOTS = {
    path.parent.relative_to(TOP / "generated").as_posix(): path.parent
    for path in sorted((TOP / "generated").rglob("main.tf"))
    if not path.parents[1].name.startswith("billing-")  # no job: dativo.yaml has its budgets
}


def _explained(row: dict[str, Any]) -> dict[str, Any]:
    """The explanation of the root of a row."""
    file = row["where"]["job"].rpartition(":")[0]
    [found] = [
        explain(job)
        for job in load_jobs(TOP / file, project_dir=TOP)
        if job.plan.folder == row["address"]
    ]
    return found


def test_every_root_has_a_row(ours: dict[str, Any]) -> None:
    """And there is no row without a root; they are in order."""
    assert [row["address"] for row in ours["rows"]] == sorted(_ROOTS)
    assert not [gap for gap in ours["gaps"] if gap["rule"] == "cannot-be-planned"]


def test_facts_are_those_of_explain(ours: dict[str, Any]) -> None:
    """Tags with their lines and what they overrode, inputs, state and module, of every root."""
    for row in ours["rows"]:
        told = _explained(row)
        assert row["tags"] == [
            {
                "key": tag["key"],
                "value": tag["value"],
                "written": tag["written"],
                "layer": tag["layer"],
                "where": tag["from"],
                "overrode": [
                    {"value": lost["value"], "layer": lost["layer"], "where": lost["from"]}
                    for lost in tag["overrides"]
                ],
            }
            for tag in told["tags"]
        ]
        concepts = {tag["concept"]: tag for tag in told["tags"]}
        for name in ("cost_center", "owner", "team", "business_unit"):
            assert row[name] == concepts.get(name, {}).get("written"), row["address"]
            assert row["where"][name] == concepts.get(name, {}).get("from")
        assert row["state"] == told["backend"]["address"]
        assert row["module"] == told["module"]["source"]
        inputs = {one["name"]: one["value"] for one in told["inputs"]}
        assert row["key"] == inputs.get("kms_key_id")
        assert row["image"] == inputs.get("image")
        if row["runtime"] not in ("lambda", "databricks", "emr"):
            assert row["cpu"] == inputs["cpu"]
        if "memory_mib" in inputs:
            assert row["memory_gib"] == inputs["memory_mib"] / 1024
        if "timeout_seconds" in inputs:
            assert row["timeout_seconds"] == inputs["timeout_seconds"]
        assert row["max_retries"] == (
            None if row["started_by"] == "always" else inputs.get("max_retries", 0)
        )


def test_bounds_follow_from_the_facts_beside_them(ours: dict[str, Any]) -> None:
    """Runs, retries, timeout, copies and size make the hours; without one of them there are none.

    Rounded up, so that the bound is one.
    """
    bounded = 0
    for row in ours["rows"]:
        if row["hours_unknown"]:
            assert row["vcpu_hours_a_month"] is None and row["gib_hours_a_month"] is None
            continue
        bounded += 1
        hours = 730.485
        if row["started_by"] != "always":
            hours = row["runs_a_month"] * (1 + row["max_retries"]) * row["timeout_seconds"] / 3600
        if row["hours_capped"]:
            assert hours > 730.485
            hours = 730.485
        for name, size in (("vcpu", row["cpu"]), ("gib", row["memory_gib"])):
            wanted = hours * row["copies"] * size
            found = row[f"{name}_hours_a_month"]
            assert found == pytest.approx(ceil(round(wanted * 100, 3)) / 100, abs=0.011)
            assert found >= wanted - 1e-3
    assert bounded > len(ours["rows"]) / 2


def test_sums_are_those_of_the_rows(ours: dict[str, Any]) -> None:
    """Every root is in each pivot, once for each value that it has."""
    for name, column in (("cost_center", "cost_center"), ("tenant", "tenant"), ("cloud", "cloud")):
        for line in ours["pivots"][name]:
            rows = [row for row in ours["rows"] if row[column] == line["value"]]
            assert line["roots"] == len(rows)
            assert line["jobs"] == len({(row["tenant"], row["job"]) for row in rows})
            for hours in ("vcpu_hours_a_month", "gib_hours_a_month"):
                assert line[hours] == pytest.approx(sum(row[hours] or 0 for row in rows))
            assert line["without_bound"] == sum(row["gib_hours_a_month"] is None for row in rows)
        assert sum(line["roots"] for line in ours["pivots"][name]) == len(ours["rows"])
    classes = {line["value"]: line["roots"] for line in ours["pivots"]["class"]}
    assert classes["PII"] == sum("PII" in row["classes"] for row in ours["rows"])
    assert classes[None] == sum(not row["classes"] for row in ours["rows"])


@pytest.mark.parametrize(
    "address",
    sampled({name: name for name in _ROOTS}, "acme/sendgrid-bounces/dev"),
)
def test_resources_are_as_many_as_rehearsal_applies(
    address: str, ours: dict[str, Any], attached: Mirror, terraform_program: Terraform
) -> None:
    """What is told before any plan is what is there after an apply; taggable ones, too."""
    [row] = [row for row in ours["rows"] if row["address"] == address]
    report = rehearse_root(str(_ROOTS[address]), mirror=attached, terraform=terraform_program)
    made = [one for one in report.resources if one.address]
    assert len(made) >= row["resources_at_least"] > 0
    if row["resources"] is not None:
        assert len(made) == row["resources"]
        assert sum(one.taggable for one in made) == row["taggable"]
        assert sum(not one.taggable for one in made) == row["not_taggable"]

"""Metadata, tag report and labels: what they hold, and where it came from."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.cli import main
from tests.exports.projects import JOB, ROOT, project

STRIPE = str(ROOT / "jobs/acme/stripe-customers.yaml")
PROD = ("--project", str(ROOT), "--environment", "prod")
# What scripts/extract_job_metadata.py of an earlier tool printed.
METADATA_KEYS = [
    *("job_name", "team", "pipeline_type", "environment", "cost_center", "provider"),
    *("runtime_type", "region", "container_image", "cpu", "memory"),
]


def _printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(["export", *arguments]) == 0
    return capsys.readouterr().out


def test_metadata_has_the_earlier_keys(capsys: pytest.CaptureFixture[str]) -> None:
    """The earlier keys come first, whatever else there is; further tags are ``tag_<name>``."""
    found = json.loads(_printed(capsys, "metadata", STRIPE, *PROD))
    assert list(found)[: len(METADATA_KEYS)] == METADATA_KEYS
    assert all(key.startswith("tag_") for key in list(found)[len(METADATA_KEYS) :])
    assert {key: found[key] for key in METADATA_KEYS} == {
        "job_name": "stripe-customers",
        "team": "data-engineering",
        "pipeline_type": "ingestion",
        "environment": "prod",
        "cost_center": "FIN-001",
        "provider": "aws",
        "runtime_type": "ecs_fargate",
        "region": "us-east-1",
        "container_image": "123456789012.dkr.ecr.us-east-1.amazonaws.com/dativo:1.4.0",
        "cpu": "1",
        "memory": "2Gi",
    }
    assert found["tag_regulations"] == "GDPR,CCPA,PCI-DSS"


def test_metadata_that_is_not_there_is_null(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What nobody says is null, and sizes have the unit that the clouds write."""
    made = project(tmp_path, {"finops": None}, runtime={"cpu": "250m", "memory": "512Mi"})
    found = json.loads(_printed(capsys, "metadata", str(made / JOB), "--project", str(made)))
    assert found["cost_center"] is None
    assert (found["cpu"], found["memory"]) == ("0.25", "512Mi")


def test_tag_report_says_where_each_tag_was_written(capsys: pytest.CaptureFixture[str]) -> None:
    """``file:line`` is the line that the value stands in."""
    report = json.loads(_printed(capsys, "tags", STRIPE, *PROD))
    assert report["tag_count"] == len(report["tags"]) == len(report["details"])
    assert list(report["tag_sources"]) == list(report["tags"])
    by_key = {row["key"]: row for row in report["details"]}
    for key, text in (("CostCenter", "FIN-001"), ("Team", "data-engineering"), ("Owner", "data-")):
        file, _, line = by_key[key]["source"].rpartition(":")
        assert text in (ROOT / file).read_text().splitlines()[int(line) - 1]
    assert by_key["ManagedBy"]["source"] == "dativo"
    assert by_key["CostCenter"]["overrides"][0]["value"] == "FIN-002"


def test_tag_report_as_csv_and_markdown(capsys: pytest.CaptureFixture[str]) -> None:
    """The other formats have the same tags with the same values and sources."""
    report = json.loads(_printed(capsys, "tags", STRIPE, *PROD))
    wanted = {row["key"]: (row["value"], row["source"]) for row in report["details"]}
    text = _printed(capsys, "tags", STRIPE, *PROD, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert {row["key"]: (row["value"], row["source"]) for row in rows} == wanted
    assert {(row["tenant"], row["environment"]) for row in rows} == {("acme", "prod")}
    text = _printed(capsys, "tags", STRIPE, *PROD, "--format", "markdown")
    cells = [line.split(" | ") for line in text.splitlines() if line.startswith("| `")]
    assert {c[0].strip("| `"): (c[1].strip("`"), c[3].strip("` |")) for c in cells} == wanted


def test_csv_holds_no_formula(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A spreadsheet must not calculate what somebody wrote in a tag."""
    made = project(tmp_path, tags={"note": "=1+1", "other": "-2"})
    arguments = ("tags", str(made / JOB), "--project", str(made), "--format", "csv")
    rows = {r["key"]: r["value"] for r in csv.DictReader(io.StringIO(_printed(capsys, *arguments)))}
    assert (rows["note"], rows["other"]) == ("'=1+1", "'-2")


def test_markdown_is_not_read_as_markup(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A value with bars and backticks stays in its cell."""
    made = project(tmp_path, provider="azure", tags={"note": "a|b`c"}, **AZURE)
    arguments = ("tags", str(made / JOB), "--project", str(made), "--format", "markdown")
    line = next(x for x in _printed(capsys, *arguments).splitlines() if x.startswith("| `note`"))
    assert line.count("|") == 6


AZURE: dict[str, Any] = {
    "runtime": {"type": "container_apps_job"},
    "region": "westeurope",
    "account": {"subscription_id": "00000000-0000-4000-8000-0000000000a1", "resource_group": "rg"},
    "network": {"vpc_id": None, "subnet_ids": []},
    "terraform": {
        "backend": {
            "type": "azurerm",
            "resource_group_name": "rg",
            "storage_account_name": "acmetfstate",
            "container_name": "state",
        }
    },
}


def test_gcp_labels_are_what_google_takes(capsys: pytest.CaptureFixture[str]) -> None:
    """Keys and values of labels have the alphabet and the length that Google Cloud allows."""
    found = json.loads(_printed(capsys, "labels", STRIPE, *PROD, "--to", "gcp"))
    assert found["cost_center"] == "fin-001"
    assert found["owner"] == "data-team_acme_com"
    assert all(re.fullmatch(r"[a-z][a-z0-9_-]{0,62}", key) for key in found)
    assert all(re.fullmatch(r"[a-z0-9_-]{0,63}", value) for value in found.values())


def test_kubernetes_labels_as_yaml(capsys: pytest.CaptureFixture[str]) -> None:
    """As YAML every label is text, and the same as in JSON."""
    found = json.loads(_printed(capsys, "labels", STRIPE, *PROD))
    text = _printed(capsys, "labels", STRIPE, *PROD, "--format", "yaml")
    assert yaml.safe_load(text) == found
    part = r"[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?"
    assert all(re.fullmatch(part, value) for value in found.values())


def test_labels_that_fold_together_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Two tags that are one label elsewhere are an error that names the key; nothing is printed."""
    made = project(tmp_path, tags={"Data Set": "a", "data.set": "b"})
    arguments = ["export", "labels", str(made / JOB), "--project", str(made), "--to", "gcp"]
    assert main(arguments) == 1
    printed = capsys.readouterr()
    assert printed.out == "" and '"data_set"' in printed.err

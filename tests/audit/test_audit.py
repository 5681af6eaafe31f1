"""What there is against what was intended, cloud by cloud."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
from typing import Any

import pytest

import generator
from tests.audit.conftest import Cloud
from tests.rules.conftest import JOB

ARN = "arn:aws:ecs:eu-west-1:123456789012:cluster/%s"
RUN = "//run.googleapis.com/projects/acme-data/locations/europe-west1/jobs/%s"
APP = (
    "/subscriptions/00000000-0000-4000-8000-0000000000a1/resourceGroups/rg-etl/providers/"
    "Microsoft.App/jobs/%s"
)


def _kinds(document: Any) -> dict[str, str]:
    return {one["id"].rpartition("/")[2]: one["kind"] for one in document["findings"]}


def test_all_as_intended(cloud: Cloud) -> None:
    """Tags of each cloud in its own spelling are fine, and more of them hurt nobody."""
    orders = {**cloud.tags("orders"), "aws:cloudformation:stack-name": "x", "Extra": "1"}
    google = {"name": RUN % "x", "assetType": "run.googleapis.com/Job"}
    azure = {"id": APP % "x", "type": "microsoft.app/jobs", "tags": cloud.tags("contacts")}
    found = cloud.run(
        cloud.aws({ARN % "x": orders, ARN % "other": {"Team": "web"}}),
        cloud.write("gcp.json", [{**google, "labels": cloud.tags("events")}]),
        cloud.write("azure.json", {"count": 1, "data": [azure], "skip_token": None}),
    )
    assert (found["code"], found["findings"]) == (0, [])
    assert found["summary"]["fine"] == 3 and found["summary"]["unrelated"] == 1


def test_each_kind(cloud: Cloud) -> None:
    """Wrong, untagged, unknown and orphaned are told apart, and exit with 2."""
    old = cloud.repository.write("jobs/old.yaml", JOB.replace("orders", "old"))
    assert cloud.repository.run("generate").code == 0
    old.unlink()
    gone = cloud.tags("orders", JobName="old")
    found = cloud.run(
        cloud.aws(
            {
                ARN % "a": cloud.tags("orders", CostCenter="FIN-999", Owner=None),
                ARN % "acme-prod-orders": {},
                ARN % "acme-prod-orders-logs": {"Name": "x"},
                ARN % "acme-prod-ordersx": {},
                ARN % "b": gone,
                ARN % "c": cloud.tags("orders", JobName="never"),
                ARN % "d": {"ManagedBy": "dativo"},
            }
        )
    )
    assert _kinds(found) == {
        "a": "wrong",
        "acme-prod-orders": "untagged",
        "acme-prod-orders-logs": "untagged",
        "b": "orphaned",
        "c": "unknown",
        "d": "unknown",
    }
    assert found["code"] == 2
    [wrong] = [one for one in found["findings"] if one["kind"] == "wrong"]
    assert wrong["lacking"] == ["Owner"]
    assert wrong["different"] == {"CostCenter": {"is": "FIN-999", "should_be": "FIN-001"}}
    assert wrong["address"] == "acme/orders/prod" and wrong["where"].endswith("aws.json:4")


def test_other_styles_are_recognised(cloud: Cloud) -> None:
    """A resource whose identity is in another style of keys is the job's, and wrong."""
    tags = {"dativo:tenant": "acme", "dativo:environment": "prod", "dativo:job": "orders"}
    found = cloud.run(cloud.aws({ARN % "a": tags}))
    [one] = found["findings"]
    assert (one["kind"], one["address"]) == ("wrong", "acme/orders/prod")
    assert "CostCenter" in one["lacking"]


def test_azure_has_no_case_in_names(cloud: Cloud) -> None:
    """Names of tags are alike in any case there, as Azure holds them; values are not."""
    tags = {key.upper(): value for key, value in cloud.tags("contacts").items()}
    azure = {"id": APP % "x", "type": "microsoft.app/jobs", "tags": tags}
    keyed = {**tags, "COSTCENTER": "fin-002"}
    found = cloud.run(cloud.write("a.json", [azure, {**azure, "id": APP % "y", "tags": keyed}]))
    [one] = found["findings"]
    assert one["different"] == {"CostCenter": {"is": "fin-002", "should_be": "FIN-002"}}


def test_exports_of_google(cloud: Cloud) -> None:
    """An export as JSON lines has labels in the resource, by whatever name the service has."""
    labels = cloud.tags("events")
    lines = [
        {
            "name": RUN % "x",
            "asset_type": "run.googleapis.com/Job",
            "resource": {"version": "v2", "data": {"labels": labels}},
            "ancestors": ["projects/1"],
        },
        {
            "name": "//container.googleapis.com/projects/p/locations/l/clusters/acme-prod-events",
            "asset_type": "container.googleapis.com/Cluster",
            "resource": {"data": {"resourceLabels": {**labels, "cost_center": "x"}}},
        },
    ]
    found = cloud.run(cloud.write("lines.json", "\n".join(map(json.dumps, lines)) + "\n"))
    [one] = found["findings"]
    assert one["kind"] == "wrong" and one["where"].endswith("lines.json:2")


def test_states(cloud: Cloud) -> None:
    """A state is of one root: what lacks all tags there is untagged, what it lacks is missing."""
    tags = cloud.tags("orders")
    cluster = {
        "address": "module.job.aws_ecs_cluster.this",
        "mode": "managed",
        "type": "aws_ecs_cluster",
        "provider_name": "registry.terraform.io/hashicorp/aws",
        "values": {"name": "x", "tags": None, "tags_all": tags},
    }
    bare = {**cluster, "address": "module.job.aws_x.y", "type": "aws_x", "values": {"tags": None}}
    rule = {**cluster, "address": "module.job.aws_rule.z", "type": "aws_rule", "values": {}}
    root = {"child_modules": [{"resources": [cluster, bare, rule]}]}
    state = {
        "format_version": "1.0",
        "terraform_version": "1.15.0",
        "values": {"root_module": root},
    }
    found = cloud.run(cloud.write("state.json", state))
    kinds = {(one["kind"], one["type"]) for one in found["findings"]}
    assert ("untagged", "aws_x") in kinds
    assert {one["by"] for one in found["findings"]} == {"state"}
    assert found["summary"]["fine"] == 1


def test_several_files(cloud: Cloud) -> None:
    """Pages, one after another in a file or in several; what is in two of them counts once."""
    page = json.dumps({"ResourceTagMappingList": [{"ResourceARN": ARN % "a", "Tags": []}]})
    one = cloud.write("one.json", page + "\n" + page.replace("/a", "/b"))
    found = cloud.run(one, cloud.write("two.json", page))
    assert found["summary"]["resources"] == 2


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "1:1: error: is no JSON: it is empty"),
        ("[]", None),
        ('{"count": 0, "data": {"columns": [], "rows": []}}', "1:1: error: is no resource of a"),
        ('{"format_version": "1.0"}', None),
        ('{"format_version": "1.2", "planned_values": {}}', "1:1: error: is a plan: show the"),
        ('{"format_version": "1.0", "values": {"root_module": {"resources": [5]}}}', "is not as"),
        ('{"format_version": "1.0", "values": {"root_module": [1]}}', "is not as the tool prints"),
        ("{}", "1:1: error: is no resource of a known form"),
        ('{"a": [1, 2]}', "1:1: error: is no resource of a known form"),
        ('[{"ResourceARN": "a", "Tags": {}}]', None),
        ('[\n {"id": "x"}\n]', "2:1: error: is no resource of a known form"),
        ('{"ResourceTagMappingList": [\n{"ResourceARN": "a"},\n', "3:1: error: is no JSON: "),
        ('[{"ResourceARN": "a"}\n{"ResourceARN": "b"}]', '2:1: error: is no JSON: expected ","'),
        ("[" * 100_000, "1:1: error: is no JSON: is nested too deeply"),
        ("ResourceARN", "1:1: error: is no JSON: expected a list or an object"),
        (
            f'[{{"name": "{RUN}", "asset_type": "run.googleapis.com/Job", "ancestors": []}}]',
            "1:1: error: was exported without --content-type=resource, so without labels",
        ),
    ],
)
def test_other_files(cloud: Cloud, text: str, told: str | None) -> None:
    """What is no export is told at its line, with what can be read, and nothing is judged."""
    done = cloud.repository.run("audit", cloud.write("x.json", text))
    assert (done.code == 1) == (told is not None) and (told or "") in done.err
    assert told is None or done.out == ""


def test_no_text(cloud: Cloud) -> None:
    """What is no text is told as such."""
    path = cloud.repository.folder / "x.json"
    path.write_bytes(b"\xb6\x00\x01" * 1000)
    done = cloud.repository.run("audit", str(path))
    assert done.code == 1 and "is no JSON: it is neither UTF-8 nor UTF-16" in done.err


def test_powershell(cloud: Cloud) -> None:
    """UTF-16, as PowerShell redirects, and UTF-8 with its mark are read."""
    page = json.dumps({"ResourceTagMappingList": [{"ResourceARN": ARN % "ä", "Tags": []}]})
    for encoding in ("utf-16", "utf-8-sig"):
        path = cloud.repository.folder / "x.json"
        path.write_text(page, encoding=encoding)
        assert cloud.run(str(path))["summary"]["resources"] == 1


def test_forms(cloud: Cloud) -> None:
    """Each form has the same findings; a spreadsheet takes none for a formula."""
    path = cloud.aws({ARN % "a": cloud.tags("orders", Owner="=1+1|x")})
    run = cloud.repository.run
    assert 'Owner is "=1+1|x" and should be "data"' in run("audit", path).out
    assert "| acme/orders/prod | wrong |" in run("audit", path, "--format", "markdown").out
    [_, row] = csv.reader(io.StringIO(run("audit", path, "--format", "csv").out))
    assert row[:2] == ["wrong", "acme/orders/prod"] and "Owner: " in row[6]
    out = cloud.repository.folder / "out.json"
    assert run("audit", path, "--format", "json", "--output", str(out)).code == 2
    assert json.loads(out.read_text(encoding="utf-8"))["summary"]["wrong"] == 1
    found, problems = generator.audit_tags(cloud.repository.folder, [path])
    assert [one.kind for one in found.findings] == ["wrong"] and not problems


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_pipes(cloud: Cloud, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a shell hands over as ``<(...)`` is read; a pipe that nobody writes to is an error."""
    repository = cloud.repository
    pipe = repository.folder / "pipe"
    os.mkfifo(pipe)
    writer = subprocess.Popen(["sh", "-c", f"echo '{{\"ResourceTagMappingList\": []}}' > {pipe}"])
    done = repository.run("audit", str(pipe))
    assert (writer.wait(), done.code) == (0, 0), done
    monkeypatch.setattr("generator.files.regular._PATIENCE", 1)
    done = repository.run("audit", str(pipe))
    assert done.code == 1 and "nobody writes to this pipe" in done.err
    done = repository.run("audit", "/dev/zero")
    assert done.code == 1 and "no regular file" in done.err

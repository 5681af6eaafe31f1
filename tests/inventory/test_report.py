"""What the report answers, what it calls a gap, and how it is printed."""

from __future__ import annotations

import csv
import io
import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest

from generator import UsageError, report_roots
from generator.inventory import gather
from generator.inventory.chosen import COLUMNS
from generator.inventory.views.table import FORMS
from tests.repository import SETTINGS, TOP, Repository
from tests.taken import taken_by

_KEY = "  storage: {kms_key_id: projects/acme-data/locations/us-central1/keyRings/a/cryptoKeys/b}\n"
_DIGEST = "@sha256:" + "0" * 64
_ASSET = """\
name: orders
compliance: {classification: [PII], security: {encryption_required: true}}
"""


def _gaps(repository: Repository, *more: str) -> list[tuple[str, str, str]]:
    """Severity, rule and ``file:line`` of each gap but for notes on images."""
    found = repository.run("report", "--format", "json", "--only", "gaps", *more)
    assert found.code == 0, found.err
    return [
        (one["severity"], one["rule"], f"{one['file']}:{one['line']}")
        for one in found.document["gaps"]
        if one["rule"] not in ("image-without-digest", "tags-altered", "prod-without-alerts")
    ]


def test_a_question_has_an_answer(repository: Repository) -> None:
    """Conditions narrow, columns are the answer; case does not matter, and none is no value."""
    repository.write("assets/orders.yaml", _ASSET)
    repository.job("orders", _KEY + "asset_path: assets/orders.yaml\n")
    repository.job("people", "asset_path: assets/orders.yaml\n")
    repository.job("rates")
    asked = ("--where", "class=pii", "--where", "key=none", "--columns", "job,owner")
    found = repository.run("report", "--format", "csv", *asked)
    assert (found.code, found.out.splitlines()) == (0, ["job,owner", "people,data"])
    others = repository.run("report", "--format", "csv", "--where", "class!=PII", *asked[4:])
    assert others.out.splitlines()[1:] == ["rates,data"]
    some = repository.run("report", "--format", "csv", "--where", "state=gs://*/o*", *asked[4:])
    assert some.out.splitlines()[1:] == ["orders,data"]
    all_of = repository.run(
        "report", "--format", "csv", "--where", "state=gs://*rates*", *asked[4:]
    )
    assert all_of.out.splitlines()[1:] == ["rates,data"]


@pytest.mark.parametrize(
    "arguments, told",
    [
        (["--where", "tennant=acme"], 'tennant: no such column; did you mean "tenant"?'),
        (["--where", "tenant"], "--where tenant: write COLUMN=VALUE or COLUMN!=VALUE"),
        (
            ["--columns", "job,oner", "--format", "csv"],
            'oner: no such column; did you mean "owner"?',
        ),
        (["--columns", ",", "--format", "csv"], "--columns names no column"),
        (
            ["--columns", "job", "--only", "gaps", "--format", "csv"],
            "--columns is for the table of roots",
        ),
        (
            ["--columns", "job", "--format", "html"],
            "--columns is for tables: add --format markdown, csv or json",
        ),
        (["--format", "csv", "--links", "https://x/FILE"], "--links is for a page"),
    ],
)
def test_wrong_questions_are_told(repository: Repository, arguments: list[str], told: str) -> None:
    """With what was meant; nothing is printed as an answer."""
    repository.job("orders")
    found = repository.run("report", *arguments)
    assert (found.code, found.out) == (1, "")
    assert told in found.err


def test_data_without_a_key(repository: Repository) -> None:
    """PII, and what has to be encrypted, without a key of one's own: at the lines that say so."""
    repository.write("assets/orders.yaml", _ASSET)
    repository.job("orders", "  storage: {data_bucket: acme}\nasset_path: assets/orders.yaml\n")
    assert _gaps(repository) == [
        ("error", "encryption-without-key", "jobs/orders.yaml:9"),
        ("error", "pii-without-key", "jobs/orders.yaml:9"),
    ]
    repository.job("orders", _KEY + "asset_path: assets/orders.yaml\n")
    assert _gaps(repository) == []


@pytest.mark.parametrize("name, is_pii", [("PII", True), ("customer_pii", True), ("PIING", False)])
def test_what_is_pii(repository: Repository, name: str, is_pii: bool) -> None:
    """The word counts, wherever it is in the name of a class."""
    repository.job("orders", f"classification_overrides: {{default: {name}}}\n")
    assert bool(_gaps(repository)) == is_pii


def test_nobody_owns_or_pays(repository: Repository) -> None:
    """Worse without a team; at the job."""
    repository.write("dativo.yaml", SETTINGS.replace("    tags: {owner: data}\n", ""))
    repository.job("orders", "  tags: {team: crm}\n")
    repository.job("rates")
    repository.edit("jobs/rates.yaml", "finops: {cost_center: FIN-001}\n", "")
    assert _gaps(repository) == [
        ("error", "no-cost-center", "jobs/rates.yaml:3"),
        ("error", "no-owner", "jobs/rates.yaml:3"),
        ("warning", "no-owner", "jobs/orders.yaml:3"),
    ]


def test_one_name_in_two_spellings(repository: Repository) -> None:
    """Whoever spells it otherwise than most is told, at the line; other numbers are other names."""
    for name, center in (("a", "FIN-001"), ("b", "FIN-001"), ("c", "fin 001"), ("d", "FIN-010")):
        repository.job(name)
        repository.edit(f"jobs/{name}.yaml", "FIN-001", center)
    assert _gaps(repository) == [("warning", "near-duplicate", "jobs/c.yaml:4")]
    assert _gaps(repository, "--where", "job=a") == []
    assert len(_gaps(repository, "--where", "job=c")) == 1


def test_prod_and_dev_in_one_place(repository: Repository) -> None:
    """The same prefix, or one inside the other, of one bucket; not what only begins alike."""
    for name, environment, prefix in (
        ("a", "prod", "raw/orders"),
        ("b", "dev", "raw/orders/new"),
        ("c", "dev", "raw/orders2"),
        ("d", "test", "raw/orders/new"),
        ("e", "test", "other"),
    ):
        bucket = f"  storage: {{data_bucket: acme-lake, prefix: {prefix}}}\n"
        repository.job(name, bucket, environment)
    assert _gaps(repository) == [
        ("error", "shared-prefix", f"jobs/{name}.yaml:9") for name in ("a", "b", "d")
    ]
    repository.edit("jobs/a.yaml", "raw/orders", "elsewhere")
    assert {gap[0] for gap in _gaps(repository)} == {"warning"}


def test_images_that_move(repository: Repository) -> None:
    """Latest is worse than a tag, and a digest is right."""
    rules = []
    for image in ("example/etl", "example/etl:latest", "example/etl:2", f"example/etl{_DIGEST}"):
        repository.job("orders")
        repository.edit("jobs/orders.yaml", "example/etl:1.0", image)
        found = repository.run("report", "--format", "json")
        [row] = found.document["rows"]
        gaps = [gap["rule"] for gap in found.document["gaps"] if gap["rule"].startswith("image")]
        rules.append((row["image_tag"], row["image_digest"], *gaps))
    assert rules == [
        ("latest", None, "image-latest"),
        ("latest", None, "image-latest"),
        ("2", None, "image-without-digest"),
        (None, _DIGEST[1:]),
    ]


def test_tags_that_a_cloud_alters(repository: Repository) -> None:
    """What is cut is a warning at its line; what only reads otherwise is one note a root."""
    repository.job("orders", f"  tags: {{note: {'word ' * 20}end, team: Data_Team}}\n")
    found = repository.run("report", "--format", "json", "--only", "gaps").document["gaps"]
    [cut] = [gap for gap in found if gap["rule"] == "tag-shortened"]
    assert (cut["severity"], cut["file"], cut["line"]) == ("warning", "jobs/orders.yaml", 9)
    [altered] = [gap for gap in found if gap["rule"] == "tags-altered"]
    assert "team data_team for Data_Team" in altered["message"]
    assert "cost_center fin-001 for FIN-001" in altered["message"]


def test_nobody_hears_of_failures(repository: Repository) -> None:
    """In prod, by whatever name; not in dev, and not where somebody is called."""
    channels = "  monitoring: {alerts: {channels: [projects/acme-data/notificationChannels/1]}}\n"
    repository.job("a")
    repository.job("b", channels)
    repository.job("c", environment="dev")
    repository.job("d", "  monitoring: {alerts: {}}\n", environment="Production")
    found = repository.run("report", "--format", "json").document["gaps"]
    told = [gap["address"] for gap in found if gap["rule"] == "prod-without-alerts"]
    assert told == ["acme/a/prod", "acme/d/Production"]


def test_a_retired_root_is_told_until_it_is_pruned(repository: Repository) -> None:
    """Of the whole report; it has no row, for it holds nothing."""
    repository.job("a")
    repository.job("b")
    assert repository.run("generate").code == 0
    (repository.folder / "jobs/b.yaml").unlink()
    assert repository.run("generate", "--retire", str(repository.folder / "jobs/b.yaml")).code == 0
    found = repository.run("report", "--format", "json").document
    [gap] = [gap for gap in found["gaps"] if gap["rule"] == "retired-root"]
    assert (gap["address"], gap["file"]) == ("acme/b/prod", "generated/acme/b/prod/.dativo.json")
    assert [row["address"] for row in found["rows"]] == ["acme/a/prod"]
    assert _gaps(repository, "--where", "job=a") == []


def test_one_wrong_job_leaves_the_others_in(repository: Repository, tmp_path: Path) -> None:
    """The report says what is missing, the error is told once, and the exit code is 1."""
    repository.job("a")
    repository.job("b", "  runtme: {}\n")
    target = tmp_path / "report.json"
    found = repository.run("report", "--output", str(target), "--fail-on", "note")
    assert found.code == 1
    assert found.err.count("runtme") == 2  # the message, and the line
    document = json.loads(target.read_text(encoding="utf-8"))
    assert [row["address"] for row in document["rows"]] == ["acme/a/prod"]
    first = document["gaps"][0]
    assert (first["severity"], first["rule"]) == ("error", "cannot-be-planned")
    assert (first["address"], first["file"], first["line"]) == (None, "jobs/b.yaml", 9)


def test_policies_find_gaps(repository: Repository) -> None:
    """At the line and as bad as the policy says; an exemption is a note, and nothing fails."""
    policies = (
        "policies:\n  ready: {image-by-digest: error}\n  exemptions:\n"
        "  - {policies: [image-by-digest], jobs: [acme/b/*], reason: goes in May}\n"
    )
    repository.write("dativo.yaml", SETTINGS + policies)
    repository.job("a")
    repository.job("b")
    found = repository.run("report", "--format", "json")
    assert (found.code, found.err) == (0, "")
    gaps = [gap for gap in found.document["gaps"] if gap["rule"] == "policy/image-by-digest"]
    assert [(gap["severity"], gap["address"], gap["file"], gap["line"]) for gap in gaps] == [
        ("error", "acme/a/prod", "jobs/a.yaml", 8),
        ("note", "acme/b/prod", "jobs/b.yaml", 8),
    ]
    assert gaps[1]["message"].endswith("exempt: goes in May")
    assert repository.run("report", "--only", "gaps", "--fail-on", "error").code == 2


def test_two_jobs_that_claim_one_root(repository: Repository) -> None:
    """The first file has it, whatever the number of processes; it is told as ``check`` does."""
    repository.job("a")
    text = (repository.folder / "jobs/a.yaml").read_text(encoding="utf-8")
    repository.write("jobs/b.yaml", text.replace("example/etl:1.0", "example/etl:2.0"))
    found = repository.run("report", "--format", "json")
    assert found.code == 1 and "jobs/a.yaml already is tenant acme, job a" in found.err
    [row] = found.document["rows"]
    assert row["image_tag"] == "1.0"
    assert found.document["gaps"][0]["rule"] == "cannot-be-planned"


def test_jobs_that_need_jobs_are_there(repository: Repository) -> None:
    """What another job lacks is told once, at that job; what is needed is found."""
    repository.job("land")
    repository.job("mart", "needs: [land]\n")
    found = repository.run("report", "--format", "json")
    assert (found.code, len(found.document["rows"])) == (0, 2)
    repository.job("land", "  runtme: {}\n")
    broken = repository.run("report", "--format", "json")
    assert (broken.code, broken.document["rows"]) == (1, [])
    rules = [gap["rule"] for gap in broken.document["gaps"]]
    assert rules == ["cannot-be-planned"], broken.document["gaps"]


@pytest.mark.parametrize("level, code", [("error", 0), ("warning", 2), ("note", 2), (None, 0)])
def test_gaps_fail_a_pipeline(repository: Repository, level: str | None, code: int) -> None:
    """As bad as asked for, or worse; the report is printed all the same."""
    repository.job("orders")
    arguments = ["--fail-on", level] if level else []
    found = repository.run("report", "--format", "markdown", "--only", "gaps", *arguments)
    assert (found.code, found.out.startswith("## ")) == (code, True)
    assert "| warning | prod-without-alerts |" in found.out


def test_the_same_jobs_give_the_same_bytes(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In one process or several, with other hashes, at another time."""
    for number in range(6):
        repository.job(f"job-{number}")
    seen = set()
    for least in (1, 1000):
        monkeypatch.setattr(gather, "ENOUGH_TO_FORK", least)
        seen.add(repository.run("report", "--format", "json").out)
    for seed in "01":
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": f"UTC-{seed}"}
        seen.add(repository.spawn("report", "--format", "json", env=environment).out)
    assert len(seen) == 1


_HOSTILE = ["=1+1", "+1", "-1", "@SUM(A1)", "x;=1+1", "x,-2", "\uff1d1", "<b>|</b>`"]


@pytest.mark.parametrize("owner", _HOSTILE)
def test_no_cell_becomes_a_formula(repository: Repository, owner: str) -> None:
    """OWASP, "CSV Injection": whatever a job says is text, for spreadsheets of any country."""
    repository.job("orders", f"  tags: {{team: {json.dumps(owner)}}}\n")
    found = repository.run(
        "report", "--format", "csv", "--columns", "team,classes,vcpu_hours_a_month"
    )
    [_, [cell, _, hours]] = csv.reader(io.StringIO(found.out))
    assert cell.replace("'", "") == owner.replace("'", "") and hours == ""
    for separator in (",", ";", "|", "\t"):
        assert not any(part.strip()[:1] in tuple("=+-@\uff1d") for part in cell.split(separator))
    table = repository.run("report", "--format", "markdown", "--columns", "team").out
    assert table.splitlines()[-1].count("|") == 2


def test_csv_has_every_column(repository: Repository) -> None:
    """In a fixed order, lists in one cell, nothing for what is not known."""
    repository.job("orders", "classification_overrides: {default: [A, B]}\n")
    repository.job("empty")
    found = repository.run("report", "--format", "csv")
    assert found.out.endswith("\n")
    head, *rows = csv.reader(io.StringIO(found.out))
    assert tuple(head) == COLUMNS and {len(row) for row in rows} == {len(COLUMNS)}
    by_name = dict(zip(head, rows[0], strict=True))
    assert (by_name["runs_a_month"], by_name["private_network"]) == ("", "no")


def test_a_file_is_written_once(repository: Repository, tmp_path: Path) -> None:
    """By the form that its name asks for; a link is refused, and what is the same is left alone."""
    repository.job("orders")
    for name, begins in (("a.json", "{"), ("a.csv", "address,"), ("a.MD", "## 1 root")):
        target = tmp_path / name
        first = repository.run("report", "--output", str(target))
        assert (first.code, first.err) == (0, f"wrote {target}\n")
        assert target.read_text(encoding="utf-8").startswith(begins)
        assert repository.run("report", "--output", str(target)).err == f"unchanged: {target}\n"
    link = tmp_path / "link.md"
    link.symlink_to(tmp_path / "a.MD")
    refused = repository.run("report", "--output", str(link))
    assert refused.code == 1 and "symbolic link" in refused.err


def test_a_page_is_what_is_made_unless_another_form_is_asked_for(
    repository: Repository, tmp_path: Path
) -> None:
    """It holds the same rows and gaps, and finds the job files from where it lies."""
    repository.job("orders")
    found = repository.run("report")
    assert found.code == 0 and found.out.startswith("<!doctype html>")
    assert "acme/orders/prod" in found.out and "image-without-digest" in found.out
    target = repository.folder / "site of ours" / "deep" / "report.html"
    assert repository.run("report", "--output", str(target)).code == 0
    assert '"../../FILE"' in target.read_text(encoding="ascii")
    url = "https://example.com/blob/main/FILE#LLINE"
    assert url in repository.run("report", "--links", url).out


def test_python_has_the_same(repository: Repository) -> None:
    """What JSON has, as data; a wrong condition is an error of the call."""
    repository.job("orders")
    printed: Any = repository.run("report", "--format", "json", "--where", "job=orders").document
    assert report_roots(repository.folder, where=["job=orders"]) == printed
    with pytest.raises(UsageError, match="no such column"):
        report_roots(repository.folder, where=["nobody=x"])


@pytest.mark.deep
@pytest.mark.parametrize("form", FORMS)
def test_each_root_takes_little_memory(repository: Repository, tmp_path: Path, form: str) -> None:
    """Ten thousand roots fit into a small machine: a root takes its text, and a few KiB."""
    taken, written = [], []
    for number in (100, 900):
        repository.job("orders")
        tenants = ", ".join(f"tenant{one}" for one in range(number))
        repository.edit(
            "jobs/orders.yaml",
            "tenant_id: acme",
            f"tenant_id: ${{TENANT_ID}}\ntenants: [{tenants}]",
        )
        target = tmp_path / f"{number}.out"
        command = [sys.executable, "-m", "generator", "report", "--project", str(repository.folder)]
        done = taken_by([*command, "--format", form, "--output", str(target)], TOP, tmp_path)
        assert done.code == 0, done.said
        taken.append(done.memory / 1024)
        written.append(target.stat().st_size / 1024)
    most = 20 * 800 + 6 * (written[1] - written[0])
    assert taken[1] - taken[0] < most, (taken, written)

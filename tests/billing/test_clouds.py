"""Bills of Google Cloud and Azure: what differs from AWS, from the line to the tombstone."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from generator.job.bill_limits import LIMITS
from generator.model.runtime_types import CLOUDS
from generator.plan.runtimes.billing import BILLS
from tests.docs.examples import example
from tests.repository import Repository
from tests.trust.conftest import MODULES
from tests.trust.test_fields import aws

PAGE = "docs/costs.md"
ROOT = "generated/acme/billing/prod"
PAGES = {"gcp": "budgets of a billing account", "azure": "budgets of a subscription"}
# A job on each cloud whose cost centre is the first of the page's bill.
JOB = """\
tenant_id: acme
environment: prod
name: orders
finops: {cost_center: FIN-001}
infrastructure:
  provider: CLOUD
  region: REGION
  account: ACCOUNT
  runtime: {type: databricks, release: 15.4.x-scala2.12, entry_point: /Shared/orders, nodes: NODES}
  databricks: {host: "https://dbc-0a1b2c3d-e4f5.cloud.databricks.com"}
  tags: {owner: data}
  terraform: {backend: {type: gcs, bucket: acme-terraform-state}}
"""


@pytest.fixture
def repository(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Repository:
    """A project without a job."""
    return Repository(tmp_path, capsys)


def page(cloud: str) -> str:
    """The bill of the page."""
    return example(PAGE, PAGES[cloud])


def lay(repository: Repository, text: str) -> str:
    """Settings whose modules are fetched, and the module call of the root that they make."""
    repository.write("dativo.yaml", text + MODULES)
    done = repository.run("generate")
    assert done.code == 0, done.err
    return (repository.folder / ROOT / "main.tf").read_text("utf-8")


def test_each_cloud_has_a_bill_and_its_limits() -> None:
    """One row a cloud, in both tables; the names are those of a job's ``provider``."""
    assert set(BILLS) == set(LIMITS) == set(CLOUDS)
    assert all(row.module == f"{cloud}-billing" for cloud, row in BILLS.items())


@pytest.mark.parametrize("cloud", PAGES)
def test_the_bill_of_the_page_is_a_root(repository: Repository, cloud: str) -> None:
    """It has budgets, a key of tags, an account and a state; its job file is dativo.yaml."""
    main = lay(repository, page(cloud))
    assert f"modules.git//{cloud}-billing?ref=v1" in main
    manifest = json.loads((repository.folder / ROOT / ".dativo.json").read_text("utf-8"))
    assert (manifest["job"], manifest["runtime"]) == ("dativo.yaml", "billing")
    assert repository.run("check").code == 0


def test_labels_of_google_are_in_lower_case(repository: Repository) -> None:
    """Keys and values are those that the jobs' labels have; the map is by what was written."""
    main = lay(repository, page("gcp"))
    assert 'cost_center_key = "cost_center"' in main
    assert re.search(r'FIN-001 = \{\n +cost_center = "fin-001"', main)
    styled = lay(repository, page("gcp") + "tags: {style: namespaced, namespace: acme}\n")
    assert 'cost_center_key = "acme-cost-center"' in styled


def test_calls_to_google_count_against_the_project(repository: Repository) -> None:
    """The Budget API refuses people's credentials unless they do; the labels stay on everything."""
    lay(repository, page("gcp"))
    providers = (repository.folder / ROOT / "providers.tf").read_text("utf-8")
    assert re.search(r'billing_project +=  *"acme-finops"', providers)
    assert re.search(r"user_project_override += true", providers)
    assert re.search(r"default_labels += local.tags", providers)


@pytest.mark.parametrize("cloud", PAGES)
def test_nothing_of_aws_is_asked_of_other_clouds(repository: Repository, cloud: str) -> None:
    """They have neither activated tags nor cost categories, and say no currency unless told."""
    main = lay(repository, page(cloud))
    assert not re.search("cost_allocation_tags|cost_categories|currency", main)


def test_each_budget_of_azure_has_its_start(repository: Repository) -> None:
    """That of its cost centre, or that of the bill; no input tells it for all."""
    main = lay(repository, page("azure"))
    starts = re.findall(r"^ +start +=  *(.*)$", main, re.MULTILINE)
    assert starts == ['"2026-12-01"', '"2027-01-01"']
    every = page("azure").replace("    start: 2026-12-01\n", "")
    every = every.replace("amount: 4000}", "amount: 4000, start: 2026-12-01}")
    assert lay(repository, every) == main


@pytest.mark.parametrize("cloud", PAGES)
def test_explain_tells_the_lines_of_dativo_yaml(repository: Repository, cloud: str) -> None:
    """Each value is told where it was written."""
    lay(repository, page(cloud))
    told = repository.run("explain", "acme/billing/prod")
    assert told.code == 0
    lines = page(cloud).splitlines()
    wanted = {"gcp": "billing_account", "azure": "subscription_id"}[cloud]
    at = next(number for number, line in enumerate(lines, 1) if wanted in line)
    assert f"dativo.yaml:{at}" in told.out


@pytest.mark.parametrize("cloud", PAGES)
def test_a_bill_that_is_gone_leaves_a_tombstone(repository: Repository, cloud: str) -> None:
    """Its provider stays as it was, so that an apply takes the budgets away."""
    repository.write("jobs/acme/orders.yaml", aws())
    lay(repository, page(cloud))
    before = (repository.folder / ROOT / "providers.tf").read_text("utf-8")
    repository.write("dativo.yaml", MODULES)
    done = repository.run("generate", "--retire", str(repository.folder / ROOT))
    assert done.code == 0, done.err
    assert json.loads((repository.folder / ROOT / ".dativo.json").read_text("utf-8"))["retired"]
    assert not (repository.folder / ROOT / "main.tf").exists()
    after = (repository.folder / ROOT / "providers.tf").read_text("utf-8")
    kept = [line.split() for line in before.splitlines() if "local.tags" not in line]
    assert [line.split() for line in after.splitlines()] == kept


@pytest.mark.parametrize(
    ("cloud", "account", "other"),
    [
        ("gcp", "{project_id: acme-data-prod}", "fin-002"),
        ("azure", "{subscription_id: 00000000-0000-4000-8000-0000000000a1}", "FIN-002"),
    ],
)
def test_a_budget_counts_jobs_of_its_own_cloud(
    repository: Repository, cloud: str, account: str, other: str
) -> None:
    """A job elsewhere is on another bill; one of Databricks is on that of the cloud below it, in
    capitals or not.
    """
    lay(repository, page(cloud))
    repository.write("jobs/acme/orders.yaml", aws())
    told = repository.run("generate").err
    assert told.count(f"no job on {cloud} has the cost centre") == page(cloud).count("amount:")
    job = JOB.replace("CLOUD", cloud).replace("ACCOUNT", account)
    region, machine = {
        "gcp": ("europe-west1", "n2-highmem-4"),
        "azure": ("westeurope", "Standard_D4ds_v5"),
    }[cloud]
    job = job.replace("REGION", region).replace("NODES", f"{{instance_type: {machine}}}")
    repository.write("jobs/acme/orders.yaml", job)
    told = repository.run("generate").err
    value = "fin-001" if cloud == "gcp" else "FIN-001"
    assert f'has the cost centre "{value}"' not in told, told
    repository.write("jobs/acme/orders.yaml", job.replace("FIN-001", "FIN-002"))
    told = repository.run("generate").err
    assert f'has the cost centre "{value}" (did you mean "{other}"?)' in told, told


@pytest.mark.parametrize("cloud", PAGES)
def test_the_report_leaves_bills_out(repository: Repository, cloud: str) -> None:
    """Nothing runs there."""
    repository.write("jobs/acme/orders.yaml", aws())
    lay(repository, page(cloud))
    rows = json.loads(repository.run("report", "--format", "json").out)["rows"]
    assert [row["job"] for row in rows] == ["orders"]


def test_one_bill_of_several_is_explained_alone(repository: Repository) -> None:
    """By the address of its root or the root's folder; the settings are the file of all."""
    other = page("azure").replace("name: billing\n", "name: further\n").removeprefix("budgets:\n")
    lay(repository, page("gcp") + other)
    for word in ("acme/further/prod", str(repository.folder / ROOT).replace("billing", "further")):
        found = json.loads(repository.run("explain", word, "--format", "json").out)["roots"]
        assert [root["name"] for root in found] == ["further"]
    settings = str(repository.folder / "dativo.yaml")
    both = json.loads(repository.run("explain", settings, "--format", "json").out)["roots"]
    assert [root["name"] for root in both] == ["billing", "further"]

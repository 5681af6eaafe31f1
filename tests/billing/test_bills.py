"""A bill of dativo.yaml is a root like that of a job: made, checked, explained, retired."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.docs.examples import example
from tests.repository import Repository
from tests.trust.conftest import MODULES
from tests.trust.test_fields import aws

PAGE = "docs/costs.md"
ROOT = "generated/acme/billing/prod"


@pytest.fixture
def repository(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Repository:
    """A project with the bill of the page, and no job."""
    made = Repository(tmp_path, capsys)
    made.write("dativo.yaml", example(PAGE, "budgets") + MODULES)
    return made


def test_the_bill_of_the_page_is_a_root(repository: Repository) -> None:
    """It has budgets, keys of tags, an account and a state; its job file is dativo.yaml."""
    assert repository.run("generate").code == 0
    main = (repository.folder / ROOT / "main.tf").read_text("utf-8")
    assert "modules.git//aws-billing?ref=v1" in main
    assert 'cost_center_key = "CostCenter"' in main
    assert 'cost_categories      = ["CostCenter"]' in main
    assert main.count('period      = "quarterly"') == 1
    providers = (repository.folder / ROOT / "providers.tf").read_text("utf-8")
    assert '["123456789012"]' in providers
    manifest = json.loads((repository.folder / ROOT / ".dativo.json").read_text("utf-8"))
    assert (manifest["job"], manifest["runtime"]) == ("dativo.yaml", "billing")
    assert repository.run("check").code == 0


def test_keys_are_those_of_the_jobs(repository: Repository) -> None:
    """In another style, and with a key of one's own, the budget filters by that."""
    page = example(PAGE, "budgets") + MODULES
    repository.write("dativo.yaml", page + "tags: {style: snake, keys: {cost_center: kst}}\n")
    assert repository.run("generate").code == 0
    main = (repository.folder / ROOT / "main.tf").read_text("utf-8")
    assert 'cost_center_key = "kst"' in main
    assert '["environment", "job_name", "kst", "tenant_id"]' in main


def test_a_member_splits_no_costs(repository: Repository) -> None:
    """Its management account activates tags and makes categories."""
    page = example(PAGE, "budgets").replace(
        "provider: aws\n", "provider: aws\n    management: false\n"
    )
    repository.write("dativo.yaml", page + MODULES)
    assert repository.run("generate").code == 0
    main = (repository.folder / ROOT / "main.tf").read_text("utf-8")
    assert "cost_allocation_tags" not in main and "cost_categories" not in main


def test_explain_tells_the_lines_of_dativo_yaml(repository: Repository) -> None:
    """The job is found by its name, and each value where it was written."""
    repository.run("generate")
    told = repository.run("explain", "acme/billing/prod")
    assert told.code == 0
    assert "dativo.yaml:7" in told.out  # its tags


def test_a_bill_that_is_gone_leaves_a_tombstone(repository: Repository) -> None:
    """So an apply takes the budgets away, beside a job that stays."""
    repository.write("jobs/acme/orders.yaml", aws())
    repository.run("generate")
    repository.write("dativo.yaml", MODULES)
    done = repository.run("generate", "--retire", str(repository.folder / ROOT))
    assert done.code == 0, done.err
    assert json.loads((repository.folder / ROOT / ".dativo.json").read_text("utf-8"))["retired"]
    assert not (repository.folder / ROOT / "main.tf").exists()


def test_no_job_file_can_be_a_bill(repository: Repository) -> None:
    """The runtime of bills is no runtime of jobs."""
    repository.write(
        "jobs/acme/orders.yaml",
        "tenant_id: acme\nenvironment: prod\ninfrastructure:\n"
        "  {provider: aws, region: us-east-1, runtime: {type: billing}}\n",
    )
    done = repository.run("validate")
    assert done.code == 1
    assert 'has no runtime "billing"' in done.err


def test_a_budget_that_counts_no_job_is_a_warning(repository: Repository) -> None:
    """Values differ in case on AWS; a run that finds nothing to do says it again, one over some
    jobs cannot know, and a job on another cloud is on another bill.
    """
    page = example(PAGE, "budgets").replace("FIN-001", "fin-001")
    repository.write("dativo.yaml", page + MODULES)
    repository.write("jobs/acme/orders.yaml", aws())
    for _ in range(3):
        done = repository.run("generate")
        assert done.code == 0
        assert done.err.count('no job on aws has the cost centre "fin-001"') == 1
        assert 'did you mean "FIN-001"?' in done.err
        assert 'no job on aws has the cost centre "MKT-002"' in done.err
    some = repository.run("generate", str(repository.folder / "jobs/acme/orders.yaml"))
    assert "no job on aws" not in some.err
    repository.write("dativo.yaml", page.replace("fin-001", "FIN-001") + MODULES)
    told = repository.run("generate").err
    assert "FIN-001" not in told and "MKT-002" in told


def test_without_a_job_no_budget_is_doubted(repository: Repository) -> None:
    """There may be budgets before there is a job."""
    assert "no job on aws" not in repository.run("generate").err

"""A job of several regions: one root for each, and what becomes of the root of a job that grows."""

from __future__ import annotations

import json

from tests.repository import Repository

REGIONS = "regions: [us-central1, europe-west1]\n"


def test_a_second_region_leaves_the_first_alone(repository: Repository) -> None:
    """The root of the region that the job had stays as it is, to the byte; the other is new."""
    repository.job("orders")
    assert repository.run("generate").code == 0
    before = repository.contents()
    repository.job("orders", REGIONS)
    done = repository.run("generate")
    assert (done.code, done.err) == (0, "")
    after = repository.contents()
    assert {path: after[path] for path in before} == before
    assert {path.split("/")[3] for path in after.keys() - before.keys()} == {"prod-europe-west1"}
    assert repository.run("check").code == 0


def test_a_job_without_home_says_what_retires(repository: Repository) -> None:
    """Where the region that the root is in is named nowhere but in the list, the old root retires
    with a warning that says which line keeps it, and that line does keep it.
    """
    repository.job("orders")
    repository.run("generate")
    before = repository.contents()
    repository.job("orders", REGIONS)
    repository.edit("jobs/orders.yaml", "  region: us-central1\n", "")
    told = repository.run("generate").err
    assert "generated/acme/orders/prod retires" in told
    assert "`infrastructure.region` beside `regions` in jobs/orders.yaml" in told
    repository.job("orders", REGIONS)
    repository.run("generate")
    after = repository.contents()
    assert {path: after[path] for path in before} == before


def test_a_region_that_goes_leaves_a_tombstone(repository: Repository) -> None:
    """Of a region that is listed no more the root destroys what it made, in that region."""
    repository.job("orders", REGIONS)
    repository.run("generate")
    repository.job("orders", "regions: [us-central1, europe-west2]\n")
    done = repository.run("generate")
    assert done.code == 0 and 'has no region "europe-west1" any more' in done.err
    root = repository.root("orders", "prod-europe-west1")
    assert not (root / "main.tf").exists()
    assert 'region  = "europe-west1"' in (root / "providers.tf").read_text("utf-8")
    manifest = json.loads((root / ".dativo.json").read_text("utf-8"))
    assert (manifest["environment"], manifest["region"]) == ("prod", "europe-west1")
    assert manifest["retired"] is True


def test_commands_take_the_region(repository: Repository) -> None:
    """One root of several is meant by its region, by its folder, or by its name."""
    repository.job("orders", REGIONS)
    repository.run("generate")
    folder = str(repository.root("orders", "prod-europe-west1"))
    for words in (("orders", "--region", "europe-west1"), (folder,)):
        document = repository.run("explain", *words, "--format", "json").document
        (root,) = document["roots"]
        assert root["root"] == "generated/acme/orders/prod-europe-west1"
    (home,) = repository.run(
        "explain", str(repository.root("orders")), "--format", "json"
    ).document["roots"]
    assert home["root"] == "generated/acme/orders/prod"
    refused = repository.run("export", "tfvars", "orders")
    assert refused.code == 1 and "--region europe-west1" in refused.err
    done = repository.run("export", "tfvars", "orders", "--region", "europe-west1")
    assert '"orders-europe-west1"' in done.out


def test_names_differ_in_every_region(repository: Repository) -> None:
    """Terraform makes names from the input `name`, and orchestrators start runs by a name: no two
    regions share one, and the module still takes it.
    """
    repository.job("orders", "  orchestrator: {type: airflow}\n" + REGIONS)
    assert repository.run("generate").code == 0
    found = [
        (repository.root("orders", stage) / "airflow_dag.py").read_text("utf-8")
        for stage in ("prod", "prod-europe-west1")
    ]
    assert '"acme.orders.prod"' in found[0] and '"acme.orders.prod-europe-west1"' in found[1]
    repository.edit("jobs/orders.yaml", "name: orders", f"name: {'o' * 75}")
    told = repository.run("generate").err
    assert "the job name and the region have 88 characters together, at most 80" in told

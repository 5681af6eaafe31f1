"""The example roots on Google Cloud, on the real provider, with a cloud in memory."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.real.conftest import Command, RealProviders
from tests.real.inside.api_server import serving
from tests.real.inside.google_cloud import Cloud
from tests.real.lives import Project

pytestmark = pytest.mark.real_provider


@pytest.fixture
def cloud() -> Iterator[Cloud]:
    """A cloud that has what the example jobs name."""
    made = Cloud()
    with serving(made):
        yield made


@pytest.fixture
def project(
    cloud: Cloud, real_providers: RealProviders, real_terraform: Command, tmp_path: Path
) -> Project:
    """A project whose roots lead to that cloud, and whose modules wait for a second at most."""
    versions = {"google": real_providers.version("hashicorp/google")}
    made = Project(tmp_path, real_terraform, cloud.environment(), versions)
    for path in (tmp_path / "modules").glob("gcp-*/*.tf"):
        text = path.read_text(encoding="utf-8")
        path.write_text(re.sub(r'(create_duration +=) "\d+s"', r'\1 "1s"', text), encoding="utf-8")
    return made


# A job and its root.
JOBS = {
    "job": ("acme/marketing-events", "acme/marketing_events/prod"),
    "job with a key": ("globex/ga4-sessions", "globex/ga4-sessions/prod"),
    "function": ("globex/weather-observations", "globex/weather-observations/prod"),
}
# Things that take labels, by API and path.
LABELLED = re.compile(r"(run/.+/jobs|functions/.+/functions|artifact/.+/repositories)/[^/]+")
# The provider's own label, on whatever it makes.
OWN = "goog-terraform-provisioned"


def labels(cloud: Cloud) -> dict[str, dict[str, str]]:
    """The labels of every thing that takes any and that the root made, as the API has them."""
    found: dict[str, dict[str, str]] = {}
    for key, thing in cloud.things.items():
        if LABELLED.fullmatch(key) and "acme-images" not in key:
            found[key] = {name: it for name, it in thing.get("labels", {}).items() if name != OWN}
    return found


@pytest.mark.deep
@pytest.mark.parametrize(("job", "root"), JOBS.values(), ids=JOBS)
def test_life_of_a_root(project: Project, cloud: Cloud, job: str, root: str) -> None:
    """A root applies as it is, labels all that takes labels, and leaves nothing to do; a label
    that comes or goes changes in place; a retired job goes with all that it made.
    """
    before = set(cloud.things)
    file = f"{job}.yaml"
    project.add(file)
    folder = project.applied(root)
    wanted = project.wanted(file)
    assert labels(cloud) and all(found == wanted for found in labels(cloud).values())

    for old, new, more in (
        ("  tags: {", "  tags: {review: yearly, ", {"review": "yearly"}),
        ("  tags: {review: yearly, ", "  tags: {", {}),
    ):
        project.edit(file, old, new)
        project.generate()
        actions = project.changes(folder)
        assert {tuple(each) for each in actions.values()} == {("update",)}
        project.apply(folder)
        assert all(found == {**wanted, **more} for found in labels(cloud).values())

    project.retire(file, folder)
    assert project.state(folder)["resources"] == []
    assert set(cloud.things) == before


# What the job with a key names and is there, but wrong: what is written, what is put there, and
# the sentence that whoever plans reads.
WRONG = {
    "bucket elsewhere": (
        r"(?<=data_bucket: )globex-lake\b",
        "made-elsewhere",
        "is in ASIA-EAST1, and the job runs in europe-west3; see infrastructure.storage.data",
    ),
    "subnetwork of another network": (
        "(?<=subnetworks/)etl",
        "stranger",
        "another network than network.vpc_id; see infrastructure.network.subnet_ids",
    ),
    "disabled key": (
        "(?<=cryptoKeys/)etl",
        "off",
        "has no primary version that is enabled; see infrastructure.storage.kms_key_id",
    ),
    "no such secret": (
        "ga4-service-account",
        "gone",
        "projects/globex-analytics/secrets/gone not found",  # the provider's own
    ),
}


def test_what_exists_and_is_wrong(project: Project) -> None:
    """What a job names and is there, but not as the job needs it, stops the plan with a sentence
    that names the thing, the field and the file.
    """
    job, root = JOBS["job with a key"]
    project.add(f"{job}.yaml")
    for pattern, wrong, _ in WRONG.values():
        project.put(f"{job}.yaml", pattern, wrong)
    project.generate()
    said = project.refused(project.root(root))
    assert [sentence for *_, sentence in WRONG.values() if sentence not in said] == [], said

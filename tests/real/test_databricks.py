"""The example roots on Databricks, on the real provider, with a workspace in memory."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.real.conftest import Command, RealProviders
from tests.real.inside.api_server import serving
from tests.real.inside.workspace import DEPLOYER, FIRST, Workspace
from tests.real.lives import Project

pytestmark = pytest.mark.real_provider

IDENTITY = "7b1c9d2e-3f4a-4b5c-8d6e-7f8091a2b3c4"
FEATURES = ("acme/customer-features.yaml", "acme/customer-features/prod")
ADDRESS = "data-oncall@acme.com"
SEGMENTS = ("globex/crm-segments.yaml", "globex/crm-segments/prod")
JOB = "module.job.databricks_job.this"


@pytest.fixture
def workspace() -> Iterator[Workspace]:
    """A workspace with the service principal that the jobs name."""
    made = Workspace()
    made.principals[IDENTITY] = {"id": "77", "displayName": "etl", "active": True}
    with serving(made):
        yield made


@pytest.fixture
def project(
    workspace: Workspace,
    real_providers: RealProviders,
    real_terraform: Command,
    tmp_path: Path,
) -> Project:
    """A project whose roots lead to that workspace."""
    version = real_providers.version("databricks/databricks")
    return Project(
        *(tmp_path, real_terraform, {"DATABRICKS_TOKEN": "dapi0"}, {"databricks": version}),
        override=f'\nprovider "databricks" {{\n  host = "{workspace.url}"\n}}\n',
    )


@pytest.mark.deep
@pytest.mark.parametrize(("job", "root"), (FEATURES, SEGMENTS), ids=("own cluster", "existing"))
def test_life_of_a_root(project: Project, workspace: Workspace, job: str, root: str) -> None:
    """A root applies as it is, the workspace has all its tags, and nothing is left to do; a tag
    that comes or goes changes the job in place; a retired job goes, with who may run it.
    """
    project.add(job)
    folder = project.applied(root)
    assert _tagged(workspace) == project.wanted(job)

    project.edit(job, "tags: {", "tags: {review: yearly, ")
    project.generate()
    assert project.changes(folder) == {JOB: ["update"]}
    project.apply(folder)
    assert _tagged(workspace)["review"] == "yearly"
    assert _tagged(workspace) == project.wanted(job)

    project.edit(job, "review: yearly, ", "")
    project.applied(root)
    assert _tagged(workspace) == project.wanted(job)

    project.retire(job, folder)
    assert (project.state(folder)["resources"], workspace.jobs) == ([], {})


@pytest.mark.deep
def test_what_is_sent(project: Project, workspace: Workspace) -> None:
    """The workspace gets what the job file says, in the words of the API."""
    project.add(FEATURES[0])
    project.applied(FEATURES[1])
    settings = _only(workspace)
    assert settings["run_as"] == {"service_principal_name": IDENTITY}
    assert settings["schedule"]["quartz_cron_expression"] == "0 30 4 ? * MON-FRI"
    assert settings["email_notifications"] == {
        "on_duration_warning_threshold_exceeded": [ADDRESS],
        "on_failure": [ADDRESS],
    }
    cluster = settings["job_clusters"][0]["new_cluster"]
    assert cluster["spark_env_vars"]["STRIPE_API_KEY"] == "{{secrets/etl-prod/stripe}}"
    assert cluster["autoscale"] == {"min_workers": 1, "max_workers": 6}
    assert "num_workers" not in cluster
    granted = {
        one.get("group_name") or one.get("user_name"): one["permission_level"]
        for one in workspace.permissions[FIRST]
    }
    assert granted == {
        "data-engineering": "CAN_MANAGE_RUN",
        "analysts": "CAN_VIEW",
        DEPLOYER: "IS_OWNER",
    }


@pytest.mark.deep
def test_last_address_taken_away(project: Project, workspace: Workspace) -> None:
    """The provider would send an empty address for the last one that is taken away. The plan
    stops instead, and goes on once the address was removed in the workspace.
    """
    job, root = FEATURES
    project.add(job)
    folder = project.applied(root)
    project.edit(job, f"{ADDRESS}, ", "")
    project.generate()
    assert "The last e-mail address cannot be taken out of alerts.channels" in project.refused(
        folder
    )
    assert _only(workspace)["email_notifications"]["on_failure"] == [ADDRESS]

    _only(workspace)["email_notifications"] = {}
    project.apply(folder)
    assert _only(workspace)["email_notifications"] == {}
    assert len(_only(workspace)["webhook_notifications"]["on_failure"]) == 1


@pytest.mark.deep
def test_identity_taken_away(
    project: Project, workspace: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    """The workspace goes on running a job as whom it once named, and no plan shows it: dativo
    tells, the output says as whom, and a job that is made anew runs as whoever applies.
    """
    job, root = FEATURES
    project.add(job)
    folder = project.applied(root)
    project.edit(job, f"    identity: {IDENTITY}", "    #")
    capsys.readouterr()
    project.generate()
    assert "goes on running as the identity that it had" in capsys.readouterr().err
    assert project.changes(folder) == {}
    assert project.output(folder, "run_as") == IDENTITY

    project.terraform(folder, "apply", "-auto-approve", f"-replace={JOB}")
    project.apply(folder)
    assert project.output(folder, "run_as") == DEPLOYER
    assert "run_as" not in _only(workspace)


PROFILE = "arn:aws:iam::123456789012:instance-profile/etl"
PHOTON, NODE = "variables: {photon: true, ", "instance_type: m6i.2xlarge"
# What is taken away: the text of the job with it, without it, and what whoever plans reads.
KEPT = {
    "profile": (
        (PHOTON, PHOTON + f'instance_profile_arn: "{PROFILE}", '),
        "The provider leaves the instance profile with the job's machines",
    ),
    "disk": (
        (NODE, "instance_type: m6id.2xlarge\n      disk_gib: 200"),
        "The provider leaves the disks of the job's machines as they were",
    ),
}


@pytest.mark.deep
@pytest.mark.parametrize(("texts", "said"), KEPT.values(), ids=KEPT)
def test_what_the_provider_keeps(project: Project, texts: tuple[str, str], said: str) -> None:
    """What the provider does not take away stops the plan; a job that is made anew is without."""
    job, root = FEATURES
    project.add(job)
    project.edit(job, "    policy_id: 0A1B2C3D4E5F6071\n", "")
    project.edit(job, *texts)
    folder = project.applied(root)
    project.edit(job, *reversed([texts[0].replace("m6i.", "m6id."), texts[1]]))
    project.generate()
    assert said in project.refused(folder)
    project.terraform(folder, "apply", "-auto-approve", f"-replace={JOB}")
    project.apply(folder)


# What becomes of a job in place: from, to, and what the workspace has of it afterwards.
CHANGES = {
    "files that arrive": (
        ('schedule: {cron: "30 4 * * MON-FRI", timezone: America/New_York}\n', ""),
        (PHOTON, PHOTON + 'trigger: {url: "s3://acme-landing/"}, '),
        ("trigger", {"file_arrival": {"url": "s3://acme-landing/"}, "pause_status": "UNPAUSED"}),
    ),
    "no destination": (
        (f"[{ADDRESS}, 3f1c2d4e-5a6b-4c7d-8e9f-0a1b2c3d4e5f]", f"[{ADDRESS}]"),
        ("max_retries: 1", "max_retries: 0"),
        ("webhook_notifications", {}),
    ),
    "no schedule": (
        ('schedule: {cron: "30 4 * * MON-FRI", timezone: America/New_York}\n', ""),
        (PHOTON, "variables: {"),
        ("schedule", None),
    ),
}


@pytest.mark.deep
@pytest.mark.parametrize(("first", "second", "left"), CHANGES.values(), ids=CHANGES)
def test_change_in_place(
    project: Project,
    workspace: Workspace,
    first: tuple[str, str],
    second: tuple[str, str],
    left: tuple[str, Any],
) -> None:
    """What else is changed or taken away arrives, in the same job, and leaves nothing to do."""
    job, root = FEATURES
    project.add(job)
    folder = project.applied(root)
    for texts in (first, second):
        project.edit(job, *texts)
    project.generate()
    assert project.changes(folder) == {JOB: ["update"]}
    project.apply(folder)
    name, value = left
    assert _only(workspace).get(name) == value


@pytest.mark.deep
def test_what_exists_and_is_wrong(project: Project, workspace: Workspace) -> None:
    """A service principal that is missing or inactive stops the plan with a sentence."""
    job, root = FEATURES
    project.add(job)
    project.generate()
    folder = project.root(root)
    workspace.principals[IDENTITY]["active"] = False
    assert (
        f"The service principal {IDENTITY} is not active; see infrastructure.runtime.identity of "
        "the job customer-features."
    ) in project.refused(folder)
    workspace.principals.clear()
    assert f"cannot find SP with an application ID {IDENTITY}" in project.refused(folder)


@pytest.mark.parametrize("example", ["minimal", pytest.param("complete", marks=pytest.mark.deep)])
def test_examples(project: Project, workspace: Workspace, example: str) -> None:
    """The examples of the module's README apply as they stand, and leave nothing to do."""
    folder = project.example("databricks-job", example)
    project.apply(folder)
    assert workspace.jobs
    project.terraform(folder, "destroy", "-auto-approve")
    assert workspace.jobs == {}


def _only(workspace: Workspace) -> dict[str, Any]:
    """The settings of the one job."""
    (settings,) = workspace.jobs.values()
    return settings


def _tagged(workspace: Workspace) -> dict[str, str]:
    """What the workspace has of tags: those of the job's machines, or its own where it has none;
    the job's own are the same as far as they go.
    """
    settings = _only(workspace)
    clusters = settings.get("job_clusters", ())
    tags: dict[str, str] = (
        clusters[0]["new_cluster"]["custom_tags"] if clusters else settings["tags"]
    )
    assert settings["tags"].items() <= tags.items()
    return tags

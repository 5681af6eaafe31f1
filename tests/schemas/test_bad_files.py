"""Files that are wrong are refused in the editor as they are by the commands."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.errors import InputError
from generator.job.project import open_project
from tests.schemas.documents import asset_faults, faults, loader_faults

HEAD = "tenant_id: acme\nenvironment: prod\n"
BLOCK = "{provider: aws, region: us-east-1, runtime: {type: ecs_fargate}}"
BAD_JOBS = {
    "no tenant": f"environment: prod\ninfrastructure: {BLOCK}\n",
    "no tenant, though tenants": f"environment: prod\ntenants: [a]\ninfrastructure: {BLOCK}\n",
    "tenants is text": f"{HEAD}tenants: acme\ninfrastructure: {BLOCK}\n",
    "no tenants": f"{HEAD}tenants: []\ninfrastructure: {BLOCK}\n",
    "tenant leaves the folder": f"tenant_id: ../../etc\nenvironment: a\ninfrastructure: {BLOCK}\n",
    "device name": f"tenant_id: cOn\nenvironment: prod\ninfrastructure: {BLOCK}\n",
    "device port": f"{HEAD}name: LPT9\ninfrastructure: {BLOCK}\n",
    "long name": f"{HEAD}name: {'n' * 81}\ninfrastructure: {BLOCK}\n",
    "name beyond ASCII": f"{HEAD}name: müller\ninfrastructure: {BLOCK}\n",
    "environments is a list": f"tenant_id: a\nenvironments: [dev]\ninfrastructure: {BLOCK}\n",
    "no environments": f"tenant_id: a\nenvironments: {{}}\ninfrastructure: {BLOCK}\n",
    "environment's name": f"tenant_id: a\nenvironments: {{a/b: {{}}}}\ninfrastructure: {BLOCK}\n",
    "tenant differs by environment": (
        f"tenant_id: a\nenvironments: {{dev: {{tenant_id: b}}}}\ninfrastructure: {BLOCK}\n"
    ),
    "unknown key in an environment": (
        f"tenant_id: a\nenvironments: {{dev: {{loging: b}}}}\ninfrastructure: {BLOCK}\n"
    ),
    "wrong type in an environment": (
        "tenant_id: a\nenvironments: {dev: {infrastructure: {runtime: {cpu: lots}}}}\n"
        f"infrastructure: {BLOCK}\n"
    ),
    "environment is text": f"tenant_id: a\nenvironments: {{dev: x}}\ninfrastructure: {BLOCK}\n",
    "infrastructure is a list": f"{HEAD}infrastructure: [aws]\n",
    "unknown key": f"{HEAD}infrastructure: {{{BLOCK[1:-1]}, clusterr: x}}\n",
    "unknown cloud": f"{HEAD}infrastructure: {{{BLOCK[1:-1].replace('aws', 'ibm')}}}\n",
    "unknown key, deep": (
        f"{HEAD}infrastructure: {{{BLOCK[1:-1]}, monitoring: {{alerts: {{threshold: {{}}}}}}}}\n"
    ),
    "schedule without cron": f"{HEAD}schedule: {{timezone: UTC}}\ninfrastructure: {BLOCK}\n",
    "unknown key in schedule": (
        f"{HEAD}schedule: {{cron: 0 2 * * *, time_zone: UTC}}\ninfrastructure: {BLOCK}\n"
    ),
    "negative retention": (
        f"{HEAD}governance_overrides: {{retention_days: -1}}\ninfrastructure: {BLOCK}\n"
    ),
}
BAD_ASSETS = {
    "retention": "compliance: {retention_days: -1}\n",
    "nested retention": "asset: {governance: {retention_days: soon}}\n",
    "team is a list": "team: [a]\n",
    "nested finops is text": "asset: {finops: FIN-001}\n",
    "version is a mapping": "version: {major: 1}\n",
    "columns are no list": "schema: {id: string}\n",
    "consent": "compliance: {user_consent_required: perhaps}\n",
}
BAD_SETTINGS = {
    "unknown key": "tag: {}\n",
    "unknown style": "tags: {style: kebab}\n",
    "unknown layer": "tags: {precedence: [asset, tenant]}\n",
    "unknown cloud": "defaults: {clouds: {ibm: {}}}\n",
    "unknown provider": "terraform: {providers: {azure: ~> 5.0}}\n",
    "rule": "tags: {required: {owner: {regex: x}}}\n",
    "values": "values: {A: {b: c}}\n",
    "namespace": "tags: {namespace: My-Company}\n",
    "defaults of a tenant": "defaults: {tenants: {acme: {region: x}}}\n",
}
BAD_DEFAULTS = {
    "unknown key": "defaults: {infrastructure: {regio: eu-west-1}}\n",
    "wrong type": "defaults: {infrastructure: {runtime: {timeout_seconds: soon}}}\n",
    "of a tenant": "defaults: {tenants: {acme: {infrastructure: {storage: {prefix: [a]}}}}}\n",
    "of a cloud": "defaults: {clouds: {aws: {infrastructure: {network: {private: maybe}}}}}\n",
    "of an environment": "defaults: {environments: {prod: {infrastructure: {tag: {}}}}}\n",
}


@pytest.mark.parametrize("case", BAD_JOBS)
def test_a_bad_job_is_refused(case: str, tmp_path: Path) -> None:
    """The schema and the loader each find something in it."""
    assert faults("job", BAD_JOBS[case])
    assert loader_faults(str(tmp_path), BAD_JOBS[case])


@pytest.mark.parametrize("case", BAD_ASSETS)
def test_a_bad_asset_is_refused(case: str) -> None:
    """The schema and the loader each find something in it."""
    assert faults("asset", BAD_ASSETS[case])
    assert asset_faults(BAD_ASSETS[case])


@pytest.mark.parametrize("case", BAD_SETTINGS)
def test_bad_settings_are_refused(case: str, tmp_path: Path) -> None:
    """The schema and the loader each find something in them."""
    assert faults("settings", BAD_SETTINGS[case])
    (tmp_path / "dativo.yaml").write_text(BAD_SETTINGS[case], encoding="utf-8")
    with pytest.raises(InputError):
        open_project(str(tmp_path))


@pytest.mark.parametrize("case", BAD_DEFAULTS)
def test_bad_defaults_are_refused(case: str, tmp_path: Path) -> None:
    """Defaults have no schema of their own: they are judged as a part of the jobs they are for."""
    assert faults("settings", BAD_DEFAULTS[case])
    job = f"{HEAD}infrastructure: {BLOCK}\n"
    assert faults("job", job) == []
    assert loader_faults(str(tmp_path), job, BAD_DEFAULTS[case])


def test_a_job_may_leave_to_the_settings_what_it_needs(tmp_path: Path) -> None:
    """Provider, region and runtime may come from dativo.yaml, the name from the file's name."""
    job = "tenant_id: acme\ninfrastructure: {}\n"
    settings = f"defaults: {{environment: prod, infrastructure: {BLOCK}}}\n"
    assert faults("job", job) == []
    assert faults("settings", settings) == []
    assert loader_faults(str(tmp_path), job, settings) == []
    assert loader_faults(str(tmp_path), job)


def test_an_environment_may_complete_a_schedule(tmp_path: Path) -> None:
    """What is required may stand in the environment that needs it."""
    job = (
        "tenant_id: acme\nschedule: {timezone: UTC}\n"
        f"environments: {{prod: {{schedule: {{cron: 0 2 * * *}}}}}}\ninfrastructure: {BLOCK}\n"
    )
    assert faults("job", job) == []
    assert loader_faults(str(tmp_path), job) == []


def test_a_runtime_of_another_cloud_is_refused() -> None:
    """Each cloud has its own runtimes; the plan, which knows the modules, says so as well."""
    job = f"{HEAD}infrastructure: {BLOCK.replace('aws', 'gcp')}\n"
    assert any("ecs_fargate" in fault for fault in faults("job", job))

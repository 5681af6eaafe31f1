"""The policies that come with dativo: each fires, and each stays silent."""

from __future__ import annotations

import pytest

from generator.model.policies import READY
from tests.rules.conftest import JOB, Told

KEY = (
    "infrastructure:\n  storage: {data_bucket: acme-data, "
    "kms_key_id: 'arn:aws:kms:eu-west-1:123456789012:key/0'}"
)
ALERTS = (
    "infrastructure:\n  monitoring: {alerts: {channels: "
    "['arn:aws:sns:eu-west-1:123456789012:etl']}}"
)
PII = "classification_overrides: {default: PII}\n"
IMAGE = '"example.com/etl:1.0"'
DIGEST = f'"example.com/etl@sha256:{"0" * 64}"'
SECRET = "memory: 2Gi, secrets: {A: 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:%s/a-x'}"
_ON_EMR = "type: emr, release: emr-7.10.0, entry_point: 's3://acme-code/a.py', nodes: "
_EMR = (
    'type: ecs_fargate, image: "example.com/etl:1.0", cpu: 1, memory: 2Gi',
    _ON_EMR + "{instance_type: r5.xlarge, count: 2, spot: true}",
)
_MEMORY = ("memory: 2Gi", "memory: 2Gi, scaling: {max: 3}")


def _edited(*edits: tuple[str, str]) -> str:
    job = JOB
    for before, after in edits:
        assert before in job
        job = job.replace(before, after)
    return job


def _with(text: str) -> str:
    return _edited(("infrastructure:", text))


CASES = {
    "pii-needs-a-key": ("error", PII + JOB, PII + _with(KEY)),
    "encrypted-needs-a-key": (
        "error",
        _edited(("{owner: data}", "{owner: data, encryption_required: true}")),
        _edited(("{owner: data}", "{owner: data, encryption_required: false}")),
    ),
    "pii-in-a-private-network": (
        "{severity: error, classes: [PII, PHI]}",
        PII + _edited(("vpc_id:", "private: false, vpc_id:")),
        PII + JOB,
    ),
    "prod-needs-alerts": ("error", JOB, _with(ALERTS)),
    "prod-has-no-spot": (
        "error",
        _edited(_EMR),
        _edited(_EMR, ("environment: prod", "environment: dev")),
    ),
    "image-by-digest": ("error", JOB, _edited((IMAGE, DIGEST))),
    "image-not-latest": ("error", _edited((IMAGE, "example.com:80/etl:latest")), JOB),
    "image-from": ("{registries: [example.com/*]}", _edited((IMAGE, "docker.io/a/etl:1")), JOB),
    "retention-at-most": (
        "{days: 365}",
        "governance_overrides: {retention_days: 366}\n" + JOB,
        "governance_overrides: {retention_days: 365}\n" + JOB,
    ),
    "retention-is-stated": ("error", JOB, "governance_overrides: {retention_days: 0}\n" + JOB),
    "logs-at-least": (
        "{days: 30}",
        _edited(("infrastructure:", "infrastructure:\n  monitoring: {log_retention_days: 14}")),
        JOB,
    ),
    "owner-is-an-address": (
        "{domains: [acme.example]}",
        _edited(("owner: data", "owner: a@globex.example")),
        _edited(("owner: data", "owner: a@acme.example")),
    ),
    "timeout-at-most": ("{seconds: 3600}", _edited(("cpu: 1", "timeout_seconds: 3601")), JOB),
    "vcpu-at-most": ("{vcpu: 2}", _edited(_MEMORY), JOB),
    "memory-at-most": ("{memory: 4Gi}", _edited(_MEMORY), JOB),
    "region-among": ("{regions: [eu-west-1]}", _edited(("eu-west-1\n", "eu-north-1\n")), JOB),
    "secrets-from": (
        "{references: ['arn:aws:secretsmanager:*:*:secret:${TENANT_ID}/**']}",
        _edited(("memory: 2Gi", SECRET % "globex")),
        _edited(("memory: 2Gi", SECRET % "acme")),
    ),
    "schedule-outside": (
        "{from: '02:00', to: '03:00', days: [mon]}",
        JOB,
        _edited(("30 2 * * 1", "30 2 * * 2-6")),
    ),
}


def test_each_is_here() -> None:
    """Every ready policy has a case."""
    assert CASES.keys() == READY


@pytest.mark.parametrize("name", CASES)
def test_it_fires_and_stays_silent(name: str, told: Told) -> None:
    """Switched on it tells once of what breaks it and nothing of what keeps it; off, nothing."""
    said, breaking, keeping = CASES[name]
    [line] = told(f"  ready: {{{name}: {said}}}", breaking)
    assert f": error: policy {name}: " in line
    assert told(f"  ready: {{{name}: {said}}}", keeping) == []
    assert told(f"  ready: {{{name}: off}}", breaking) == []


@pytest.mark.parametrize(
    ("image", "fires"),
    [
        ("etl", True),
        ("example.com:5000/etl", True),
        ("example.com:5000/etl:1", False),
        ("etl:latest", True),
        (f"etl:latest@sha256:{'a' * 64}", False),
        (f"etl@sha256:{'a' * 63}", True),
        ("etl:Latest", False),
    ],
)
def test_images(image: str, fires: bool, told: Told) -> None:
    """What a registry reads as latest is told, a port is no tag, and a digest beats a tag."""
    lines = told("  ready: {image-not-latest: warning}", _edited((IMAGE, f'"{image}"')))
    assert len(lines) == fires


@pytest.mark.parametrize(
    ("cron", "window", "fires"),
    [
        ("0 3 * * *", "{from: '02:00', to: '03:00'}", False),
        ("@hourly", "{from: '02:30', to: '03:30'}", True),
        ("0 1 * * 2", "{from: '22:00', to: '02:00', days: [mon]}", True),
        ("0 1 * * 1", "{from: '22:00', to: '02:00', days: [mon]}", False),
        ("0 23 1 * *", "{from: '22:00', to: '02:00', days: [sat]}", True),
        ("*/7 4 * * *", "{from: '04:50', to: '04:57'}", True),
        ("*/7 4 * * *", "{from: '04:57', to: '05:00'}", False),
    ],
)
def test_windows(cron: str, window: str, fires: bool, told: Told) -> None:
    """A window holds its first minute and not its last, may end on the next day, and has days."""
    job = _edited(("30 2 * * 1", cron))
    assert len(told(f"  ready: {{schedule-outside: {window}}}", job)) == fires


def test_a_ready_policy_is_narrowed(told: Told) -> None:
    """``when`` and ``message`` go with a ready policy as well."""
    assert told("  ready: {image-by-digest: {when: {environment: dev}}}") == []
    [line] = told("  ready: {image-by-digest: {when: {environment: prod}, message: pin it}}")
    assert "error: policy image-by-digest: pin it: " in line

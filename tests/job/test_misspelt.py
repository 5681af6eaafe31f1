"""Keys a slip away from one that is read: told, and what the runner has of its own left alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from generator.text.hints import misspelt
from tests.job.conftest import JOB, Repository

Minimal = Callable[..., str]
ASSET = "assets/customers.yaml"
IDENTITY = ("tenant_id: acme", "environment: prod")


@pytest.mark.parametrize(
    ("word", "known", "meant"),
    [
        ("schedul", "schedule", "schedule"),
        ("pord", "prod", "prod"),
        ("cost-center", "cost_center", "cost_center"),
        ("cost_centre", "cost_center", "cost_center"),
        ("note", "name", None),
        ("prod2", "prod1", None),
        ("schedule", "schedule", None),
        ("", "name", None),
    ],
)
def test_an_edit_or_two(word: str, known: str, meant: str | None) -> None:
    """One edit in a short word, two in a long one; numbered names are no slips."""
    assert misspelt(word, (known,)) == meant


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("schedul: {cron: 0 2 * * *}", "schedule"),
        ('shedule: "0 2 * * *"', "schedule"),
        ("finop: {cost_center: FIN-001}", "finops"),
        ("fin_ops: {cost_center: FIN-001}", "finops"),
        ("governance_override: {retention_days: 1}", "governance_overrides"),
        ("clasification_overrides: {default: PII}", "classification_overrides"),
        ("asset_pth: assets/x.yaml", "asset_path"),
        ("source_conector: stripe", "source_connector"),
        ("environmnts: {dev: {}}", "environments"),
        ("tennants: [a, b]", "tenants"),
        ("nmae: other", "name"),
    ],
)
def test_misspelt_at_the_top(
    repository: Repository, minimal: Minimal, line: str, meant: str
) -> None:
    """What a misspelt key says would be lost, so it is an error at its line."""
    (problem,) = repository.problems(minimal(*IDENTITY, line))
    assert repository.line_of(problem).startswith(f"{JOB}:3:1: unknown-key")
    assert problem.hint == f'did you mean "{meant}"?'


@pytest.mark.parametrize(
    ("lines", "at", "meant"),
    [
        (("finops: {cost_centre: FIN-001}",), "3:10", '"cost_center"'),
        (("finops: {costCenter: FIN-001}",), "3:10", '"cost_center"'),
        (("governance_overrides: {retention_day: 3}",), "3:24", '"retention_days"'),
        (("classification_overrides: {defualt: PII}",), "3:28", '"default"'),
        (("environments: {prod: {finops: {projct: x}}}",), "3:32", '"project"'),
    ],
)
def test_misspelt_in_a_section(
    repository: Repository, minimal: Minimal, lines: tuple[str, ...], at: str, meant: str
) -> None:
    """The sections that become tags are open; a slip in them is told all the same."""
    (problem,) = repository.problems(minimal(*IDENTITY, *lines))
    assert repository.line_of(problem).startswith(f"{JOB}:{at}: unknown-key")
    assert meant in problem.hint


def test_keys_of_the_runner(repository: Repository, minimal: Minimal) -> None:
    """Keys that ETL jobs have, and those that hold what the key next to them never does."""
    text = minimal(
        *IDENTITY,
        "$schema: x",
        "source_connector_path: /app/connectors/stripe.yaml",
        "target_connector_path: /app/connectors/iceberg.yaml",
        "source: {objects: [customers], incremental: {strategy: updated_at}}",
        "target: {branch: acme, connection: {s3: {bucket: b}}, file_format: parquet}",
        "catalog: {type: nessie}",
        "schema_validation_mode: strict",
        "retry_config: {max_retries: 3}",
        "logging: {level: INFO, redaction: true}",
        "plugins: {sandbox: {enabled: true}}",
        "runner: {mode: oneshot}",
        "data_quality: {monitoring: {enabled: true}}",
        "scheduled: true",
        "schedules: [{cron: 0 2 * * *}]",
        "assets: [a, b]",
        "names: [a]",
        "mode: full",
        "node: a",
        "stats: {a: 1}",
        "labels: {a: b}",
        "description: what it does",
        "infrastructure_as_code: true",
        "finops: {cost_center: A-1, cost_centre: A-1, tags: [a], budget_usd: 5, owners: [a]}",
        "governance_overrides: {retention_policy: x, owner: y}",
        "classification_overrides: {email: PII, default: internal, defaults: PII}",
    )
    assert len(repository.load(text)) == 1


def test_a_job_without_infrastructure(repository: Repository) -> None:
    """Nothing of it is read, so nothing but the block itself can be lost."""
    assert repository.loaded("tenant_id: acme\nschedul: {cron: x}\nfinop: {a: b}\n") == ([], [])
    (problem,) = repository.problems("tenant_id: acme\ninfrastucture: {provider: aws}\n")
    assert repository.line_of(problem).startswith(f"{JOB}:2:1: unknown-key")
    assert problem.hint == 'did you mean "infrastructure"?'
    told = repository.told("tenant_id: acme\nenvironmets: {dev: {infrastructure: {}}}\n")
    assert told == [f'{JOB}:2:1: unknown-key: unknown key "environmets"']


@pytest.mark.parametrize(
    ("asset", "at", "meant"),
    [
        ("name: c\ncomplience: {classification: [PII]}", "2:1", "compliance"),
        ("name: c\ncompliance: {clasification: [PII]}", "2:14", "classification"),
        ("name: c\nteam: {ownr: x}", "2:8", "owner"),
        ("name: c\ndataproduct: x", "2:1", "dataProduct"),
        ("name: c\nschema: [{name: email, classificaton: PII}]", "2:24", "classification"),
        ("name: c\ngovernence: {owner: x}", "2:1", "governance"),
        ("asset: {name: c, governance: {retention_day: 3}}", "1:31", "retention_days"),
        ("asset: {name: c, complianse: {classification: [PII]}}", "1:18", "compliance"),
        ("aset: {name: c}", "1:1", "asset"),
    ],
)
def test_misspelt_in_an_asset(
    repository: Repository, minimal: Minimal, asset: str, at: str, meant: str
) -> None:
    """A slip there would lose tags, as all of PII; both shapes, all sections."""
    repository.write(ASSET, asset + "\n")
    (problem,) = repository.problems(minimal(*IDENTITY, f"asset_path: {ASSET}"))
    assert repository.line_of(problem).startswith(f"{ASSET}:{at}: unknown-key")
    assert f'"{meant}"' in problem.hint


def test_keys_of_a_contract(repository: Repository, minimal: Minimal) -> None:
    """A data contract has much that is not for tags (Open Data Contract Standard 3)."""
    repository.write(
        ASSET,
        "apiVersion: v3.0.2\nkind: DataContract\nid: x\nname: c\nversion: 1.0\nstatus: active\n"
        "tenant: acme\ndomain: d\ndataProduct: p\ndescription: {purpose: x}\nstats: {rows: 1}\n"
        "schema: [{name: a, logicalType: string, type: int, required: true}]\n"
        "team: {owner: x, roles: [], cost_center: A-1}\nroles: []\nservers: [{type: s3}]\n"
        "price: {priceAmount: 1}\nslaProperties: []\nsupport: []\ncustomProperties: []\n"
        "compliance: {classification: [], security: {access_control: role_based}}\n"
        "lineage: []\naudit: []\ndata_quality: {alerts: x}\ngovernance_status: ok\n"
        "target: {mode: append}\nobjects: [a]\ndomains: [a]\n",
    )
    assert len(repository.load(minimal(*IDENTITY, f"asset_path: {ASSET}"))) == 1

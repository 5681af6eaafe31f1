"""Makes a project of any number of jobs, the same for the same number and seed.

Every template in ``jobs/`` is in it. Those named ``dialect-*`` are older spellings
(docs/dialects.md) and make one job of five; the others are one runtime on one cloud each.
"""

from __future__ import annotations

import json
import os
import random
import re
import shutil
from collections.abc import Iterator, Mapping
from typing import NamedTuple

HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.dirname(HERE)
SEED = 20261127

# One job of so many is written in an older spelling.
ONE_OLDER_IN = 5
# So many jobs read the same asset.
JOBS_AN_ASSET = 10
_MOST_TENANTS = 50

_CONNECTORS = ("ga4", "hubspot", "mysql", "postgres", "salesforce", "shopify", "stripe", "zendesk")
_OBJECTS = ("accounts", "contacts", "customers", "events", "invoices", "orders", "payments")
_TEAMS = ("billing", "crm", "growth", "order-platform", "support-data", "web-analytics")
_WORDS = ("churn", "forecast", "payments", "product", "revenue", "sales", "support")
_ZONES = ("America/New_York", "Asia/Tokyo", "Europe/Berlin", "UTC")
# What has to be escaped in HCL, YAML or both, and what does not.
_TEXTS = (
    "nightly",
    "all of it",
    'say "hi"',
    "100 % of $5",
    "$${HOME}/%%{x}",
    "a\\b\ttab",
    "é ß 日本",
)
_NOTES = ("nightly", "tier 1", "a/b:c", "x=1", "on-call@example.com")
_PLACE = re.compile(r"<([a-z_]+)>")


class Corpus(NamedTuple):
    """A project that was made.

    Attributes:
        folder: the project folder.
        jobs: its job files below that, in order of their making.
        templates: the template of each job, its name without ``.yaml``.
    """

    folder: str
    jobs: list[str]
    templates: list[str]


def make(folder: str, number: int, seed: int = SEED, modules: str | None = None) -> Corpus:
    """Write a project.

    Args:
        folder: where to; must not exist yet.
        number: of job files.
        seed: of all that is chosen by chance.
        modules: the folder with the Terraform modules that the jobs call; default: this
            repository's.

    Raises:
        FileExistsError: the folder exists.
        ValueError: a template names a placeholder that there is not.
    """
    os.makedirs(folder)
    _copy_modules(modules or os.path.join(TOP, "modules"), os.path.join(folder, "modules"))
    chance = random.Random(seed)  # noqa: S311 - no secret is made of it
    tenants = [f"tenant{at:02}" for at in range(1, max(2, min(_MOST_TENANTS, number // 20)) + 1)]
    _write(folder, "dativo.yaml", _settings(tenants))
    assets = [_asset(at, chance) for at in range(max(1, number // JOBS_AN_ASSET))]
    for path, text in assets:
        _write(folder, path, text)
    texts = _templates()
    jobs, templates = [], list(_mixed(texts, number, chance))
    for at, template in enumerate(templates):
        facts = _facts(at, tenants[at % len(tenants)], assets[at % len(assets)][0], chance)
        path = f"jobs/{facts['tenant']}/{facts['name']}.yaml"
        _write(folder, path, _filled(template, texts[template], facts))
        jobs.append(path)
    return Corpus(folder, jobs, templates)


def edit(folder: str, job: str, number: int) -> None:
    """Change what a job's root says: its cost center.

    Args:
        folder: the project folder.
        job: the job file below it.
        number: another one makes another change, from 0 to 999.
    """
    path = os.path.join(folder, job)
    with open(path, encoding="utf-8") as stream:
        text = stream.read()
    with open(path, "w", encoding="utf-8") as stream:
        stream.write(re.sub(r"\b[A-Z]{3}-\d{3}\b", f"NEW-{number:03}", text))


def _copy_modules(source: str, target: str) -> None:
    for parent in (source, os.path.join(HERE, "modules")):
        for name in sorted(os.listdir(parent)):
            folder = os.path.join(parent, name)
            if not os.path.isdir(folder):
                continue
            os.makedirs(os.path.join(target, name))
            for file in sorted(os.listdir(folder)):
                if file.endswith(".tf"):
                    shutil.copyfile(os.path.join(folder, file), os.path.join(target, name, file))


def _templates() -> dict[str, str]:
    """Each template's text by its name, in order."""
    folder = os.path.join(HERE, "jobs")
    texts = {}
    for file in sorted(os.listdir(folder)):
        with open(os.path.join(folder, file), encoding="utf-8") as stream:
            texts[file.removesuffix(".yaml")] = stream.read()
    return texts


def _mixed(names: Mapping[str, str], number: int, chance: random.Random) -> Iterator[str]:
    """The template of each job: all in turn, older ones in their share, and then shuffled."""
    older = [name for name in names if name.startswith("dialect-")]
    newer = [name for name in names if name not in older]
    chosen = []
    for at in range(number):
        turn, place = divmod(at, ONE_OLDER_IN)
        if place == ONE_OLDER_IN - 1:
            chosen.append(older[turn % len(older)])
        else:
            chosen.append(newer[(turn * (ONE_OLDER_IN - 1) + place) % len(newer)])
    chance.shuffle(chosen)
    yield from chosen


def _facts(at: int, tenant: str, asset: str, chance: random.Random) -> dict[str, str]:
    """What the placeholders of a job's template stand for."""
    connector, object_ = chance.choice(_CONNECTORS), chance.choice(_OBJECTS)
    name = f"{connector}-{object_}-{at:05}"
    number = int(tenant.removeprefix("tenant"))
    return {
        "account": f"{100000000000 + number}",
        "asset": os.path.basename(asset).removesuffix(".yaml"),
        "asset_path": asset,
        "azure_account": f"{tenant}lake",
        "connector": connector,
        "cost_center": f"{chance.choice(('FIN', 'OPS', 'WEB'))}-{chance.randrange(1000):03}",
        "cron": f"{chance.randrange(60)} {chance.randrange(24)} * * *",
        "days": str(chance.randrange(1, 8)),
        "memory": f"{chance.choice((2, 4))}Gi",
        "name": name,
        "note": chance.choice(_NOTES),
        "object": object_,
        "owner": f"{chance.choice(_TEAMS)}@example.com",
        "project": f"{chance.choice(_WORDS)}-{chance.choice(_OBJECTS)}",
        "project_id": f"{tenant}-data",
        "python_name": name.replace("-", "_"),
        "retention": str(chance.choice((90, 365, 730))),
        "subscription": f"00000000-0000-4000-8000-{number:012}",
        "team": chance.choice(_TEAMS),
        "tenant": tenant,
        "text": json.dumps(chance.choice(_TEXTS), ensure_ascii=False),
        "timeout": str(chance.choice((1800, 3600, 7200))),
        "timezone": chance.choice(_ZONES),
        "word": chance.choice(_WORDS),
    }


def _filled(template: str, text: str, facts: Mapping[str, str]) -> str:
    try:
        return _PLACE.sub(lambda match: facts[match[1]], text)
    except KeyError as error:
        raise ValueError(f"jobs/{template}.yaml: there is no <{error.args[0]}>") from None


def _asset(at: int, chance: random.Random) -> tuple[str, str]:
    """An asset's path below the project folder, and its text."""
    connector, object_ = chance.choice(_CONNECTORS), chance.choice(_OBJECTS)
    name = f"{connector}_{object_}_{at:04}"
    columns = "".join(
        f"  - {{name: column_{column:02}, type: string, required: {str(not column).lower()}}}\n"
        for column in range(30)
    )
    return f"assets/{connector}/v1.0/{name}.yaml", (
        f'name: {name}\nversion: "1.0"\nstatus: active\ndomain: finance\n'
        f"dataProduct: {chance.choice(_WORDS)}-360\nsource_type: {connector}\nobject: {object_}\n"
        f"tags: [{chance.choice(_WORDS)}, golden]\n"
        "team:\n"
        f"  owner: {chance.choice(_TEAMS)}@example.com\n"
        "  roles: [{name: Ada, email: ada@example.com, responsibility: steward}]\n"
        f"schema:\n{columns}"
        "compliance:\n  classification: [PII, FINANCIAL]\n  regulations: [GDPR, CCPA]\n"
        f"  retention_days: {chance.choice((90, 365, 730))}\n"
        "  security: {access_control: role_based, encryption_required: true}\n"
        f"finops: {{cost_center: FIN-{chance.randrange(1000):03}, project: billing}}\n"
        "change_management: {policy: non-breaking, approval_required: true}\n"
    )


def _settings(tenants: list[str]) -> str:
    """dativo.yaml: values, backends and what older jobs leave out, and an account a tenant."""
    with open(os.path.join(HERE, "settings.yaml"), encoding="utf-8") as stream:
        text = stream.read()
    for tenant in tenants:
        number = int(tenant.removeprefix("tenant"))
        account = 100000000000 + number
        text += (
            f"    {tenant}:\n      clouds:\n"
            f'        aws: {{infrastructure: {{account: {{account_id: "{account}"}}}}}}\n'
            f"        gcp: {{infrastructure: {{account: {{project_id: {tenant}-data}}}}}}\n"
            "        azure:\n          infrastructure:\n            account:\n"
            f"              subscription_id: 00000000-0000-4000-8000-{number:012}\n"
            f"              resource_group: rg-{tenant}-etl\n"
        )
    return text


def _write(folder: str, path: str, text: str) -> None:
    target = os.path.join(folder, path)
    os.makedirs(os.path.dirname(target), exist_ok=True)
    with open(target, "w", encoding="utf-8", newline="") as stream:
        stream.write(text)

"""Job files, assets and settings: everything that becomes the text of a root."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from tests.fuzz.inert import assert_files
from tests.fuzz.mutation import of_text, of_yaml
from tests.fuzz.target import Target
from tests.fuzz.world import TOP, world

# Those of this repository but its budgets, whose modules the world has not.
_OURS = (TOP / "dativo.yaml").read_text(encoding="utf-8").partition("\n# What each cost")[0]
SETTINGS = f"""{_OURS}
  style: pascal
  keys: {{owner: {{aws: TheOwner}}}}
modules: {{source: modules}}
environments: {{allowed: [dev, prod]}}
tenants: [acme, globex]
"""
ASSET = """\
$schema: https://example.com/odcs.json
source_type: postgres
object: orders
version: "1.0"
target: {file_format: parquet, partitioning: [day]}
team: {owner: data@acme.example}
governance: {owner: data, tags: [finance], classification: [PII], retention_days: 90}
compliance: {classification: [PII], regulations: [GDPR], user_consent_required: true}
finops: {cost_center: FIN-001, business_tags: [orders], project: p}
"""
_FORMATS = ("text", "json", "github", "sarif")


@cache
def job_files() -> Sequence[bytes]:
    """The job files of the examples whose runtimes the modules of the world serve."""
    found = sorted(TOP.glob("jobs/*/*.yaml"))
    wanted = (b"ecs_fargate", b"lambda", b"container_apps", b"cloud_run")
    texts = [path.read_bytes() for path in found]
    return [text for text in texts if any(word in text for word in wanted)]


def _job(data: bytes) -> None:
    here = world()
    here.clean()
    here.put("dativo.yaml", SETTINGS)
    here.put("jobs/a.yaml", data)
    _commands(data)


def _asset(data: bytes) -> None:
    here = world()
    here.clean()
    here.put("dativo.yaml", SETTINGS)
    here.put("assets/a.yaml", data)
    here.put("jobs/a.yaml", re.sub(rb"(asset_path:).*", rb"\1 assets/a.yaml", job_files()[0]))
    _commands(data)


def _settings(data: bytes) -> None:
    here = world()
    here.clean()
    here.put("dativo.yaml", data)
    here.put("jobs/a.yaml", job_files()[0])
    _commands(data)


def _commands(data: bytes) -> None:
    """Generate, and what else reads the same input; which of them, the input's length says."""
    here = world()
    here.run("generate", "--format", _FORMATS[len(data) % len(_FORMATS)])
    files = here.generated()
    if files:
        assert_files(files)
        assert "stale" not in here.run("check")
        others = (("explain", "jobs/a.yaml"), ("export", "tags", "jobs/a.yaml"))
        here.run(*others[len(data) % len(others)])


@cache
def _assets() -> Sequence[bytes]:
    return [ASSET.encode(), *(path.read_bytes() for path in sorted(TOP.glob("assets/**/*.yaml")))]


TARGETS = (
    Target("job", job_files, of_yaml, _job),
    Target("job_text", job_files, of_text, _job),
    Target("asset", _assets, of_yaml, _asset),
    Target("settings", lambda: [SETTINGS.encode()], of_yaml, _settings),
)

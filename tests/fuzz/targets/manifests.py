"""Manifests: a file that anybody can edit, from which tombstones are written and files removed."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from functools import cache

from tests.fuzz.inert import assert_files
from tests.fuzz.mutation import of_json
from tests.fuzz.target import Target
from tests.fuzz.targets.jobs import SETTINGS, job_files
from tests.fuzz.world import world


@cache
def _seeds() -> Sequence[bytes]:
    """The manifests of the roots of every job file."""
    here, found = world(), []
    for data in job_files():
        here.clean()
        here.put("dativo.yaml", SETTINGS)
        here.put("jobs/a.yaml", data)
        here.run("generate")
        found += [path.read_bytes() for path in here.folder.glob("generated/*/*/*/.dativo.json")]
    return found


_OTHER = b"""\
tenant_id: acme
environment: prod
name: other
finops: {cost_center: FIN-001}
infrastructure:
  provider: gcp
  region: us-central1
  tags: {owner: data}
  runtime: {type: cloud_run_job, image: "example/etl:1.0", memory: 2Gi}
"""


def _retired(data: bytes) -> None:
    """The manifest of a root whose job is gone; it stands where it says it belongs."""
    here = world()
    here.clean()
    here.put("dativo.yaml", SETTINGS)
    here.put("jobs/other.yaml", _OTHER)
    here.put("keep.txt", "mine")
    root = "generated/" + _place(data)
    here.put(f"{root}/.dativo.json", data)
    here.put(f"{root}/mine_extra.tf", "# mine\n")
    here.run("check")
    here.run("generate", "--retire", str(here.folder / root))
    assert_files(here.generated())
    here.run("prune", "--applied")
    assert (here.folder / "keep.txt").read_text() == "mine"
    assert (here.folder / root / "mine_extra.tf").read_text() == "# mine\n"


def _present(data: bytes) -> None:
    """The manifest of a root whose job is there."""
    here = world()
    here.clean()
    here.put("dativo.yaml", SETTINGS)
    here.put("jobs/other.yaml", _OTHER)
    here.run("generate")
    here.put("generated/acme/other/prod/.dativo.json", data)
    here.run("generate", *(("--force",) if len(data) % 2 else ()))
    assert_files(here.generated())


def _place(data: bytes) -> str:
    try:
        found = json.loads(data)
        stage = "-".join(filter(None, (found["environment"], found.get("region", ""))))
        place = f"{found['tenant']}/{found['name']}/{stage}"
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return "acme/gone/prod"
    return place if re.fullmatch(r"(?:[\w-]{1,60}/){2}[\w-]{1,60}", place) else "acme/gone/prod"


TARGETS = (
    Target("manifest_retired", _seeds, of_json, _retired, ".json"),
    Target("manifest", _seeds, of_json, _present, ".json"),
)

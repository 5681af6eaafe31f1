"""Time, memory and the number of roots stay within bounds, whoever writes the job."""

from __future__ import annotations

import time

import pytest

from tests.fuzz.targets.jobs import SETTINGS
from tests.fuzz.world import world

_JOB = """\
tenant_id: ${TENANT_ID}
tenants: [%(tenants)s]
environments: {%(environments)s}
name: a
finops: {cost_center: FIN-001}
infrastructure:
  provider: gcp
  region: us-central1
  tags: {owner: data}
  runtime: {type: cloud_run_job, image: "example/etl:1.0", memory: 2Gi}
"""


def _many(count: int) -> str:
    names: dict[str, list[str]] = {"tenants": [], "environments": []}
    for index in range(count):
        names["tenants"].append(f"t{index}")
        names["environments"].append(f"e{index}: {{}}")
    return _JOB % {key: ", ".join(value) for key, value in names.items()}


def test_a_file_stands_for_so_many_roots_at_most() -> None:
    """Three kilobytes do not become forty thousand roots, unless the settings say so."""
    here = world()
    here.clean()
    here.put("jobs/a.yaml", _many(200))
    told = here.run("validate")
    assert "this file stands for 40000 roots, at most 1000 are allowed" in told
    here.put("dativo.yaml", "roots_per_file: 3\n")
    here.put("jobs/a.yaml", _many(2))
    told = here.run("validate")
    assert "this file stands for 4 roots, at most 3 are allowed" in told
    assert "`roots_per_file` in dativo.yaml raises the limit" in told


# Python's own engine takes minutes or for ever for each.
_SLOW = ("([a-z]+[.-]?)+@acme.example", "(a+)+$", "(a|aa)+$", "(a|a?)+$", "(.*a){20}", "(\\w*)*!")


@pytest.mark.parametrize("pattern", _SLOW)
def test_a_pattern_takes_no_longer_than_its_text(pattern: str) -> None:
    """A value that comes from a job cannot keep a pattern of the settings busy."""
    here = world()
    here.clean()
    here.put("dativo.yaml", f"tags: {{required: {{owner: {{pattern: '{pattern}'}}}}}}\n")
    here.put("jobs/a.yaml", _many(1).replace("owner: data", f"owner: {'a' * 900}B"))
    started = time.process_time()
    assert "which does not match" in here.run("validate", "--format", "json")
    assert time.process_time() - started < 5


@pytest.mark.parametrize(
    "pattern", ["(?=a)a", "(?<!b)a", "(a)\\1", "a)|(b", "[a", "(a{1,999}){999}"]
)
def test_a_pattern_beyond_the_engine_is_told(pattern: str) -> None:
    """What a pattern needs and the engine has not is one error at the pattern."""
    here = world()
    here.clean()
    here.put("dativo.yaml", SETTINGS.replace("[A-Z]+-[0-9]{3}", pattern.replace("\\", "\\\\")))
    for name in ("a", "b"):
        here.put(
            f"jobs/{name}.yaml", _many(1).replace("name: a", f"name: {name}").replace("e0", "dev")
        )
    told = here.run("validate")
    assert told.count("the pattern cannot be used") == 1, told
    assert "dativo.yaml:" in told

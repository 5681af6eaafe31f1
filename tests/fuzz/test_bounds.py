"""Time, memory and the number of roots stay within bounds, whoever writes the job."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest

from tests.fuzz.targets.jobs import SETTINGS
from tests.fuzz.world import TOP, world
from tests.taken import taken_by

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


_MIB = 1024 * 1024
_BASE = _many(1)
# Files of nearly 1 MiB, of every shape that takes more than its size to read.
_LARGE = {
    "wide": _BASE + "".join(f"  k{n}: v\n" for n in range(80_000)),
    "wide mapping of variables": _BASE.replace("memory:", "environment: {%s}, memory:")
    % ", ".join(f"V{n}: v" for n in range(70_000)),
    "deep": _BASE + "extra: " + "[" * 500_000 + "]" * 500_000,
    "deep blocks": _BASE + "".join(f"{' ' * n}k:\n" for n in range(2, 1400)),
    "aliases": "x: &a [%s]\n" % ("b, " * 1000)
    + "".join(f"x{n}: *a\n" for n in range(60_000))
    + _BASE,
    "aliases of aliases": "a0: &a0 [b, b]\n"
    + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 200))
    + _BASE,
    "long text": _BASE.replace("owner: data", f"owner: {'x' * 1_000_000}"),
    "long key": _BASE + f"'{'x' * 1_000_000}': y\n",
    "environments": _BASE.replace(
        "{e0: {}}", f"{{{', '.join(f'e{n}: {{}}' for n in range(60_000))}}}"
    ),
    "no end": _BASE + "extra: '" + "x" * 1_000_000,
    "documents": "---\na: b\n" * 90_000,
    "tabs": _BASE + "\t" * 1_000_000,
}


@pytest.mark.skipif(not hasattr(os, "wait4"), reason="the system tells no process's memory")
@pytest.mark.parametrize("shape", _LARGE)
def test_a_large_file_is_answered(shape: str, tmp_path: Path) -> None:
    """A job file of up to 1 MiB is answered with a sentence, within 200 MiB and a few seconds."""
    assert len(_LARGE[shape]) <= _MIB
    here = world()
    here.clean()
    here.put("dativo.yaml", "{}\n")
    here.put("jobs/a.yaml", _LARGE[shape])
    command = [sys.executable, "-m", "generator", "validate", "--project", str(here.folder)]
    taken = taken_by(command, TOP, tmp_path)
    assert taken.code in (0, 1) and b"Traceback" not in taken.said, taken.said[-2000:]
    assert len(taken.said) < 100_000
    assert taken.memory < 200 * _MIB
    assert taken.cpu < 15

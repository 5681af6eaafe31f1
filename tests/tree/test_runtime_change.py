"""A runtime, cluster, account or host that changes under a state stops, and says how to go on."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.plan.promises import job, merged
from tests.tree.runtime_changes import (
    ELSEWHERE,
    JOB,
    ROOT,
    Generate,
    Write,
    files,
)


@pytest.mark.parametrize("name", ELSEWHERE)
def test_another_place_stops(name: str, project: Path, write: Write, generate: Generate) -> None:
    """Where the same provider would lead elsewhere nothing is written; what to do is told, with
    its commands, by ``generate`` and ``check`` alike.
    """
    old, change, said = ELSEWHERE[name]
    write(old)
    assert generate()[0] == 0
    before = files(project)
    write(merged(old, change))
    for command in ("generate", "check"):
        code, told = generate(command=command)
        assert (code, files(project)) == (1, before)
        assert told.count("error:") == 1 and said in told
        for way in ("--retire-first jobs/acme/orders.yaml", "--applied", "another name"):
            assert way in told
    code, told = generate("--change-runtime")
    assert code == 0 and "stays where it is" in told and said in told
    assert not (project / ROOT / "leaving.tf").exists()
    assert "warning" not in generate()[1]


@pytest.mark.parametrize("name", ["account", "cluster-eks", "host"])
def test_retire_first(name: str, project: Path, write: Write, generate: Generate) -> None:
    """The root becomes the tombstone of what it was, and stays that until it was applied."""
    old, change, said = ELSEWHERE[name]
    write(old)
    generate()
    (project / JOB).rename(project / "away")
    write(merged(old, {"runtime": {"max_retries": 2}}))
    (project / JOB).unlink()
    (project / "jobs" / "acme" / "keep.yaml").write_text("tenant_id: acme\n")
    generate()
    stone = files(project)
    (project / "away").rename(project / JOB)
    generate()
    assert "main.tf" in files(project)

    write(merged(old, change))
    code, told = generate("--retire-first", os.fspath(project / JOB))
    assert code == 0 and said in told and "--applied jobs/acme/orders.yaml" in told
    assert files(project) == stone
    for command in ("generate", "check"):
        code, told = generate(command=command)
        assert (code, files(project)) == (0, stone) and said in told
    assert "warning" not in generate("--applied")[1]
    assert "main.tf" in files(project)
    assert generate(command="check")[0] == 0


def test_another_type_stops(project: Path, write: Write, generate: Generate) -> None:
    """One apply can do it, which destroys all the same: it is asked for by name."""
    write(job("aws", "ecs_fargate"))
    generate()
    before = files(project)
    write(job("aws", "lambda"))
    code, told = generate()
    assert (code, files(project)) == (1, before)
    assert "its runtime.type from ecs_fargate to lambda under its state, destroying" in told
    assert "--change-runtime jobs/acme/orders.yaml" in told
    assert generate("--change-runtime") == (0, "")
    assert "aws-lambda" in (project / ROOT / "main.tf").read_text()
    assert not (project / ROOT / "leaving.tf").exists()


def test_what_is_left_is_kept_until_applied(
    project: Path, write: Write, generate: Generate
) -> None:
    """``leaving.tf`` stays through changes of the job, is told each time, and goes when told."""
    write(job("gcp", "gke"))
    generate()
    after = job("gcp", "cloud_run_job")
    write(after)
    assert generate("--change-runtime")[0] == 0
    left = (project / ROOT / "leaving.tf").read_text()
    assert "from = module.job.module.workload\n" in left and "provider" not in left
    assert '">= 1.10"' in (project / ROOT / "terraform.tf").read_text()
    write(merged(after, {"runtime": {"max_retries": 1}}))
    code, told = generate()
    assert code == 0 and "leaving.tf is there for one apply" in told
    assert (project / ROOT / "leaving.tf").read_text() == left
    assert generate(command="check")[0] == 0
    assert generate("--applied") == (0, "")
    assert not {"leaving.tf", "removed.tf"} & files(project).keys()
    assert "What it leaves" not in (project / ROOT / "README.md").read_text()
    assert generate() == (0, "")


def test_a_second_change_keeps_both(project: Path, write: Write, generate: Generate) -> None:
    """What was left before the second change is still left after it; and a return takes it back."""
    write(job("aws", "kubernetes"))
    generate()
    write(job("aws", "databricks"))
    generate("--change-runtime")
    write(job("gcp", "cloud_run_job"))
    assert generate()[0] == 1
    generate("--change-runtime")
    left = (project / ROOT / "leaving.tf").read_text()
    assert [f'provider "{name}"' in left for name in ("aws", "kubernetes", "databricks")] == [
        True
    ] * 3
    write(job("aws", "kubernetes"))
    generate("--change-runtime")
    left = (project / ROOT / "leaving.tf").read_text()
    assert 'provider "databricks"' in left and 'provider "kubernetes"' not in left


def test_one_way_at_a_time(generate: Generate) -> None:
    """The three ways to go on exclude each other."""
    with pytest.raises(SystemExit):
        generate("--change-runtime", "--applied")

"""The asset contract that a job names."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest

from generator.errors import InputError
from generator.job.load import load
from tests.job.conftest import JOB, Repository

Minimal = Callable[..., str]
ASSET = "assets/x.yaml"


def _job(minimal: Minimal, path: str = ASSET) -> str:
    return minimal("tenant_id: acme", "environment: prod", f'asset_path: "{path}"')


def test_the_flat_shape(repository: Repository, minimal: Minimal) -> None:
    """The Open Data Contract shape; what is not for us is left alone."""
    repository.write(
        ASSET,
        "name: x\nversion: 1.10\ndataProduct: p\nteam: {owner: o, roles: []}\n"
        "compliance: {classification: PII, regulations: [], retention_days: 0}\n"
        "schema: [{name: a, type: int, classification: PII}]\nlineage: {a: b}\n",
    )
    asset = repository.load(_job(minimal))[0].asset
    assert asset is not None
    assert (asset.version, asset.data_product) == ("1.10", "p")
    assert asset.compliance is not None
    assert asset.compliance.classification == ("PII",)
    assert asset.compliance.regulations == ()
    assert asset.compliance.retention_days == 0


def test_the_nested_shape(repository: Repository, minimal: Minimal) -> None:
    """Below asset:, with governance; governance fills only what nothing else says."""
    text = """\
asset:
  name: x
  governance: {owner: g, tags: [t], classification: [A], retention_days: 30, cost_center: C-1}
  compliance: {classification: [B], regulations: [GDPR]}
finops: {project: p}
"""
    repository.write(ASSET, text)
    (loaded,) = repository.load(_job(minimal))
    asset = loaded.asset
    assert asset is not None
    assert asset.team is not None
    assert asset.team.owner == "g"
    assert asset.tags == ("t",)
    assert asset.compliance is not None
    assert asset.compliance.classification == ("B",)
    assert asset.compliance.regulations == ("GDPR",)
    assert asset.compliance.retention_days == 30
    assert asset.finops is not None
    assert (asset.finops.project, asset.finops.cost_center) == ("p", "C-1")
    assert loaded.asset_location("team", "owner").path == ("asset", "governance", "owner")
    assert loaded.asset_location("compliance", "regulations").path == (
        "asset",
        "compliance",
        "regulations",
    )
    assert loaded.asset_location("finops", "project").path == ("finops", "project")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a: [", "2:1: yaml-syntax"),
        ("- a", "1:1: not-a-mapping"),
        ("", "1:1: not-a-mapping"),
        ("a: 1\na: 2", "2:1: duplicate-key"),
        ("compliance: {retention_days: long}", "1:30: invalid-value"),
        ("compliance: {retention_days: -1}", "1:30: invalid-value"),
        ("compliance: [PII]", "1:13: invalid-value"),
        ("team: me", "1:7: invalid-value"),
        ("asset:\n  governance: {retention_days: long}", "2:32: invalid-value"),
        ("asset: {compliance: {retention_days: long}}", "1:38: invalid-value"),
        ("dataProduct: a\ndata_product: b", "2:1: conflict"),
    ],
)
def test_faults_of_an_asset(repository: Repository, minimal: Minimal, text: str, told: str) -> None:
    """What is wrong with an asset is told in the asset file, in either shape."""
    repository.write(ASSET, text)
    (found,) = repository.told(_job(minimal))
    assert found.startswith(f"{ASSET}:{told}")


def test_two_spellings_of_one_value(repository: Repository, minimal: Minimal) -> None:
    """Two spellings that agree are fine."""
    repository.write(ASSET, "dataProduct: a\ndata_product: a")
    asset = repository.load(_job(minimal))[0].asset
    assert asset is not None
    assert asset.data_product == "a"


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("assets/none.yaml", "missing-asset"),
        ("assets/x.yaml/below", "missing-asset"),
        ("../x.yaml", "outside-project"),
        ("assets/../../x.yaml", "outside-project"),
        ("/etc/hostname", "outside-project"),
        ("/app/../../x", "outside-project"),
        ("assets", "unreadable"),
        (".", "unreadable"),
        ("assets/\\0.yaml", "missing-asset"),
        ("x" * 300, "unreadable"),
    ],
)
def test_paths_that_lead_nowhere(
    repository: Repository, minimal: Minimal, path: str, code: str
) -> None:
    """Whatever is wrong with the path is told at the job's line."""
    repository.write(ASSET, "name: x")
    (told,) = repository.told(_job(minimal, path))
    assert told.startswith(f"{JOB}:3:13: {code}")


def test_links_out_of_the_project(repository: Repository, minimal: Minimal) -> None:
    """A link to a file outside is refused, one inside is read."""
    outside = repository.folder.parent / f"{repository.folder.name}-asset.yaml"
    outside.write_text("name: x")
    repository.write(ASSET, "name: inside")
    os.symlink(outside, repository.folder / "assets/out.yaml")
    os.symlink("x.yaml", repository.folder / "assets/in.yaml")
    (told,) = repository.told(_job(minimal, "assets/out.yaml"))
    assert told.startswith(f"{JOB}:3:13: outside-project")
    asset = repository.load(_job(minimal, "assets/in.yaml"))[0].asset
    assert asset is not None
    assert asset.name == "inside"


@pytest.mark.parametrize("path", ["/app/assets/x.yaml", "./assets/x.yaml", "assets//x.yaml"])
def test_prefixes_and_spellings_of_a_path(
    repository: Repository, minimal: Minimal, path: str
) -> None:
    """The container's prefix is cut off; one file is one asset however its path is written."""
    repository.write(ASSET, "name: x")
    assert repository.load(_job(minimal, path))[0].asset_file == ASSET


def test_each_job_is_told_at_its_own_line(repository: Repository, minimal: Minimal) -> None:
    """An asset is read once, but every job that names a missing one is told."""
    repository.write("jobs/one.yaml", _job(minimal))
    repository.write("jobs/two.yaml", "# comment\n" + _job(minimal))
    project = repository.project()
    told = []
    for file in ("jobs/one.yaml", "jobs/two.yaml"):
        with pytest.raises(InputError) as caught:
            load(project, file)
        told += [repository.line_of(problem) for problem in caught.value.problems]
    assert [line.split(" ")[0] for line in told] == ["jobs/one.yaml:3:13:", "jobs/two.yaml:4:13:"]


def test_an_asset_is_read_once(repository: Repository, minimal: Minimal) -> None:
    """Jobs of one run share the asset that they name."""
    repository.write(ASSET, "name: x")
    repository.write("jobs/one.yaml", _job(minimal))
    repository.write("jobs/two.yaml", _job(minimal, "./assets/x.yaml"))
    project = repository.project()
    first, second = (load(project, f"jobs/{name}.yaml")[0][0] for name in ("one", "two"))
    assert first.asset is second.asset

"""The corpus of the benchmarks is one that users could have, and the same everywhere."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from benchmarks import corpus
from generator import api
from generator.dialects import to_canonical
from generator.dialects.spellings import SPELLINGS
from generator.model.runtime_types import RUNTIME_TYPES
from generator.yaml.load import load_yaml


@pytest.fixture(scope="module")
def hundred(tmp_path_factory: pytest.TempPathFactory) -> corpus.Corpus:
    """A project of a hundred jobs."""
    return corpus.make(str(tmp_path_factory.mktemp("corpus") / "project"), 100)


def test_nothing_is_wrong_with_it(hundred: corpus.Corpus) -> None:
    """All hundred jobs become roots, without a warning."""
    result = api.generate(hundred.folder)

    assert [problem.message for problem in result.problems] == []
    assert len({root.rpartition("/")[0] for root in result.roots}) == 100


def test_every_runtime_and_dialect_is_in_it(hundred: corpus.Corpus) -> None:
    """Each runtime on each of its clouds, or on one where its module is the user's own; and each
    dialect in a share that is told.
    """
    clouds: set[tuple[str, str]] = set()
    dialects: list[str] = []
    for job in hundred.jobs:
        text = Path(hundred.folder, job).read_bytes()
        translation = to_canonical(load_yaml(text, job), job)
        infrastructure = translation.document["infrastructure"]
        clouds.add((infrastructure["provider"], infrastructure["runtime"]["type"]))
        dialects.append(translation.dialect)

    named = {letter for row in SPELLINGS for letter in row.dialects} | {"P"}
    ours = [row for row in RUNTIME_TYPES.values() if row.module]
    assert {(cloud, row.type) for row in ours for cloud in row.clouds} <= clouds
    assert RUNTIME_TYPES.keys() == {runtime for _, runtime in clouds}
    assert set(dialects) == {"canonical", *named}
    assert dialects.count("canonical") == 80
    assert {dialects.count(letter) for letter in named} == {4}


def test_ten_jobs_share_an_asset(hundred: corpus.Corpus) -> None:
    """Every asset file that is written is read, by about ten jobs."""
    jobs = [yaml.safe_load(Path(hundred.folder, job).read_bytes()) for job in hundred.jobs]
    used = [job["asset_path"].removeprefix("/app/") for job in jobs if "asset_path" in job]
    written = {
        path.relative_to(hundred.folder).as_posix()
        for path in Path(hundred.folder, "assets").rglob("*.yaml")
    }

    assert set(used) == written
    assert len(written) == 10 and all(5 <= used.count(path) <= 10 for path in written)


def test_a_seed_makes_the_same_project(tmp_path: Path) -> None:
    """Two projects of one seed are equal byte for byte; another seed makes another."""
    made = {
        name: {
            path.relative_to(tmp_path / name): path.read_bytes()
            for path in Path(corpus.make(str(tmp_path / name), 30, seed).folder).rglob("*.*")
            if path.is_file()
        }
        for name, seed in (("one", 1), ("two", 1), ("other", 2))
    }

    assert made["one"] == made["two"]
    assert made["one"] != made["other"]


def test_an_edit_changes_the_roots_of_a_job(tmp_path: Path) -> None:
    """What the benchmarks change in a job changes its roots, all of them and no other's."""
    folder = str(tmp_path / "project")
    made = corpus.make(folder, 24)
    roots = set(api.generate(folder).roots)

    corpus.edit(folder, made.jobs[0], 7)
    assert {root.split("/")[2] for root in changed(folder)} == {Path(made.jobs[0]).stem}

    for job in made.jobs:
        corpus.edit(folder, job, 8)
    assert changed(folder) == roots


def changed(folder: str) -> set[str]:
    """The roots that differ from what is on the disk."""
    result = api.check(folder)
    assert [problem.message for problem in result.problems] == []
    return {root for root, status in result.roots.items() if status != "unchanged"}

"""Text in decomposed Unicode (NFD), as some editors and file systems write it."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

from generator.modules.catalogue import Catalogue
from generator.pipeline import build
from tests.job.conftest import JOB, Repository

Minimal = Callable[..., str]
# "größe" is "gro\u0308ße" in decomposed form.
NFC, NFD = "gr\u00f6\u00dfe", "gro\u0308\u00dfe"


def test_text_is_composed(repository: Repository, minimal: Minimal) -> None:
    """Keys and values are as Terraform would have them, however they were typed."""
    lines = f"  tags: {{{NFD}: {NFD}, b: 'x {NFD}', c: \"gro\\u0308\u00dfe\"}}\n"
    (loaded,) = repository.load(minimal(infrastructure=lines))
    assert loaded.job.infrastructure.tags == {NFC: NFC, "b": f"x {NFC}", "c": NFC}


def test_keys_that_look_alike_are_one_key(repository: Repository, minimal: Minimal) -> None:
    """A key that stands twice is told, in whatever form."""
    lines = f"  tags:\n    {NFC}: a\n    {NFD}: b\n"
    assert repository.told(minimal(infrastructure=lines)) == [
        f'{JOB}:10:5: duplicate-key: the key "{NFC}" stands twice in one mapping'
    ]


def test_positions_count_what_is_written(repository: Repository, minimal: Minimal) -> None:
    """A value below a decomposed key is found where it stands."""
    (loaded,) = repository.load(minimal(infrastructure=f"  tags: {{{NFD}: x}}\n"))
    location = loaded.locations.location(("infrastructure", "tags", NFC))
    from generator.yaml.positions import Positions

    text = (repository.folder / JOB).read_text("utf-8")
    assert Positions(text).find(location.path) == (8, 18)


def test_an_asset_by_a_decomposed_name(repository: Repository, minimal: Minimal) -> None:
    """A path means the composed name; a file by the other one is told."""
    assert unicodedata.normalize("NFD", NFC) == NFD
    repository.write(f"assets/{NFC}.yaml", "name: a\n")
    text = f"asset_path: assets/{NFD}.yaml\n" + minimal()
    (loaded,) = repository.load(text)
    assert loaded.asset_file == f"assets/{NFC}.yaml"
    (repository.folder / f"assets/{NFC}.yaml").rename(repository.folder / f"assets/{NFD}.yaml")
    (problem,) = repository.problems(text)
    assert (problem.code, "decomposed Unicode" in problem.hint) == ("missing-asset", True)


def test_a_job_file_by_a_decomposed_name(repository: Repository, minimal: Minimal) -> None:
    """Another machine would have it by another name, so it is told."""
    repository.write(f"jobs/{NFD}.yaml", "name: a\n" + minimal())
    project = repository.project()
    (problem,) = build(project, [f"jobs/{NFD}.yaml"], Catalogue(None)).problems
    assert problem.message == "the name of this job file is in decomposed Unicode (NFD)"

"""Which files are read as jobs: those of the project, and nothing that a link leads out to."""

from __future__ import annotations

import os

from tests.job.conftest import JOB, Repository
from tests.job.minimal import Minimal


def test_files_outside_the_project(repository: Repository, minimal: Minimal) -> None:
    """A job file that is a link out of the project is refused, whoever reads it."""
    outside = repository.folder.parent / f"{repository.folder.name}-outside.yaml"
    outside.write_text(minimal())
    (repository.folder / "jobs/acme").mkdir(parents=True)
    os.symlink(outside, repository.folder / JOB)
    (told,) = repository.told()
    assert told.startswith("outside-project")


def test_a_linked_folder_outside_the_project(repository: Repository, minimal: Minimal) -> None:
    """So is one below a folder that is a link out of the project."""
    outside = repository.folder.parent / f"{repository.folder.name}-folder"
    outside.mkdir()
    (outside / "stripe.yaml").write_text(minimal())
    (repository.folder / "jobs").mkdir()
    os.symlink(outside, repository.folder / "jobs/acme")
    (told,) = repository.told()
    assert told.startswith("outside-project")


def test_a_link_inside_the_project_is_read(repository: Repository, minimal: Minimal) -> None:
    """A link that stays in the project is a job file as any other."""
    repository.write("shared/stripe.yaml", minimal())
    (repository.folder / "jobs/acme").mkdir(parents=True)
    os.symlink("../../shared/stripe.yaml", repository.folder / JOB)
    assert len(repository.load()) == 1


def test_what_is_no_regular_file(repository: Repository) -> None:
    """A folder or a named pipe with a job's name is told, and never waited for."""
    (repository.folder / JOB).mkdir(parents=True)
    assert "it is a folder" in repository.told()[0]
    (repository.folder / JOB).rmdir()
    os.mkfifo(repository.folder / JOB)
    assert "no regular file" in repository.told()[0]


def test_a_missing_file(repository: Repository) -> None:
    """A file that is not there is told by its name."""
    assert repository.told()[0].startswith(f"{JOB}:None:None: unreadable")

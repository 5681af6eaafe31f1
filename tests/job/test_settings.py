"""dativo.yaml."""

from __future__ import annotations

import pytest

from generator.job.defaults import unused_defaults
from tests.job.conftest import Repository


def test_no_settings_work(repository: Repository) -> None:
    """Everything has a default."""
    settings = repository.project().settings
    assert settings.jobs == ("jobs",)
    assert settings.output == "generated"


def test_folders_are_normalised(repository: Repository) -> None:
    """One folder is one folder however it is written."""
    repository.write(
        "dativo.yaml", "jobs: [./jobs/, a//b]\noutput: ./out/\nhand_written_roots: [./infra/, '']\n"
    )
    settings = repository.project().settings
    assert settings.jobs == ("jobs", "a/b")
    assert settings.output == "out"
    assert repository.project().searched == ("infra", ".")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("- a", "1:1: not-a-mapping"),
        ("a: [", "2:1: yaml-syntax"),
        ("output: ../out", "1:9: outside-project"),
        ("output: /tmp/out", "1:9: outside-project"),
        ("output: C:/out", "1:9: outside-project"),
        ("output: .", "1:9: output-folder"),
        ("output: a/..", "1:9: outside-project"),
        ('output: "a\\nb"', "1:9: invalid-value"),
        ("jobs: [jobs, ../jobs]", "1:14: outside-project"),
        ("hand_written_roots: [../x]", "1:22: outside-project"),
        ("environments: {allowed: []}", "1:25: invalid-value"),
        ("environments: {alowed: [dev]}", "1:16: unknown-key"),
        ("outputt: x", "1:1: unknown-key"),
        ("tags: {stile: snake}", "1:8: unknown-key"),
        ("tags: {style: snakes}", "1:15: invalid-value"),
        ("terraform: {required_version: latest}", "1:31: invalid-value"),
        ("terraform: {providers: {aws: newest}}", "1:30: invalid-value"),
        ("terraform: {providers: {awz: '~> 6.0'}}", "1:25: invalid-value"),
        ("defaults: {tenants: [acme]}", "1:21: invalid-value"),
        ("defaults: {runtimes: {lambada: {}}}", "1:23: invalid-value"),
        ("values: {A: [x]}", "1:13: invalid-value"),
    ],
)
def test_faults_of_settings(repository: Repository, text: str, told: str) -> None:
    """Whatever is wrong in dativo.yaml is told at its place."""
    assert repository.told("", text)[0].startswith(f"dativo.yaml:{told}")


@pytest.mark.parametrize(
    ("output", "why"),
    [
        (".", "the project itself"),
        (".git", "belong to git"),
        (".GIT/roots", "belong to git"),
        ("git~1", "belong to git"),
        ('".g\\u200cit"', "belong to git"),
        ("build/.terraform", "belong to git"),
        (".github", "belong to git"),
        (".gitlab", "belong to git"),
        (".dativo", "belong to git"),
        ("Modules", "Terraform modules are"),
        ("assets/out", "asset contracts are"),
        ("templates", "templates are"),
        ("hooks", "hooks are"),
        ("locks", "locks of providers are"),
        ("JOBS", "job files are"),
        ("etl", "the job files in etl/daily would lie"),
        ("Platform", "modules are in platform/terraform"),
        ("'generated.'", "Windows takes"),
        ("link/roots", "belong to git"),
    ],
)
def test_folders_that_mean_something_else(repository: Repository, output: str, why: str) -> None:
    """Roots go into a folder of their own, whatever case and links say."""
    (repository.folder / ".git").mkdir()
    (repository.folder / "link").symlink_to(".git")
    settings = f"output: {output}\njobs: [etl/daily]\nmodules: {{source: platform/terraform}}\n"
    (problem,) = repository.problems("", settings)
    assert repository.line_of(problem).startswith("dativo.yaml:1:9: output-folder")
    assert why in problem.message


@pytest.mark.parametrize("output", ["infra/roots", "etl/generated", "build/modules", "mes états"])
def test_folders_of_their_own(repository: Repository, output: str) -> None:
    """Any other folder below the project will do."""
    repository.write("dativo.yaml", f"output: {output}\njobs: [etl]\n")
    assert repository.project().settings.output == output


@pytest.mark.parametrize("text", ["~> 6.0", ">= 1.10, < 2.0", "1.2.3", "= 1.0.0-beta1", "!= 1.1"])
def test_version_constraints(repository: Repository, text: str) -> None:
    """What Terraform reads as a constraint is taken."""
    repository.write("dativo.yaml", f"terraform: {{required_version: '{text}'}}")
    assert repository.project().settings.terraform.required_version == text


def test_settings_that_cannot_be_read(repository: Repository) -> None:
    """A folder in the file's place is told, not a traceback."""
    (repository.folder / "dativo.yaml").mkdir()
    assert repository.told("")[0].startswith("dativo.yaml:None:None: unreadable")


@pytest.mark.parametrize("name", ["dativo.yml", "Dativo.yaml", "DATIVO.YML"])
@pytest.mark.parametrize("both", [False, True])
def test_settings_by_another_name(repository: Repository, name: str, both: bool) -> None:
    """Settings that would not be read are told, with what to do; others are a file of yours."""
    repository.write(name, "output: x")
    if both:
        repository.write("dativo.yaml", "output: y")
    (problem,) = repository.problems("")
    assert problem.message == f'settings are read from dativo.yaml, and not from "{name}"'
    assert problem.hint == ("remove one of the two" if both else "rename it to dativo.yaml")


def test_settings_outside_the_project(repository: Repository) -> None:
    """The settings of another repository are not these."""
    outside = repository.folder.parent / f"{repository.folder.name}-settings.yaml"
    outside.write_text("output: x")
    (repository.folder / "dativo.yaml").symlink_to(outside)
    assert repository.told("")[0].startswith("outside-project")


def test_every_runtime_may_have_defaults() -> None:
    """`defaults.runtimes` takes the types of the table, all and no others."""
    from typing import get_args, get_type_hints

    from generator.model.settings import Defaults
    from generator.plan.runtimes.table import TYPES

    kinds = get_args(get_args(get_type_hints(Defaults)["runtimes"])[0])
    assert set(TYPES) <= set(kinds)


def test_defaults_that_no_job_has(repository: Repository) -> None:
    """Defaults under a misspelt name reach nobody; those of a job to come are left alone."""
    settings = "defaults: {tenants: {amce: {}, globex: {}, acme2: {}}, environments: {prd: {}}}"
    repository.write("dativo.yaml", settings)
    project = repository.project()
    told = [(p.message, p.hint) for p in unused_defaults(project, {"acme"}, {"prod"})]
    assert told == [
        ('no job has the tenant "amce", so these defaults have no effect', 'did you mean "acme"?'),
        (
            'no job has the environment "prd", so these defaults have no effect',
            'did you mean "prod"?',
        ),
    ]

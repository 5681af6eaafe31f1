"""From a job file to its jobs."""

from __future__ import annotations

import pytest

from generator.errors import InputError
from generator.yaml.scalars import PlainScalar
from tests.job.conftest import JOB, Repository
from tests.job.minimal import Minimal

NO_CPU = "is not a number of vCPUs such as 1, 0.5 or 500m"
NO_NUMBER = "must be a whole number"


def test_a_minimal_job(repository: Repository, minimal: Minimal) -> None:
    """Tenant, environment, cloud, region and runtime are enough; the rest has defaults."""
    (loaded,) = repository.load(minimal())
    job = loaded.job
    assert (job.tenant_id, job.environment, job.name) == ("acme", "prod", "stripe")
    assert job.infrastructure.runtime.cpu == 1
    assert job.infrastructure.runtime.memory == 2048
    assert loaded.asset is None
    assert loaded.default_tags == ()


def test_keys_of_the_runner_are_left_alone(repository: Repository, minimal: Minimal) -> None:
    """What stands outside infrastructure and is not ours is neither read nor refused."""
    text = minimal("tenant_id: acme", "environment: prod", "source: {objects: [x]}", "logging: 7")
    assert len(repository.load(text)) == 1


def test_a_job_without_infrastructure_has_no_root(repository: Repository) -> None:
    """Such a file is no error: it is counted by the caller."""
    assert repository.loaded("tenant_id: acme\n") == ([], [])
    assert repository.loaded("") == ([], [])


def test_what_may_be_meant_for_infrastructure_is_a_warning(repository: Repository) -> None:
    """A job must not do without a root because its block has another name."""
    jobs, warnings = repository.loaded("tenant_id: acme\ninfra: {provider: aws}\n")
    assert jobs == []
    (warning,) = warnings
    assert warning.severity == "warning"
    assert repository.line_of(warning).startswith(f"{JOB}:2:1: unknown-key")
    assert "infrastructure" in warning.hint


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("- a\n- b\n", f"{JOB}:1:1: not-a-mapping: a job file must hold a mapping of keys"),
        (
            "text",
            f"{JOB}:1:1: not-a-mapping: a job file must hold a mapping of keys to values, not",
        ),
        ("a: [", f"{JOB}:2:1: yaml-syntax"),
        ("infrastructure: aws\nenvironment: x\ntenant_id: y", f"{JOB}:1:17: invalid-value"),
        ("infrastructure: [aws]\nenvironment: x\ntenant_id: y", f"{JOB}:1:17: invalid-value"),
        ("infrastructure: {}\n", f'{JOB}:1:1: missing-key: "tenant_id" is missing'),
    ],
)
def test_files_that_are_no_job(repository: Repository, text: str, told: str) -> None:
    """What is not a job file is told at its place."""
    assert repository.told(text)[0].startswith(told)


def test_all_problems_of_a_file_are_told_at_once(repository: Repository) -> None:
    """One run tells everything that the models find, each at its line and column."""
    text = """\
tenant_id: acme
environment: prod
infrastructure:
  provider: awss
  runtime:
    type: ecs_fargate
    memmory: 2Gi
    cpu: lots
    timeout_seconds: 12:30:45
    environment: {LEVEL: [a]}
"""
    block = "infrastructure"
    assert repository.told(text) == [
        f'{JOB}:4:13: invalid-value: "{block}.provider" must be aws, gcp or azure, not "awss"',
        f'{JOB}:3:1: missing-key: "{block}.region" is missing',
        f'{JOB}:8:10: invalid-value: "{block}.runtime.cpu" {NO_CPU}, got "lots"',
        f'{JOB}:9:22: invalid-value: "{block}.runtime.timeout_seconds" {NO_NUMBER}, got "12:30:45"',
        f'{JOB}:10:26: invalid-value: "{block}.runtime.environment.LEVEL" must be text, got a list',
        f'{JOB}:7:5: unknown-key: unknown key "memmory" in "{block}.runtime"',
    ]
    hints = [problem.hint for problem in repository.problems(text)]
    assert hints[0] == 'did you mean "aws"?'
    assert hints[-1] == 'did you mean "memory"?'


@pytest.mark.parametrize("value", ["[1]", "{a: 1}", "[]", "{}", "[{}]"])
@pytest.mark.parametrize("field", ["cpu", "memory", "type", "image", "ephemeral_storage"])
def test_lists_and_mappings_where_text_belongs(
    repository: Repository, field: str, value: str
) -> None:
    """Any shape of value in any field is an error with a place, never a traceback."""
    text = f"""\
tenant_id: acme
environment: prod
infrastructure:
  provider: aws
  region: us-east-1
  runtime: {{{"" if field == "type" else "type: ecs_fargate, "}{field}: {value}}}
"""
    (told,) = repository.told(text)
    assert told.startswith(f"{JOB}:6:")


def test_provider_of_any_shape(repository: Repository, minimal: Minimal) -> None:
    """A provider that is no text is an error, also where dativo.yaml has defaults by cloud."""
    text = minimal().replace("provider: aws", "provider: [aws]")
    (told,) = repository.told(text, "defaults: {clouds: {aws: {infrastructure: {region: x}}}}")
    assert told.startswith(f"{JOB}:4:13: invalid-value")


@pytest.mark.parametrize("text", ["no", "0123", "1_000", "12:30:45", "2024-01-31", "1.10", "1e3"])
def test_text_stays_as_it_was_written(repository: Repository, minimal: Minimal, text: str) -> None:
    """Wherever a string is wanted, an unquoted scalar is its own text."""
    extra = f"    environment: {{X: {text}}}\n  tags: {{version: {text}}}\n"
    (loaded,) = repository.load(minimal(infrastructure=extra))
    assert loaded.job.infrastructure.runtime.environment == {"X": text}
    assert type(loaded.job.infrastructure.runtime.environment["X"]) is str
    assert loaded.job.infrastructure.tags == {"version": text}


@pytest.mark.parametrize(
    ("memory", "mib"),
    [("512Mi", 512), ("2Gi", 2048), ("1.5Gi", 1536), ("2048", 2048), ("2147483648", None)]
    + [("1G", 954), ("0", None), ("0.5Mi", None), ("2GB", None), ("9" * 400, None), ("-1", None)],
)
def test_memory(repository: Repository, minimal: Minimal, memory: str, mib: int | None) -> None:
    """A number is MiB, Gi and Mi are binary, G and M decimal."""
    text = minimal(infrastructure=f"    memory: {memory}\n")
    if mib is None:
        (told,) = repository.told(text)
        assert '"infrastructure.runtime.memory" is' in told
    else:
        assert repository.load(text)[0].job.infrastructure.runtime.memory == mib


@pytest.mark.parametrize(
    ("cpu", "vcpu"),
    [("1", 1.0), ("0.25", 0.25), ("500m", 0.5), ("0", None), ("-1", None), ("1e3", None)]
    + [("257", None), ("9" * 400, None), (".5", None), ("one", None)],
)
def test_cpu(repository: Repository, minimal: Minimal, cpu: str, vcpu: float | None) -> None:
    """CPUs are a decimal number, or thousandths with an m."""
    text = minimal(infrastructure=f"    cpu: {cpu}\n")
    if vcpu is None:
        (told,) = repository.told(text)
        assert '"infrastructure.runtime.cpu" is' in told
    else:
        assert repository.load(text)[0].job.infrastructure.runtime.cpu == vcpu


def test_null_means_not_set(repository: Repository, minimal: Minimal) -> None:
    """A key whose value is commented out is as if it were not there, with defaults or without."""
    extra = "    cpu:\n    environment:\n  tags:\n  network:\n  storage: ~\n"
    extra += "  terraform: {variables: }\n"
    for settings in ("values: {}", "defaults: {infrastructure: {runtime: {cpu: 2}}}"):
        (loaded,) = repository.load(
            minimal("name:", "tenant_id: a", "environment: b", infrastructure=extra), settings
        )
        assert loaded.job.infrastructure.runtime.cpu == 1
        assert loaded.job.infrastructure.tags == {}
        assert loaded.job.name == "stripe"


def test_null_is_no_value_of_a_variable(repository: Repository, minimal: Minimal) -> None:
    """An environment variable without a value is not dropped silently."""
    (told,) = repository.told(minimal(infrastructure="    environment:\n      LEVEL:\n"))
    assert told.startswith(f"{JOB}:9:13: invalid-value")


def test_unquoted_types_reach_the_module_as_written(
    repository: Repository, minimal: Minimal
) -> None:
    """Where the module decides on a type, the loader does not."""
    extra = "  terraform: {variables: {flag: yes, size: 10}}\n"
    (loaded,) = repository.load(minimal(infrastructure=extra))
    variables = loaded.job.infrastructure.terraform.variables
    assert variables == {"flag": "yes", "size": "10"}
    assert all(isinstance(value, PlainScalar) for value in variables.values())


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("../../etc", "may hold only letters"),
        ("CON", "reserved device name"),
        ("com1", "reserved device name"),
        ("x" * 300, "has 300 characters"),
        ("größe", "may hold only letters"),
        ("-dash", "starts with a letter or digit"),
        (".hidden", "starts with a letter or digit"),
        ("a b", "may hold only letters"),
        ("a/b", "may hold only letters"),
        ("a\\nb", "may hold only letters"),
        ("a\\0b", "may hold only letters"),
        ("stripe.customers", "may hold only letters"),
        ("$${X}", "may hold only letters"),
        ("", "must not be empty"),
    ],
)
@pytest.mark.parametrize("key", ["tenant_id", "environment", "name"])
def test_names_that_cannot_be_folders(
    repository: Repository, minimal: Minimal, key: str, name: str, why: str
) -> None:
    """Tenant, environment and job name become folders and parts of names: at their own line."""
    given = {"tenant_id": "acme", "environment": "prod", "name": "job", key: name}
    lines = [f'{k}: "{v}"' for k, v in given.items()]
    (told,) = repository.told(minimal(*lines))
    line = list(given).index(key) + 1
    assert told.startswith(f"{JOB}:{line}:{len(key) + 3}: inval")
    assert why in told


def test_names_in_lists_are_checked_at_their_place(
    repository: Repository, minimal: Minimal
) -> None:
    """A bad tenant or environment is told where the list has it."""
    text = minimal(
        "tenant_id: ${TENANT_ID}",
        "tenants: [acme, 'a/b']",
        "environments:",
        "  dev: {}",
        "  'p q': {}",
    )
    told = repository.told(text)
    assert [line.split(": ")[0] for line in told] == [f"{JOB}:5:3", f"{JOB}:2:17"]


def test_the_name_of_a_file_that_is_no_name(repository: Repository, minimal: Minimal) -> None:
    """A file's stem that cannot be a name is told with the way out."""
    repository.write("jobs/a b.yaml", minimal())
    from generator.job.load import load

    with pytest.raises(InputError) as caught:
        load(repository.project(), "jobs/a b.yaml")
    (problem,) = caught.value.problems
    assert "name:" in problem.hint


def test_the_environment_is_never_read(
    repository: Repository, minimal: Minimal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same commit gives the same roots everywhere: ${HOME} is not the machine's."""
    monkeypatch.setenv("HOME", "/root")
    monkeypatch.setenv("TENANT_ID", "other")
    (loaded,) = repository.load(minimal(infrastructure="    environment: {A: '${HOME}/x'}\n"))
    assert loaded.job.infrastructure.runtime.environment == {"A": "${HOME}/x"}

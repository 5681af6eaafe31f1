"""Tenants and environments of one file, and the defaults under them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from generator.yaml.positions import Positions
from tests.job.conftest import JOB, Repository

Minimal = Callable[..., str]
TENANTS = ("tenant_id: ${TENANT_ID}", "tenants: [acme, globex]", "environment: prod")


def test_tenants_and_environments_multiply(repository: Repository, minimal: Minimal) -> None:
    """A job for two tenants and two environments is four jobs, in the file's order."""
    text = minimal(*TENANTS[:2], "environments: {prod: {}, dev: {}}")
    found = [(job.job.tenant_id, job.job.environment) for job in repository.load(text)]
    assert found == [("acme", "prod"), ("acme", "dev"), ("globex", "prod"), ("globex", "dev")]


def test_an_environment_is_merged_over_the_job(repository: Repository, minimal: Minimal) -> None:
    """Mappings merge key by key, lists are replaced, null removes."""
    text = minimal(
        "tenant_id: acme",
        "environments:",
        "  dev:",
        "    schedule:",
        "    infrastructure:",
        "      runtime: {cpu: 0.25, args: [c], environment: {A: }, image: }",
        "  prod: {}",
        "schedule: {cron: '0 2 * * *'}",
        infrastructure="    cpu: 4\n    args: [a, b]\n    image: x\n"
        "    environment: {A: 1, B: 2}\n",
    )
    dev, prod = (loaded.job for loaded in repository.load(text))
    assert (dev.infrastructure.runtime.cpu, prod.infrastructure.runtime.cpu) == (0.25, 4)
    assert (dev.infrastructure.runtime.args, prod.infrastructure.runtime.args) == (
        ("c",),
        ("a", "b"),
    )
    assert dev.infrastructure.runtime.environment == {"B": "2"}
    assert (dev.infrastructure.runtime.image, prod.infrastructure.runtime.image) == (None, "x")
    assert dev.schedule is None
    assert prod.schedule is not None


def test_infrastructure_of_one_environment_only(repository: Repository) -> None:
    """An environment without infrastructure has no root; one that has it needs no base."""
    text = """\
tenant_id: acme
environments:
  dev: {}
  prod:
    infrastructure: {provider: aws, region: us-east-1, runtime: {type: ecs_fargate}}
"""
    (loaded,) = repository.load(text)
    assert loaded.job.environment == "prod"


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (("environment: prod",), '1:1: missing-key: "tenant_id" is missing'),
        (("tenant_id: acme",), '1:1: missing-key: "environment" is missing'),
        (("tenant_id: [a]", "environment: prod"), '1:12: invalid-value: "tenant_id" must be text'),
        (("tenant_id: a", "environment: {}"), '2:14: invalid-value: "environment" must be text'),
        (("tenant_id: ${TENANT_ID}", "environment: x"), "1:12: undefined-variable: ${TENANT_ID}"),
        (("tenant_id: ${WHO}", "environment: x"), "1:12: undefined-variable: ${WHO}"),
        (("tenant_id: a", "environment: ${ENVIRONMENT}"), "2:14: undefined-variable"),
        (("tenant_id: a", "tenants: [a]", "environment: x"), '2:10: invalid-value: "tenants"'),
        ((TENANTS[0], "tenants: []", "environment: x"), '2:10: invalid-value: "tenants" must be'),
        ((TENANTS[0], "tenants: a", "environment: x"), '2:10: invalid-value: "tenants" must be'),
        ((TENANTS[0], "tenants: [a, [b]]", "environment: x"), "2:14: invalid-value: a tenant"),
        ((TENANTS[0], "tenants: [a, a]", "environment: x"), '2:14: invalid-value: "a" is listed'),
        (("tenant_id: a", "environments: []"), '2:15: invalid-value: "environments" must map'),
        (("tenant_id: a", "environments: {}"), '2:15: invalid-value: "environments" must map'),
        (("tenant_id: a", "environments: {dev: x}"), "2:21: invalid-value"),
        (("tenant_id: a", "environments: {dev: {tenant_id: b}}"), "2:22: unknown-key"),
        (("tenant_id: a", "environments: {dev: {source: b}}"), "2:22: unknown-key"),
        (
            ("tenant_id: a", "environment: prod", "environments: {dev: {}}"),
            '2:14: invalid-value: "prod" is not one of the environments: dev',
        ),
    ],
)
def test_faults_are_told_at_their_place(
    repository: Repository, minimal: Minimal, lines: tuple[str, ...], told: str
) -> None:
    """Whatever is wrong with tenants and environments has a line and a column."""
    assert repository.told(minimal(*lines))[0].startswith(f"{JOB}:{told}")


def test_a_misspelt_key_of_an_environment(repository: Repository, minimal: Minimal) -> None:
    """The nearest key that may differ by environment is named."""
    text = minimal("tenant_id: a", "environments: {dev: {infrastucture: {}}}")
    assert repository.problems(text)[0].hint == 'did you mean "infrastructure"?'


def test_environment_as_a_variable(repository: Repository, minimal: Minimal) -> None:
    """Beside a list of environments ${ENVIRONMENT} says just that, as ${TENANT_ID} does."""
    text = minimal("tenant_id: a", "environment: ${environment}", "environments: {dev: {}}")
    assert [loaded.job.environment for loaded in repository.load(text)] == ["dev"]


DEFAULTS = """\
defaults:
  environment: dev
  infrastructure: {region: eu-west-1, tags: {a: org}, network: {vpc_id: vpc-org}}
  clouds:
    aws: {infrastructure: {network: {vpc_id: vpc-aws}, tags: {b: cloud}}}
    gcp: {infrastructure: {network: {vpc_id: vpc-gcp}}}
  tenants:
    acme:
      infrastructure: {runtime: {cpu: 2}, network: {subnet_ids: [subnet-t]}}
      clouds: {aws: {infrastructure: {runtime: {cpu: 4}}}}
    globex: {infrastructure: {runtime: {cpu: 16}}}
  environments:
    dev: {infrastructure: {tags: {c: env}, runtime: {memory: 9Gi}}}
    prod: {infrastructure: {runtime: {memory: 99Gi}}}
"""
BARE = "tenant_id: acme\ninfrastructure:\n  provider: aws\n  runtime: {type: ecs_fargate}\n"


def test_defaults_are_laid_under_the_job(repository: Repository) -> None:
    """Organisation, tenant, environment, each with its cloud: the later wins, the job last."""
    (loaded,) = repository.load(BARE + "  tags: {a: job}\n", DEFAULTS)
    block = loaded.job.infrastructure
    assert loaded.job.environment == "dev"
    assert block.region == "eu-west-1"
    assert block.network.vpc_id == "vpc-aws"
    assert block.network.subnet_ids == ("subnet-t",)
    assert (block.runtime.cpu, block.runtime.memory) == (4, 9 * 1024)


RUNTIMES = """\
defaults:
  infrastructure: {runtime: {type: ecs_fargate, cpu: 1, memory: 1Gi, image: org}}
  clouds: {aws: {infrastructure: {runtime: {cpu: 2, memory: 2Gi}}}}
  runtimes:
    ecs_fargate: {infrastructure: {runtime: {memory: 4Gi}}}
    lambda: {infrastructure: {runtime: {memory: 8Gi, image: lambda}}}
"""


def test_defaults_of_a_runtime_are_stronger_than_those_of_its_cloud(
    repository: Repository,
) -> None:
    """So a default reaches only the runtimes that can honour it; the type may be one, too."""
    bare = "tenant_id: acme\nenvironment: dev\ninfrastructure: {provider: aws, region: us-east-1}\n"
    (loaded,) = repository.load(bare, RUNTIMES)
    runtime = loaded.job.infrastructure.runtime
    assert (runtime.type, runtime.cpu, runtime.memory) == ("ecs_fargate", 2, 4096)
    assert runtime.image == "org"


def test_default_tags_are_kept_apart(repository: Repository) -> None:
    """The tags of dativo.yaml are a layer of their own, in order, each with its place."""
    (loaded,) = repository.load(BARE + "  tags: {a: job, b: }\n", DEFAULTS)
    assert loaded.job.infrastructure.tags == {"a": "job", "b": None}
    assert [source.data for source in loaded.default_tags] == [
        {"a": "org"},
        {"b": "cloud"},
        {"c": "env"},
    ]
    positions = Positions(DEFAULTS)
    assert [positions.find(s.location.path)[0] for s in loaded.default_tags] == [3, 5, 13]


def test_an_environment_takes_default_tags_away(repository: Repository) -> None:
    """A null in an environment's tags reaches the merge of tags, with or without a base tag."""
    text = BARE.replace(
        "infrastructure:", "environments: {dev: {infrastructure: {tags: {a: }}}}\ninfrastructure:"
    )
    (loaded,) = repository.load(text + "  tags: {a: job, d: 1}\n", DEFAULTS)
    assert loaded.job.infrastructure.tags == {"a": None, "d": "1"}


def test_a_backend_of_another_kind_replaces_the_default(repository: Repository) -> None:
    """A bucket meant for one type of backend never reaches another."""
    settings = (
        "defaults: {environment: x, infrastructure: {region: eu-west-1,"
        " terraform: {backend: {type: s3, bucket: b}}}}"
    )
    (same,) = repository.load(BARE + "  terraform: {backend: {key: k}}\n", settings)
    assert same.job.infrastructure.terraform.backend == {"type": "s3", "bucket": "b", "key": "k"}
    (other,) = repository.load(BARE + "  terraform: {backend: {type: gcs}}\n", settings)
    assert other.job.infrastructure.terraform.backend == {"type": "gcs"}


def test_nothing_of_the_defaults_is_changed_by_a_job(repository: Repository) -> None:
    """Many jobs share one set of defaults."""
    repository.write("dativo.yaml", DEFAULTS)
    project = repository.project()
    before = project.settings.model_dump()
    repository.write(JOB, BARE + "  tags: {x: y}\n  network: {vpc_id: }\n")
    from generator.job.load import load

    assert load(project, JOB)[0][0].job.infrastructure.network.vpc_id is None
    assert project.settings.model_dump() == before


@pytest.mark.parametrize(
    ("edit", "told"),
    [
        (("region: eu-west-1", "region: [x]"), "dativo.yaml:3:28: invalid-value"),
        (("vpc-aws", "[x]"), "dativo.yaml:5:46: invalid-value"),
        (("cpu: 2", "cpuu: 2"), "dativo.yaml:9:34: unknown-key"),
        (("cpu: 4", "cpu: lots"), "dativo.yaml:10:54: invalid-value"),
        (("memory: 9Gi", "memory: 9Gib"), "dativo.yaml:13:62: invalid-value"),
        (("{c: env}", "[c]"), "dativo.yaml:13:34: invalid-value"),
        (
            ("aws: {infrastructure: {network", "awss: {infrastructure: {network"),
            "dativo.yaml:5:5: invalid-value",
        ),
        (("environment: dev", "environment: [dev]"), "dativo.yaml:2:16: invalid-value"),
    ],
)
def test_faults_of_defaults_are_told_in_their_layer(
    repository: Repository, edit: tuple[str, str], told: str
) -> None:
    """The line of dativo.yaml that wrote the value is named, not the job that got it."""
    assert DEFAULTS.count(edit[0]) == 1
    assert repository.told(BARE, DEFAULTS.replace(*edit))[0].startswith(told)


def test_a_missing_key_is_told_in_the_job(repository: Repository) -> None:
    """Also where only dativo.yaml has the mapping that the key belongs into."""
    told = repository.told(
        "tenant_id: acme\ninfrastructure:\n  provider: aws\n",
        "defaults: {environment: x, infrastructure: {runtime: {cpu: 2}}}",
    )
    assert told == [
        f'{JOB}:2:1: missing-key: "infrastructure.region" is missing',
        f'{JOB}:2:1: missing-key: "infrastructure.runtime.type" is missing',
    ]


def test_faults_of_an_environment_are_told_there(repository: Repository, minimal: Minimal) -> None:
    """A value that only one environment has wrong is told at that environment, once."""
    text = minimal(
        *TENANTS[:2],
        "environments:",
        "  dev: {infrastructure: {runtime: {cpu: lots}}}",
        "  prod: {}",
    )
    (told,) = repository.told(text)
    assert told.startswith(f"{JOB}:4:41: invalid-value")

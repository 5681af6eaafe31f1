"""Module sources: one spelling before a pattern is held against them, and pins that hold."""

from __future__ import annotations

import pytest

from tests.repository import Repository
from tests.trust.conftest import Told
from tests.trust.test_fields import aws

SHA = "0123456789abcdef0123456789abcdef01234567"
TRUST = """\
trust:
  modules:
    - ./modules/*
    - git::https://github.com/acme/**
    - git::ssh://git.acme.example:2222/etl/*
    - registry.terraform.io/acme/*/aws
    - https://modules.acme.example/*.zip
"""


def own(source: str, version: str = "") -> str:
    """A job with a module of its own."""
    more = f", version: '{version}'" if version else ""
    return aws(more=f", module: {{source: '{source}'{more}}}")


FETCHED = [
    "git::https://github.com/acme/etl.git//ecs?ref=v1.2.0",
    "git::https://github.com/acme/etl?ref=v1.2.0",
    "git::https://GitHub.com:443/acme/etl?ref=v1.2.0",
    "git::https://ci@github.com/acme/etl?ref=v1.2.0&depth=1",
    "github.com/acme/etl//ecs?ref=v1.2.0",
    "git::ssh://git@git.acme.example:2222/etl/ecs.git?ref=v1",
    "https://modules.acme.example/etl.zip?checksum=sha256:" + "a" * 64,
]
ELSEWHERE = [
    "git::https://github.com/acme-evil/etl?ref=v1.2.0",
    "git::https://github.com/evil/acme?ref=v1.2.0",
    "git::https://github.com.evil.example/acme/etl?ref=v1.2.0",
    "git::https://github.com@evil.example/acme/etl?ref=v1.2.0",
    "git::https://evil.example/github.com/acme/etl?ref=v1.2.0",
    "git::https://github.com/acme/../evil/etl?ref=v1.2.0",
    "git::https://github.com/acme/%2e%2e/evil/etl?ref=v1.2.0",
    "git::https://github.com/acme//../evil?ref=v1.2.0",
    "git::https://github.com//acme/../evil?ref=v1.2.0",
    "git::https://github.com:8443/acme/etl?ref=v1.2.0",
    "git::ssh://git@github.com/acme/etl?ref=v1.2.0",
    "git@github.com:acme/etl.git?ref=v1.2.0",
    "git::https://github.com/acme/etl?ref=v1.2.0&ref=main",
    "git::https://github.com/acme/etl?ref=v1.2.0&x=y",
    "git::https://github.com/ACME/etl?ref=v1.2.0",
    "github.com/evil/etl?ref=v1.2.0",
    "bitbucket.org/acme/etl?ref=v1.2.0",
    "https://modules.acme.example/x/etl.zip?checksum=sha256:" + "a" * 64,
    "s3::https://s3.amazonaws.com/acme/etl.zip?version=1",
    "hg::https://github.com/acme/etl?rev=v1.2.0",
]
NEVER = [
    "git::ext::sh -c id?ref=v1",
    "git::ext::/bin/sh?ref=v1",
    "ext::sh?ref=v1",
    "git::fd::17?ref=v1",
    "http://modules.acme.example/etl.zip",
    "git::http://github.com/acme/etl?ref=v1",
    "git::git://github.com/acme/etl?ref=v1",
    "git::https://github.com/acme/etl?ref=--upload-pack=x",
    "git::https://github.com/acme/etl?ref=%2d%2dupload-pack=x",
    "git::https://github.com/acme/etl?ref=a..b",
    "git::https://github.com/acme/etl?ref=v1&depth=--x",
    "git::https://github.com/acme/etl?ref=v1&sshkey=AAAA",
]


@pytest.mark.parametrize("source", FETCHED)
def test_fetched_from_where_it_may(told: Told, source: str) -> None:
    """However the same address is written."""
    assert told(own(source), TRUST) == []


@pytest.mark.parametrize("source", ELSEWHERE)
def test_fetched_from_elsewhere(told: Told, source: str) -> None:
    """An address that reads nearly like one, or leads elsewhere than it reads."""
    found = told(own(source), TRUST)
    assert any("trust.modules" in line or "module-source" in line for line in found), found
    assert all(line.startswith("jobs/orders.yaml:12:") for line in found)


@pytest.mark.parametrize("source", NEVER)
def test_never_fetched(told: Told, source: str) -> None:
    """What runs a program, is not encrypted, or reaches git as an option: whatever is trusted."""
    assert told(own(source)) != []
    assert told(own(source), "trust: {modules: ['git::**'], pins: any}") != []


def test_registries(told: Told) -> None:
    """A host that is not written is the public registry."""
    assert told(own("acme/etl/aws", "1.2.0"), TRUST) == []
    assert told(own("Registry.Terraform.io/acme/etl/aws", "1.2.0"), TRUST) == []
    for source in ("evil/etl/aws", "acme/etl/google", "app.terraform.io/acme/etl/aws"):
        assert any("trust.modules" in line for line in told(own(source, "1.2.0"), TRUST))


def test_local_folders(told: Told, repository: Repository) -> None:
    """By where the disk has them: a link does not lead out of what is allowed."""
    for folder in ("modules/etl", "scratch/etl"):
        repository.write(f"{folder}/main.tf", 'variable "image" {}\n')
    (repository.folder / "modules/link").symlink_to("../scratch/etl")
    (repository.folder / "nearby").symlink_to("modules")
    for source in ("modules/etl", "./modules/etl/", "scratch/../modules/etl", "nearby/etl"):
        assert not any("trust." in line for line in told(own(source), TRUST)), source
    for source in ("scratch/etl", "modules/../scratch/etl", "modules/link", "./scratch/etl"):
        assert any("trust.modules" in line for line in told(own(source), TRUST)), source


@pytest.mark.parametrize(
    ("ref", "pins", "fine"),
    [
        ("main", "any", True),
        ("main", "version", False),
        ("feature-123", "version", False),
        ("refs/heads/v1.2.0", "version", False),
        ("v1", "version", True),
        ("ecs-v1.2.0", "version", True),
        ("ecs/1.2.0-rc.1", "version", True),
        ("refs/tags/stable", "version", True),
        (SHA, "version", True),
        (SHA, "commit", True),
        (SHA[:12], "commit", False),
        ("v1.2.0", "commit", False),
    ],
)
def test_pins(told: Told, ref: str, pins: str, fine: bool) -> None:
    """A tag that looks like a version, or a commit with all its digits."""
    job = own(f"git::https://github.com/acme/etl?ref={ref}")
    assert any("trust.pins" in line for line in told(job, f"trust: {{pins: {pins}}}")) is not fine


def test_versions_are_asked_for_with_modules(told: Told) -> None:
    """Whoever lists modules means those contents, unless they say otherwise."""
    job = own("git::https://github.com/acme/etl?ref=main")
    assert any("is not pinned by a version" in line for line in told(job, TRUST))
    assert told(job, TRUST + "  pins: any\n") == []
    assert told(own("https://modules.acme.example/etl.zip"), TRUST) != []
    assert told(own("acme/etl/aws", "1.2.0"), TRUST + "  pins: commit\n") != []


def test_a_branch_is_warned_of(told: Told, repository: Repository) -> None:
    """Where nobody says anything of trust nothing breaks, but it is told."""
    assert told(own("git::https://github.com/acme/etl?ref=main")) == []
    done = repository.run("validate")
    assert done.code == 0 and "follows a branch" in done.err
    assert told(own("git::https://github.com/acme/etl?ref=v1.2.0")) == []
    assert "follows a branch" not in repository.run("validate").err


def test_modules_of_dativo_yaml_are_trusted(told: Told) -> None:
    """Whoever names them there is who decides; the shipped ones come from there, too."""
    assert told(aws(), "trust: {modules: [], pins: commit}") == []

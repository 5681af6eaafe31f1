"""Jobs for the tests, made from the models: no file is read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from generator.errors import InputError, KeyPath, Location, Problem
from generator.job.loaded import Layer, Layers, LoadedJob, TagSource
from generator.model.asset import Asset, flatten
from generator.model.job import Job
from generator.model.settings import TagSettings
from generator.model.variables import fill
from generator.tags.merge import build
from generator.tags.tag_set import TagSet

JOB = "jobs/acme/stripe.yaml"
ASSET = "assets/stripe/v1.0/customers.yaml"
RUNTIMES = {"aws": "ecs_fargate", "gcp": "cloud_run_job", "azure": "container_apps_job"}

Data = Mapping[str, Any]


def _load(
    cloud: str = "aws",
    *,
    tags: Data | None = None,
    asset: Data | None = None,
    defaults: tuple[Data, ...] = (),
    infrastructure: Data | None = None,
    overlay: Data | None = None,
    **job: Any,
) -> LoadedJob:
    """A job of tenant acme, environment prod, named stripe-customers.

    Args:
        cloud: its provider.
        tags: infrastructure.tags.
        asset: an asset contract of either shape.
        defaults: the tags of dativo.yaml, weakest first.
        infrastructure: further keys of the infrastructure block.
        overlay: infrastructure.tags of ``environments.prod``.
        job: further keys of the job.
    """
    block: dict[str, Any] = {
        "provider": cloud,
        "region": "us-east-1",
        "runtime": {"type": RUNTIMES[cloud]},
        **(infrastructure or {}),
    }
    base = {"tenant_id": "acme", "environment": "prod", "name": "stripe-customers", **job}
    layers = [Layer(JOB, (), (), {**base, "infrastructure": {**block, "tags": dict(tags or {})}})]
    if overlay is not None:
        data = {"infrastructure": {"tags": dict(overlay)}}
        layers.append(Layer(JOB, ("environments", "prod"), (), data))
    block["tags"] = {**(tags or {}), **(overlay or {})}
    moved: dict[KeyPath, KeyPath] = {}
    contract = None
    if asset is not None:
        flat, moved = flatten(fill(dict(asset), {}))
        contract = Asset.model_validate(flat)
    return LoadedJob(
        job=Job.model_validate(fill({**base, "infrastructure": block}, {})),
        file=JOB,
        asset=contract,
        asset_file=ASSET if contract else None,
        default_tags=tuple(
            TagSource(
                fill(dict(data), {}), Location("dativo.yaml", ("defaults", str(number), "tags"))
            )
            for number, data in enumerate(defaults)
        ),
        locations=Layers(tuple(layers)),
        asset_moved=moved,
        document={},
    )


def _tags_of(cloud: str = "aws", *, settings: Data | None = None, **job: Any) -> TagSet:
    """The tag set of a job made by the ``load`` fixture."""
    return build(_load(cloud, **job), TagSettings.model_validate(settings or {}))


def _problems_of(cloud: str = "aws", *, settings: Data | None = None, **job: Any) -> list[Problem]:
    """The errors of a job made by the ``load`` fixture."""
    with pytest.raises(InputError) as caught:
        _tags_of(cloud, settings=settings, **job)
    return list(caught.value.problems)


def _warnings_of(cloud: str = "aws", *, code: str, **job: Any) -> list[Problem]:
    """The warnings of one kind of a job made by the ``load`` fixture."""
    return [problem for problem in _tags_of(cloud, **job).warnings if problem.code == code]


@pytest.fixture(scope="session")
def load() -> Callable[..., LoadedJob]:
    """Makes jobs."""
    return _load


@pytest.fixture(scope="session")
def tags_of() -> Callable[..., TagSet]:
    """Makes jobs and their tags."""
    return _tags_of


@pytest.fixture(scope="session")
def problems_of() -> Callable[..., list[Problem]]:
    """Makes jobs that are wrong, and says why."""
    return _problems_of


@pytest.fixture(scope="session")
def warnings_of() -> Callable[..., list[Problem]]:
    """Makes jobs, and says what was warned of."""
    return _warnings_of

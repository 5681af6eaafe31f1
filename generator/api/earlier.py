"""The Python names of earlier tools, thin over ``generator.api``.

docs/python-api.md lists every old name with the one to use. What these functions take is a job,
not a model of it: a path, or what ``load_job`` returned. Tags that the old functions took as
arguments are found by themselves.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from generator.api.exporting import inputs_of
from generator.api.reading import JobLike, load_job, tags_of
from generator.concepts.table import CLASSIFICATION, CONCEPTS, CONTAINS, FINOPS
from generator.dialects import CANONICAL, to_canonical
from generator.errors import InputError, Location, Problem
from generator.exports import inputs, tfvars
from generator.exports.destination import write
from generator.exports.export import labels
from generator.exports.job_root import JobRoot
from generator.model.infrastructure import Infrastructure, RegionlessInfrastructure
from generator.model.problems import problems_of
from generator.yaml.scalars import PlainScalar

__all__ = [
    "TagPropagator",
    "export_terraform_tfvars",
    "export_terraform_vars",
    "generate_terraform_variables",
    "generate_terraform_vars",
    "get_infrastructure_provider_tags",
    "load_infrastructure_config",
    "merge_infrastructure_tags",
    "validate_infrastructure_config",
    "validate_infrastructure_for_job",
]


def load_infrastructure_config(config: Mapping[str, Any] | JobLike | None) -> Infrastructure | None:
    """The validated ``infrastructure`` block.

    Args:
        config: the block as plain data, as it stands in a job file of any dialect; or a job,
            whose block comes with defaults and variables filled in. None gives None. A block
            of an older dialect need not name a region, which was left to the module then: it is
            None where neither the block nor anything else says it.

    Raises:
        InputError: the block, or the job, is wrong.
    """
    if config is None:
        return None
    if not isinstance(config, Mapping):
        root = config if isinstance(config, JobRoot) else load_job(config)
        return root.loaded.job.infrastructure
    return _validated(config)[0]


def _validated(config: Mapping[str, Any]) -> tuple[Infrastructure, tuple[Problem, ...]]:
    """A block in any dialect as the model, and warnings.

    Raises:
        InputError: the block is wrong.
    """
    from pydantic import ValidationError

    written = {"infrastructure": dict(config)}
    translation = to_canonical(_as_read(written), "")
    older = translation.dialect != CANONICAL
    model = RegionlessInfrastructure if older else Infrastructure
    block = translation.document["infrastructure"] if older else written["infrastructure"]

    def location(path: tuple[str | int, ...], on_key: bool) -> Location:
        return Location("", path, on_key)

    try:
        return model.model_validate(block), translation.warnings
    except ValidationError as error:
        raise InputError(*problems_of(error, model, location)) from None


def _as_read(value: Any) -> Any:
    """Plain data as a job file's text would have given it: scalars without quotes are text."""
    if isinstance(value, Mapping):
        return {str(key): _as_read(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_as_read(item) for item in value]
    if isinstance(value, bool):
        return PlainScalar(str(value).lower())
    return PlainScalar(value) if isinstance(value, int | float) else value


def validate_infrastructure_config(config: Mapping[str, Any] | JobLike) -> tuple[Problem, ...]:
    """What is wrong with an ``infrastructure`` block, and what has no effect in an older one.

    Empty when there is nothing to say. None is raised.
    """
    try:
        if isinstance(config, Mapping):
            return _validated(config)[1]
        load_infrastructure_config(config)
    except InputError as error:
        return error.problems
    return ()


def validate_infrastructure_for_job(job: JobLike) -> tuple[Problem, ...]:
    """Check a job with its asset, its tags and the module it calls.

    Returns:
        Warnings.

    Raises:
        InputError: errors, all at once.
    """
    root = job if isinstance(job, JobRoot) else load_job(job)
    return root.warnings


def generate_terraform_vars(job: JobLike) -> dict[str, Any]:
    """The inputs of the module call, tags included; the same as ``inputs_of``."""
    return inputs_of(job)


generate_terraform_variables = generate_terraform_vars


def export_terraform_vars(
    job: JobLike, output_path: str | os.PathLike[str], format: str | None = None
) -> str:
    """Write the inputs of the module call.

    Args:
        job: the job.
        output_path: the file; folders on the way are made, a symbolic link is refused.
        format: "json" or "tfvars"; None goes by the file's name, and is JSON without an ending.

    Returns:
        The path.

    Raises:
        InputError: a value that Terraform cannot hold.
        UsageError: the name contradicts the format, or the file cannot be written.
    """
    path = os.fspath(output_path)
    root = job if isinstance(job, JobRoot) else load_job(job)
    chosen = tfvars.format_of(path, format, "json")
    write(path, tfvars.render(inputs.inputs_of(root), chosen).encode())
    return path


def export_terraform_tfvars(job: JobLike, output_path: str | os.PathLike[str]) -> str:
    """Write the inputs as HCL, or as JSON where the name ends in ``.json``."""
    path = os.fspath(output_path)
    return export_terraform_vars(job, path, None if path.endswith(".json") else "tfvars")


def merge_infrastructure_tags(job: JobLike) -> dict[str, str]:
    """Key to value of every tag, as they reach the cloud."""
    return tags_of(job).as_map()


def get_infrastructure_provider_tags(job: JobLike, provider: str | None = None) -> dict[str, str]:
    """The tags by the rules of a provider: "aws", "gcp", "azure"; None for the job's own."""
    root = job if isinstance(job, JobRoot) else load_job(job)
    return labels(root, provider or root.tags.cloud)[0]


class TagPropagator:
    """The tags of a job, part by part; keys and values are those of the job's cloud."""

    @staticmethod
    def derive_tags_from_job(job: JobLike) -> dict[str, str]:
        """What the job itself says: identity, connectors, costs, overrides."""
        return _of_layers(job, "job", "identity")

    @staticmethod
    def derive_tags_from_asset(job: JobLike) -> dict[str, str]:
        """What the job's asset contract says."""
        return _of_layers(job, "asset")

    @staticmethod
    def derive_classification_tags(job: JobLike) -> dict[str, str]:
        """The winning tags about the class and the protection of the data."""
        return _of_group(job, CLASSIFICATION)

    @staticmethod
    def derive_finops_tags(job: JobLike) -> dict[str, str]:
        """The winning tags about who pays."""
        return _of_group(job, FINOPS)

    @staticmethod
    def enrich_tags_with_infrastructure(tags: Mapping[str, str], job: JobLike) -> dict[str, str]:
        """Tags with what the infrastructure block says: facts below them, its own tags above."""
        return {
            **_of_layers(job, "derived"),
            **tags,
            **_of_layers(job, "infrastructure"),
        }

    @staticmethod
    def build_complete_tag_set(job: JobLike) -> dict[str, str]:
        """Every tag; the same as ``merge_infrastructure_tags``."""
        return merge_infrastructure_tags(job)


def _of_layers(job: JobLike, *names: str) -> dict[str, str]:
    layers = [layer for layer in tags_of(job).layers if layer.name in names]
    return {tag.key: tag.value for layer in layers for tag in layer.tags}


def _of_group(job: JobLike, group: str) -> dict[str, str]:
    found = {}
    for key, tag in tags_of(job).merged.items():
        known = CONCEPTS.get(tag.concept)
        own = CLASSIFICATION if tag.concept.startswith(CONTAINS) else known and known.group
        if own == group:
            found[key] = tag.value
    return found

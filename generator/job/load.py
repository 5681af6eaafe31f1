"""A job file's text to its jobs: one for each tenant and environment it names."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from typing import Any

from generator.dialects import CANONICAL, to_canonical
from generator.errors import InputError, Location, Problem, Problems
from generator.files.names import SETTINGS_FILE
from generator.job.asset_file import load_asset
from generator.job.azure_ids import in_one_spelling
from generator.job.bill_limits import faults
from generator.job.budgets import bills
from generator.job.budgets import once as two_bills
from generator.job.defaults import (
    default_layers,
    default_provider,
    default_tags,
    module_layer,
    own_blocks,
    own_layers,
    own_tags,
    without_tags,
)
from generator.job.job_variables import early_variables, job_variables
from generator.job.loaded import Layer, Layers, LoadedJob
from generator.job.merge import deep_merge, merge_all
from generator.job.misspelt import has_infrastructure, misspelt_in_job
from generator.job.project import Project
from generator.job.regions import away_from, layers_of
from generator.job.variants import READ_KEYS, Variant, variants_of
from generator.model.fields import LONGEST, name_fault
from generator.model.job import Job
from generator.model.problems import problems_of, shown
from generator.model.variables import fill, finish, substitute
from generator.text.hints import did_you_mean
from generator.yaml.load import load_yaml

_JOBS = re.compile(rb"\{\s*jobs?\s*[.\[]")
_PLAIN_KEYS = tuple(key for key in READ_KEYS if key != "infrastructure")


def load(project: Project, file: str) -> tuple[list[LoadedJob], Problems]:
    """Read one job file.

    Args:
        project: the repository.
        file: the job file, below the project folder.

    Returns:
        The jobs, one for each tenant and environment that has an ``infrastructure`` block;
        and warnings.

    Raises:
        InputError: anything wrong with the file or its asset, all problems at once.
    """
    if file == SETTINGS_FILE:
        return _load_bills(project), Problems()
    data = read(project, file)
    outputs, jobs = b"output" in data or b"{{" in data, _JOBS.search(data) is not None
    return load_document(project, file, _document(data, file), outputs, jobs)


def load_document(
    project: Project,
    file: str,
    written: dict[str, Any],
    mentions_outputs: bool = True,
    mentions_jobs: bool = True,
) -> tuple[list[LoadedJob], Problems]:
    """The same as ``load``, for a job file that has been read.

    Args:
        project: the repository.
        file: the job file, below the project folder.
        written: its document.
        mentions_outputs: False when nothing in it speaks of outputs.
        mentions_jobs: likewise of other jobs.
    """
    translation = to_canonical(written, file, default_provider(project, written))
    document = translation.document
    problems = Problems(misspelt_in_job(document, file))
    if any(problem.location and len(problem.location.path) == 1 for problem in problems):
        raise InputError(*problems)  # a part of the job is not there, and would be missed again
    if not has_infrastructure(document):
        return [], Problems(_near_misses(document, file))
    older = translation.dialect != CANONICAL
    foreign = older and not _are_needs(document.get("needs", ()))
    if foreign:
        document = {key: value for key, value in document.items() if key != "needs"}
    mentions_outputs = mentions_outputs or older
    jobs: list[LoadedJob] = []
    for variant in variants_of(project, document, file):
        job = problems.attempt(_one, project, file, document, variant)
        if job is not None:
            jobs.append(
                job._replace(
                    mentions_outputs=mentions_outputs, mentions_jobs=mentions_jobs, older=older
                )
            )
    problems.raise_any()
    told = Problems(translation.warnings)
    if foreign:
        message = '"needs" does not list jobs here, so it is taken for a key of the runner'
        hint = "list jobs whose roots come first, or leave it to the runner under another name"
        told.warning("foreign-needs", message, Location(file, ("needs",), True), hint)
    return _with_platforms(jobs), told


def _load_bills(project: Project) -> list[LoadedJob]:
    """The bills of dativo.yaml, as ``load`` has them."""
    problems, jobs = Problems(), list[LoadedJob]()
    for index, (bill, variant, own) in enumerate(bills(project)):
        problems += faults(bill, index)
        job = problems.attempt(_one, project, SETTINGS_FILE, own[0].data, variant, own)
        if job is not None:
            jobs.append(job._replace(mentions_jobs=False))
    problems += two_bills(jobs)
    problems.raise_any()
    return jobs


def _are_needs(written: Any) -> bool:
    """Whether a value can be meant as ``needs``; older files may have such a key of their own."""
    items = written if isinstance(written, list | tuple) else [written]
    return all(
        isinstance(item, str) or (isinstance(item, dict) and "job" in item) for item in items
    )


def _with_platforms(jobs: list[LoadedJob]) -> list[LoadedJob]:
    """The jobs of one file, each knowing on what clouds and runtimes the others are."""
    blocks = [loaded.job.infrastructure for loaded in jobs]
    platforms = frozenset((block.provider, block.runtime.type) for block in blocks)
    return [loaded._replace(platforms=platforms) for loaded in jobs] if len(jobs) > 1 else jobs


def parse(project: Project, file: str) -> dict[str, Any]:
    """The job file as plain data.

    Raises:
        InputError: it is not there, not YAML, or no mapping.
    """
    return _document(read(project, file), file)


def read(project: Project, file: str) -> bytes:
    """The bytes of a job file.

    Raises:
        InputError: it cannot be read, or lies outside the project folder.
    """
    try:
        return project.read(file)
    except OSError as error:
        message = f"cannot read the file: {error.strerror}"
        raise InputError(Problem("unreadable", message, Location(file))) from None


def _document(data: bytes, file: str) -> dict[str, Any]:
    document = load_yaml(data, file)
    if document is None:
        return {}
    if not isinstance(document, dict):
        what = "a list" if isinstance(document, list) else "text"
        message = f"a job file must hold a mapping of keys to values, not {what}"
        raise InputError(Problem("not-a-mapping", message, Location(file)))
    return document


def _near_misses(document: dict[str, Any], file: str) -> Iterator[Problem]:
    """A job without ``infrastructure`` has no root; a key close to that one gets a warning."""
    for key, value in document.items():
        if not isinstance(value, dict):
            continue
        if key.lower().startswith("infra") or did_you_mean(key, ["infrastructure"]):
            hint = 'did you mean "infrastructure"? without that block the job has no root module'
            location = Location(file, (key,), True)
            yield Problem("unknown-key", f'unknown key "{key}"', location, hint, "warning")


def _one(
    project: Project,
    file: str,
    document: dict[str, Any],
    variant: Variant,
    own: list[Layer] | None = None,
) -> LoadedJob | None:
    """One job; None where nothing says what infrastructure it needs."""
    own = own or [
        *own_layers(file, document, variant.environment),
        *layers_of(variant.region, file),
    ]
    blocks = own_blocks(own)
    if not blocks:
        return None
    body = _merged(own)
    body["tenant_id"], body["environment"] = variant.tenant, variant.environment
    if body.get("name") is None:
        body["name"] = os.path.splitext(os.path.basename(file))[0]
    early = early_variables(project, variant.tenant, variant.environment)
    defaults = default_layers(project, blocks, early)
    # One fold, weakest first: a null takes a key away from everything before it.
    merged = merge_all([*map(without_tags, defaults), *blocks])
    mapping = module_layer(project, merged)
    if mapping is not None:
        merged = deep_merge({"terraform": {"module": mapping.data}}, merged)
        defaults = [mapping, *defaults]
    away = ""
    if variant.region.name:
        away = away_from(substitute(merged.get("region"), early), variant.region)
        merged = {**merged, "region": variant.region.name}
    body["infrastructure"] = {**merged, "tags": own_tags(own)}
    layers = Layers((*defaults, *own))
    variables = job_variables(early, body, layers)
    filled = fill(body, variables)
    spelt = in_one_spelling(filled["infrastructure"])
    job = _validate({**filled, "infrastructure": spelt}, layers)
    _check_names(job, variant, layers, away)
    asset, asset_file, moved = load_asset(project, job, layers)
    tags = default_tags(defaults, blocks, variables)
    return LoadedJob(job, file, asset, asset_file, tags, layers, moved, document, region=away)


def _merged(own: list[Layer]) -> dict[str, Any]:
    """What dativo reads of the job file beside ``infrastructure``, its environment over it."""
    beside = [layer.data for layer in own if not layer.target]
    read = [{key: data[key] for key in _PLAIN_KEYS if key in data} for data in beside]
    return merge_all(read)


def _validate(body: dict[str, Any], layers: Layers) -> Job:
    from pydantic import ValidationError

    try:
        return Job.model_validate(body)
    except ValidationError as error:
        raise InputError(*problems_of(error, Job, layers.location)) from None


def _check_names(job: Job, variant: Variant, layers: Layers, away: str) -> None:
    name_location = layers.location(("name",))
    of_file = "" if not name_location.on_key else "the name is the file's: add `name:` for another"
    problems = Problems()
    for kind, name, location, hint in (
        ("tenant", job.tenant_id, variant.tenant_location, ""),
        ("environment", job.environment, variant.environment_location, ""),
        ("job", job.name, name_location, of_file),
    ):
        if fault := name_fault(kind, finish(name, location)):
            message = f"the {kind} name {shown(name)} {fault}"
            problems.error("invalid-name", message, location, hint)
    if away and len(long := f"{job.name}-{away}") > LONGEST["job"]:
        message = f"the job name and the region have {len(long)} characters together, "
        message += f"at most {LONGEST['job']} are allowed"
        problems.error("invalid-name", message, name_location, of_file)
    problems.raise_any()

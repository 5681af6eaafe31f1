"""What resources of each root should bear, from the plans of all jobs and the roots on the disk."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from generator.concepts.table import IDENTITY_NAMES
from generator.decided.jobs import decided, jobs_of
from generator.errors import Problems
from generator.job.job_files import all_jobs
from generator.job.loaded import LoadedJob
from generator.job.project import Project
from generator.pipeline import has_no_root
from generator.plan.root_plan import RootPlan
from generator.tags.own_keys import own_keys
from generator.tags.rules import TAG_RULES, fit_value
from generator.tags.tag_set import TagSet
from generator.tree.scan import OnDisk

# Tenant, environment, job: as a cloud has them.
Identity = tuple[str, ...]
_NOT_IN_NAMES = re.compile("[^a-z0-9]+")


class Intended(NamedTuple):
    """A root, and what its resources should bear.

    Attributes:
        address: tenant/job/environment.
        cloud: aws, gcp or azure.
        region: the region, as a tag has it; empty without such a tag.
        tags: key to value, as they reach the cloud.
        labels: the same for Kubernetes objects; empty where they are the tags.
        made: type to how many of it the root makes, as far as that is known and it takes tags.
        file: the job file.
    """

    address: str
    cloud: str
    region: str
    tags: Mapping[str, str]
    labels: Mapping[str, str]
    made: Mapping[str, int]
    file: str


@dataclass(slots=True)
class Known:
    """All roots.

    Attributes:
        project: the repository.
        roots: cloud and identity to the roots with it: those of several regions share theirs.
        names: what names of resources begin with, to the address of the root.
        gone: identity, in all forms that clouds give it, to the root on the disk whose job is gone.
        addresses: address to its root.
        problems: what is wrong with job files.
    """

    project: Project
    roots: dict[tuple[str, Identity], list[Intended]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    gone: dict[Identity, str] = field(default_factory=dict)
    addresses: dict[str, Intended] = field(default_factory=dict)
    problems: Problems = field(default_factory=Problems)

    def concept(self, key: str) -> str:
        """What a key of a resource is called here, in whatever style it is."""
        settings = self.project.settings.tags
        return own_keys(settings).concept(key, settings.namespace)

    def identity(self, tags: Mapping[str, str]) -> Identity | None:
        """Tenant, environment and job that tags name, in any style; None where one is missing."""
        found = {self.concept(key): value for key, value in tags.items()}
        if not all(name in found for name in IDENTITY_NAMES):
            return None
        return tuple(found[name] for name in IDENTITY_NAMES)

    def named(self, resource_id: str) -> Intended | None:
        """The root whose names a resource's own name begins with; None for none, or several."""
        words = re.split("[/:]", resource_id.lower())
        found = set()
        for word in words:
            parts = _NOT_IN_NAMES.sub("-", word).strip("-").split("-")
            heads = ("-".join(parts[:end]) for end in range(3, len(parts) + 1))
            longest = [self.names[head] for head in heads if head in self.names][-1:]
            found.update(longest)
        return self.addresses[found.pop()] if len(found) == 1 else None


def known_roots(project: Project) -> Known:
    """What all jobs intend; what is wrong with one is in ``problems``, and it is left out.

    Raises:
        InputError: a folder of job files cannot be read.
    """
    known = Known(project)
    files, problems = all_jobs(project), Problems()
    for one in decided(project, jobs_of(project, files, problems), files):
        if has_no_root(one.loaded):
            continue
        if one.tags is None or one.plan is None:
            problems += one.problems
        else:
            _add(known, one.loaded, one.tags, one.plan)
    known.problems += [problem for problem in problems if problem.severity == "error"]
    _add_gone(known)
    return known


def _add(known: Known, loaded: LoadedJob, tags: TagSet, plan: RootPlan) -> None:
    cloud = loaded.job.infrastructure.provider
    name = f"{plan.tenant}-{plan.environment}-{loaded.resource_name}"
    by_concept = {tag.concept: tag.value for tag in tags.merged.values()}
    made = {one.type: one.number for one in plan.made if one.tagged and one.number is not None}
    region = by_concept.get("region", "")
    values = tags.as_map(), plan.kubernetes_labels
    root = Intended(plan.folder, cloud, region, *values, made, plan.job_file)
    identity = tuple(by_concept.get(name, "") for name in IDENTITY_NAMES)
    labels = known.identity(plan.kubernetes_labels)
    for one in {identity, labels} - {None}:
        known.roots.setdefault((cloud, one), []).append(root)  # type: ignore[arg-type]
    known.addresses[plan.folder] = root
    known.names[_NOT_IN_NAMES.sub("-", name.lower()).strip("-")] = plan.folder


def _add_gone(known: Known) -> None:
    """Roots on the disk that no job asks for: retired, or about to be."""
    settings = known.project.settings
    found, problems = OnDisk(known.project.folder, settings.output).scan()
    known.problems += problems
    for folder, manifest in found.items():
        if folder in known.addresses:
            continue
        own = (manifest.tenant, manifest.environment, manifest.job)
        for cloud in TAG_RULES:
            for shorten in (True, False):
                known.gone[tuple(fit_value(cloud, (one,), shorten).text for one in own)] = folder

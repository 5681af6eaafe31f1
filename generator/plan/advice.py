"""What is allowed, and most likely not what is meant: warnings at the job's line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.errors import KeyPath, Location, Problem
from generator.files.names import SETTINGS_FILE
from generator.job.budgets import NOWHERE
from generator.job.loaded import LoadedJob
from generator.model.runtime_types import platform_of
from generator.model.variables import JOB_VARIABLES, names_left, waits
from generator.plan.cron import uneven_steps
from generator.plan.regions import api_name, regions_of
from generator.plan.root_plan import Variable
from generator.plan.runtimes.access import full_name
from generator.plan.runtimes.google import OWN_IDENTITY
from generator.text.hints import did_you_mean, question
from generator.text.patterns import lazy
from generator.yaml.data import texts

# An image reference as the OCI distribution specification has it: host, path, tag, digest.
IMAGE = lazy(
    r"(?:(?P<host>[^/@]*[.:][^/@]*|localhost)/)?[^:@]+(?::(?P<tag>[^@]+))?(?P<digest>@.+)?"
)
# Host of a registry that lets nobody in without a login, to the cloud whose jobs are let in by
# their identity (None: no cloud's) and what it is called.
_PRIVATE = (
    (lazy(r"[0-9]{12}\.dkr\.ecr\.[a-z0-9-]+\.amazonaws\.com(?:\.cn)?"), "aws", "Amazon ECR"),
    (lazy(r"[a-z0-9]+(?:-[a-z0-9]+)?\.azurecr\.(?:io|cn|us)"), "azure", "Azure Container Registry"),
    (lazy(r"[a-z0-9-]+-docker\.pkg\.dev"), "gcp", "Artifact Registry"),
    (lazy(r"[a-z0-9.-]+\.jfrog\.io"), None, "JFrog"),
    (lazy(r"registry\.gitlab\.com"), None, "GitLab"),
)


def advice(
    loaded: LoadedJob, variables: Iterable[Variable], values: Iterable[str]
) -> Iterator[Problem]:
    """The warnings of one job.

    Args:
        loaded: the job.
        variables: the Terraform variables that its root has.
        values: the names that dativo.yaml defines.
    """
    yield from _region(loaded)
    yield from _state_region(loaded)
    yield from _steps(loaded)
    yield from _image(loaded)
    yield from _bigquery(loaded)
    yield from _queue(loaded)
    yield from _admins(loaded)
    yield from _misspelt(loaded, variables, values)


def _warning(loaded: LoadedJob, path: KeyPath, message: str, hint: str) -> Problem:
    return Problem("advice", message, loaded.locations.location(path), hint, "warning")


def _region(loaded: LoadedJob) -> Iterator[Problem]:
    infrastructure = loaded.job.infrastructure
    cloud, region = infrastructure.provider, infrastructure.region
    hint = "A region newer than this dativo works all the same"
    yield from _unknown_region(loaded, cloud, region, ("infrastructure", "region"), hint)


def _state_region(loaded: LoadedJob) -> Iterator[Problem]:
    """Terraform looks at the region of an S3 backend before it asks AWS, unless told not to."""
    backend = loaded.job.infrastructure.terraform.backend or {}
    region = backend.get("region")
    if backend.get("type") != "s3" or not isinstance(region, str | int):
        return
    if backend.get("skip_region_validation") is True or backend.get("endpoints"):
        return
    path = ("infrastructure", "terraform", "backend", "region")
    hint = "A region that Terraform does not know needs skip_region_validation"
    yield from _unknown_region(loaded, "aws", str(region), path, hint)


def _unknown_region(
    loaded: LoadedJob, cloud: str, region: str, path: KeyPath, hint: str
) -> Iterator[Problem]:
    known = regions_of(cloud)
    nowhere = loaded.file == SETTINGS_FILE and region == NOWHERE
    if nowhere or waits(region) or api_name(cloud, region) in known:
        return
    meant = did_you_mean(api_name(cloud, region), known)
    asked = f"{question(meant)} " if meant else ""
    message = f'no region "{region}" is known of {"AWS" if cloud == "aws" else "this cloud"}'
    yield _warning(loaded, path, message, f"{asked}{hint}")


def _bigquery(loaded: LoadedJob) -> Iterator[Problem]:
    """BigQuery opens nothing to an identity that nobody has let in."""
    job, wanted = loaded.job, loaded.job.infrastructure
    if wanted.runtime.type not in OWN_IDENTITY or wanted.runtime.identity is not None:
        return
    if any("/datasets/" in full_name(entry.resource) for entry in wanted.access):
        return
    for field, level in (("source_connector", "read"), ("target_connector", "write")):
        if getattr(job, field) == "bigquery":
            hint = f"add access: [{{resource: PROJECT.DATASET, level: {level}}}]"
            message = "the job's identity has no access to any dataset of BigQuery"
            yield _warning(loaded, (field,), message, hint)


def _steps(loaded: LoadedJob) -> Iterator[Problem]:
    schedule = loaded.job.schedule
    if schedule is None or waits(schedule.cron):
        return
    for item, step, last, unit in uneven_steps(schedule.cron):
        message = f'"{item}" is not every {step} {unit}: the last step takes {last} {unit} only'
        again = "hour" if unit == "minutes" else "day"
        hint = f"cron counts anew each {again}; list the {unit} if this is meant"
        yield _warning(loaded, ("schedule", "cron"), message, hint)


def _image(loaded: LoadedJob) -> Iterator[Problem]:
    runtime, path = loaded.job.infrastructure.runtime, ("infrastructure", "runtime", "image")
    image = runtime.image
    if image is None or waits(image) or (read := IMAGE.fullmatch(image)) is None:
        return
    if read["digest"] is None and read["tag"] in (None, "latest"):
        what = "has no tag, which means latest" if read["tag"] is None else "is whatever latest is"
        hint = "name a version, so that a run can be repeated and a change is reviewed"
        yield _warning(loaded, path, f"the image {what}", hint)
    yield from _login(loaded, read["host"] or "", path)


def _admins(loaded: LoadedJob) -> Iterator[Problem]:
    """AKS documentation, "Use Azure RBAC": who may do what inside; local accounts are off."""
    infrastructure = loaded.job.infrastructure
    named = infrastructure.terraform.variables.get("admin_group_object_ids")
    if infrastructure.runtime.type != "aks" or infrastructure.terraform.module or named:
        return
    message = "no group is named that may do anything in the cluster"
    hint = (
        "add its object id to terraform.variables.admin_group_object_ids, unless whoever applies is"
        " Azure Kubernetes Service RBAC Cluster Admin on the resource group: the apply would end in"
        " 403, with the cluster made"
    )
    yield _warning(loaded, ("infrastructure", "runtime", "type"), message, hint)


def _login(loaded: LoadedJob, host: str, path: KeyPath) -> Iterator[Problem]:
    infrastructure = loaded.job.infrastructure
    # Clusters of other platforms have logins of their own, which no job file tells of.
    if platform_of(infrastructure.runtime.type) or infrastructure.runtime.registry_id:
        return
    for pattern, cloud, name in _PRIVATE:
        if pattern.fullmatch(host) is None:
            continue
        # An identity from outside brings the right to pull along; AKS pulls with its nodes' own.
        runtime = infrastructure.runtime
        pulls = runtime.type == "container_apps_job" and runtime.identity is not None
        if cloud == infrastructure.provider and (cloud != "azure" or pulls):
            return
        message = f"{host} is private ({name}), and nothing logs the job in to it"
        hint = "unless the image is public, copy it to a registry of the job's own cloud"
        if cloud == infrastructure.provider:
            hint = f"add runtime.registry_id, the resource id of {host.partition('.')[0]}"
        yield _warning(loaded, path, message, hint)


def _queue(loaded: LoadedJob) -> Iterator[Problem]:
    """A reference says where a queue is, not whether it is read or written, and grants neither."""
    infrastructure = loaded.job.infrastructure
    arn, runtime = infrastructure.references.queue.arn, infrastructure.runtime
    if arn is None or waits(arn) or infrastructure.provider != "aws" or runtime.identity:
        return
    others = infrastructure.terraform.own_module is not None or platform_of(runtime.type)
    if runtime.type == "emr" and runtime.cluster_name is not None:
        others = True  # A step has the rights of the cluster that exists.
    if others or any(entry.resource == arn for entry in infrastructure.access):
        return
    message = "the job gets the address of this queue, and nothing lets it receive or send"
    hint = f'list it in access: {{resource: "{arn}", level: read}} to receive, write to send'
    yield _warning(loaded, ("infrastructure", "references", "queue", "arn"), message, hint)


def _misspelt(
    loaded: LoadedJob, variables: Iterable[Variable], values: Iterable[str]
) -> Iterator[Problem]:
    """Names that become Terraform variables, and are nearly those of other variables of the job."""
    known = {name.lower(): name for name in (*values, *JOB_VARIABLES)}
    near = {
        variable.name: known[meant]
        for variable in variables
        if (meant := did_you_mean(variable.name, known)) is not None
    }
    if not near:
        return
    for layer in loaded.locations.layers:
        for path, text in texts(layer.data, layer.prefix):
            for name in dict.fromkeys(names_left(text)):
                if name.lower() in near:
                    message = f"${{{name}}} becomes a Terraform variable, as nothing defines it"
                    hint = f"did you mean ${{{near[name.lower()]}}}?"
                    yield Problem("advice", message, Location(layer.file, path), hint, "warning")

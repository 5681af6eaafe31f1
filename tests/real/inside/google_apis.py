"""What each API fills in by itself, by its public reference, and how it is spoken to."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, Protocol

from tests.real.inside.google_found import NOW, NUMBER

Thing = dict[str, Any]
# A status and a body.
Said = tuple[int, Any]


def missing(path: str) -> Said:
    """What is said of a thing that is not there."""
    message = f"{path} was not found"
    return 404, {"error": {"code": 404, "message": message, "status": "NOT_FOUND"}}


class Counter(Protocol):
    """Gives out numbers, and holds what there is."""

    things: dict[str, Thing]

    def count(self) -> int:
        """A number that was not given out yet."""


def merge(old: Thing, new: Thing, mask: str | None) -> None:
    """PATCH: the fields of the mask, or all that were sent, take the place of the stored ones."""
    if not mask:
        old.update(copy.deepcopy(new))
        return
    for path in mask.split(","):
        *parents, last = (_camel(part) for part in path.split("."))
        source: Any = new
        target = old
        for parent in parents:
            source = source.get(parent, {}) if isinstance(source, dict) else {}
            target = target.setdefault(parent, {})
        if isinstance(source, dict) and last in source:
            target[last] = copy.deepcopy(source[last])
        else:
            target.pop(last, None)


def _camel(name: str) -> str:
    return re.sub(r"_([a-z])", lambda match: match[1].upper(), name)


def fill_nothing(cloud: Counter, path: str, thing: Thing) -> None:
    """An API that gives back what it was sent."""


def fill_run(cloud: Counter, path: str, thing: Thing) -> None:
    """Cloud Run: jobs and worker pools."""
    generation = str(int(thing.get("generation", "0")) + 1)
    thing.update(
        name=path,
        uid=thing.get("uid", f"uid-{cloud.count()}"),
        etag=f'"{cloud.count()}"',
        generation=generation,
        observedGeneration=generation,
        createTime=NOW,
        updateTime=NOW,
        creator="me@example.com",
        reconciling=False,
        terminalCondition={"type": "Ready", "state": "CONDITION_SUCCEEDED"},
        conditions=[],
    )
    thing.setdefault("launchStage", "GA")
    task = thing.setdefault("template", {})
    if "/jobs/" in path:
        task.setdefault("taskCount", 1)
        task = task.setdefault("template", {})
        _defaults(task, maxRetries=3, timeout="600s")
        _defaults(task, executionEnvironment="EXECUTION_ENVIRONMENT_GEN2")
    else:
        split = {"type": "INSTANCE_SPLIT_ALLOCATION_TYPE_LATEST", "percent": 100}
        _defaults(thing, instanceSplits=[split])
    for container in task.get("containers", ()):
        limits = container.setdefault("resources", {}).setdefault("limits", {})
        _defaults(limits, cpu="1000m", memory="512Mi")
    _defaults(task, serviceAccount=f"{NUMBER}-compute@developer.gserviceaccount.com")


def fill_scheduler(cloud: Counter, path: str, thing: Thing) -> None:
    """Cloud Scheduler."""
    thing["userUpdateTime"] = NOW
    _defaults(thing, state="ENABLED", attemptDeadline="180s", timeZone="Etc/UTC")
    _defaults(
        thing.setdefault("retryConfig", {}),
        maxRetryDuration="0s",
        minBackoffDuration="5s",
        maxBackoffDuration="3600s",
        maxDoublings=5,
    )
    if "httpTarget" in thing:
        headers = thing["httpTarget"].setdefault("headers", {})
        headers["User-Agent"] = "Google-Cloud-Scheduler"


def fill_function(cloud: Counter, path: str, thing: Thing) -> None:
    """Cloud Functions, and the Cloud Run service that each stands on."""
    _, project, _, region, _, name = path.split("/")
    service = f"projects/{project}/locations/{region}/services/{name}"
    thing.update(
        name=path,
        state="ACTIVE",
        environment="GEN_2",
        updateTime=NOW,
        url=f"https://{region}-{project}.cloudfunctions.net/{name}",
    )
    build = thing.setdefault("buildConfig", {})
    build["build"] = f"projects/{NUMBER}/locations/{region}/builds/{cloud.count()}"
    build["dockerRegistry"] = "ARTIFACT_REGISTRY"
    _defaults(build, automaticUpdatePolicy={})
    _defaults(build.get("source", {}).get("storageSource", {}), generation="1730000000000000")
    config = thing.setdefault("serviceConfig", {})
    config.update(uri=f"https://{name}-abc-ew.a.run.app", service=service, revision=f"{name}-1")
    _defaults(
        config,
        timeoutSeconds=60,
        availableMemory="256M",
        availableCpu="0.1666",
        ingressSettings="ALLOW_ALL",
        maxInstanceRequestConcurrency=1,
        maxInstanceCount=100,
        allTrafficOnLatestRevision=True,
    )
    _defaults(config.setdefault("environmentVariables", {}), LOG_EXECUTION_ID="true")
    cloud.things.setdefault(f"run/{service}", {"name": service})


def fill_logging(cloud: Counter, path: str, thing: Thing) -> None:
    """Cloud Logging: buckets, sinks, metrics."""
    project, kind = path.split("/")[1], path.split("/")[-2]
    thing.update(createTime=NOW, updateTime=NOW)
    if kind == "buckets":
        thing.update(name=path, lifecycleState="ACTIVE")
        _defaults(thing, retentionDays=30)
    elif kind == "sinks":
        writer = f"service-{NUMBER}@gcp-sa-logging.iam.gserviceaccount.com"
        thing.update(writerIdentity=f"serviceAccount:{writer}", resourceName=path)
    elif kind == "metrics":
        metric = f"logging.googleapis.com/user/{thing['name']}"
        thing.setdefault("metricDescriptor", {}).update(
            name=f"projects/{project}/metricDescriptors/{metric}",
            type=metric,
            description=thing.get("description", ""),
        )


def fill_monitoring(cloud: Counter, path: str, thing: Thing) -> None:
    """Cloud Monitoring: alert policies."""
    record = {"mutateTime": NOW, "mutatedBy": "me@example.com"}
    thing.update(name=path, creationRecord=record, mutationRecord=record)
    _defaults(thing, enabled=True)
    for condition in thing.get("conditions", ()):
        _defaults(condition, name=f"{path}/conditions/{cloud.count()}")
        for aggregation in condition.get("conditionThreshold", {}).get("aggregations", ()):
            _defaults(aggregation, perSeriesAligner="ALIGN_NONE")
    if "documentation" in thing:
        _defaults(thing["documentation"], mimeType="text/markdown")


def fill_budget(cloud: Counter, path: str, thing: Thing) -> None:
    """Cloud Billing budgets, which are told without anything that is zero, empty or false."""
    kept = _without_nothing(thing)
    thing.clear()
    thing.update(kept, name=path, etag=f'"{cloud.count()}"')


def _without_nothing(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_nothing(one) for key, one in value.items() if one not in _NOTHING}
    return [_without_nothing(one) for one in value] if isinstance(value, list) else value


_NOTHING: tuple[Any, ...] = (None, False, 0, "", "0", [], {})


def fill_kms(cloud: Counter, path: str, thing: Thing) -> None:
    """Cloud KMS: rings and keys."""
    thing.update(name=path, createTime=NOW)
    if "/cryptoKeys/" in path:
        algorithm = {"protectionLevel": "SOFTWARE", "algorithm": "GOOGLE_SYMMETRIC_ENCRYPTION"}
        _defaults(thing, versionTemplate=algorithm, destroyScheduledDuration="2592000s")
        version = f"{path}/cryptoKeyVersions/1"
        thing["primary"] = {"name": version, "state": "ENABLED", "createTime": NOW, **algorithm}
        if "rotationPeriod" in thing:
            _defaults(thing, nextRotationTime="2026-11-18T10:00:00Z")


def fill_repository(cloud: Counter, path: str, thing: Thing) -> None:
    """Artifact Registry."""
    thing.update(name=path, createTime=NOW, updateTime=NOW, registryUri="europe-docker.pkg.dev/x")
    scanning = {"enablementState": "SCANNING_DISABLED"}
    _defaults(thing, mode="STANDARD_REPOSITORY", vulnerabilityScanningConfig=scanning)


def fill_account(cloud: Counter, path: str, thing: Thing) -> None:
    """IAM: service accounts, whose name is their e-mail address."""
    email = path.rsplit("/", maxsplit=1)[-1]
    thing.update(
        name=path,
        projectId=path.split("/")[1],
        email=email,
        uniqueId=str(10**20 + cloud.count()),
        etag="MDEwMjE5MjA=",
        oauth2ClientId="1",
    )


def _defaults(thing: Thing, **values: Any) -> None:
    for name, value in values.items():
        thing.setdefault(name, value)


def _email(path: str, query: Mapping[str, str], body: Thing) -> str:
    return f"{body['accountId']}@{path.split('/')[1]}.iam.gserviceaccount.com"


def _parameter(path: str, query: Mapping[str, str], body: Thing) -> str | None:
    """The parameter that ends in ``Id``, such as jobId, or else the last part of its own name."""
    named = [value for key, value in query.items() if key.lower().endswith("id")]
    return named[0] if named else body.get("name", "").rpartition("/")[2] or None


class Manner(NamedTuple):
    """How an API is spoken to.

    Attributes:
        fill: fills in what the API adds to a thing, by its path.
        name_of: the name of what is made, from the path of the collection, the query and the body;
            None where the API chooses it.
        by_operation: whether it answers with operations.
        replaces: whether PATCH replaces the thing as a whole.
        wrapper: the field of the body that holds the thing.
    """

    fill: Callable[[Counter, str, Thing], None] = fill_nothing
    name_of: Callable[[str, Mapping[str, str], Thing], str | None] = _parameter
    by_operation: bool = False
    replaces: bool = False
    wrapper: str | None = None

    def inner(self, body: Thing) -> Thing:
        """The thing itself, from what was sent."""
        inner: Thing = body.get(self.wrapper, {}) if self.wrapper else body
        return inner


APIS = {
    "artifact": Manner(fill_repository, by_operation=True),
    "budgets": Manner(fill_budget, lambda *_: None),
    "functions": Manner(fill_function, by_operation=True),
    "iam": Manner(fill_account, _email, wrapper="serviceAccount"),
    "kms": Manner(fill_kms),
    "logging": Manner(fill_logging),
    "monitoring": Manner(fill_monitoring),
    "run": Manner(fill_run, by_operation=True, replaces=True),
    "scheduler": Manner(fill_scheduler),
}

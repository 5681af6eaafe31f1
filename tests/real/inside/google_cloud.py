"""What the make-believe cloud holds, and how it answers a request.

Each API stands below a first path segment of its own (``/run/v2/...``); :data:`ENDPOINTS` points
the provider there. Operations are done when they are given out. What an API fills in by itself is
filled in by ``apis`` and ``clusters``; all else comes back as it was sent. No IAM is evaluated, no
quota is kept, nothing runs.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from tests.real.inside import google_clusters as clusters
from tests.real.inside.api_server import Answer, Api, Call
from tests.real.inside.google_apis import APIS, Manner, Said, Thing, merge, missing
from tests.real.inside.google_found import FOUND

# The provider's name for an API, as in GOOGLE_RUN_CUSTOM_ENDPOINT, to where it stands here.
ENDPOINTS = {
    "ARTIFACT_REGISTRY": "artifact/v1",
    "BIG_QUERY": "bigquery/v2",
    "BILLING_BUDGETS": "budgets/v1",
    "CLOUDFUNCTIONS2": "functions/v2",
    "CLOUD_BILLING": "billing/v1",
    "CLOUD_RUN_V2": "run/v2",
    "CLOUD_SCHEDULER": "scheduler/v1",
    "COMPUTE": "compute/v1",
    "CONTAINER": "container/v1",
    "IAM": "iam/v1",
    "IAM_BETA": "iam/v1",
    "KMS": "kms/v1",
    "LOGGING": "logging/v2",
    "MONITORING": "monitoring",
    "PUBSUB": "pubsub/v1",
    "RESOURCE_MANAGER": "resourcemanager/v1",
    "RESOURCE_MANAGER_V3": "resourcemanager/v3",
    "SECRET_MANAGER": "secrets/v1",
    "SERVICE_USAGE": "serviceusage/v1",
    "STORAGE": "storage/v1",
    "VPC_ACCESS": "vpcaccess/v1",
}
_VERSION = re.compile(r"v\d+(beta\d+)?")
_VERB = re.compile(r"(.+):(pause|resume|destroy|undelete)")
_STATES = {"pause": "PAUSED", "resume": "ENABLED", "destroy": "DESTROY_SCHEDULED"}


class Request(NamedTuple):
    """One request to an API.

    Attributes:
        method: such as POST.
        api: the first segment of the path.
        path: what follows the version, such as ``projects/p/locations/l/jobs``.
        query: the parameters.
        body: what was sent, parsed.
    """

    method: str
    api: str
    path: str
    query: Mapping[str, str]
    body: Any

    @classmethod
    def of(cls, call: Call) -> Request:
        """A request from a call of the server."""
        api, *rest = call.path.lstrip("/").split("/")
        if rest and _VERSION.fullmatch(rest[0]):
            rest = rest[1:]
        return cls(call.method, api, "/".join(rest), call.query, call.body or {})


class Cloud(Api):
    """A cloud that holds what others made, and then what is sent to it.

    Attributes:
        things: API and path, such as ``run/projects/p/locations/l/jobs/j``, to the thing.
        policies: the same key to its IAM policy.
    """

    def __init__(self) -> None:
        super().__init__()
        self.things: dict[str, Thing] = copy.deepcopy(FOUND)
        self.policies: dict[str, Thing] = {}
        self._operations: dict[str, Thing] = {}
        self._count = 1000

    def environment(self) -> dict[str, str]:
        """What points the provider here."""
        return {
            "GOOGLE_OAUTH_ACCESS_TOKEN": "test",
            **{
                f"GOOGLE_{api}_CUSTOM_ENDPOINT": f"{self.url}/{at}/"
                for api, at in ENDPOINTS.items()
            },
        }

    def count(self) -> int:
        """A number that was not given out yet."""
        self._count += 1
        return self._count

    def answer(self, call: Call) -> Answer:
        """The status and the body for a call; a fault of ours is told as one."""
        try:
            return Answer(*self._route(Request.of(call)))
        except Exception as error:  # noqa: BLE001  # told to whoever reads the test
            message = f"the make-believe cloud failed at {call.path}: {error!r}"
            return Answer(500, {"error": {"code": 501, "message": message}})

    def _route(self, request: Request) -> Said:
        if found := self._policy(request):
            return found
        if request.path in self._operations:
            return 200, self._operations[request.path]
        if request.api == "container":
            return clusters.answer(self, request.method, request.path, request.body)
        if match := _VERB.fullmatch(request.path):
            return self._verb(f"{request.api}/{match[1]}", match[2])
        api = APIS.get(request.api, Manner())
        if match := re.fullmatch(r"(.+/buckets(?:/[^/:]+)?):(create|update)Async", request.path):
            # Buckets of logs are made and changed by operations.
            method = "POST" if match[2] == "create" else "PATCH"
            request = Request(method, request.api, match[1], request.query, request.body)
            api = api._replace(by_operation=True)
        if request.method == "GET":
            return self._read(request)
        if request.method == "POST":
            return self._create(api, request)
        return self._change(api, request)

    def _policy(self, request: Request) -> Said | None:
        """Get, set or test a policy, if that is what the request asks."""
        path, verb, policy = request.path, None, request.body
        if match := re.fullmatch(r"(.+):(get|set|test)Iam(?:Policy|Permissions)", path):
            path, verb = match[1], match[2]
            policy = request.body.get("policy", {})
        elif request.api == "storage" and path.endswith("/iam"):
            path, verb = path.removesuffix("/iam"), "set" if request.method == "PUT" else "get"
        if verb is None:
            return None
        if verb == "test":
            return 200, request.body
        key = f"{request.api}/{path}"
        if verb == "set":
            self.policies[key] = {**copy.deepcopy(policy), "etag": f"BwX{self.count()}="}
        return 200, self.policies.get(key, {"version": 1, "etag": "ACAB"})

    def _verb(self, key: str, verb: str) -> Said:
        thing = self.things.get(key)
        if thing is None and verb != "destroy":  # a version of a key that nobody reads
            return missing(key)
        if thing is not None:
            thing["state"] = _STATES.get(verb, "ENABLED")
        return 200, thing or {}

    def _read(self, request: Request) -> Said:
        key = f"{request.api}/{request.path}"
        if key in self.things:
            return 200, self.things[key]
        if request.path.endswith("/cryptoKeyVersions"):
            versions = [{"name": f"{request.path}/1", "state": "ENABLED"}]
            return 200, {"cryptoKeyVersions": versions}
        if request.path.endswith("/instanceGroupManagers"):
            items = [thing for name, thing in self.things.items() if name.startswith(f"{key}/")]
            return 200, {"kind": "compute#instanceGroupManagerList", "items": items}
        return missing(request.path)

    def _create(self, api: Manner, request: Request) -> Said:
        name = api.name_of(request.path, request.query, request.body) or str(self.count())
        path = f"{request.path}/{name}"
        key = f"{request.api}/{path}"
        if key in self.things:
            message = f"Resource '{path}' already exists"
            return 409, {"error": {"code": 409, "message": message, "status": "ALREADY_EXISTS"}}
        thing = copy.deepcopy(api.inner(request.body))
        api.fill(self, path, thing)
        self.things[key] = thing
        return self._done(api, path, thing)

    def _change(self, api: Manner, request: Request) -> Said:
        key = f"{request.api}/{request.path}"
        if request.method == "PUT" and "/metrics/" in request.path:
            self.things.setdefault(key, {})  # projects.metrics.update creates what is not there
        if key not in self.things:
            return missing(request.path)
        if request.method == "DELETE":
            self.policies.pop(key, None)
            # A function goes with the service that it stands on.
            self.things.pop(f"run/{self.things[key].get('serviceConfig', {}).get('service')}", None)
            return self._done(api, request.path, self.things.pop(key))
        thing = self.things[key]
        if request.method == "PUT" or api.replaces:
            kept = {name: thing[name] for name in ("uid", "generation") if name in thing}
            thing.clear()
            thing.update(copy.deepcopy(request.body), **kept)
        else:
            merge(thing, api.inner(request.body), request.query.get("updateMask"))
        api.fill(self, request.path, thing)
        return self._done(api, request.path, thing)

    def _done(self, api: Manner, path: str, thing: Thing) -> Said:
        if not api.by_operation:
            return 200, thing
        parent = "/".join(path.split("/")[:4])
        operation = {"name": f"{parent}/operations/{self.count()}", "done": True, "response": thing}
        return 200, self.operation(operation)

    def operation(self, operation: Thing, path: str | None = None) -> Thing:
        """Keep an operation, so that it can be asked for by its path (its name, unless given)."""
        self._operations[path or operation["name"]] = operation
        return operation

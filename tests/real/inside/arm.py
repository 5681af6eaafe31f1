"""Azure Resource Manager in memory, with the metadata and tokens that a provider asks for first.

What is PUT is kept and told again, with what ``arm_answers`` adds. It holds no policy and no quota,
starts nothing, and knows no data plane: neither vaults nor the inside of clusters.
"""

from __future__ import annotations

import base64
import copy
import json
import time
from pathlib import Path
from typing import Any

from tests.real.inside.api_server import Answer, Api, Call, serving
from tests.real.inside.arm_answers import TENANT, Data, completed, guid, kind_of

# An application that signs in with a secret; any will do.
CREDENTIALS = {
    "ARM_CLIENT_ID": guid("application"),
    "ARM_CLIENT_SECRET": "not-a-secret",
    "ARM_TENANT_ID": TENANT,
    "ARM_USE_CLI": "false",
}
_DEFINITIONS = "/providers/microsoft.authorization/roledefinitions"
# Where a PUT of something new is answered by 200: the reference of the type says so.
_MADE_BY_200 = ("microsoft.insights/diagnosticsettings", "microsoft.insights/metricalerts")
# Where a DELETE without a body is answered by 204 alone.
_GONE_BY_204 = "microsoft.containerservice/"


class Arm(Api):
    """The cloud.

    Attributes:
        resources: id in lower case to what was made, as it is told.
        environment: what a provider needs to reach and believe the server; set once it serves.
    """

    def __init__(self) -> None:
        super().__init__()
        self.resources: dict[str, Data] = {}
        self.environment: dict[str, str] = {}

    def serving(self, certificate: tuple[Path, Path]) -> Any:
        """Serve over https, and say how providers reach it."""
        started = serving(self, certificate)
        self.environment = {**CREDENTIALS, "SSL_CERT_FILE": str(certificate[0])}
        return started

    def make(self, path: str, body: Data) -> None:
        """Something that is there before any root."""
        self.resources[path.lower()] = completed(path, body)

    def at(self, path: str) -> Data:
        """What is there, to look at or to spoil."""
        return self.resources[path.lower()]

    def answer(self, call: Call) -> Answer:
        """Sign-in, or a call of the Resource Manager."""
        if call.path == "/metadata/endpoints":
            return Answer(200, _metadata(self.url))
        if call.path.endswith("/oauth2/v2.0/token"):
            token = {"token_type": "Bearer", "expires_in": 3600, "access_token": _token(self.url)}
            return Answer(200, token)
        path = call.path.rstrip("/").replace("//", "/")
        answers = {"GET": self._get, "PUT": self._put, "PATCH": self._patch, "POST": self._post}
        if call.method == "DELETE":
            return self._delete(path)
        return answers[call.method](path, call) if call.method in answers else _missing(path)

    def _get(self, path: str, call: Call) -> Answer:
        low = path.lower()
        if low.endswith(_DEFINITIONS):
            return Answer(200, {"value": self._roles(path, call.query.get("$filter", ""))})
        if low.endswith("/availableagentpoolversions"):
            return Answer(200, self._versions(path))
        found = self._read(path)
        if found is None and _DEFINITIONS in low:
            end = low[low.index(_DEFINITIONS) :]
            found = next((one for key, one in self.resources.items() if key.endswith(end)), None)
        if found is not None:
            return Answer(200, found)
        parts = low.split("/")
        if len(parts) == 3 and parts[1] == "subscriptions":
            return Answer(200, _subscription(path))
        if len(parts) == 6 and parts[3] == "providers":
            start, kind = "/".join(parts[:3]) + "/", "/".join(parts[4:])
            return _listed(
                one
                for key, one in self.resources.items()
                if key.startswith(start) and kind_of(key) == kind
            )
        if low.endswith("/resources"):
            start = low.removesuffix("resources")
            return _listed(one for key, one in self.resources.items() if key.startswith(start))
        if "/providers/" in low and len(low.rsplit("/providers/", 1)[1].split("/")) % 2 == 0:
            return _listed(
                one for key, one in self.resources.items() if key.rpartition("/")[0] == low
            )
        return _missing(path)

    def _put(self, path: str, call: Call) -> Answer:
        old, kind = self.resources.get(path.lower()), kind_of(path)
        made = completed(old["id"] if old else path, copy.deepcopy(call.body or {}))
        self.resources[path.lower()] = made
        if kind == "microsoft.containerservice/managedclusters":
            for pool in made["properties"].get("agentPoolProfiles", ()):
                properties = {name: value for name, value in pool.items() if name != "name"}
                self.make(f"{path}/agentPools/{pool['name']}", {"properties": properties})
        return Answer(200 if old or kind in _MADE_BY_200 else 201, self._read(path))

    def _patch(self, path: str, call: Call) -> Answer:
        old = self.resources.get(path.lower())
        if old is None:
            return _missing(path)
        changed = copy.deepcopy(call.body or {})
        old.setdefault("properties", {}).update(changed.pop("properties", {}))
        self.resources[path.lower()] = completed(old["id"], {**old, **changed})
        return Answer(200, self._read(path))

    def _post(self, path: str, call: Call) -> Answer:
        of, _, action = path.rpartition("/")
        if action.lower() == "listsecrets":
            configuration = self.at(of)["properties"].get("configuration", {})
            return Answer(200, {"value": configuration.get("secrets") or []})
        if action.lower() == "sharedkeys":
            return Answer(200, {"primarySharedKey": "cHJpbWFyeQ==", "secondarySharedKey": "c2Vj"})
        if action.lower() == "listclusterusercredential":
            return Answer(
                200, {"kubeconfigs": [{"name": "clusterUser", "value": _kubeconfig(self.url)}]}
            )
        return Answer(200, {"value": []})

    def _delete(self, path: str) -> Answer:
        low = path.lower()
        gone = [key for key in self.resources if key == low or key.startswith(f"{low}/")]
        for key in gone:
            del self.resources[key]
        by_200 = gone and not kind_of(path).startswith(_GONE_BY_204)
        return Answer(200 if by_200 else 204)

    def _read(self, path: str) -> Data | None:
        found = self.resources.get(path.lower())
        if found is not None and kind_of(path) == "microsoft.containerservice/managedclusters":
            pools = f"{path.lower()}/agentpools/"
            found["properties"]["agentPoolProfiles"] = [
                {"name": one["name"], **one["properties"]}
                for key, one in self.resources.items()
                if key.startswith(pools)
            ]
        return found

    def _roles(self, path: str, query: str) -> list[Data]:
        """Role definitions by name; one that nobody made is built in."""
        name = query.split("'")[1] if "'" in query else ""
        found = [
            one
            for key, one in self.resources.items()
            if _DEFINITIONS in key and one["properties"].get("roleName") == name
        ]
        if not found and name:
            subscription = "/".join(path.split("/")[:3])
            own = f"/providers/Microsoft.Authorization/roleDefinitions/{guid(f'role {name}')}"
            properties = {"roleName": name, "type": "BuiltInRole", "permissions": []}
            self.make(subscription + own, {"properties": {**properties, "assignableScopes": ["/"]}})
            found = [self.at(subscription + own)]
        return found

    def _versions(self, path: str) -> Data:
        cluster = self.at(path.rpartition("/")[0])
        version = cluster["properties"]["currentKubernetesVersion"]
        versions = [{"kubernetesVersion": version, "default": True}]
        return {"id": path, "name": "default", "properties": {"agentPoolVersions": versions}}


def _metadata(url: str) -> Data:
    """The cloud's addresses. With another tenant or identity provider it passes for Azure Stack."""
    return {
        "name": "AzureCloud",
        "portal": url,
        "resourceManager": f"{url}/",
        "graph": url,
        "graphAudience": url,
        "microsoftGraphResourceId": f"{url}/",
        "batch": f"{url}/",
        "logAnalyticsResourceId": f"{url}/",
        "authentication": {
            "loginEndpoint": url,
            "audiences": [url],
            "tenant": "common",
            "identityProvider": "AAD",
        },
        "suffixes": {
            "keyVaultDns": "vault.azure.net",
            "storage": "core.windows.net",
            "mhsmDns": "managedhsm.azure.net",
            "acrLoginServer": "azurecr.io",
        },
    }


def _token(url: str) -> str:
    """An access token that nobody signed: the provider reads who it is from it."""
    claims = {
        "appid": CREDENTIALS["ARM_CLIENT_ID"],
        "oid": guid("deployer"),
        "tid": TENANT,
        "exp": int(time.time()) + 3600,
        "aud": url,
    }
    parts = ({"alg": "none", "typ": "JWT"}, claims)
    encoded = [base64.urlsafe_b64encode(json.dumps(part).encode()).decode() for part in parts]
    return ".".join([*(part.rstrip("=") for part in encoded), "unsigned"])


def _kubeconfig(url: str) -> str:
    """How to reach a cluster, for kubelogin; nobody answers there."""
    login = {"apiVersion": "client.authentication.k8s.io/v1", "command": "kubelogin"}
    config = {
        "apiVersion": "v1",
        "kind": "Config",
        "current-context": "c",
        "clusters": [{"name": "c", "cluster": {"server": url, "certificate-authority-data": ""}}],
        "contexts": [{"name": "c", "context": {"cluster": "c", "user": "u"}}],
        "users": [{"name": "u", "user": {"exec": {**login, "args": ["get-token"]}}}],
    }
    return base64.b64encode(json.dumps(config).encode()).decode()


def _subscription(path: str) -> Data:
    name = path.rsplit("/", 1)[1]
    told = {"id": path, "subscriptionId": name, "tenantId": TENANT}
    return {**told, "state": "Enabled", "displayName": "tests"}


def _listed(found: Any) -> Answer:
    return Answer(200, {"value": list(found)})


def _missing(path: str) -> Answer:
    error = {"code": "ResourceNotFound", "message": f"The Resource '{path}' was not found."}
    return Answer(404, {"error": error})

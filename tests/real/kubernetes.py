"""An API server of Kubernetes: etcd, kube-apiserver and kube-controller-manager, on loopback.

``KUBEBUILDER_ASSETS`` names a folder with the three programs, else they are looked for in PATH.
There is no kubelet and no scheduler: pods are made, admitted and counted, and stay pending.
"""

from __future__ import annotations

import base64
import json
import os
import shutil
import ssl
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from socket import create_server
from typing import Any, NamedTuple

import pytest

PROGRAMS = ("etcd", "kube-apiserver", "kube-controller-manager")
# Who may do everything, and who may do nothing: user, token, group.
ADMIN, NOBODY = "admin", "ci"
_GROUPS = {ADMIN: "system:masters", NOBODY: ""}
_TOKENS = {name: f"{name}-token-of-a-test" for name in _GROUPS}
READY_SECONDS, DONE_SECONDS = 120, 90
# Where objects of a type are; the namespace and the name stand at the end of an object's id.
_APPS, _BATCH = "/apis/apps/v1", "/apis/batch/v1"
_POLICY, _RBAC = "/apis/policy/v1", "/apis/rbac.authorization.k8s.io/v1"
PATHS = {
    "kubernetes_cron_job_v1": (_BATCH, "cronjobs"),
    "kubernetes_deployment_v1": (_APPS, "deployments"),
    "kubernetes_horizontal_pod_autoscaler_v2": (
        "/apis/autoscaling/v2",
        "horizontalpodautoscalers",
    ),
    "kubernetes_limit_range_v1": ("/api/v1", "limitranges"),
    "kubernetes_namespace_v1": ("/api/v1", ""),
    "kubernetes_network_policy_v1": ("/apis/networking.k8s.io/v1", "networkpolicies"),
    "kubernetes_pod_disruption_budget_v1": (_POLICY, "poddisruptionbudgets"),
    "kubernetes_resource_quota_v1": ("/api/v1", "resourcequotas"),
    "kubernetes_role_binding_v1": (_RBAC, "rolebindings"),
    "kubernetes_role_v1": (_RBAC, "roles"),
    "kubernetes_service_account_v1": ("/api/v1", "serviceaccounts"),
}


class Answer(NamedTuple):
    """What the server says.

    Attributes:
        status: of HTTP.
        body: an object, a list, or a Status.
    """

    status: int
    body: dict[str, Any]

    @property
    def message(self) -> str:
        """Why something was refused."""
        return str(self.body.get("message", ""))


class Cluster:
    """A running server.

    Args:
        url: where it answers.
        folder: with its certificate and the files with the credentials of its users.
    """

    def __init__(self, url: str, folder: Path) -> None:
        self.url, self._folder = url, folder

    @property
    def authority(self) -> Path:
        """The file with the certificate that the server made for itself."""
        return self._folder / "apiserver.crt"

    def named(self, user: str = ADMIN) -> dict[str, Any]:
        """The block ``kubernetes.cluster`` of a job: the server, and what logs a user in."""
        certificate = base64.b64encode(self.authority.read_bytes()).decode()
        login = {"command": "cat", "args": [os.fspath(self._folder / f"{user}.json")]}
        return {"endpoint": self.url, "ca_certificate": certificate, "exec": login}

    def ask(
        self, method: str, path: str, body: Mapping[str, Any] | None = None, user: str = ADMIN
    ) -> Answer:
        """One request.

        Args:
            method: of HTTP.
            path: below the server's address, with its query.
            body: what to send; of PATCH a merge patch.
            user: who asks.
        """
        kind = "application/merge-patch+json" if method == "PATCH" else "application/json"
        request = urllib.request.Request(  # noqa: S310 - the server that runs here
            self.url + path,
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Content-Type": kind, "Authorization": f"Bearer {_TOKENS[user]}"},
        )
        context = ssl.create_default_context(cafile=os.fspath(self.authority))
        try:
            with urllib.request.urlopen(request, context=context) as answer:  # noqa: S310
                return Answer(answer.status, json.loads(answer.read() or b"{}"))
        except urllib.error.HTTPError as error:
            return Answer(error.code, json.loads(error.read() or b"{}"))

    def made(self, path: str, body: Mapping[str, Any]) -> dict[str, Any]:
        """An object that the server has to accept."""
        answer = self.ask("POST", path, body)
        assert answer.status in (200, 201), answer.message
        return answer.body

    def namespace(self, name: str) -> None:
        """Make a namespace that takes restricted pods only, and wait for its default account."""
        labels = {"pod-security.kubernetes.io/enforce": "restricted"}
        self.made("/api/v1/namespaces", {"metadata": {"name": name, "labels": labels}})
        account = f"/api/v1/namespaces/{name}/serviceaccounts/default"
        self.until(lambda: self.ask("GET", account).status == 200)

    def stored(self, kind: str, attributes: Mapping[str, Any]) -> dict[str, Any]:
        """What the server has of a resource in a Terraform state."""
        group, plural = PATHS[kind]
        namespace, _, name = str(attributes["id"]).rpartition("/")
        path = f"{group}/namespaces/{name}"
        if plural:
            path = f"{group}/namespaces/{namespace}/{plural}/{name}"
        answer = self.ask("GET", path)
        assert answer.status == 200, answer.message
        return answer.body

    def may(self, user: str, namespace: str, verb: str, resource: str) -> bool:
        """Whether a user may do something, as the server decides for itself.

        Args:
            user: such as ``system:serviceaccount:NAMESPACE:NAME``.
            namespace: where.
            verb: such as ``create``.
            resource: ``GROUP/RESOURCE``, or ``GROUP/RESOURCE/SUBRESOURCE``; the group may be empty.
        """
        group, kind, *sub = resource.split("/")
        wanted = {"namespace": namespace, "verb": verb, "group": group, "resource": kind}
        wanted |= {"subresource": sub[0]} if sub else {}
        path = "/apis/authorization.k8s.io/v1/subjectaccessreviews"
        review = {"spec": {"user": user, "resourceAttributes": wanted}}
        return bool(self.made(path, review)["status"]["allowed"])

    @staticmethod
    def until(holds: Callable[[], object]) -> None:
        """Wait for a controller."""
        end = time.monotonic() + DONE_SECONDS
        while not holds():
            assert time.monotonic() < end, f"not so after {DONE_SECONDS} seconds"
            time.sleep(0.2)


def programs() -> dict[str, str]:
    """Name to path of what a server consists of; skips the test where one is missing."""
    folder = os.environ.get("KUBEBUILDER_ASSETS")
    where = os.pathsep.join(filter(None, (folder, os.environ.get("PATH"))))
    found = {name: shutil.which(name, path=where) for name in PROGRAMS}
    missing = [name for name, path in found.items() if path is None]
    if missing:
        pytest.skip(f"neither KUBEBUILDER_ASSETS nor PATH has {' and '.join(missing)}")
    return {name: str(path) for name, path in found.items()}


@contextmanager
def cluster(folder: Path) -> Iterator[Cluster]:
    """A server with its data in a folder, until the block ends."""
    found = programs()
    with ExitStack() as stack:
        ports = [_free_port() for _ in range(3)]
        store, peers, port = ports
        served = Cluster(f"https://127.0.0.1:{port}", folder)
        _write_credentials(served, folder)
        _start(stack, folder, found["etcd"], *_etcd(folder, store, peers))
        _start(stack, folder, found["kube-apiserver"], *_api_server(folder, store, port))
        _wait(served, folder)
        _start(stack, folder, found["kube-controller-manager"], *_controllers(folder))
        yield served


def _free_port() -> int:
    with create_server(("127.0.0.1", 0)) as server:
        found: int = server.getsockname()[1]
        return found


def _write_credentials(served: Cluster, folder: Path) -> None:
    """A key for tokens of service accounts, tokens of users, and what logs each of them in."""
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import rsa

    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.TraditionalOpenSSL,
        serialization.NoEncryption(),
    )
    (folder / "accounts.key").write_bytes(private)
    rows = [f'{_TOKENS[name]},{name},{name},"{group}"' for name, group in _GROUPS.items()]
    (folder / "tokens.csv").write_text("\n".join(rows) + "\n")
    for name, token in _TOKENS.items():
        credential = {
            "apiVersion": "client.authentication.k8s.io/v1beta1",
            "kind": "ExecCredential",
            "status": {"token": token},
        }
        (folder / f"{name}.json").write_text(json.dumps(credential))
    (folder / "kubeconfig").write_text(
        json.dumps(
            {
                "apiVersion": "v1",
                "kind": "Config",
                "current-context": "test",
                "contexts": [{"name": "test", "context": {"cluster": "test", "user": "test"}}],
                "clusters": [
                    {
                        "name": "test",
                        "cluster": {
                            "server": served.url,
                            "certificate-authority": os.fspath(served.authority),
                        },
                    }
                ],
                "users": [{"name": "test", "user": {"token": _TOKENS[ADMIN]}}],
            }
        )
    )


def _etcd(folder: Path, port: int, peers: int) -> list[str]:
    here, beside = f"http://127.0.0.1:{port}", f"http://127.0.0.1:{peers}"
    return [
        *("--data-dir", os.fspath(folder / "etcd")),
        *("--listen-client-urls", here, "--advertise-client-urls", here),
        *("--listen-peer-urls", beside, "--initial-advertise-peer-urls", beside),
        *("--initial-cluster", f"default={beside}", "--unsafe-no-fsync"),
    ]


def _api_server(folder: Path, store: int, port: int) -> list[str]:
    """Quotas, limit ranges and Pod Security are admission plugins that are on by default."""
    key = os.fspath(folder / "accounts.key")
    return [
        *("--bind-address=127.0.0.1", "--advertise-address=127.0.0.1", f"--secure-port={port}"),
        *("--endpoint-reconciler-type=none", f"--etcd-servers=http://127.0.0.1:{store}"),
        # It makes a certificate for itself there.
        f"--cert-dir={folder}",
        f"--token-auth-file={folder / 'tokens.csv'}",
        *("--authorization-mode=RBAC", "--service-cluster-ip-range=10.96.0.0/16"),
        "--service-account-issuer=https://kubernetes.default.svc",
        *(f"--service-account-key-file={key}", f"--service-account-signing-key-file={key}"),
    ]


def _controllers(folder: Path) -> list[str]:
    config = os.fspath(folder / "kubeconfig")
    return [
        *("--kubeconfig", config, "--leader-elect=false", "--secure-port=0"),
        *("--service-account-private-key-file", os.fspath(folder / "accounts.key")),
    ]


def _start(stack: ExitStack, folder: Path, program: str, *arguments: str) -> None:
    log = stack.enter_context((folder / f"{os.path.basename(program)}.log").open("wb"))
    started = stack.enter_context(
        subprocess.Popen([program, *arguments], stdout=log, stderr=log, cwd=folder)
    )
    stack.callback(started.kill)


def _wait(served: Cluster, folder: Path) -> None:
    end = time.monotonic() + READY_SECONDS
    while time.monotonic() < end:
        try:
            if served.ask("GET", "/api/v1/namespaces/default").status == 200:
                return
        except OSError:
            time.sleep(0.5)
    log = (folder / "kube-apiserver.log").read_text(errors="replace")
    raise AssertionError(f"no answer after {READY_SECONDS} seconds:\n{log[-2000:]}")

"""The existing cluster that a Kubernetes job runs in, and how Terraform reaches it.

Every provider block gets its token from a program when Terraform runs; none is stored.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from generator.errors import KeyPath
from generator.model.infrastructure import Infrastructure
from generator.model.platforms import KubernetesCluster
from generator.model.variables import finish
from generator.plan.providers import own, untagged
from generator.plan.root_plan import ProviderBlock
from generator.plan.runtimes.account import CLOUDS, idle
from generator.plan.runtimes.runtime import Faults
from generator.text.expression import Call, Interpolation, Reference, Value
from generator.text.patterns import lazy

_PROVIDER = "kubernetes"
# The version that the plugins of all three clouds speak, old ones too.
_API = "client.authentication.k8s.io/v1beta1"
# The same in every tenant (kubelogin documentation, "Azure Kubernetes Service AAD Server").
_AKS_SERVER = "6dae42f8-4368-4678-94ff-3960e28e3630"
_ENDPOINT = lazy(r"https://[A-Za-z0-9][A-Za-z0-9.-]*(?::[0-9]{1,5})?(?:/[A-Za-z0-9._~/-]*)?")
_VARIABLE = lazy(r"[A-Za-z_][A-Za-z0-9_]*")


class Service(NamedTuple):
    """What a cloud calls its clusters, and what it needs to find one.

    Attributes:
        title: EKS, GKE or AKS.
        names: what the name of a cluster matches.
        words: the same for people.
        needs: fields of ``account`` without which there is no finding it.
        takes: fields of ``account`` that have an effect.
    """

    title: str
    names: str
    words: str
    needs: tuple[str, ...]
    takes: tuple[str, ...]


# EKS API reference, CreateCluster; GKE REST reference, Cluster; AKS "Naming rules".
SERVICES = {
    "aws": Service(
        "EKS",
        r"[A-Za-z0-9][A-Za-z0-9_-]{0,99}",
        "the name of an EKS cluster, not its ARN",
        (),
        CLOUDS["aws"].fields,
    ),
    "gcp": Service(
        "GKE",
        r"[a-z](?:[-a-z0-9]{0,38}[a-z0-9])?",
        "the name of a GKE cluster in this region",
        ("project_id",),
        CLOUDS["gcp"].fields,
    ),
    "azure": Service(
        "AKS",
        r"[A-Za-z0-9](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9])?",
        "the name of an AKS cluster in the resource group, not its id",
        ("subscription_id", "resource_group"),
        CLOUDS["azure"].fields,
    ),
}


def check_cluster(infrastructure: Infrastructure, faults: Faults) -> None:
    """Note what keeps Terraform from reaching the cluster.

    Raises:
        InputError: the cluster's name or address holds a name that nothing defines; a provider
            is configured before any variable of the root could help.
    """
    other, name = infrastructure.kubernetes.cluster, infrastructure.runtime.cluster_name
    service = SERVICES[infrastructure.provider]
    if other is not None:
        _check_other(infrastructure, other, faults)
        return
    if name is None:
        hint = f'an existing {service.title} cluster, or "kubernetes.cluster" for any other'
        faults.missing("runtime.cluster_name", hint)
    else:
        finish(name, faults.location("runtime.cluster_name"))
        if not lazy(service.names).fullmatch(name):
            message = f'"runtime.cluster_name" must be {service.words}'
            faults.add("runtime.cluster_name", message)
    for field in service.needs:
        value = getattr(infrastructure.account, field)
        if value is None:
            faults.missing(f"account.{field}", who=f"kubernetes on {service.title}")
        else:
            finish(value, faults.location(f"account.{field}"))
    idle(infrastructure, service.takes, f"on {service.title}", faults)
    _check_token(infrastructure, faults)


def _check_token(infrastructure: Infrastructure, faults: Faults) -> None:
    """The program that gets the token acts as the provider does, as far as it can be told how.

    AWS CLI reference, "eks get-token": a role, and nothing of its session.
    """
    roles = infrastructure.account.assume_role
    hint = 'name the cluster by "kubernetes.cluster", with a program of your own'
    if len(roles) > 1:
        message = "aws eks get-token assumes one role, not a chain"
        faults.add("account.assume_role", message, hint)
    elif roles and roles[0].external_id is not None:
        message = "aws eks get-token cannot give an external id"
        faults.add(("account", "assume_role", 0, "external_id"), message, hint)


def _check_other(infrastructure: Infrastructure, other: KubernetesCluster, faults: Faults) -> None:
    at = ("kubernetes", "cluster")
    for path, text in _texts(other):
        if text is None:
            faults.missing((*at, *path), who="kubernetes on a cluster of its own address")
        else:
            finish(text, faults.location((*at, *path)))
    if infrastructure.runtime.cluster_name is not None:
        message = 'the cluster is named twice, here and as "kubernetes.cluster"'
        faults.add("runtime.cluster_name", message, "keep one of the two")
    if other.endpoint is not None and not _ENDPOINT.fullmatch(other.endpoint):
        message = '"kubernetes.cluster.endpoint" must be an address such as https://HOST:6443'
        faults.add((*at, "endpoint"), message)
    if other.ca_certificate is not None and not _is_certificate(other.ca_certificate):
        message = '"kubernetes.cluster.ca_certificate" must be a PEM certificate in base64'
        hint = "as certificate-authority-data in a kubeconfig"
        faults.add((*at, "ca_certificate"), message, hint)
    for name in other.exec.env:
        if not _VARIABLE.fullmatch(name):
            message = f'"{name}" is no name of an environment variable'
            faults.add((*at, "exec", "env", name), message, on_key=True)
    idle(infrastructure, (), "on a cluster that is named by its address", faults)


def _texts(other: KubernetesCluster) -> Iterator[tuple[KeyPath, str | None]]:
    """Every text that a provider block is made of, with its path below the cluster."""
    yield ("endpoint",), other.endpoint
    yield ("exec", "command"), other.exec.command
    for index, text in enumerate(other.exec.args):
        yield ("exec", "args", index), text
    for name, text in other.exec.env.items():
        yield ("exec", "env", name), text


def _is_certificate(text: str) -> bool:
    import base64

    try:
        return b"-----BEGIN CERTIFICATE-----" in base64.b64decode(text, validate=True)
    except ValueError:
        return False


def providers(infrastructure: Infrastructure) -> tuple[ProviderBlock, ...]:
    """The cloud's provider, to look the cluster up, and that of Kubernetes.

    A cluster that is named by its address needs no cloud.
    """
    other = infrastructure.kubernetes.cluster
    if other is not None:
        return (_other(other),)
    found = {"aws": _eks, "gcp": _gke, "azure": _aks}[infrastructure.provider]
    return untagged(infrastructure), found(infrastructure)


def own_cluster(infrastructure: Infrastructure) -> tuple[ProviderBlock, ...]:
    """The cloud's provider, and that of Kubernetes for the cluster that the root itself makes."""
    host = Reference("module.job.kubernetes_host")
    # On Google Cloud null at the DNS endpoint, whose certificate is publicly signed.
    authority = Reference("module.job.kubernetes_ca_certificate")
    login = _AKS_LOGIN if infrastructure.provider == "azure" else _gke_login(infrastructure)
    return *own(infrastructure), _block(host, authority, *login)


_Login = tuple[str, list[Value], dict[str, Value]]


def _gke_login(infrastructure: Infrastructure) -> _Login:
    """The program that gets the token, its arguments and environment.

    It takes the credentials of the Google provider, not those of gcloud; but only gcloud
    impersonates anybody (``auth/impersonate_service_account``, a chain with commas between).
    """
    account = infrastructure.account
    if account.impersonate_service_account is None:
        return "gke-gcloud-auth-plugin", ["--use_application_default_credentials"], {}
    chain = (*account.impersonate_service_account_delegates, account.impersonate_service_account)
    environment: dict[str, Value] = {"CLOUDSDK_AUTH_IMPERSONATE_SERVICE_ACCOUNT": ",".join(chain)}
    return "gke-gcloud-auth-plugin", [], environment


# The caller's own Entra identity.
_AKS_LOGIN: _Login = (
    "kubelogin",
    ["get-token", "--login", "azurecli", "--server-id", _AKS_SERVER],
    {},
)


def _block(
    host: Value,
    authority: Value | None,
    command: str,
    args: list[Value],
    env: dict[str, Value] | None = None,
) -> ProviderBlock:
    arguments: dict[str, Value] = {"host": host}
    if authority is not None:
        arguments["cluster_ca_certificate"] = authority
    plugin: dict[str, Value] = {"api_version": _API, "command": command}
    plugin |= {"args": args} if args else {}
    plugin |= {"env": env} if env else {}
    return ProviderBlock(_PROVIDER, arguments, {"exec": plugin})


def _decoded(text: Value) -> Value:
    return Call("base64decode", (text,))


def _eks(infrastructure: Infrastructure) -> ProviderBlock:
    found = "data.aws_eks_cluster.this"
    args: list[Value] = ["eks", "get-token", "--cluster-name", Reference(f"{found}.name")]
    args += ["--region", infrastructure.region]
    for role in infrastructure.account.assume_role:
        args += ["--role-arn", role.role_arn or ""]
    authority = _decoded(Reference(f"{found}.certificate_authority[0].data"))
    return _block(Reference(f"{found}.endpoint"), authority, "aws", args)


def _gke(infrastructure: Infrastructure) -> ProviderBlock:
    found = "data.google_container_cluster.this"
    host = Interpolation(("https://", Reference(f"{found}.endpoint")))
    authority = _decoded(Reference(f"{found}.master_auth[0].cluster_ca_certificate"))
    return _block(host, authority, *_gke_login(infrastructure))


def _aks(infrastructure: Infrastructure) -> ProviderBlock:
    # With local accounts disabled it holds the address and the authority, and no credentials.
    found = "data.azurerm_kubernetes_cluster.this.kube_config[0]"
    authority = _decoded(Reference(f"{found}.cluster_ca_certificate"))
    return _block(Reference(f"{found}.host"), authority, *_AKS_LOGIN)


def _other(cluster: KubernetesCluster) -> ProviderBlock:
    plugin = cluster.exec
    return _block(
        cluster.endpoint,
        None if cluster.ca_certificate is None else _decoded(cluster.ca_certificate),
        finish(plugin.command or "", None),
        [finish(text, None) for text in plugin.args],
        {name: finish(text, None) for name, text in plugin.env.items()},
    )

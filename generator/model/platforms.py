"""What only some platforms have: Kubernetes and Databricks in a job file."""

from __future__ import annotations

from pydantic import Field

from generator.model.fields import Filled, Part, Text, Texts


class ExecPlugin(Part):
    """The program that gets a short-lived token when Terraform runs; no token is stored."""

    command: Filled | None = Field(None, description="Program on the machine that applies.")
    args: Texts = Field((), description="Its arguments.")
    env: dict[str, Text] = Field(
        default_factory=dict, description="Environment variables for it, no secrets."
    )


class KubernetesCluster(Part):
    """A cluster that is none of the cloud's own."""

    endpoint: Filled | None = Field(None, description="Address of its API server, https://...")
    ca_certificate: Filled | None = Field(
        None, description="Certificate of its authority, base64 as in a kubeconfig."
    )
    exec: ExecPlugin = ExecPlugin()


class Kubernetes(Part):
    """Names and metadata inside a cluster."""

    namespace: Filled | None = Field(
        None, description="Existing namespace; in a cluster of the job's own its name."
    )
    service_account: Filled | None = Field(
        None, description="Existing Kubernetes service account; none: one is made."
    )
    labels: dict[str, Text] = Field(
        default_factory=dict, description="Labels besides those made of the tags."
    )
    annotations: dict[str, Text] = Field(
        default_factory=dict, description="Annotations of the job's objects."
    )
    cluster: KubernetesCluster | None = Field(
        None, description="Any other cluster than one of the cloud's own."
    )


class Databricks(Part):
    """The workspace of a job on Databricks."""

    host: Filled | None = Field(None, description="Address of the workspace, https://...")
    policy_id: Filled | None = Field(None, description="Cluster policy of the job cluster.")
    permissions: dict[str, Text] = Field(
        default_factory=dict, description="Group, user or service principal to level."
    )

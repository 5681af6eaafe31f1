"""The pipelines of a project: the block ``ci`` of dativo.yaml."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from generator.model.fields import Model

# What goes into the text of a pipeline is bounded so that nothing in it needs quoting there.
_Branch = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._/-]*$", max_length=200)]
_Runner = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9 ._:/-]*$", max_length=200)]
_Version = Annotated[str, Field(pattern=r"^[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.]+)?$")]
_Python = Annotated[str, Field(pattern=r"^3\.[0-9]+$")]
_Image = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._:/@-]*$", max_length=300)]
_Cron = Annotated[str, Field(pattern=r"^([0-9*/,-]+ ){4}[0-9*/,-]+$")]
_File = Annotated[str, Field(pattern=r"^[A-Za-z0-9_][A-Za-z0-9_./-]*$", max_length=200)]
_Role = Annotated[str, Field(pattern=r"^arn:aws[a-z-]*:iam::[0-9]{12}:role/[\w+=,.@/-]+$")]
_Region = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]+$")]
_Federation = Annotated[
    str,
    Field(
        pattern=r"^projects/[0-9]+/locations/global/workloadIdentityPools/[a-z0-9-]+"
        r"/providers/[a-z0-9-]+$"
    ),
]
_Account = Annotated[str, Field(pattern=r"^[a-z0-9-]+@[a-z0-9.-]+\.iam\.gserviceaccount\.com$")]
_Uuid = Annotated[str, Field(pattern=r"^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$")]
_Connection = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9 ._-]*$", max_length=100)]


class AwsLogin(Model):
    """Roles that trust the CI system's OIDC provider."""

    plan_role: _Role | None = Field(None, description="ARN of the role that plans: it only reads.")
    apply_role: _Role | None = Field(None, description="ARN of the role that applies.")
    region: _Region | None = Field(None, description="Region of the session.")


class GcpLogin(Model):
    """A workload identity provider, and the service accounts that it lends."""

    provider: _Federation | None = Field(
        None, description="Workload identity provider: projects/NUMBER/locations/global/…"
    )
    plan_account: _Account | None = Field(
        None, description="Service account that plans: it only reads."
    )
    apply_account: _Account | None = Field(None, description="Service account that applies.")


class AzureLogin(Model):
    """Applications with a federated credential for the CI system."""

    tenant_id: _Uuid | None = Field(None, description="Microsoft Entra tenant.")
    subscription_id: _Uuid | None = Field(None, description="Subscription to work on.")
    plan_client_id: _Uuid | None = Field(
        None, description="Client id of what plans: it only reads."
    )
    apply_client_id: _Uuid | None = Field(None, description="Client id of what applies.")


class Logins(Model):
    """How a pipeline becomes somebody on each cloud; no key is stored anywhere."""

    aws: AwsLogin = AwsLogin()
    gcp: GcpLogin = GcpLogin()
    azure: AzureLogin = AzureLogin()
    plan_connection: _Connection | None = Field(
        None, description="Azure DevOps: the service connection whose token plans."
    )
    apply_connection: _Connection | None = Field(
        None, description="Azure DevOps: the service connection whose token applies."
    )


class TenantLogins(Logins):
    """How a pipeline becomes somebody for the roots of one tenant."""

    environments: dict[str, Logins] = Field(
        {}, description="For its roots in one environment; stronger than all others."
    )


class CiSettings(Model):
    """What the pipelines that ``dativo ci`` writes are made of."""

    branch: _Branch = Field("main", description="The branch from which roots are applied.")
    runner: _Runner = Field(
        "ubuntu-latest",
        description="GitHub: runs-on. Azure DevOps: the image of Microsoft's agents. GitLab takes "
        "image and tags instead.",
    )
    image: _Image = Field(
        "python:3.12-bookworm", description="GitLab: the image of the jobs, with Python and git."
    )
    tags: tuple[_Runner, ...] = Field((), description="GitLab: the tags of the runners.")
    pool: _Connection | None = Field(
        None, description="Azure DevOps: a pool of agents of your own, in place of runner."
    )
    program: Literal["terraform", "tofu"] = Field("terraform", description="What plans.")
    version: _Version = Field("1.13.5", description="Version of Terraform or OpenTofu.")
    python: _Python = Field("3.12", description="Version of Python that dativo runs on.")
    requirements: _File = Field(
        "requirements.txt", description="The file that pins dativo-generator for pip."
    )
    drift: _Cron | None = Field(
        "17 3 * * *",
        description="When to look for drift, in UTC as cron has it; null for never. On GitLab the "
        "schedule is made in the project's settings.",
    )
    resolve: bool = Field(
        False,
        description="After an apply, put the outputs into the placeholders of the job files, by a "
        "pull request.",
    )
    logins: Logins = Field(Logins(), description="How the pipelines log in, for all roots.")
    environments: dict[str, Logins] = Field(
        {}, description="For the roots of one environment; key by key over logins."
    )
    tenants: dict[str, TenantLogins] = Field(
        {}, description="For the roots of one tenant; key by key over those."
    )

"""Where in the cloud a job lives, and as whom its root acts there.

Names are those of the providers' blocks. Nothing here is a credential: what is one is refused by
its name, and whoever applies brings it along in the environment.
"""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, Field, GetJsonSchemaHandler
from pydantic_core import CoreSchema

from generator.model.fields import Filled, Part, Text, Texts


class AssumeRole(Part):
    """An IAM role that the AWS provider assumes."""

    role_arn: Filled | None = Field(None, description="ARN of the role.")
    session_name: Filled | None = Field(None, description="Name of the session, for CloudTrail.")
    external_id: Filled | None = Field(
        None, description="What the role's trust policy asks for as sts:ExternalId; no secret."
    )
    duration: Filled | None = Field(None, description="Such as 1h30m; 15m to 12h.")
    policy: Filled | None = Field(None, description="IAM policy in JSON that restricts the role.")
    policy_arns: Texts = Field((), description="ARNs of IAM policies that restrict the role.")
    source_identity: Filled | None = Field(None, description="Who is behind the session.")
    tags: dict[str, Text] = Field({}, description="Session tags.")
    transitive_tag_keys: Texts = Field(
        (), description="Session tags that the next role of a chain gets, too."
    )


class IgnoreTags(Part):
    """Tags that others put on the resources, which Terraform leaves alone (AWS)."""

    keys: Texts = Field((), description="Keys of tags.")
    key_prefixes: Texts = Field((), description="What keys of tags start with.")


class _OneOrMany:
    """The JSON Schema of a list that a single item may stand for."""

    def __get_pydantic_json_schema__(
        self, core: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        array = handler(core)
        return {"anyOf": [array["items"], array]}


def _a_list(value: Any) -> Any:
    return [value] if isinstance(value, dict) else value


class Account(Part):
    """Where in the cloud the job lives, and as whom its root acts there."""

    # What the providers would take as well, and what would be committed.
    CREDENTIALS: ClassVar[frozenset[str]] = frozenset(
        {"access_key", "secret_key", "token", "session_token", "aws_access_key_id"}
        | {"aws_secret_access_key", "aws_session_token", "credentials", "access_token"}
        | {"client_secret", "client_certificate", "client_certificate_password"}
        | {"oidc_token", "oidc_request_token", "password", "web_identity_token"}
    )

    account_id: Filled | None = Field(
        None, description="AWS account; the provider refuses any other."
    )
    project_id: Filled | None = Field(None, description="Google Cloud project.")
    subscription_id: Filled | None = Field(None, description="Azure subscription.")
    resource_group: Filled | None = Field(None, description="Azure resource group, existing.")
    assume_role: Annotated[tuple[AssumeRole, ...], BeforeValidator(_a_list), _OneOrMany()] = Field(
        (), description="Role that the root assumes (AWS); a list is a chain of them."
    )
    ignore_tags: IgnoreTags = IgnoreTags()
    impersonate_service_account: Filled | None = Field(
        None, description="Service account that the root acts as (Google Cloud)."
    )
    impersonate_service_account_delegates: Texts = Field(
        (), description="Service accounts on the way to that one, each allowed to be the next."
    )
    use_oidc: bool | None = Field(
        None, description="Sign in with the pipeline's OpenID Connect token (Azure)."
    )
    use_cli: bool | None = Field(None, description="False: never as who is signed in to az.")
    use_msi: bool | None = Field(None, description="Sign in as the machine's identity (Azure).")
    client_id: Filled | None = Field(
        None, description="Application, or identity, that the root acts as (Azure)."
    )
    tenant_id: Filled | None = Field(None, description="Microsoft Entra tenant (Azure).")
    oidc_token_file_path: Filled | None = Field(
        None, description="File that the pipeline writes its token to (Azure)."
    )
    ado_pipeline_service_connection_id: Filled | None = Field(
        None, description="Service connection of Azure DevOps whose token is used (Azure)."
    )
    environment: Literal["public", "usgovernment", "china"] | None = Field(
        None, description="Which Azure cloud; public unless given."
    )
    metadata_host: Filled | None = Field(
        None, description="Host that tells the endpoints of a private Azure cloud."
    )
    endpoints: dict[str, Filled] = Field(
        {}, description="Service to the address to use instead of the cloud's (AWS, Google Cloud)."
    )
    s3_use_path_style: bool | None = Field(
        None, description="Name buckets in the path, as LocalStack wants it (AWS)."
    )
    skip_credentials_validation: bool | None = Field(
        None, description="Do not ask STS who is acting (AWS)."
    )
    skip_metadata_api_check: bool | None = Field(
        None, description="Never look for credentials on the machine (AWS)."
    )
    skip_region_validation: bool | None = Field(
        None, description="Take regions that the provider does not know (AWS)."
    )
    skip_requesting_account_id: bool | None = Field(
        None, description="Do not ask for the account's id, for servers without IAM and STS (AWS)."
    )

"""Every tag that is known: what it means, where it comes from, how it has been spelled.

The table holds nothing volatile: no time, no commit, no random id. A value that changes by
itself would change every resource on every plan.
"""

from __future__ import annotations

from typing import NamedTuple

IDENTITY, ASSET, CLASSIFICATION = "identity", "asset", "classification"
FINOPS, INFRASTRUCTURE, GOVERNANCE = "finops", "infrastructure", "governance"
GROUPS = (IDENTITY, ASSET, CLASSIFICATION, FINOPS, INFRASTRUCTURE, GOVERNANCE)

# One tag per class of data, "contains_pii": the name is the concept's, the class is the user's.
CONTAINS = "contains_"
CLASSES = "data_classification"


class Concept(NamedTuple):
    """One known tag.

    Attributes:
        name: canonical name in snake case, also its key in the snake style.
        group: one of ``GROUPS``.
        text: what it says, for people.
        sources: where the value is read, strongest first: "job" or "asset", and the keys that
            lead to it in such a file. ``[]`` ends them: of the items below, ``tags.layers``
            makes one value. ``infrastructure.tags`` may set every tag and is not repeated.
        former: further spellings, kept readable.
        many: the value is a list; text with commas is split into one.
        pascal: the key in the pascal style where capitalising the words is not enough.
        short: the key after the namespace where it is not the name itself.
        usual: the value where nobody says another.
    """

    name: str
    group: str
    text: str
    sources: tuple[str, ...] = ()
    former: tuple[str, ...] = ()
    many: bool = False
    pascal: str = ""
    short: str = ""
    usual: str = ""


_TABLE = (
    Concept(
        "tenant_id",
        IDENTITY,
        "who the data belongs to",
        ("job tenant_id",),
        ("TenantId", "Tenant", "DativoTenant", "dativo_tenant", "dativo-tenant"),
        short="tenant",
    ),
    Concept(
        "environment",
        IDENTITY,
        "stage that the root is for",
        ("job environment",),
        ("DativoEnvironment", "dativo-environment"),
    ),
    Concept(
        "job_name",
        IDENTITY,
        "name of the job",
        ("job name",),
        ("JobName", "job-name"),
        short="job",
    ),
    Concept(
        "source_connector",
        ASSET,
        "where the data is read",
        ("job source_connector",),
    ),
    Concept(
        "target_connector",
        ASSET,
        "where the data is written",
        ("job target_connector",),
    ),
    Concept(
        "asset",
        ASSET,
        "name of the data asset",
        ("job asset", "asset name"),
        ("asset_name",),
    ),
    Concept("asset_version", ASSET, "version of the asset contract", ("asset version",)),
    Concept("source_type", ASSET, "kind of source the asset describes", ("asset source_type",)),
    Concept("source_object", ASSET, "table or object of the source", ("asset object",)),
    Concept(
        "domain",
        ASSET,
        "business domain of the data",
        ("asset domain",),
        ("Governance_domain",),
    ),
    Concept(
        "data_product",
        ASSET,
        "data product the asset belongs to",
        ("asset dataProduct",),
        ("Governance_data_product",),
    ),
    Concept(
        "owner",
        ASSET,
        "who answers for the data",
        ("job governance_overrides.owner", "asset team.owner"),
        ("Governance_owner",),
    ),
    Concept("status", ASSET, "state of the asset contract", ("asset status",)),
    Concept(
        "asset_tags",
        ASSET,
        "free tags of the asset contract",
        ("asset tags",),
        many=True,
    ),
    Concept(
        CLASSES,
        CLASSIFICATION,
        "classes of the data",
        ("job classification_overrides.default", "asset compliance.classification"),
        ("Classification", "Classification_default", "classification.default"),
        many=True,
        short="classification",
    ),
    Concept(
        "classified_fields",
        CLASSIFICATION,
        "classified fields, each with its class",
        ("job classification_overrides", "asset schema[].classification"),
        many=True,
    ),
    Concept(
        "regulations",
        CLASSIFICATION,
        "laws and standards the data falls under",
        ("asset compliance.regulations",),
        ("Regulation", "Governance_regulations"),
        many=True,
    ),
    Concept(
        "compliance",
        CLASSIFICATION,
        "frameworks the infrastructure complies with",
        many=True,
    ),
    Concept(
        "retention_days",
        CLASSIFICATION,
        "days the data is kept",
        ("job governance_overrides.retention_days", "asset compliance.retention_days"),
        ("Governance_retention_days",),
    ),
    Concept(
        "encryption_required",
        CLASSIFICATION,
        "whether the data must be encrypted",
        ("asset compliance.security.encryption_required",),
    ),
    Concept(
        "access_control",
        CLASSIFICATION,
        "how access to the data is decided",
        ("asset compliance.security.access_control",),
    ),
    Concept(
        "user_consent_required",
        CLASSIFICATION,
        "whether the data needs its subjects' consent",
        ("asset compliance.user_consent_required",),
    ),
    Concept(
        "cost_center",
        FINOPS,
        "who pays",
        ("job finops.cost_center", "asset finops.cost_center"),
        ("Costcenter", "cost-center", "FinOps_cost_center", "infra_cost_center"),
    ),
    Concept(
        "project",
        FINOPS,
        "project that is charged",
        ("job finops.project", "asset finops.project"),
        ("FinOps_project",),
    ),
    Concept(
        "business_tags",
        FINOPS,
        "what the business calls it",
        ("job finops.business_tags", "asset finops.business_tags"),
        ("FinOps_business_tags",),
        many=True,
    ),
    Concept(
        "business_unit",
        FINOPS,
        "part of the organisation",
        ("job finops.business_unit", "asset finops.business_unit"),
    ),
    Concept(
        "finops_environment",
        FINOPS,
        "stage in the words of the accounts",
        ("job finops.environment", "asset finops.environment"),
        ("FinOps_environment",),
        pascal="FinOpsEnvironment",
    ),
    Concept(
        "finops_owner",
        FINOPS,
        "who answers for the budget",
        ("job finops.owner", "asset finops.owner"),
        ("FinOps_owner", "budget_owner"),
        pascal="FinOpsOwner",
    ),
    Concept("team", FINOPS, "team that runs the job"),
    Concept(
        "infra_provider",
        INFRASTRUCTURE,
        "cloud",
        ("job infrastructure.provider",),
        ("InfraProvider", "dativo:provider"),
        short="provider",
    ),
    Concept("region", INFRASTRUCTURE, "region or location", ("job infrastructure.region",)),
    Concept(
        "runtime_type",
        INFRASTRUCTURE,
        "what runs the job",
        ("job infrastructure.runtime.type",),
        ("RuntimeType", "Platform", "dativo_runtime", "dativo:runtime"),
        short="runtime",
    ),
    Concept(
        "orchestrator",
        INFRASTRUCTURE,
        "who starts the runs, unless it is the cloud's own scheduler",
        ("job infrastructure.orchestrator.type",),
    ),
    Concept(
        "managed_by",
        INFRASTRUCTURE,
        "who looks after the resources",
        former=("ManagedBy", "managed-by", "dativo:managed-by"),
        usual="dativo",
    ),
    Concept(
        "pipeline_type",
        INFRASTRUCTURE,
        "kind of pipeline",
        former=("job_type",),
        usual="ingestion",
    ),
    Concept(
        "terraform_module",
        INFRASTRUCTURE,
        "module that the job names instead of the shipped one",
        ("job infrastructure.terraform.module.source",),
        ("TerraformModule", "terraform-module"),
    ),
    Concept(
        "infra_version",
        INFRASTRUCTURE,
        "version of that module",
        ("job infrastructure.terraform.module.version",),
        ("InfraVersion", "module_version"),
    ),
    Concept("terraform_workspace", INFRASTRUCTURE, "workspace, where a team uses them"),
    Concept(
        "approval_required",
        GOVERNANCE,
        "whether a change of the data needs approval",
        ("job governance_overrides.approval_required", "asset change_management.approval_required"),
        ("Governance_approval_required",),
    ),
    Concept(
        "change_policy",
        GOVERNANCE,
        "which changes of the data are allowed",
        ("asset change_management.policy",),
    ),
)

CONCEPTS: dict[str, Concept] = {concept.name: concept for concept in _TABLE}
LISTS = frozenset(concept.name for concept in _TABLE if concept.many)
IDENTITY_NAMES = tuple(concept.name for concept in _TABLE if concept.group == IDENTITY)

"""The rows of ``modules/databricks-job``."""

from __future__ import annotations

from generator.plan.needs.need import Need, given

ROWS = (
    Need("must exist", "the workspace, and a catalog in it", "the job and its data"),
    Need(
        "whoever plans",
        "Can View on the job",
        "refreshing it; its permissions can be read with Can Manage alone",
    ),
    Need(
        "whoever applies",
        "a user or service principal of the workspace that may create clusters, or use `policy_id`",
        "the job's cluster",
    ),
    Need(
        "whoever applies",
        "the role Service Principal User on `identity`",
        "the job runs as it",
        given("identity"),
    ),
    Need(
        "quota",
        "the cloud's vCPUs of the family of `nodes`",
        "the nodes are in the account of the workspace",
    ),
)

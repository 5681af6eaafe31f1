"""The rows of ``modules/aws-emr``."""

from __future__ import annotations

from generator.plan.needs import amazon
from generator.plan.needs.need import Need, absent, both

_OWN = absent("cluster_id")
ROWS = (
    *amazon.shared("elasticmapreduce", "the cluster"),
    *amazon.state_machine(),
    amazon.WAY_OUT._replace(when=_OWN),
    amazon.OWN_KEY._replace(when=both(absent("kms_key_id"), _OWN)),
    Need("whoever applies", "`s3:*` on the bucket of logs", "the logs", _OWN),
    Need(
        "service agent",
        "the service-linked roles `AWSServiceRoleForEMRCleanup` and `AWSServiceRoleForEC2Spot`, or"
        " `iam:CreateServiceLinkedRole`",
        "clusters that end, spot nodes",
        _OWN,
    ),
    Need(
        "quota",
        "EC2's vCPUs of the family of `nodes`, on demand and spot apart",
        "all nodes count while the cluster is up",
        _OWN,
    ),
    Need(
        "on between runs",
        "the primary node and the core nodes, 730 hours a month each, with EMR's own price",
        "the cluster stays up",
        _OWN,
    ),
)

"""The rows of ``modules/aws-lambda``."""

from __future__ import annotations

from generator.plan.needs import amazon
from generator.plan.needs.need import Need, given

ROWS = (
    *amazon.shared("lambda", "the function"),
    amazon.WAY_OUT,
    amazon.OWN_KEY,
    Need("must exist", "the image, in ECR of the same region", "Lambda pulls from nowhere else"),
    Need(
        "whoever applies",
        "`ecr:GetRepositoryPolicy`, `ecr:SetRepositoryPolicy` on the image's repository",
        "Lambda writes its own right to pull there when the function is made",
    ),
    Need("whoever applies", "`sqs:*` on the queue", "the queue of failed runs"),
    Need(
        "must exist",
        "the queue of `queue_trigger`, whose visibility timeout is not below `timeout_seconds`",
        "Lambda refuses to read it otherwise",
        given("queue_trigger"),
    ),
    Need(
        "whoever applies",
        "`lambda:CreateEventSourceMapping`, `lambda:UpdateEventSourceMapping`,"
        " `lambda:DeleteEventSourceMapping`",
        "the queue that starts runs",
        given("queue_trigger"),
    ),
    Need(
        "whoever applies",
        "`ec2:DescribeSecurityGroups`, `ec2:DescribeSubnets`, `ec2:DescribeVpcs`,"
        " `ec2:DescribeNetworkInterfaces`, `ec2:DeleteNetworkInterface`",
        "the function joins the network, and leaves the group of its own at the end",
        given("network"),
    ),
    Need(
        "quota",
        "`reserved_concurrency` of the region's concurrent executions",
        "1,000, in a new account often 10; as many have to stay unreserved, so such an account has"
        " none to give: set it to null there, or raise the quota first",
        given("reserved_concurrency", 1),
    ),
)

"""The rows of ``modules/aws-ecs-fargate``."""

from __future__ import annotations

from generator.plan.needs import amazon
from generator.plan.needs.need import Need, absent, given

ROWS = (
    *amazon.shared("ecs", "cluster, task definition and service"),
    *amazon.state_machine(absent("workers")),
    amazon.WAY_OUT,
    Need(
        "service agent",
        "the service-linked role of ECS, or `iam:CreateServiceLinkedRole` for the first apply",
        "network interfaces of tasks",
    ),
    Need(
        "service agent",
        "the service-linked role of Application Auto Scaling for ECS, or"
        " `iam:CreateServiceLinkedRole`",
        "the number of workers",
        given("workers"),
    ),
    Need(
        "whoever applies",
        "`application-autoscaling:*` on the service",
        "the number of workers",
        given("workers"),
    ),
    Need(
        "quota",
        "Fargate's vCPUs of the account and region",
        "6 in a new account; all tasks that run at a time count",
    ),
    Need(
        "on between runs",
        "`workers.min` tasks, 730 hours a month each",
        "workers wait for work",
        given("workers"),
    ),
)

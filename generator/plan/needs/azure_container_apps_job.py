"""The rows of ``modules/azure-container-apps-job``."""

from __future__ import annotations

from generator.plan.needs import azure
from generator.plan.needs.need import Need, absent, both, given

_OWN = absent("container_app_environment_id")
_SUBNET = both(_OWN, given("network.subnet_id"))
ROWS = (
    *azure.shared({"Microsoft.App": "Container Apps"}),
    Need("resource provider", "Microsoft.ContainerService", "an environment in a subnet", _SUBNET),
    Need("resource provider", "Microsoft.Network", "its load balancer", _SUBNET),
    Need(
        "must exist",
        "a subnet of /27 or larger, delegated to `Microsoft.App/environments`, with nothing else in"
        " it",
        "the environment",
        _SUBNET,
    ),
    Need(
        "whoever plans",
        "`Microsoft.App/jobs/listSecrets/action` on the job",
        "the provider reads its secrets' names back: Reader alone cannot plan",
        absent("workers"),
    ),
    Need(
        "whoever plans",
        "`Microsoft.App/containerApps/listSecrets/action` on the container app",
        "the provider reads its secrets' names back: Reader alone cannot plan",
        given("workers"),
    ),
    Need(
        "whoever applies",
        "`Microsoft.OperationalInsights/workspaces/sharedKeys/action` on the workspace",
        "the environment signs in to it",
        both(_OWN, given("log_analytics_workspace_id")),
    ),
    Need(
        "whoever applies",
        "Role Based Access Control Administrator on the resource group",
        "who may start the job",
        given("invokers"),
    ),
    Need(
        "whoever applies",
        "`Microsoft.Authorization/locks/write` on the resource group",
        "the locks",
        given("lock"),
    ),
    azure.at_subnet("the environment", _SUBNET),
    Need(
        "on between runs",
        "the environment's load balancer and public address, 730 hours a month",
        "an environment in a subnet: many small jobs should share one",
        _SUBNET,
    ),
    Need(
        "on between runs",
        "`workers.min` replicas, 730 hours a month each",
        "workers wait for work",
        given("workers"),
    ),
)

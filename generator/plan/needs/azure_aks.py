"""The rows of ``modules/azure-aks``."""

from __future__ import annotations

from generator.plan.needs import azure
from generator.plan.needs.need import Need, absent, equal, given, other_than, program

_PROVIDERS = {
    "Microsoft.ContainerService": "the cluster",
    "Microsoft.Compute": "the nodes",
    "Microsoft.Network": "their addresses",
    "Microsoft.PolicyInsights": "Azure Policy in the cluster",
    "Microsoft.Insights": "collecting the logs",
    "Microsoft.ManagedIdentity": "the identities of cluster and nodes",
}
_HOST = equal("host_encryption_enabled", True, default=True)
_PRIVATE = equal("network.private", True, default=True)
ROWS = (
    *azure.shared(_PROVIDERS),
    Need(
        "feature",
        "`EncryptionAtHost` of `Microsoft.Compute`",
        "encrypting the nodes' disks on their host",
        _HOST,
        "az feature register --namespace Microsoft.Compute --name EncryptionAtHost",
    ),
    Need(
        "must exist",
        "the subnet, with an address for each node and a few more",
        "pods have addresses of their own (`pod_cidr`)",
    ),
    Need(
        "must exist",
        "a route table or a NAT gateway on the subnet",
        "the way out that the cluster does not make itself",
        other_than("outbound_type", "loadBalancer", "loadBalancer"),
    ),
    Need(
        "must exist",
        "a vault of the same region with purge protection and role-based access",
        "the key",
        given("kms_key_id"),
    ),
    Need(
        "whoever plans",
        "Azure Kubernetes Service RBAC Reader",
        "refreshing what is in the cluster; or membership in one of `admin_group_object_ids`",
    ),
    Need(
        "whoever applies",
        "Azure Kubernetes Service RBAC Cluster Admin on the resource group, or membership in one of"
        " `admin_group_object_ids`",
        "what is in the cluster: local accounts are off",
    ),
    Need(
        "whoever applies",
        "Role Based Access Control Administrator on the virtual network",
        "the cluster's own right to its network; else bring a `cluster_identity` that has it",
        absent("cluster_identity"),
    ),
    Need(
        "whoever applies",
        "Owner or User Access Administrator on the resource group",
        "the lock",
        given("lock"),
    ),
    Need("whoever applies", "Key Vault Reader", "the key", given("kms_key_id")),
    azure.at_subnet("the nodes"),
    program("kubelogin"),
    Need(
        "who runs Terraform",
        "a route to the API server, and names of `*.privatelink.REGION.azmk8s.io`",
        "every plan after the first apply asks the cluster",
        _PRIVATE,
    ),
    Need(
        "who runs Terraform",
        "a route to the vault, and its name",
        "the provider reads the key there at plan and apply; without a route it tries for minutes",
        given("kms_key_id"),
    ),
    Need(
        "quota",
        "vCPUs of the family of `nodes` and of `system_nodes`, of the subscription and region",
        "spot counts apart",
    ),
    Need(
        "on between runs",
        "2 machines Standard_D4s_v5, or as `system_nodes` says, 730 hours a month each",
        "the cluster's own pods",
    ),
    Need(
        "on between runs",
        "a load balancer with a public address, 730 hours a month",
        "the way out",
        equal("outbound_type", "loadBalancer", "loadBalancer"),
    ),
    Need(
        "on between runs",
        "a NAT gateway, 730 hours a month",
        "the way out, where no other cluster pays for it",
        equal("outbound_type", "userAssignedNATGateway", "loadBalancer"),
    ),
    Need(
        "on between runs",
        "every machine of `nodes.count`, 730 hours a month each",
        "a fixed number is there without a run, too",
        given("nodes.count"),
    ),
    Need(
        "on between runs",
        "at least `nodes.autoscaling.min` machines, 730 hours a month each",
        "what the autoscaler may not take away",
        given("nodes.autoscaling.min"),
    ),
    Need(
        "on between runs",
        "the job's own pods, and the machines they need, 730 hours a month",
        "workers never end",
        given("workers"),
    ),
    Need(
        "on between runs",
        "the control plane of `sku_tier`, 730 hours a month",
        "its uptime guarantee",
        other_than("sku_tier", "Free", "Standard"),
    ),
)

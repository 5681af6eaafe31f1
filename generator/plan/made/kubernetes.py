"""What the module for any cluster makes, and those that call it for a cluster of their own."""

from __future__ import annotations

from generator.plan.made.count import Call, Counts


def job(call: Call) -> Counts:
    """Of kubernetes-job."""
    wanted = call.inputs.value("create_namespace")
    namespace = call.absent("namespace") if wanted is None else int(bool(wanted))
    return _objects(call, namespace, call.absent("service_account_name"), True)


def inside(call: Call) -> Counts:
    """What a module for a cluster makes inside of it."""
    return _objects(call, 1, 1, False)


def _objects(call: Call, namespace: int, account: int, secrets: bool) -> Counts:
    least, most = (call.inputs.value(f"workers.{bound}") for bound in ("min", "max"))
    scaled: int | None = None if least or most else 0
    if isinstance(least, int) and isinstance(most, int):
        scaled = int(least < most)
    role = call.given("readable_secrets") if secrets else 0
    return {
        "kubernetes_cron_job_v1": call.job,
        "kubernetes_deployment_v1": 1 - call.job,
        "kubernetes_horizontal_pod_autoscaler_v2": scaled,
        "kubernetes_pod_disruption_budget_v1": int(isinstance(least, int) and least > 1),
        "kubernetes_service_account_v1": account,
        "kubernetes_role_v1": role,
        "kubernetes_role_binding_v1": role,
        "kubernetes_namespace_v1": namespace,
        "kubernetes_resource_quota_v1": namespace,
        "kubernetes_limit_range_v1": namespace,
        "kubernetes_network_policy_v1": int(
            call.inputs.value("network_policy.enabled") is not False
        ),
        "terraform_data": None,
    }

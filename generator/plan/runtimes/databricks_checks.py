"""What a job on Databricks must say beyond single inputs, and what its cluster can be given."""

from __future__ import annotations

from generator.model.infrastructure import Alerts, Infrastructure
from generator.model.variables import names_left, waits
from generator.plan.runtimes.nodes import check_one_type
from generator.plan.runtimes.runtime import Faults
from generator.plan.runtimes.shapes import Shape
from generator.text.patterns import lazy

# Jobs API, webhook_notifications: destinations for each event.
MOST_DESTINATIONS = 3
# What only a cluster of the job's own can be given.
_OF_A_CLUSTER = ("image", "release", "environment", "secrets")
_EXAMPLES = {"aws": "m6i.xlarge", "azure": "Standard_D4s_v5", "gcp": "n2-standard-4"}
_UUID = lazy(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_WHEEL_TASK = lazy(r"[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?:[A-Za-z_][A-Za-z0-9_.-]*")
_FILE = lazy(r"(/|dbfs:/|s3://|abfss://|gs://)[^/\s][^\r\n]*\.py")
_NOTEBOOK = lazy(r"(?!/Volumes/)(/[^/\r\n]+)+")
HOST = Shape(
    "databricks.host",
    r"https://[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?/?",
    "the address of a workspace, https://HOST without a path",
)
SECRETS = Shape(
    "runtime.secrets",
    r"[A-Za-z0-9_@. -]{1,128}/[A-Za-z0-9_.-]{1,128}",
    "SCOPE/KEY of a secret scope, never the secret itself",
)


def check_task(infrastructure: Infrastructure, faults: Faults) -> None:
    """What is run, and where: a notebook, a Python file or a wheel, in a workspace."""
    runtime = infrastructure.runtime
    if infrastructure.databricks.host is None:
        faults.missing("databricks.host", "the address of the workspace, https://...")
    for name, value in runtime.environment.items():
        if "{{secrets/" in value:
            message = "a reference to a secret stands in runtime.secrets, as SCOPE/KEY"
            faults.add(("runtime", "environment", name), message)
    if runtime.entry_point is None:
        hint = "the path of a notebook, a .py file, or package:function of a wheel"
        faults.missing("runtime.entry_point", hint)
        return
    if waits(runtime.entry_point):
        return
    if runtime.source is not None:
        pattern, words = _WHEEL_TASK, "package:function, what the wheel in runtime.source runs"
    elif runtime.entry_point.endswith(".py"):
        pattern, words = _FILE, "a .py file: /Workspace/..., /Volumes/..., s3://..., abfss://..."
    else:
        pattern, words = _NOTEBOOK, "a notebook's path from / on, or a .py file"
    if not pattern.fullmatch(runtime.entry_point):
        hint = "a wheel is named in runtime.source" if ":" in runtime.entry_point else ""
        message = f'"runtime.entry_point" must be {words}, not "{runtime.entry_point}"'
        faults.add("runtime.entry_point", message, hint if runtime.source is None else "")
    elif pattern is _NOTEBOOK:
        _check_parameters(infrastructure, faults)


def _check_parameters(infrastructure: Infrastructure, faults: Faults) -> None:
    for index, argument in enumerate(infrastructure.runtime.args):
        if argument.find("=") < 1 and not waits(argument):
            message = "a notebook reads its parameters by name: NAME=VALUE"
            faults.add(("runtime", "args", index), message)


def check_permissions(infrastructure: Infrastructure, faults: Faults) -> None:
    """Principals that can be named, and one owner that is no group."""
    owners = []
    for principal, level in infrastructure.databricks.permissions.items():
        at = ("databricks", "permissions", principal)
        if names_left(principal):
            message = f'"{principal}" is no principal: a key is never filled in'
            faults.add(at, message, "write its name", on_key=True)
        if not principal.strip():
            hint = "name a group, a user or a service principal"
            faults.add(at, "a permission is for somebody", hint, on_key=True)
        if principal == "admins":
            faults.add(at, 'the rights of "admins" cannot be changed', "remove it", on_key=True)
        if level == "IS_OWNER":
            owners.append(at)
            if "@" not in principal and not _UUID.fullmatch(principal):
                message = f'a group, "{principal}", cannot own a job'
                hint = "name a user by address or a service principal by its application id"
                faults.add(at, message, hint, on_key=True)
    for at in owners[1:]:
        faults.add(at, f'a job has one owner, and "{owners[0][-1]}" is it already')


def check_alerts(alerts: Alerts, infrastructure: Infrastructure, faults: Faults) -> None:
    """Channels, of which there must be one, and the thresholds that Databricks knows."""
    at = ("monitoring", "alerts")
    if not alerts.channels:
        hint = "an e-mail address, or the id of a notification destination"
        faults.missing((*at, "channels"), hint, "an alert on databricks")
    destinations = [channel for channel in alerts.channels if "@" not in channel]
    if len(destinations) > MOST_DESTINATIONS:
        message = f"Databricks tells at most {MOST_DESTINATIONS} notification destinations"
        faults.add((*at, "channels"), message)
    if alerts.thresholds.failed_runs != 1:
        message = "Databricks tells of each failed run; there is no other threshold"
        faults.idle((*at, "thresholds", "failed_runs"), message, "remove it, or set 1")


def check_cluster(infrastructure: Infrastructure, faults: Faults) -> None:
    """Note what the cluster lacks, or what an existing one cannot be given."""
    if infrastructure.runtime.cluster_name is not None:
        _check_existing(infrastructure, faults)
        return
    runtime, further = infrastructure.runtime, infrastructure.terraform.variables
    pooled = "instance_pool_id" in further
    if runtime.release is None:
        faults.missing("runtime.release", "a runtime version such as 15.4.x-scala2.12")
    if runtime.nodes.instance_type is None and not pooled:
        example = _EXAMPLES[infrastructure.provider]
        hint = f"a node type such as {example}, or name an existing cluster in cluster_name"
        faults.missing("runtime.nodes.instance_type", hint)
    if pooled:
        for field in sorted(runtime.nodes.model_fields_set & {"instance_type", "disk_gib", "spot"}):
            message = f'"{field}" has no effect on the machines of an instance pool'
            faults.idle(("runtime", "nodes", field), message, "remove it", on_key=True)
    _check_nodes(infrastructure, faults)
    _check_mode(infrastructure, faults)


def _check_mode(infrastructure: Infrastructure, faults: Faults) -> None:
    """What goes with an engine and an access mode that the module always names.

    Sources: Clusters API, runtime_engine; Databricks documentation, "Standard compute requirements
    and limitations".
    """
    runtime, further = infrastructure.runtime, infrastructure.terraform.variables
    release = runtime.release or ""
    if "-photon-" in release:
        message = "the engine is no part of the release: Databricks refuses both together"
        hint = "remove -photon, and add `terraform: {variables: {photon: true}}`"
        faults.add("runtime.release", message, hint)
    if further.get("data_security_mode") != "USER_ISOLATION":
        return
    hint = "remove data_security_mode from terraform.variables: SINGLE_USER takes it"
    if runtime.image is not None:
        message = "a cluster in the mode USER_ISOLATION cannot start from an image"
        faults.add("runtime.image", message, hint)
    if "-ml-" in release or "-gpu-" in release:
        message = "releases for machine learning and GPUs do not run in the mode USER_ISOLATION"
        faults.add("runtime.release", message, hint)


def _check_existing(infrastructure: Infrastructure, faults: Faults) -> None:
    runtime = infrastructure.runtime
    hint = "remove it, or remove runtime.cluster_name"
    fields = [("runtime", name) for name in _OF_A_CLUSTER if getattr(runtime, name)]
    fields += [("databricks", "policy_id")] if infrastructure.databricks.policy_id else []
    of_nodes = [("runtime", "nodes", name) for name in sorted(runtime.nodes.model_fields_set)]
    for path in (*fields, *of_nodes):
        message = f'"{path[-1]}" has no effect on a cluster that exists already'
        faults.idle(path, message, hint, on_key=True)
    for name in sorted(infrastructure.references.model_fields_set - {"secrets"}):
        message = f'"{name}" has no effect: a cluster that exists has its own variables'
        faults.idle(("references", name), message, hint, on_key=True)


def _check_nodes(infrastructure: Infrastructure, faults: Faults) -> None:
    wanted = infrastructure.runtime.nodes
    check_one_type(wanted, faults)
    scaled = wanted.autoscaling
    if scaled is not None:
        at = ("runtime", "nodes", "autoscaling")
        if wanted.count is not None:
            message = '"count" has no effect beside "autoscaling", which decides it'
            faults.idle("runtime.nodes.count", message, "keep one of the two", on_key=True)
        if scaled.min < 1:
            faults.add((*at, "min"), "a Databricks cluster keeps at least 1 worker")
        if scaled.max <= scaled.min:
            message = f'"autoscaling.max" is {scaled.max}, and must be above "autoscaling.min"'
            faults.add((*at, "max"), message, "for a fixed number of workers set nodes.count")
    if wanted.disk_gib is not None and infrastructure.provider == "azure":
        message = '"disk_gib" has no effect on Azure, where the node type decides the disks'
        faults.idle("runtime.nodes.disk_gib", message, "remove it", on_key=True)

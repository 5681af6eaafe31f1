"""What a job on Databricks must say, beyond what the module sees in single inputs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.model.variables import names_left, waits
from generator.plan.runtimes.runtime import Faults
from generator.plan.runtimes.shapes import Shape
from generator.text.patterns import lazy

if TYPE_CHECKING:
    from generator.model.infrastructure import Alerts, Infrastructure

# Jobs API, webhook_notifications: destinations for each event.
MOST_DESTINATIONS = 3
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

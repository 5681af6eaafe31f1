"""A Databricks workspace in memory: jobs, their permissions, and the people who can be named.

It refuses what the API reference says is refused, and fills in what it says is filled in; sources
stand beside each. It starts no cluster and runs nothing.
"""

from __future__ import annotations

import copy
import re
from typing import Any

from tests.real.inside.api_server import Answer, Api, Call

WORKSPACE = "1234567890123456"
# Who applies.
DEPLOYER = "deployer@example.com"
# The number of the first job.
FIRST = 1001
Data = dict[str, Any]


class RefusedError(Exception):
    """A request that the API answers with 400; its text is the message."""


class Workspace(Api):
    """The workspace.

    Attributes:
        jobs: number to settings, as the API would give them back.
        permissions: number of a job to its access control list, without what is inherited.
        principals: application id of a service principal to what SCIM says of it.
    """

    def __init__(self) -> None:
        super().__init__()
        self._next = FIRST - 1
        self.jobs: dict[int, Data] = {}
        self.permissions: dict[int, list[Data]] = {}
        self.principals: dict[str, Data] = {}

    def answer(self, call: Call) -> Answer:
        """By version 2.2 of the Jobs API, 2.0 of Permissions, and SCIM."""
        what = re.sub(r"^/api/2\.\d/(preview/)?", "", call.path)
        if what.startswith(".well-known/") or call.path.startswith("/.well-known/"):
            return _error(404, "ENDPOINT_NOT_FOUND", call.path)
        try:
            if what.startswith("jobs/"):
                body = self._jobs(what.removeprefix("jobs/"), call)
            elif what.startswith("permissions/jobs/"):
                body = self._permissions(int(what.rsplit("/", 1)[1]), call)
            elif what.startswith("scim/v2/"):
                body = self._people(what.removeprefix("scim/v2/"), call)
            else:
                return _error(404, "ENDPOINT_NOT_FOUND", call.path)
        except RefusedError as why:
            return _error(400, "INVALID_PARAMETER_VALUE", str(why))
        except KeyError as missing:
            return _error(404, "RESOURCE_DOES_NOT_EXIST", f"{missing.args[0]} does not exist.")
        return Answer(200, body, {"X-Databricks-Org-Id": WORKSPACE})

    def _jobs(self, what: str, call: Call) -> Data:
        if what == "create":
            check_job(call.body)
            number = self._next = self._next + 1
            self.jobs[number] = filled(call.body)
            self.permissions[number] = [{"user_name": DEPLOYER, "permission_level": "IS_OWNER"}]
            return {"job_id": number}
        if what == "get":
            return self._told(int(call.query["job_id"]))
        if what == "reset":
            number, settings = call.body["job_id"], call.body["new_settings"]
            check_job(settings)
            before = self.jobs[number]
            self.jobs[number] = filled(settings)
            # Runs go on as whoever they were made as: https://github.com/databricks/cli/issues/4873
            if "run_as" in before:
                self.jobs[number].setdefault("run_as", before["run_as"])
            return {}
        if what == "delete":
            del self.jobs[call.body["job_id"]], self.permissions[call.body["job_id"]]
            return {}
        if what == "runs/list":
            return {"runs": [], "has_more": False}
        raise KeyError(call.path)

    def _told(self, number: int) -> Data:
        settings = copy.deepcopy(self.jobs[number])
        runs_as = next(iter(settings.get("run_as", {}).values()), DEPLOYER)
        return {
            "job_id": number,
            "creator_user_name": DEPLOYER,
            "run_as_user_name": runs_as,
            "created_time": 1,
            "settings": settings,
        }

    def _permissions(self, number: int, call: Call) -> Data:
        if call.method in {"PUT", "PATCH"}:
            wanted = call.body["access_control_list"]
            check_permissions(wanted)
            self.permissions[number] = wanted
        shown = [_granted(entry) for entry in self.permissions[number]]
        inherited = {"permission_level": "CAN_MANAGE", "inherited": True}
        shown.append({"group_name": "admins", "all_permissions": [inherited]})
        return {
            "object_id": f"/jobs/{number}",
            "object_type": "job",
            "access_control_list": shown,
        }

    def _people(self, what: str, call: Call) -> Data:
        if what == "Me":
            return {"id": "1", "userName": DEPLOYER, "displayName": DEPLOYER, "active": True}
        if what == "ServicePrincipals":
            found = [
                {"applicationId": name, **known}
                for name, known in self.principals.items()
                if name in call.query.get("filter", name)
            ]
            return {"totalResults": len(found), "startIndex": 1, "Resources": found}
        raise KeyError(call.path)


def check_job(settings: Data) -> None:
    """What the Jobs API refuses of a job.

    Source: https://docs.databricks.com/api/workspace/jobs/create
    """
    if len(settings.get("tags", {})) > 25:
        raise RefusedError("The number of tags exceeds the maximum of 25.")
    for name, value in settings.get("email_notifications", {}).items():
        if isinstance(value, list) and not all("@" in address for address in value):
            raise RefusedError(f"email_notifications.{name}: not an address in {value}")
    schedule = settings.get("schedule")
    if schedule and len(schedule["quartz_cron_expression"].split()) not in {6, 7}:
        raise RefusedError("Invalid quartz_cron_expression.")
    if sum(name in settings for name in ("schedule", "continuous", "trigger")) > 1:
        raise RefusedError("Only one of schedule, continuous and trigger may be set.")
    for cluster in settings.get("job_clusters", ()):
        check_cluster(cluster["new_cluster"])


def check_cluster(cluster: Data) -> None:
    """What the Clusters API refuses of a job's own cluster.

    Source: https://docs.databricks.com/api/workspace/clusters/create
    """
    if len(cluster.get("custom_tags", {})) > 45:
        raise RefusedError("custom_tags: at most 45.")
    if not cluster.get("spark_version"):
        raise RefusedError("Missing required field: spark_version.")
    if bool(cluster.get("node_type_id")) == bool(cluster.get("instance_pool_id")):
        raise RefusedError("One of node_type_id and instance_pool_id must be set.")
    if ("num_workers" in cluster) == ("autoscale" in cluster):
        raise RefusedError("One of num_workers and autoscale must be set.")


def check_permissions(entries: list[Data]) -> None:
    """What the Permissions API refuses.

    Source: https://docs.databricks.com/api/workspace/permissions/set
    """
    if any(entry.get("group_name") == "admins" for entry in entries):
        raise RefusedError("The rights of admins cannot be changed.")
    if sum(entry["permission_level"] == "IS_OWNER" for entry in entries) != 1:
        raise RefusedError("The job must have exactly one owner.")


def filled(settings: Data) -> Data:
    """Settings with what the API gives back although nobody said it."""
    settings = {
        "max_concurrent_runs": 1,
        "format": "MULTI_TASK",
        "timeout_seconds": 0,
        "email_notifications": {},
        "webhook_notifications": {},
        **copy.deepcopy(settings),
    }
    for task in settings.get("tasks", ()):
        task.setdefault("run_if", "ALL_SUCCESS")
        task.setdefault("email_notifications", {})
        task.setdefault("timeout_seconds", 0)
        if "notebook_task" in task:
            task["notebook_task"].setdefault("source", "WORKSPACE")
    return settings


def _granted(entry: Data) -> Data:
    named = {name: value for name, value in entry.items() if name != "permission_level"}
    level = {"permission_level": entry["permission_level"], "inherited": False}
    return {**named, "all_permissions": [level]}


def _error(code: int, name: str, message: str) -> Answer:
    body = {"error_code": name, "message": message}
    return Answer(code, body, {"X-Databricks-Org-Id": WORKSPACE})

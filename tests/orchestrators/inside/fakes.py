"""Clouds that say what they were asked; requests are checked as the real clients check them."""

from __future__ import annotations

import io
import json
from typing import Any
from unittest.mock import MagicMock, create_autospec

import boto3
from botocore.response import StreamingBody
from botocore.stub import Stubber

Calls = list[tuple[str, Any]]
TASK = "arn:aws:ecs:eu-central-1:123456789012:task/own/%d"
_client = boto3.client


class Ecs:
    """A client of ECS whose tasks end with the given exit codes at the second look."""

    def __init__(self, calls: Calls, codes: list[int], *, reattaching: bool = False) -> None:
        self.calls, self.codes, self.reattaching = calls, codes, reattaching

    def __call__(self, service: str, **arguments: Any) -> Any:
        """Stands for ``boto3.client``: requests are checked against the model of the API."""
        client = _client(service, **arguments)
        self.calls.append(("client", {"service": service, "region": client.meta.region_name}))
        client.meta.events.register("provide-client-params.ecs.*", self._asked)
        stub = Stubber(client)
        arns = [TASK % index for index in range(len(self.codes))]
        if self.reattaching:
            stub.add_response("list_tasks", {"taskArns": []})
        for arn in arns:
            stub.add_response("run_task", {"tasks": [{"taskArn": arn}], "failures": []})
        # Airflow looks once more at what has ended.
        for status in ("RUNNING", "STOPPED", *(("STOPPED",) if self.reattaching else ())):
            tasks = [
                {"taskArn": arn, "lastStatus": status, "containers": [_ended(status, code)]}
                for arn, code in zip(arns, self.codes, strict=True)
            ]
            stub.add_response("describe_tasks", {"tasks": tasks, "failures": []})
        for arn in arns if any(self.codes) else []:
            stub.add_response("stop_task", {"task": {"taskArn": arn}})
        stub.activate()
        return client

    def _asked(self, params: dict[str, Any], model: Any, **_: Any) -> None:
        self.calls.append((model.name, params))


def _ended(status: str, code: int) -> dict[str, Any]:
    return {"name": "job"} | ({"exitCode": code} if status == "STOPPED" else {})


class Lambda:
    """A client of Lambda whose function answers, or fails."""

    def __init__(self, calls: Calls, error: bool) -> None:
        self.calls, self.error = calls, error

    def __call__(self, service: str, **arguments: Any) -> Any:
        """Stands for ``boto3.client``."""
        client = _client(service, **arguments)
        config = client.meta.config
        self.calls.append(
            ("client", {"region": client.meta.region_name, "read_timeout": config.read_timeout})
        )
        client.meta.events.register("provide-client-params.lambda.Invoke", self._asked)
        body = json.dumps({"rows": 7}).encode()
        answer: dict[str, Any] = {"StatusCode": 200, "Payload": StreamingBody(io.BytesIO(body), 11)}
        stub = Stubber(client)
        stub.add_response("invoke", answer | ({"FunctionError": "Unhandled"} if self.error else {}))
        stub.activate()
        return client

    def _asked(self, params: dict[str, Any], model: Any, **_: Any) -> None:
        told = {key: value for key, value in params.items() if key != "Payload"}
        self.calls.append((model.name, told))


def container_apps(calls: Calls, states: list[str]) -> Any:
    """Stands for ``ContainerAppsAPIClient``: an execution that goes through the states."""
    from azure.mgmt.appcontainers import ContainerAppsAPIClient
    from azure.mgmt.appcontainers.models import JobExecution, JobExecutionBase
    from azure.mgmt.appcontainers.operations import JobsOperations

    def client(_: Any, subscription: str) -> Any:
        calls.append(("client", subscription))
        made = create_autospec(ContainerAppsAPIClient, instance=True)
        made.jobs = create_autospec(JobsOperations, instance=True)
        started = JobExecutionBase({"name": "run-1"})
        made.jobs.begin_start.return_value.result.return_value = started
        made.jobs.begin_start.side_effect = _noting(calls, "begin_start", made.jobs.begin_start)
        made.jobs.begin_stop_execution.side_effect = _noting(calls, "begin_stop_execution", None)
        made.job_execution.side_effect = [
            JobExecution({"name": "run-1", "properties": {"status": state}}) for state in states
        ]
        return made

    return client


def _noting(calls: Calls, name: str, answering: Any) -> Any:
    answer = answering.return_value if answering is not None else MagicMock()

    def noted(*arguments: Any) -> Any:
        calls.append((name, list(arguments)))
        return answer

    return noted

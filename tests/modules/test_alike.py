"""The shipped modules are alike: variables of one name read the same, files are named alike."""

from __future__ import annotations

import os
import re
from collections import defaultdict
from fnmatch import fnmatch

import pytest

from scripts.module_readmes import resources
from scripts.pages import MODULES, module_names, read

# Variables that say different things in different modules: in how many texts, and why.
DIFFERENT = {
    "access": (3, "each cloud addresses resources and names their roles in its own way"),
    "alerts": (9, "what can be measured, and where alerts are sent, differs by service"),
    "args": (4, "a step, a function's handler and a notebook take arguments in their own ways"),
    "cluster_name": (2, "ECS runs in the cluster; for Kubernetes it is a name to show"),
    "budgets": (3, "clouds count money, thresholds and whom they tell each in their own way"),
    "binary_authorization": (
        2,
        "a cluster asks the project's policy or none, Cloud Run a chosen one",
    ),
    "command": (2, "on EMR it stands in the place of spark-submit and not of an entry point"),
    "cost_center_key": (3, "each cloud has rules of its own for what it calls tags"),
    "container_registry_id": (2, "the nodes pull on AKS, the job's own identity in Container Apps"),
    "cpu": (7, "each service has steps and bounds of its own"),
    "currency": (2, "AWS counts in two, a billing account of Google Cloud in its own"),
    "deletion_protection": (2, "it says what is kept from being destroyed"),
    "egress_rules": (3, "ways out are rules of a security group, of EMR's two, or of a function's"),
    "entry_point": (3, "a script in storage, a notebook or wheel, a function in the source"),
    "environment_variables": (9, "each service has names of its own that may not be set"),
    "ephemeral_storage_mib": (2, "Lambda has bounds for /tmp and a size that costs nothing"),
    "iam": (2, "a job is started and a function called"),
    "identity": (9, "a role, a service account or a managed identity, with what it must have"),
    "image": (8, "who pulls the image, and from which registries, differs by service"),
    "key_vault_ids": (
        2,
        "on AKS whole vaults may be opened; Container Apps refer to single secrets",
    ),
    "invokers": (
        3,
        "AWS names roles, Azure ids of principals; a worker of ECS has no runs to start",
    ),
    "kms_key_grant": (3, "it names the service agents that get the use of the key"),
    "kms_key_id": (8, "each service encrypts something else, under keys of its cloud"),
    "kubernetes_labels": (2, "nodes of AKS refuse some prefixes"),
    "labels": (2, "they must not contradict kubernetes_labels, or tags where those are the labels"),
    "lock": (2, "it says what is locked: a cluster, or the job and its environment"),
    "log_analytics_workspace_id": (
        2,
        "an environment of Container Apps brings its workspace along",
    ),
    "log_kms_key_arn": (3, "what encrypts the logs without it differs"),
    "log_retention_days": (5, "CloudWatch knows certain periods, Azure's workspaces a span"),
    "maintenance_window": (2, "Azure takes a day and an hour, Google Cloud a recurrence"),
    "max_retries": (10, "who tries again, and how often at most, differs by service"),
    "memory_mib": (8, "each service has steps and bounds of its own"),
    "namespace": (3, "clusters of different services come with different namespaces"),
    "network": (8, "each service is put into a network in its own way"),
    "network_policy": (3, "DNS and the servers of tokens are reached in different places"),
    "nodes": (4, "each service has kinds of machines, disks and capacity of its own"),
    "parallelism": (6, "copies find their number, and end, in different ways"),
    "project_id": (2, "budgets are of a billing account, and only their channels in a project"),
    "quota": (2, "a namespace that exists already can have none"),
    "readable_secrets": (7, "each cloud addresses secrets in its own way"),
    "release": (5, "each service has releases of its own"),
    "schedule": (8, "each scheduler has a syntax of its own"),
    "secrets": (7, "each service reaches secrets in its own way"),
    "secrets_kms_key_arns": (2, "only a task of ECS has secrets besides those that its code reads"),
    "storage": (6, "buckets, their keys and their prefixes are bounded in each cloud's own way"),
    "system_nodes": (
        2,
        "each cloud has sizes of its own, and GKE adds machines where they are short",
    ),
    "tags": (10, "each cloud has rules of its own for what it calls tags"),
    "timeout_seconds": (10, "whether retries count, and the most there is, differs by service"),
    "timeouts": (3, "what there is to wait for, and how long providers do, differs"),
    "workers": (5, "each service runs something else all the time"),
    "zones": (2, "Azure numbers its zones, Google Cloud names them after the region"),
}
# Conditions of validations that have two messages, by a part of the message, and why.
TWO_MESSAGES = {
    "without any way out nodes cannot start": "only nodes of EMR need a way out to start",
}
# Types of resources that stand in the file of their concern, and its parts.
CONCERNS = {
    "alerts": (
        *("aws_cloudwatch_metric_alarm", "azurerm_monitor_*alert*", "google_monitoring_*"),
        *("aws_cloudwatch_log_metric_filter", "google_logging_metric"),
    ),
    "encryption": ("aws_kms_*", "azurerm_disk_encryption_set", "google_kms_*"),
    "logs": (
        *("aws_cloudwatch_log_group", "azurerm_log_analytics_workspace", "aws_s3_bucket*"),
        "google_logging_project_*",
    ),
    "network": ("aws_security_group", "aws_vpc_*", "kubernetes_network_policy*"),
    "schedule": ("aws_scheduler_*", "google_cloud_scheduler_job"),
    "states": ("aws_sfn_state_machine",),
}
BLOCK = re.compile(r'^variable "(\w+)" \{\n(.*?)^\}', re.MULTILINE | re.DOTALL)
VALIDATION = re.compile(
    r"^  validation \{\n(.*?)error_message = ([^\n]*)", re.MULTILINE | re.DOTALL
)


def _variables() -> dict[str, set[str]]:
    """Name to its texts in all modules."""
    found = defaultdict(set)
    for module in module_names():
        for name, body in BLOCK.findall(read(f"modules/{module}/variables.tf") or ""):
            found[name].add(body)
    return found


def test_the_same_variable_reads_the_same() -> None:
    """Description, type, default and validations of a variable are the same in all modules, but
    where the list says why not.
    """
    several = {name: len(texts) for name, texts in _variables().items() if len(texts) > 1}
    assert several == {name: count for name, (count, _) in DIFFERENT.items()}


def test_the_same_condition_has_the_same_message() -> None:
    """Two modules refuse the same in the same words."""
    messages = defaultdict(set)
    for name, texts in _variables().items():
        for text in texts:
            for condition, message in VALIDATION.findall(text):
                messages[name, " ".join(condition.split())].add(message)
    different = [sorted(found) for found in messages.values() if len(found) > 1]
    excepted = [
        found for found in different if any(part in "".join(found) for part in TWO_MESSAGES)
    ]
    assert different == excepted
    assert len(excepted) == len(TWO_MESSAGES)


def _files(module: str) -> set[str]:
    return {name for name in os.listdir(os.path.join(MODULES, module)) if name.endswith(".tf")}


def _concerns() -> dict[str, str]:
    """The files that modules/README.md knows: name without its ending to what it holds."""
    table = (read("modules/README.md") or "").partition("| file | holds |")[2].partition("\n\n")[0]
    rows = [row.split("|")[1:3] for row in table.splitlines()[2:]]
    return {name: text for names, text in rows for name in re.findall(r"`([\w-]+)\.tf`", names)}


def _concern(file: str) -> str:
    """The row of a file: its own, or that of the file that it is a part of."""
    name = file.removesuffix(".tf")
    return name if name in _concerns() else name.partition("-")[0]


@pytest.mark.parametrize("module", module_names())
def test_files_are_called_after_their_concern(module: str) -> None:
    """modules/README.md tells what each file of a module holds; rows of one module name it."""
    for file in sorted(_files(module)):
        text = _concerns().get(_concern(file))
        assert text is not None, f"{file} of {module} is not in modules/README.md"
        owner = re.match(r" of ([\w-]+):", text)
        assert owner is None or owner[1] == module, file


def test_every_row_of_the_page_has_a_file() -> None:
    """No row is left of a file that no module has."""
    there = {_concern(file) for module in module_names() for file in _files(module)}
    assert there == set(_concerns())


@pytest.mark.parametrize("module", module_names())
def test_resources_stand_in_the_file_of_their_concern(module: str) -> None:
    """An alarm is in alerts.tf or a part of it, a key in encryption.tf, and so on."""
    files = {}
    for name in _files(module):
        with open(os.path.join(MODULES, module, name), "rb") as stream:
            files[name] = stream.read()
    for kind, name, file, _ in resources(files):
        for concern, patterns in CONCERNS.items():
            if any(fnmatch(kind, pattern) for pattern in patterns):
                assert _concern(file) == concern, f"{kind}.{name} of {module} is in {file}"


def test_files_are_short() -> None:
    """No file of a module has more than 300 lines, its tests included, but for variables.tf."""
    long = [
        os.path.relpath(os.path.join(at, name), MODULES)
        for module in module_names()
        for at, _, names in os.walk(os.path.join(MODULES, module))
        for name in names
        if name.endswith((".tf", ".hcl")) and name not in ("variables.tf", ".terraform.lock.hcl")
        if (read(os.path.relpath(os.path.join(at, name), os.path.dirname(MODULES))) or "").count(
            "\n"
        )
        > 300
    ]
    assert long == []

"""Pods in the templates of workloads.

Source: Kubernetes API reference, PodSpec and Container; "Pod Security Standards".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.rehearsal.rules import Problem, Resource
from generator.rehearsal.rules.common import in_range, one_of, unique
from generator.rehearsal.rules.kubernetes_names import (
    KEY,
    LABEL,
    SUBDOMAIN,
    VALUE,
    less_than,
    quantities,
    quantity,
)
from generator.rehearsal.values import blocks, mapping

ENV = r"[-._a-zA-Z][-._a-zA-Z0-9]*"
SECRET_KEY = r"(?!\.$|\.\.)[-._a-zA-Z0-9]{1,253}"  # noqa: S105 - the pattern of a name
RESOURCE = r"cpu|memory|ephemeral-storage|hugepages-\w+|[^/]+/[^/]+"
EFFECTS = ("NoSchedule", "PreferNoSchedule", "NoExecute")
HIGHEST_USER = 2**31 - 1


def pod_of_cron_job(kind: str, value: Resource) -> Iterator[Problem]:
    """The pods of a cron job's jobs."""
    for spec in blocks(value, "spec", "job_template", "spec", "template", "spec"):
        yield from one_of(kind, spec, "restart_policy", ("Never", "OnFailure"))
        yield from pod(kind, spec)


def pod_of_job(kind: str, value: Resource) -> Iterator[Problem]:
    """The pods of a job."""
    for spec in blocks(value, "spec", "template", "spec"):
        yield from one_of(kind, spec, "restart_policy", ("Never", "OnFailure"))
        yield from pod(kind, spec)


def pod_of_deployment(kind: str, value: Resource) -> Iterator[Problem]:
    """The pods of a deployment."""
    for spec in blocks(value, "spec", "template", "spec"):
        yield from one_of(kind, spec, "restart_policy", ("Always",))
        yield from pod(kind, spec)


def pod(kind: str, spec: Resource) -> Iterator[Problem]:
    """Containers, volumes, tolerations and the security context."""
    yield from in_range(kind, spec, "active_deadline_seconds", 1, HIGHEST_USER)
    account = spec.get("service_account_name")
    if isinstance(account, str) and account and not re.fullmatch(SUBDOMAIN, account):
        yield f"{kind}: invalid service_account_name", repr(account)
    for key, text in mapping(spec.get("node_selector")).items():
        if not re.fullmatch(KEY, key) or (isinstance(text, str) and not re.fullmatch(VALUE, text)):
            yield f"{kind}: invalid node_selector", f"{key} = {text!r}"
    containers, volumes = blocks(spec, "container"), blocks(spec, "volume")
    for what, found in (("container", containers), ("volume", volumes)):
        names = [block.get("name") for block in found]
        yield from unique(kind, f"{what} name", names)
        for name in names:
            if isinstance(name, str) and not re.fullmatch(LABEL, name):
                yield f"{kind}: invalid {what} name", repr(name)
    for volume in volumes:
        yield from _volume(kind, volume)
    yield from _security(kind, blocks(spec, "security_context"))
    for toleration in blocks(spec, "toleration"):
        yield from _toleration(kind, toleration)
    for container in containers:
        yield from _container(kind, container, [volume.get("name") for volume in volumes])


def _volume(kind: str, volume: Resource) -> Iterator[Problem]:
    for empty in blocks(volume, "empty_dir"):
        size = empty.get("size_limit")
        if isinstance(size, str) and size and quantity(size) is None:
            yield f"{kind}: invalid quantity", f"empty_dir.size_limit = {size!r}"


def _container(kind: str, container: Resource, volumes: list[object]) -> Iterator[Problem]:
    image = container.get("image")
    if image == "" or image is None or (isinstance(image, str) and image.strip() != image):
        yield f"{kind}: invalid image", repr(image)
    yield from one_of(kind, container, "image_pull_policy", ("Always", "IfNotPresent", "Never"))
    for env in blocks(container, "env"):
        yield from _env(kind, env)
    mounts = blocks(container, "volume_mount")
    yield from unique(kind, "mount_path", [mount.get("mount_path") for mount in mounts])
    for mount in mounts:
        name = mount.get("name")
        if isinstance(name, str) and name not in volumes:
            yield f"{kind}: no such volume", repr(name)
    for resources in blocks(container, "resources"):
        limits, requests = resources.get("limits"), resources.get("requests")
        for what, found in (("limits", limits), ("requests", requests)):
            yield from quantities(kind, what, found)
            for name in mapping(found):
                if not re.fullmatch(RESOURCE, name):
                    yield f"{kind}: no such resource", repr(name)
        yield from less_than(kind, "requests are above limits", requests, limits)
    yield from _security(kind, blocks(container, "security_context"))


def _env(kind: str, env: Resource) -> Iterator[Problem]:
    name, source = env.get("name"), blocks(env, "value_from")
    if isinstance(name, str) and not re.fullmatch(ENV, name):
        yield f"{kind}: invalid env name", repr(name)
    if source and env.get("value"):
        yield f"{kind}: value or value_from", f"{name!r} has both."
    for reference in blocks(env, "value_from", "secret_key_ref"):
        secret, key = reference.get("name"), reference.get("key")
        if isinstance(secret, str) and not re.fullmatch(SUBDOMAIN, secret):
            yield f"{kind}: invalid secret name", repr(secret)
        if isinstance(key, str) and not re.fullmatch(SECRET_KEY, key):
            yield f"{kind}: invalid secret key", repr(key)


def _security(kind: str, contexts: list[Resource]) -> Iterator[Problem]:
    for context in contexts:
        for name in ("run_as_user", "run_as_group", "fs_group"):
            text = context.get(name)
            whole = isinstance(text, str) and text.isdigit() and int(text) <= HIGHEST_USER
            if isinstance(text, str) and text and not whole:
                yield f"{kind}: invalid {name}", f"{text!r} is no number from 0 to {HIGHEST_USER}."
        if context.get("run_as_non_root") is True and context.get("run_as_user") == "0":
            yield f"{kind}: run_as_non_root with user 0", "The container would not start."
        if context.get("privileged") and context.get("allow_privilege_escalation") is False:
            yield f"{kind}: privileged without escalation", "The API takes one of the two."
        for profile in blocks(context, "seccomp_profile"):
            types = ("RuntimeDefault", "Unconfined", "Localhost")
            yield from one_of(kind, profile, "type", types)


def _toleration(kind: str, toleration: Resource) -> Iterator[Problem]:
    yield from one_of(kind, toleration, "operator", ("Equal", "Exists", ""))
    yield from one_of(kind, toleration, "effect", (*EFFECTS, ""))
    exists = toleration.get("operator") == "Exists"
    if exists and toleration.get("value"):
        yield f"{kind}: Exists takes no value", repr(toleration.get("value"))
    if not exists and toleration.get("key") in (None, "") and "key" in toleration:
        yield f"{kind}: a toleration without key", "Only the operator Exists goes without."

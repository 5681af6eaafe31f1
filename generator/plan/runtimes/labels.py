"""What Kubernetes takes as labels, annotations and names of objects.

Source: Kubernetes documentation, "Object Names and IDs", "Labels and Selectors: syntax and
character set", "Annotations: syntax and character set".
"""

from __future__ import annotations

from collections.abc import Mapping

from generator.errors import Problems
from generator.job.loaded import LoadedJob
from generator.model.infrastructure import Infrastructure
from generator.model.variables import names_left, waits
from generator.plan.runtimes.runtime import Faults
from generator.text.patterns import lazy

_NAME = lazy(r"[A-Za-z0-9](?:[A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?")
_PREFIX = lazy(r"[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?)*")
_LONGEST_PREFIX = 253
# Kubernetes takes 256 KiB, and the module adds some.
ANNOTATION_BYTES = 260_000
_SECURITY = "pod-security.kubernetes.io/"
# The module sets these: pods are found by two of them, the others say who made them and that they
# are restricted.
OWN_LABELS = frozenset(
    [f"app.kubernetes.io/{name}" for name in ("instance", "managed-by", "name", "part-of")]
    + [f"{_SECURITY}{name}" for name in ("enforce", "enforce-version")]
)
# Kubernetes sets these on pods and namespaces, and makes no pod of a job that has others
# (Kubernetes documentation, "Well-Known Labels, Annotations and Taints").
KUBERNETES_LABELS = frozenset(
    ("job-name", "controller-uid", "pod-template-hash", "kubernetes.io/metadata.name")
    + tuple(
        f"batch.kubernetes.io/{name}"
        for name in ("controller-uid", "job-completion-index", "job-name")
    )
)
_STANDARD = lazy(r"privileged|baseline|restricted")
_VERSION = lazy(r"latest|v1\.[0-9]+")
# Former ways to give a pod a profile, which the restricted standard admits no other of.
_PROFILES = tuple(
    f"{name}.kubernetes.io/"
    for name in (
        *("container.apparmor.security.beta", "container.seccomp.security.alpha"),
        "seccomp.security.alpha",
    )
)
# These say what a service account may do in the cloud: runtime.identity becomes one of them.
OWN_ANNOTATIONS = frozenset(
    ("azure.workload.identity/client-id", "eks.amazonaws.com/role-arn")
    + ("iam.gke.io/gcp-service-account",)
)
_WORDS = "63 letters, digits and - _ . that start and end with a letter or digit"
_DNS = "lower-case letters, digits, hyphens and dots"


def check_metadata(infrastructure: Infrastructure, faults: Faults) -> None:
    """Note keys of labels and annotations that Kubernetes, or the module, does not take."""
    wanted = infrastructure.kubernetes
    for field, pairs, own in (
        ("labels", wanted.labels, OWN_LABELS),
        ("annotations", wanted.annotations, OWN_ANNOTATIONS),
    ):
        for key in pairs:
            at = ("kubernetes", field, key)
            if fault := key_fault(key):
                faults.add(at, f'"{key}" is no key of Kubernetes: {fault}', on_key=True)
            elif key in own:
                hint = "remove it" if field == "labels" else 'write it as "runtime.identity"'
                faults.add(at, f'"{key}" is set by the module itself', hint, on_key=True)
            elif field == "labels" and key in KUBERNETES_LABELS:
                message = f'"{key}" belongs to Kubernetes itself: no run would start'
                faults.add(at, message, "remove it", on_key=True)
            elif field == "annotations" and key.startswith(_PROFILES):
                message = f'"{key}" is set by the module itself: with another no pod is admitted'
                faults.add(at, message, "remove it", on_key=True)
    _check_standards(wanted.labels, faults)
    size = sum(len((key + text).encode()) for key, text in wanted.annotations.items())
    if size > ANNOTATION_BYTES:
        message = f"annotations of {size} bytes are too long, Kubernetes takes {ANNOTATION_BYTES}"
        faults.add("kubernetes.annotations", message)


def _check_standards(labels: Mapping[str, str], faults: Faults) -> None:
    """Note what the namespace could not have as a Pod Security Standard to warn or report of."""
    for key, value in labels.items():
        if not key.startswith(_SECURITY) or key in OWN_LABELS or waits(value):
            continue
        version = key.endswith("-version")
        if not (_VERSION if version else _STANDARD).fullmatch(value):
            wanted = "latest or v1.N" if version else "privileged, baseline or restricted"
            faults.add(("kubernetes", "labels", key), f'"{value}" is none of {wanted}')


def check_clashes(loaded: LoadedJob, tags: Mapping[str, str]) -> None:
    """Refuse a label whose key is that of a tag with another value.

    Args:
        loaded: the job.
        tags: the merged tags, as labels.

    Raises:
        InputError: each such label, at its place.
    """
    problems = Problems()
    for key, value in loaded.job.infrastructure.kubernetes.labels.items():
        if waits(value) or tags.get(key, value) == value:
            continue
        location = loaded.locations.location(("infrastructure", "kubernetes", "labels", key))
        message = f'the tag "{key}" has another value: "{tags[key]}"'
        hint = "every object has all tags: remove the label, or change the tag"
        problems.error("conflict", message, location, hint)
    problems.raise_any()


def key_fault(key: str) -> str:
    """What is wrong with the key of a label or annotation; empty where nothing is."""
    if names_left(key):
        return "a key is never filled in"
    prefix, slash, name = key.rpartition("/")
    if not _NAME.fullmatch(name):
        return f'"{name}" must be 1 to {_WORDS}'
    if slash and (len(prefix) > _LONGEST_PREFIX or not _PREFIX.fullmatch(prefix)):
        return f'"{prefix}" before the slash must be a DNS name of {_DNS}'
    return ""

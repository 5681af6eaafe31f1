"""Where a job runs and what it reads: networks, buckets, namespaces, accounts in them."""

from __future__ import annotations

from generator.concepts.styles import concept_of
from generator.dialects.block import Block, dotted, filled
from generator.dialects.names import WITH_KUBERNETES
from generator.model.problems import shown
from generator.model.runtime_types import RUNTIME_TYPES
from generator.text.patterns import lazy

_SCHEMES = ("s3://", "s3a://", "gs://")
_BUCKETS = ("data_bucket", "state_bucket")
_CLIENT_ID = lazy(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


def translate(block: Block, cloud: str | None) -> None:
    """Networks, buckets and namespaces in their canonical form.

    Args:
        block: changed in place.
        cloud: decides what a network's name means.
    """
    _network(block, cloud)
    for name in _BUCKETS:
        _bucket(block, name)
    _encrypted(block)
    _namespace(block)
    _labels(block)
    _service_account(block)
    _channels(block)


def _network(block: Block, cloud: str | None) -> None:
    """On Google Cloud the path of a connector stood where a network's name did."""
    path = ("network", "vpc_id")
    text = block.own(*path)
    if isinstance(text, str) and cloud in ("gcp", None) and "/connectors/" in text:
        block.move(path, ("network", "connector"))


def _bucket(block: Block, name: str) -> None:
    """``s3://bucket`` to ``bucket``; a path behind it is the prefix."""
    path = ("storage", name)
    text = block.own(*path)
    scheme = next((s for s in _SCHEMES if isinstance(text, str) and text.startswith(s)), None)
    if scheme is None:
        return
    bucket, _, prefix = text.removeprefix(scheme).rstrip("/").partition("/")
    block.replace(path, bucket)
    if prefix:
        below = "prefix" if name == "data_bucket" else "state_prefix"
        block.put(("storage", below), prefix, block.written(path))


def _encrypted(block: Block) -> None:
    fact = block.facts.pop("encrypted", None)
    if fact is None:
        return
    text = str(fact.value).lower()
    if text != "true":
        message = f'"{dotted(fact.written)}" can only be true, got {shown(fact.value)}'
        hint = "what the modules make is always encrypted"
        block.error("no-effect", message, fact.written, hint)


def _namespace(block: Block) -> None:
    """A namespace groups jobs where there is no cluster; there it makes nothing."""
    path, kind = ("kubernetes", "namespace"), block.runtime()
    if block.own(*path) is None or kind not in RUNTIME_TYPES.keys() - WITH_KUBERNETES:
        return
    written = block.written(path)
    if written != path:
        message = f'"{dotted(written)}" has no effect on {kind}'
        block.warn("no-effect", message, written, "a namespace is one of a Kubernetes cluster")
        block.drop(path)
        if not block.own("kubernetes"):
            block.drop(("kubernetes",))


def _labels(block: Block) -> None:
    """Labels of dialect E are tags where there are no objects of Kubernetes to carry them."""
    path, kind = ("kubernetes", "labels"), block.runtime()
    labels, written = block.own(*path), block.written(path)
    if written == path or kind is None or kind in WITH_KUBERNETES or not isinstance(labels, dict):
        return
    block.drop(path)
    if not block.own("kubernetes"):
        block.drop(("kubernetes",))
    tags = block.own("tags")
    known = {concept_of(key) or key: value for key, value in (tags or {}).items()}
    for key, value in labels.items():
        concept = concept_of(key) or key
        if isinstance(value, dict | list):
            block.error("invalid-value", "a label is text", (*written, key))
        elif concept not in known:
            block.put(("tags", key), value, (*written, key))
        elif known[concept] != value:
            message = f'"{dotted((*written, key))}" has no effect on {kind}, where labels are tags'
            hint = f"the tag of that name is {shown(known[concept])}"
            block.warn("no-effect", message, (*written, key), hint)


def _service_account(block: Block) -> None:
    """A plain name is that of an account in the cluster; ARNs, e-mails and ids are the cloud's."""
    path = ("runtime", "identity")
    text, written = block.own(*path), block.written(path)
    if written == path or not is_plain(text):
        return
    if block.runtime() == "kubernetes":
        block.move(path, ("kubernetes", "service_account"))
    elif block.runtime() == "databricks":
        message = f'"{dotted(written)}" has no effect on databricks: {shown(text)} is only a name'
        hint = "a service principal is known by its application id, a UUID"
        block.warn("no-effect", message, written, hint)
        block.drop(path)


def is_plain(text: object) -> bool:
    """Whether an account is called so, and not by an ARN, an e-mail address or an id."""
    if not isinstance(text, str) or any(mark in text for mark in ":/@$"):
        return False
    return filled(text) and _CLIENT_ID.fullmatch(text) is None


def _channels(block: Block) -> None:
    """One topic stands for a list of one."""
    path = ("monitoring", "alerts", "channels")
    if isinstance(block.own(*path), str):
        block.replace(path, [block.own(*path)])

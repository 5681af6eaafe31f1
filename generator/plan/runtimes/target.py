"""Where the runner writes to, by ``target`` of the job: buckets that its identity must reach."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from generator.errors import KeyPath
from generator.job.loaded import LoadedJob
from generator.model.variables import joined, piece_of, waits
from generator.plan.runtimes.shapes import BUCKETS
from generator.text.patterns import lazy

# Keys of ``target.connection`` to the cloud whose buckets they name.
_STORES = {
    "s3": "aws",
    "gcs": "gcp",
    "azure": "azure",
    "azure_blob": "azure",
    "adls": "azure",
    "abfs": "azure",
}
_SCHEMES = (
    ("aws", lazy(r"s3a?://(?P<bucket>[^/]+)/?(?P<prefix>.*)")),
    ("gcp", lazy(r"gs://(?P<bucket>[^/]+)/?(?P<prefix>.*)")),
    (
        "azure",
        lazy(
            r"(?:abfss?|wasbs?)://(?P<container>[^/@]+)@(?P<account>[^./]+)\.[^/]+/?(?P<prefix>.*)"
        ),
    ),
)
_SCHEME = lazy(r"[a-z][a-z0-9+.-]*://.*")
# What a runner fills in while it runs, a date say, is not known here: the prefix ends before it.
_PLAIN_PART = lazy(r"[A-Za-z0-9!_.()=@:,&;+ -]+")
_OF_AWS = lazy(r".*\.amazonaws\.com(\.cn)?(:\d+)?/?")


class Written(NamedTuple):
    """A bucket that the runner writes to.

    Attributes:
        cloud: whose it is.
        bucket: its name, on Azure ACCOUNT/CONTAINER or the container's resource id.
        prefix: what its objects' names begin with, as far as that is known; no slash at its ends.
        path: where the job names it.
    """

    cloud: str
    bucket: str
    prefix: str
    path: KeyPath


def written_to(loaded: LoadedJob) -> list[Written]:
    """The buckets that the job writes to, on whatever cloud; ``target.connection`` comes first.

    A warehouse counts where nothing else says where the data is.

    Args:
        loaded: the job.
    """
    target = loaded.job.target
    if not isinstance(target, dict):
        return []
    infrastructure = loaded.job.infrastructure
    found = list(_connections(target.get("connection"), infrastructure.provider))
    if not found and infrastructure.storage.data_bucket is None:
        at = ("target", "warehouse")
        found = list(_one(target.get("warehouse"), "", infrastructure.provider, at, False))
    return found


def reached(loaded: LoadedJob) -> list[Written]:
    """Those that rights can be given on: buckets of the job's cloud that are known by name.

    One that only the runner can name does not matter where ``storage`` names the data's bucket.
    A module of one's own says itself what it takes.
    """
    infrastructure = loaded.job.infrastructure
    own = infrastructure.storage.data_bucket
    if infrastructure.terraform.module is not None:
        return []
    return [
        found
        for found in written_to(loaded)
        if found.cloud == infrastructure.provider
        and (named(found) or (own is None and waits(found.bucket)))
    ]


def named(found: Written) -> bool:
    """Whether a bucket is written as its cloud writes buckets."""
    return BUCKETS[found.cloud].fullmatch(found.bucket) is not None


def _connections(connection: Any, cloud: str) -> Iterator[Written]:
    if not isinstance(connection, dict):
        return
    at = ("target", "connection")
    for store, of in _STORES.items():
        below = connection.get(store)
        if isinstance(below, dict) and not _is_elsewhere(store, below):
            yield from _of_store(below, of, (*at, store))
    if not _is_elsewhere("s3", connection):
        yield from _of_store(connection, cloud, at)


def _of_store(given: dict[str, Any], cloud: str, at: KeyPath) -> Iterator[Written]:
    """The bucket, or on Azure the container, that one mapping names."""
    prefix = given.get("prefix") or given.get("path")
    key, text = _first(given, "bucket", "container", "container_name", "filesystem")
    _, account = _first(given, "account", "account_name", "storage_account")
    if cloud == "azure" and isinstance(account, str) and isinstance(text, str):
        text = text if "/" in text else joined(account, "/", text)
    if key:
        yield from _one(text, prefix, cloud, (*at, key), True)


def _first(given: dict[str, Any], *keys: str) -> tuple[str, Any]:
    key = next((key for key in keys if given.get(key) is not None), "")
    return key, given.get(key)


def _one(text: Any, prefix: Any, cloud: str, at: KeyPath, bare: bool) -> Iterator[Written]:
    """One bucket by its name, where a bare one may stand, or by its address."""
    if not isinstance(text, str) or not text:
        return
    below = prefix if isinstance(prefix, str) else ""
    for of, pattern in _SCHEMES:
        match = pattern.fullmatch(text)
        if match is not None:
            yield Written(of, _name(match, text), _known(match["prefix"] or below), at)
            return
    if bare and not _SCHEME.fullmatch(text):
        yield Written(cloud, text, _known(below), at)


def _name(match: re.Match[str], address: str) -> str:
    found = match.groupdict()
    name = found["bucket"] if "bucket" in found else f"{found['account']}/{found['container']}"
    return piece_of(address, name)


def _known(prefix: str) -> str:
    """The folders of a prefix up to the first that is only known while the job runs."""
    known = []
    for part in prefix.strip("/").split("/"):
        if not _PLAIN_PART.fullmatch(part):
            break
        known.append(part)
    return "/".join(known)


def _is_elsewhere(store: str, given: dict[str, Any]) -> bool:
    """Whether a server of one's own has the bucket, which the rights of no cloud reach."""
    _, endpoint = _first(given, "endpoint", "endpoint_url")
    literal = isinstance(endpoint, str) and bool(endpoint) and not waits(endpoint)
    return store == "s3" and literal and not _OF_AWS.fullmatch(endpoint)

"""What the clouds' own tools export, told by its shape.

Sources: AWS Resource Groups Tagging API, GetResources; Cloud Asset API, ResourceSearchResult and
Asset; Azure Resource Graph, QueryResponse, as ``az graph query`` prints it; Terraform, "JSON Output
Format", state representation.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import IO, Any

from generator.audit.resource import Resource
from generator.audit.stream import Item, NotJsonError, items
from generator.errors import InputError, Location, Problem

_AWS, _AZURE = "ResourceTagMappingList", "data"
_LISTS = dict.fromkeys((_AWS, _AZURE, "assets", "results"))
# A module in a state, and those below it, of which each is like it.
_MODULE: dict[str, Any] = {"resources": None}
_MODULE["child_modules"] = (_MODULE,)
_PARTS = {**_LISTS, "values": {"root_module": _MODULE}}
_IN_A_STATE = "values.root_module.resources"
KNOWN = (
    "aws resourcegroupstaggingapi get-resources, gcloud asset search-all-resources or export with "
    "--content-type=resource, az graph query and terraform show -json are read, all as JSON"
)
# Where a resource of Google Cloud has its labels in an asset.
_LABELS = (("labels",), ("resourceLabels",), ("userLabels",), ("settings", "userLabels"))
# Its labels are what it is made from, such as an address.
_CHANNEL = "monitoring.googleapis.com/NotificationChannel"
# Types that take labels, of those that modules make and that an inventory has.
LABELLED = frozenset(
    f"{service}.googleapis.com/{kind}"
    for service, kind in (
        *(("run", "Job"), ("run", "Service"), ("run", "WorkerPool")),
        *(("cloudfunctions", "Function"), ("container", "Cluster"), ("container", "NodePool")),
        *(("storage", "Bucket"), ("secretmanager", "Secret"), ("workflows", "Workflow")),
        *(("pubsub", "Topic"), ("pubsub", "Subscription"), ("eventarc", "Trigger")),
        *(("compute", "Instance"), ("compute", "Disk"), ("bigquery", "Dataset")),
        *(("artifactregistry", "Repository"), ("monitoring", "AlertPolicy")),
        ("monitoring", "NotificationChannel"),
    )
)
_OWN = (*("tags_all", "effective_labels", "user_labels", "tags"), "labels", "resource_labels")
_CLOUDS = {"aws": "aws", "google": "gcp", "google-beta": "gcp", "azurerm": "azure"}


def resources(stream: IO[bytes], file: str) -> Iterator[Resource]:
    """The resources of an export.

    Args:
        stream: its bytes.
        file: its name, for people.

    Raises:
        InputError: it is no JSON, or nothing that is known.
    """
    try:
        for item in items(stream, _PARTS):
            yield from _of_item(item, file)
    except NotJsonError as error:
        raise _wrong(file, error.line, f"is no JSON: {error}") from None


def _wrong(file: str, line: int, message: str) -> InputError:
    return InputError(Problem("audit-file", message, Location(file, line=line, column=1), KNOWN))


def _of_item(item: Item, file: str) -> Iterator[Resource]:
    """The resources that an item holds."""
    value = item.value
    if item.key == _IN_A_STATE:
        yield from _as_printed(_of_a_state, value, file, item.line)
        return
    if not isinstance(value, dict):
        raise _wrong(file, item.line, "is of no known form: an object was expected")
    if item.key == "" and _is_page(value):
        return
    for known, read in _FORMS:
        if known(value):
            yield from _as_printed(read, value, file, item.line)
            return
    if not item.key and "format_version" in value and not value.keys() & _OF_A_PLAN:
        return  # a state with nothing in it
    raise _wrong(file, item.line, _why(value))


def _as_printed(
    read: Callable[[Mapping[str, Any], str, int], Iterator[Resource]],
    value: Mapping[str, Any],
    file: str,
    line: int,
) -> Iterator[Resource]:
    try:
        yield from read(value, file, line)
    except (AttributeError, KeyError, TypeError):  # a list where an object belongs
        raise _wrong(file, line, "is not as the tool prints it") from None


_OF_A_PLAN = frozenset(("planned_values", "resource_changes", "configuration"))


def _is_page(value: Mapping[str, Any]) -> bool:
    """Whether an object is what stands beside lists that were read already."""
    lists = value.keys() & _LISTS.keys()
    return bool(lists) and not value.keys() - _BESIDE and all(value[key] == [] for key in lists)


def _why(value: Mapping[str, Any]) -> str:
    if str(value.get("id", "")).startswith("/subscriptions/"):
        return "has no tags: let the query project id, type and tags, or nothing"
    if value.keys() & _OF_A_PLAN:
        return "is a plan: show the state, by terraform show -json without a file"
    return "is no resource of a known form"


_BESIDE = _LISTS.keys() | {
    *("PaginationToken", "ResponseMetadata", "count", "skip_token", "total_records"),
    *("resultTruncated", "totalRecords", "$skipToken", "facets", "nextPageToken", "readTime"),
    *("result_truncated",),
}


def _is_aws(value: Mapping[str, Any]) -> bool:
    return isinstance(value.get("ResourceARN"), str)


def _aws(value: Mapping[str, Any], file: str, line: int) -> Iterator[Resource]:
    tags = {}
    for tag in value.get("Tags") or ():
        if not isinstance(tag, dict) or not isinstance(tag.get("Key"), str):
            raise _wrong(file, line, "has tags that are no list of Key and Value")
        tags[tag["Key"]] = str(tag.get("Value", ""))
    arn = value["ResourceARN"]
    # IAM User Guide, "IAM ARNs": some have a type before / or :, others have none.
    parts = arn.split(":", 5)
    service, name = (parts[2], parts[5]) if len(parts) > 5 else ("", "")
    kind = re.match("([^/:]+)[/:]", name)
    yield Resource("aws", arn, f"{service}:{kind[1]}" if kind else service, tags, file, line)


def _is_google(value: Mapping[str, Any]) -> bool:
    named = isinstance(value.get("name"), str) and value["name"].startswith("//")
    return named and isinstance(value.get("assetType", value.get("asset_type")), str)


def _google(value: Mapping[str, Any], file: str, line: int) -> Iterator[Resource]:
    kind = value.get("assetType", value.get("asset_type"))
    data = (value.get("resource") or {}).get("data") or {}
    labels = value.get("labels")
    if "resource" in value:
        paths = _LABELS[2:3] if kind == _CHANNEL else _LABELS
        labels = next((found for path in paths if (found := _at(data, path))), None)
    elif "ancestors" in value and labels is None and kind in LABELLED:
        raise _wrong(file, line, "was exported without --content-type=resource, so without labels")
    yield Resource("gcp", value["name"], str(kind), _texts(labels, file, line), file, line)


def _at(data: Any, path: tuple[str, ...]) -> Any:
    for key in path:
        data = data.get(key) if isinstance(data, dict) else None
    return data


def _is_azure(value: Mapping[str, Any]) -> bool:
    named = isinstance(value.get("id"), str) and value["id"].startswith("/subscriptions/")
    return named and "tags" in value


def _azure(value: Mapping[str, Any], file: str, line: int) -> Iterator[Resource]:
    kind = str(value.get("type", ""))
    tags = value["tags"] or {}
    yield Resource("azure", value["id"], kind, _texts(tags, file, line), file, line)


def _texts(tags: Any, file: str, line: int) -> dict[str, str]:
    if tags is None:
        return {}
    if not isinstance(tags, dict):
        raise _wrong(file, line, "has tags that are no mapping")
    return {str(key): "" if text is None else str(text) for key, text in tags.items()}


def _is_state(value: Mapping[str, Any]) -> bool:
    return "format_version" in value and isinstance(value.get("values"), dict)


def _state(value: Mapping[str, Any], file: str, line: int) -> Iterator[Resource]:
    """Its resources were read one by one; what is left says whether it was a state."""
    module = value["values"].get("root_module", {})
    if module is not None and (module.keys() and any(module.get(key) for key in _MODULE)):
        raise TypeError("lists that are none")
    yield from ()


def _of_a_state(entry: Mapping[str, Any], file: str, line: int) -> Iterator[Resource]:
    tags = _own(entry) if entry.get("mode") == "managed" else None
    if tags is None:
        return
    provider = str(entry.get("provider_name", "")).rpartition("/")[2]
    address, kind = str(entry.get("address", "")), str(entry.get("type", ""))
    texts = _texts(tags, file, line)
    yield Resource(_CLOUDS.get(provider, ""), address, kind, texts, file, line, file)


def _own(entry: Mapping[str, Any]) -> Any:
    """The tags of a resource in a state; None for one that takes none."""
    values = entry.get("values") or {}
    for name in _OWN:
        if name in values and not isinstance(values[name], list):
            return values[name] or {}
    if "custom_tags" in values:
        return values["custom_tags"] or {}
    metadata = values.get("metadata")
    if isinstance(metadata, list) and metadata and "labels" in metadata[0]:
        return metadata[0]["labels"] or {}
    return None


_FORMS = ((_is_aws, _aws), (_is_google, _google), (_is_azure, _azure), (_is_state, _state))

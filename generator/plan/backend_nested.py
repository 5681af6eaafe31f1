"""What the mappings inside a backend take: assume_role, endpoints and their like.

As Terraform 1.11 checks them at ``init`` ("S3 backend", "Assume Role Configuration" and "Endpoint
Configuration" of its documentation), and what AWS's STS refuses after that.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from generator.errors import KeyPath, Problem
from generator.model.problems import LocationOf, unknown_key
from generator.text.hints import did_you_mean

Check = Callable[[str], str | None]


class Nested(NamedTuple):
    """What a mapping takes.

    Attributes:
        required: keys that must be there; texts.
        texts: key to what is wrong with a text, None for nothing.
        lists: key to what is wrong with an item.
        mappings: keys of mappings of texts.
    """

    required: tuple[str, ...]
    texts: dict[str, Check]
    lists: dict[str, Check]
    mappings: tuple[str, ...] = ()


def _matches(pattern: str, words: str) -> Check:
    shape = re.compile(pattern)
    return lambda text: None if shape.fullmatch(text) else f"must be {words}"


_UNIT_SECONDS = {"h": 3600, "m": 60, "s": 1, "ms": 1e-3, "us": 1e-6, "µs": 1e-6, "ns": 1e-9}
_SPAN = r"([0-9]+(?:\.[0-9]*)?|\.[0-9]+)(h|ms|m|s|us|µs|ns)"


def seconds_of(text: str) -> float | None:
    """How long a duration of Go's is; None where it is none."""
    if not re.fullmatch(f"(?:{_SPAN})+", text):
        return None
    return sum(float(n) * _UNIT_SECONDS[unit] for n, unit in re.findall(_SPAN, text))


def _duration(text: str) -> str | None:
    """Between 15 minutes and 12 hours."""
    seconds = seconds_of(text)
    if seconds is not None and 15 * 60 <= seconds <= 12 * 3600:
        return None
    return "must be between 15m and 12h, such as 1h30m"


def _policy(text: str) -> str | None:
    try:
        return None if isinstance(json.loads(text), dict) else "must be an IAM policy in JSON"
    except ValueError:
        return "must be an IAM policy in JSON"


def _any(_text: str) -> str | None:
    return None


_ROLE = _matches(
    r"arn:aws[a-z-]*:iam::[0-9]{12}:role/\S+",
    "the ARN of a role, such as arn:aws:iam::123456789012:role/NAME",
)
_POLICY_ARN = _matches(
    r"arn:aws[a-z-]*:iam::([0-9]{12}|aws):policy/\S+",
    "the ARN of a policy, such as arn:aws:iam::aws:policy/ReadOnlyAccess",
)
_SESSION = _matches(r"[A-Za-z0-9_+=,.@-]{2,64}", "2 to 64 letters, digits and _+=,.@-")
_EXTERNAL = _matches(r"[A-Za-z0-9_+=,.@:/-]{2,1224}", "2 to 1224 letters, digits and _+=,.@:/-")
_URL = _matches(r"https?://\S+", "an address that starts with https:// or http://")

_SHARED: dict[str, Check] = {
    "role_arn": _ROLE,
    "duration": _duration,
    "policy": _policy,
    "session_name": _SESSION,
}
NESTED = {
    "assume_role": Nested(
        ("role_arn",),
        {**_SHARED, "external_id": _EXTERNAL, "source_identity": _SESSION},
        {"policy_arns": _POLICY_ARN, "transitive_tag_keys": _any},
        ("tags",),
    ),
    # The token itself, which Terraform would take as well, is a credential.
    "assume_role_with_web_identity": Nested(
        ("role_arn", "web_identity_token_file"),
        {**_SHARED, "web_identity_token_file": _any},
        {"policy_arns": _POLICY_ARN},
    ),
    "endpoints": Nested((), dict.fromkeys(("dynamodb", "iam", "s3", "sso", "sts"), _URL), {}),
}


def nested_problems(
    at: KeyPath, given: dict[str, Any], secret: frozenset[str], location_of: LocationOf
) -> Iterator[Problem]:
    """What is wrong with a mapping of a backend.

    Args:
        at: the path of the argument, one of ``NESTED``.
        given: texts, lists and mappings of texts.
        secret: keys whose problems are reported elsewhere.
        location_of: a path, and whether its key is meant, to its place.
    """
    name = str(at[-1])
    row = NESTED[name]
    known = sorted((*row.texts, *row.lists, *row.mappings))
    for key, value in given.items():
        if key in secret:
            continue
        if key not in known:
            yield unknown_key((*at, key), known, location_of)
            continue
        for below, message in value_problems(value, key, row):
            location = location_of((*at, key, *below), False)
            yield Problem("invalid-value", f'"{name}.{key}" {message}', location)
    for key in row.required:
        if key not in given and not misspelt(key, given, known):
            yield Problem("missing-key", f'"{name}" needs "{key}"', location_of(at, True))


def misspelt(key: str, given: Iterable[str], known: Iterable[str]) -> bool:
    """Whether a missing key stands there misspelt, which is reported already."""
    known = set(known)
    return any(did_you_mean(each, known) == key for each in given if each not in known)


def value_problems(value: Any, key: str, row: Nested) -> Iterator[tuple[KeyPath, str]]:
    """What is wrong with the value of a key that a mapping takes, and with which item of it."""
    if key in row.mappings:
        if not isinstance(value, dict):
            yield (), "must be a mapping"
    elif key in row.texts:
        if not isinstance(value, str):
            yield (), "must be text"
        elif (fault := _blank(value) or row.texts[key](value)) is not None:
            yield (), f'{fault}, not "{value}"'
    elif not isinstance(value, list):
        yield (), "must be a list"
    else:
        for index, item in enumerate(value):
            if not isinstance(item, str):
                yield (index,), "must be a list of texts"
            elif (fault := _blank(item) or row.lists[key](item)) is not None:
                yield (index,), f'{fault}, not "{item}"'


def _blank(text: str) -> str | None:
    return None if text.strip() and text.isprintable() else "must be plain text on one line"

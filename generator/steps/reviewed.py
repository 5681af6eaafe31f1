"""What was reviewed, kept in the comment of the pull request: each root with its plan's digest.

It stands in the comment that the reviewers read, so that it is as lasting as the pull request and
needs no store; ADR 0063 says what that means.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
import zlib
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from generator.errors import UsageError
from generator.steps.hosts.host import Host
from generator.steps.record import Record

_BLOCK = re.compile(r"<!-- dativo:reviewed ([A-Za-z0-9+/=]+) -->")
_MOST_BYTES = 4 * 1024 * 1024
_VERSION = 1


class Reviewed(NamedTuple):
    """What was reviewed of one root.

    Attributes:
        digest: of its plan.
        said: the plan in one line.
        where: "pull request 12", or how else it was agreed to.
    """

    digest: str
    said: str
    where: str


def block(head: str, records: Iterable[Record]) -> str:
    """What the comment keeps, unseen.

    Args:
        head: the commit that was planned.
        records: of its plans; those without a plan are left out.
    """
    roots = {one.root: [one.digest, one.said()] for one in records if one.digest}
    data = json.dumps({"version": _VERSION, "head": head, "roots": roots}, separators=(",", ":"))
    packed = base64.b64encode(zlib.compress(data.encode(), 9)).decode()
    return f"<!-- dativo:reviewed {packed} -->"


def reviewed_of(host: Host, commits: Iterable[str]) -> dict[str, Reviewed]:
    """What was reviewed of the roots that some commits brought.

    Args:
        host: where the pull requests are.
        commits: oldest first; what is later goes before what is earlier.

    Raises:
        UsageError: a pull request has no comment of ours, or was merged with other commits than
            were planned.
    """
    found: dict[str, Reviewed] = {}
    seen: set[int] = set()
    for commit in commits:
        pull = host.brought(commit)
        if pull is None or pull.number in seen:
            continue
        seen.add(pull.number)
        where = f"pull request {pull.number}"
        head, roots = _read(host.comment(pull) or "", where)
        if roots and head != pull.head:
            raise UsageError(
                f"{where} was merged at {pull.head[:12]}, and its plans are of {head[:12]}: "
                "nothing of it is applied; run the pipeline by hand for each root"
            )
        for root, (digest, said) in roots.items():
            found[root] = Reviewed(digest, said, where)
    return found


def _read(comment: str, where: str) -> tuple[str, Mapping[str, tuple[str, str]]]:
    match = _BLOCK.search(comment)
    if match is None:
        return "", {}
    try:
        unpacker = zlib.decompressobj()
        text = unpacker.decompress(base64.b64decode(match[1], validate=True), _MOST_BYTES)
        data = json.loads(text)
        if data["version"] != _VERSION:
            raise ValueError
        roots = {str(k): (str(digest), str(said)) for k, (digest, said) in data["roots"].items()}
        return str(data["head"]), roots
    except (ValueError, KeyError, TypeError, AttributeError, zlib.error, binascii.Error) as error:
        raise UsageError(f"the comment of {where} does not say what was reviewed") from error

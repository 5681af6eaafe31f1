"""Resources held against what their roots intend: a finding for each that is otherwise."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from generator.audit.intended import Intended, Known
from generator.audit.resource import Resource
from generator.concepts.table import CONCEPTS

UNTAGGED, WRONG, UNKNOWN, ORPHANED, MISSING = KINDS = (
    *("untagged", "wrong", "unknown", "orphaned", "missing"),
)
_MANAGED_BY = "managed_by"


class Finding(NamedTuple):
    """A resource that is not as it should be.

    Attributes:
        kind: "untagged": a root's, by its state or its name, and without the root's identity;
            "wrong": a root's, and some tags lack or differ; "unknown": bears tags of a job that
            there is not; "orphaned": of a root that is on the disk and whose job is gone;
            "missing": the root makes it and its state has none.
        address: the root, tenant/job/environment; None for what is unknown.
        cloud: aws, gcp or azure; empty for Kubernetes and Databricks in a state.
        id: what the resource is called there; empty for what is missing.
        type: its type.
        lacking: keys that it should have.
        different: key to the value that is there and the one that should be.
        by: how the root was found: "tags", "state" or "name"; empty for none.
        where: file:line of the export.
        why: the rest, for people.
    """

    kind: str
    address: str | None
    cloud: str
    id: str
    type: str
    lacking: tuple[str, ...] = ()
    different: Mapping[str, tuple[str, str]] = {}
    by: str = ""
    where: str = ""
    why: str = ""


@dataclass(slots=True)
class Audit:
    """What was found.

    Attributes:
        findings: in the order of root, kind and id.
        resources: how many resources were looked at.
        fine: address to how many of its resources are as intended.
        unrelated: how many bear nothing of ours.
        roots: how many roots there are.
    """

    findings: list[Finding] = field(default_factory=list)
    resources: int = 0
    fine: Counter[str] = field(default_factory=Counter)
    unrelated: int = 0
    roots: int = 0

    @property
    def differs(self) -> bool:
        """Whether anything is not as intended."""
        return bool(self.findings)


def audit(known: Known, exports: Iterable[Iterable[Resource]]) -> Audit:
    """Hold exports against what is intended.

    Args:
        known: all roots.
        exports: the resources of each file; a resource that is in several is looked at once.
    """
    found = Audit(roots=len(known.addresses))
    seen: set[tuple[str, str, str]] = set()
    for export in exports:
        state = _State(known, found)
        for resource in export:
            this = (resource.cloud, resource.id, resource.state)
            if this in seen:
                continue
            seen.add(this)
            found.resources += 1
            if resource.state:
                state.add(resource)
            else:
                _judge(known, resource, found)
        state.judge()
    found.findings.sort(key=lambda one: (one.address or "~", KINDS.index(one.kind), one.id))
    return found


class _State:
    """The resources of a state, which are all of one root."""

    def __init__(self, known: Known, found: Audit) -> None:
        self._known, self._found = known, found
        self._resources: list[Resource] = []

    def add(self, resource: Resource) -> None:
        self._resources.append(resource)

    def judge(self) -> None:
        """Tell the root by most of its resources, and hold all against that."""
        if not self._resources:
            return
        roots = [_by_tags(self._known, one) for one in self._resources]
        votes = Counter(root.address for root in roots if root is not None)
        root = self._known.addresses[votes.most_common(1)[0][0]] if votes else None
        for resource in self._resources:
            _judge(self._known, resource, self._found, root)
        if root is not None:
            self._found.findings += self._missing(root)

    def _missing(self, root: Intended) -> Iterator[Finding]:
        have = Counter(resource.type for resource in self._resources)
        where = self._resources[0].file
        for kind, number in sorted(root.made.items()):
            if have[kind] < number:
                why = f"the root makes {number}, its state has {have[kind]}"
                yield Finding(
                    MISSING, root.address, root.cloud, "", kind, by="state", where=where, why=why
                )


def _by_tags(known: Known, resource: Resource) -> Intended | None:
    identity = known.identity(resource.tags)
    if identity is None:
        return None
    clouds = (resource.cloud,) if resource.cloud else ("aws", "gcp", "azure")
    roots = [root for cloud in clouds for root in known.roots.get((cloud, identity), ())]
    regions = [value for key, value in resource.tags.items() if known.concept(key) == "region"]
    return next((root for root in roots if root.region in regions), roots[0] if roots else None)


def _judge(
    known: Known, resource: Resource, found: Audit, of_state: Intended | None = None
) -> None:
    root, by = _by_tags(known, resource), "tags"
    if of_state is not None and (root is None or root is not of_state):
        root, by = of_state, "state"
    if root is None and (stray := _stray(known, resource)) is not None:
        found.findings.append(stray)
        return
    if root is None:
        root, by = known.named(resource.id), "name"
    if root is None:
        found.unrelated += 1
        return
    finding = _against(known, root, resource, by)
    if finding is None:
        found.fine[root.address] += 1
    else:
        found.findings.append(finding)


def _stray(known: Known, resource: Resource) -> Finding | None:
    """What bears our tags and belongs to no job."""
    identity = known.identity(resource.tags)
    where = f"{resource.file}:{resource.line}"
    of = resource.cloud, resource.id, resource.type
    if identity is not None and identity in known.gone:
        folder = known.gone[identity]
        return Finding(ORPHANED, folder, *of, by="tags", where=where, why="its job is gone")
    if identity is not None:
        tenant, environment, job = identity
        why = f"there is no job {tenant}/{job}/{environment}"
        return Finding(UNKNOWN, None, *of, by="tags", where=where, why=why)
    managed = {resource.tags[k] for k in resource.tags if known.concept(k) == _MANAGED_BY}
    if CONCEPTS[_MANAGED_BY].usual in managed and known.named(resource.id) is None:
        return Finding(UNKNOWN, None, *of, where=where, why="its tags name no job")
    return None


def _against(known: Known, root: Intended, resource: Resource, by: str) -> Finding | None:
    """What a resource of a root lacks, or has otherwise."""
    wanted = root.labels if not resource.cloud and root.labels else root.tags
    there = dict(resource.tags)
    if resource.cloud == "azure":  # where names of tags have no case
        there = {key.lower(): value for key, value in there.items()}
    have = {key: there.get(key.lower() if resource.cloud == "azure" else key) for key in wanted}
    lacking = tuple(sorted(key for key, value in have.items() if value is None))
    different = {
        key: (value, wanted[key])
        for key, value in sorted(have.items())
        if value is not None and value != wanted[key]
    }
    if not lacking and not different:
        return None
    kind = WRONG if by == "tags" or known.identity(resource.tags) is not None else UNTAGGED
    return Finding(
        kind,
        root.address,
        resource.cloud,
        resource.id,
        resource.type,
        lacking,
        different,
        by,
        f"{resource.file}:{resource.line}",
    )

"""A job that comes to the same as a hand-written root, as far as a job can say it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from generator.adopt.compare import ABSENT, Difference, differences
from generator.adopt.extra import FILE, extra
from generator.adopt.first import BACKEND, MODULE, Identity, first, is_unknown, put
from generator.adopt.generated import Generated, generated
from generator.adopt.root import Root
from generator.adopt.sources import same_module
from generator.adopt.waiting import as_in_job
from generator.errors import KeyPath, Problem
from generator.job.project import Project
from generator.plan.inputs import IDENTITY, LABELS
from generator.yaml.write import block

_MOST_ROUNDS = 8


class Proposal(NamedTuple):
    """A job for a root.

    Attributes:
        file: of the job, below the project folder.
        document: the job as data.
        made: the root that it makes, or what is wrong with it.
        differences: of that root from the hand-written one.
        extra: a file of the user's for the new root, which counts as there.
    """

    file: str
    document: dict[str, Any]
    made: Generated
    differences: list[Difference]
    extra: str = ""

    @property
    def data(self) -> bytes:
        """The job file."""
        return as_yaml(self.document)


def propose(project: Project, theirs: Root, folder: str, who: Identity, file: str) -> Proposal:
    """Propose a job, and take back what came out otherwise.

    Args:
        project: the repository.
        theirs: the hand-written root.
        folder: of that root, below the project folder.
        who: who the job is.
        file: where the job file is to be.
    """
    own = not who.runtime.module or not _is_shipped(project, theirs, folder, who, file)
    document = first(project, theirs, folder, who, own)
    found = weighed(project, theirs, folder, document, file)
    for _ in range(_MOST_ROUNDS):
        changed = _mended(document, theirs, found, own)
        if not changed:
            break
        found = weighed(project, theirs, folder, document, file)
    return found if found.made.root is None else _lean(project, theirs, folder, found)


def _lean(project: Project, theirs: Root, folder: str, found: Proposal) -> Proposal:
    """The job without what dativo.yaml says anyway."""
    backend = found.document["infrastructure"].get("terraform", {}).get("backend", {})
    paths: list[KeyPath] = [("infrastructure", "account"), BACKEND]
    paths += [(*BACKEND, name) for name in backend]
    for path in paths:
        document = _without(found.document, path)
        if document is None:
            continue
        less = weighed(project, theirs, folder, document, found.file)
        if less.made.root is not None and less.differences == found.differences:
            found = less
    return found


def _without(document: dict[str, Any], path: KeyPath) -> dict[str, Any] | None:
    """A copy without a key, and without what holds nothing else; None where it is not there."""
    key, *rest = path
    if key not in document:
        return None
    copy = dict(document)
    if rest:
        below = _without(copy[key], tuple(rest)) if isinstance(copy[key], dict) else None
        if below is None:
            return None
        copy[key] = below
        if below:
            return copy
    del copy[key]
    return copy


def weighed(
    project: Project,
    theirs: Root,
    folder: str,
    document: dict[str, Any],
    file: str,
    data: bytes | None = None,
) -> Proposal:
    """A job beside the root: what it makes, and how that differs; ``data``: the file, if it is."""
    said = as_yaml(document) if data is None else data
    made = generated(project, file, said)
    if made.root is None:
        return Proposal(file, document, made, [])
    text = "" if data is not None else extra(theirs, folder, frozenset(made.root.outputs))
    if text:
        made = generated(project, file, said, {FILE: text.encode()})
    if made.root is None:
        return Proposal(file, document, made, [])
    found = differences(theirs, made.root, made.defaults, (folder, made.folder))
    return Proposal(file, document, made, found, text)


def as_yaml(document: Mapping[str, Any]) -> bytes:
    """A job file: a line for each key down to the runtime's fields."""
    return block(document).encode()


def _is_shipped(project: Project, theirs: Root, folder: str, who: Identity, file: str) -> bool:
    """Whether the settings lead to the module that the root calls."""
    least = first(project, theirs, folder, who, own=False)
    made = generated(project, file, as_yaml(least))
    source = made.source
    return source is None or (
        same_module(theirs.source, folder, source[0], made.folder) and theirs.version == source[1]
    )


def _mended(document: dict[str, Any], theirs: Root, found: Proposal, own: bool) -> bool:
    """Change what is wrong or came out otherwise; whether anything was changed."""
    if found.made.root is None:
        dropped = [_dropped(document, problem) for problem in found.made.problems]
        return True in dropped
    changed = False
    for one in found.differences:
        word, _, dotted = one.what.partition(" ")
        if word == "input":
            changed |= _as_literal(document, dotted.partition(".")[0], theirs, found, own)
        elif word == "output":
            changed |= _with_outputs(document, theirs, found)
    return changed


def _dropped(document: dict[str, Any], problem: Problem) -> bool:
    """Leave out a field that the job cannot have; its input is written as it is, then."""
    path = problem.location.path if problem.location and problem.severity == "error" else ()
    if len(path) < 3 or path[1] in ("terraform", "tags") or problem.code == "missing-key":
        return False
    holder: Any = document
    for key in path[:-1]:
        if not isinstance(holder, dict) or key not in holder:
            return False
        holder = holder[key]
    return isinstance(holder, dict) and holder.pop(path[-1], ABSENT) is not ABSENT


def _as_literal(
    document: dict[str, Any], name: str, theirs: Root, found: Proposal, own: bool
) -> bool:
    """An input that no field makes as it is: given as it stands, or kept from the module."""
    made = found.made.root
    if made is None or name in (*IDENTITY, LABELS):
        return False
    written = theirs.arguments.get(name)
    if written is not None and is_unknown(written.value):
        return False
    inputs: KeyPath = (*MODULE, "inputs", name)
    variables: KeyPath = ("infrastructure", "terraform", "variables", name)
    path = inputs if own or name in made.arguments else variables
    value: Any = None
    if written is not None:
        given = as_in_job(written.value)
        value = {"literal": given} if path is inputs else given
    holder: Any = document
    for key in path:
        holder = holder.get(key, ABSENT) if isinstance(holder, dict) else ABSENT
    if holder is not ABSENT and holder == value:
        return False
    put(document, path, value)
    return True


def _with_outputs(document: dict[str, Any], theirs: Root, found: Proposal) -> bool:
    """The outputs of the root, where the module has all of them under these names."""
    if "outputs" in document["infrastructure"].get("terraform", {}):
        return False
    passed = {f"module.{theirs.call}.{name}" for name in theirs.outputs}
    if passed != {one.value for one in theirs.outputs.values()}:
        return False
    if not theirs.outputs.keys() <= found.made.outputs:
        return False
    put(document, ("infrastructure", "terraform", "outputs"), list(theirs.outputs))
    return True

"""What Terraform says of one root: init, validate, plan; and of some, of their whole lives."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from generator import api
from generator.plan.runtimes.runtime import honoured
from generator.plan.runtimes.table import RUNTIMES
from generator.rehearsal.change import change_of
from generator.rehearsal.configuration import read_configuration
from generator.rehearsal.expectations import OVERRIDE_FILE, override
from generator.rehearsal.scratch import BACKEND, BACKEND_FILE, VALUES_FILE
from generator.rehearsal.stand_ins import stand_in
from generator.rehearsal.states import NEEDS_FILE, write_states
from generator.rehearsal.terraform_run import listed, plain, streamed
from tests.plan.promises import fields
from tests.proof.draw import with_field
from tests.proof.fields import tags
from tests.proof.project import Batch, Drawn, repaired
from tests.proof.terraform import Engines

_READS = re.compile(r'terraform_remote_state\.([\w-]+)\.outputs(?:\.|\[")([\w-]+)')
_TOLD = re.compile(r"postcondition failed \|.*modules/")
# Where the job is: another one of these is another root, or asks to be confirmed.
_PLACE = ("account.", "kubernetes.cluster.", "runtime.cluster_name", "databricks.host")
_TAGGED = re.compile(r"(?i)tags|labels|annotations")


@dataclass
class Told:
    """What became of one root.

    Attributes:
        case: SEED/NUMBER.
        root: below the project.
        runtime: CLOUD/TYPE.
        dialect: of the job file.
        steps: the steps that went well.
        failed: the step that did not, if any.
        said: why.
    """

    case: str
    root: str
    runtime: str
    dialect: str
    steps: list[str] = field(default_factory=list)
    failed: str = ""
    said: str = ""

    def line(self) -> str:
        """As a line of JSON."""
        return json.dumps(asdict(self), ensure_ascii=False)


class Failure(Exception):  # noqa: N818 - what is wrong is with the root
    """A step of a root's life that went wrong."""


def prove(engines: Engines, root: Path, told: Told) -> None:
    """Validate and plan a root; what it depends on outside of it is made up.

    Raises:
        Failure: Terraform refuses it.
    """
    _stand_alone(root)
    _step(told, "init", list(plain(engines.run(root, "init", "-input=false", "-no-color"))))
    # With the backend that the job asks for: validate looks at it, init and plan would talk to it.
    os.rename(root / BACKEND_FILE, root / "aside")
    ran = engines.run(root, "validate", "-json")
    os.rename(root / "aside", root / BACKEND_FILE)
    _step(told, "validate", listed(ran))
    plan(engines, root, told, "plan")


def plan(engines: Engines, root: Path, told: Told, name: str) -> None:
    """Plan a root, as it is by now, into the file ``planned``.

    Raises:
        Failure: Terraform refuses it.
    """
    ran = engines.run(root, "plan", "-input=false", "-json", "-out=planned")
    _step(told, name, streamed(ran))


def live(engines: Engines, batch: Batch, job: Drawn, root: Path, told: Told, rng: Random) -> None:
    """Apply a planned root, change its job, apply that, and destroy it.

    Raises:
        Failure: a step is refused, a second plan is not empty, or a change touches too much.
    """
    _apply(engines, root, told, "apply")
    before = json.dumps(job.document)
    for name in ("tags", "change"):
        kept = json.dumps(job.document)
        if not _edited(batch, job, name, rng):
            continue
        _stand_alone(root)
        try:
            plan(engines, root, told, f"plan {name}")
        except Failure as failure:
            if not _TOLD.search(str(failure)):
                raise
            # The module itself tells that the platform keeps what the job takes away.
            told.steps.append("told what stays")
            job.document = json.loads(kept)
            _undone(batch, job)
            _stand_alone(root)
            continue
        shown = engines.run(root, "show", "-json", "planned").data() or {}
        _expected(shown, name, before, job)
        _apply(engines, root, told, f"apply {name}")
    ran = engines.run(root, "apply", "-destroy", "-auto-approve", "-input=false", "-json")
    _step(told, "destroy", streamed(ran))
    left = json.loads((root / "terraform.tfstate").read_text("utf-8"))["resources"]
    if left:
        raise Failure(f"destroy: it leaves {[entry['type'] for entry in left]}")


def _apply(engines: Engines, root: Path, told: Told, name: str) -> None:
    _step(told, name, streamed(engines.run(root, "apply", "-input=false", "-json", "planned")))
    ran = engines.run(root, "plan", "-input=false", "-json", "-detailed-exitcode", "-out=second")
    _step(told, f"second plan after {name}", streamed(ran))
    if ran.code:
        shown = engines.run(root, "show", "-json", "second").data() or {}
        raise Failure(f"second plan after {name}: it is not empty: {_differences(shown)}")


def _step(told: Told, name: str, found: Any) -> None:
    errors = [one for one in found if one.severity == "error"]
    if errors:
        said = (f"{e.summary} | {e.detail} | {e.address} {e.file}:{e.line}" for e in errors)
        raise Failure(f"{name}: " + " ;; ".join(said))
    told.steps.append(name)


def _stand_alone(root: Path) -> None:
    """A local backend, what exists as it is expected, values that are handed in, and states."""
    (root / BACKEND_FILE).write_text(BACKEND, encoding="utf-8")
    (root / OVERRIDE_FILE).write_text(override(os.fspath(root)) or "{}", encoding="utf-8")
    wanted = read_configuration(os.fspath(root), ("variable",)).variables
    if wanted:
        values = {name: stand_in(name, kind) for name, kind in wanted.items()}
        (root / VALUES_FILE).write_text(json.dumps(values), encoding="utf-8")
    states: dict[str, dict[str, str]] = {}
    for path in sorted(root.glob("*.tf")):
        for label, output in _READS.findall(path.read_text("utf-8")):
            states.setdefault(label, {})[output] = "made-up"
    if states or (root / NEEDS_FILE).exists():
        write_states(os.fspath(root), states)


def _edited(batch: Batch, job: Drawn, name: str, rng: Random) -> bool:
    """Change the job and generate it anew; whether there is a change. What is refused is undone."""
    kept = json.loads(json.dumps(job.document))
    places = {key: kept["infrastructure"].get(key) for key in ("provider", "region", "account")}
    for _ in range(4):
        _edit(job, name, rng)
        fine = repaired(batch, job)
        # A repair that came to nothing may have taken the whole block.
        block = job.document.get("infrastructure", {})
        same_place = {key: block.get(key) for key in places} == places
        if fine and same_place and job.document != kept:
            result = api.generate(batch.folder)
            if result.ok:
                return True
            for problem in result.problems:
                batch.refused(problem)
        job.document = json.loads(json.dumps(kept))
    _undone(batch, job)
    return False


def _undone(batch: Batch, job: Drawn) -> None:
    """Write the roots of a job that is again as it was."""
    job.write(batch.folder)
    result = api.generate(batch.folder)
    assert result.ok, (job.file, [problem.message for problem in result.problems])


def _edit(job: Drawn, name: str, rng: Random) -> None:
    block = job.document["infrastructure"]
    if name == "tags":
        block["tags"] = {**tags(rng), "edited": "yes"}
        return
    takes = [
        path
        for path in fields()
        if honoured(RUNTIMES[job.runtime].honours, path) and not path.startswith(_PLACE)
    ]
    for path in rng.sample(takes, min(3, len(takes))):
        block = with_field(rng, block, path, job.runtime)
    if not takes:
        block = {**block, "tags": {"edited": "twice"}}
    job.document["infrastructure"] = block


def _expected(shown: dict[str, Any], name: str, before: str, job: Drawn) -> None:
    """Other tags change tags and nothing else; no change loses what no plan mentions."""
    found = change_of(name, shown)
    if found.lost:
        raise Failure(f"plan {name}: lost: {found.lost}; before: {before}; now: {job.document}")
    if name != "tags":
        return
    wrong = {
        address: (actions, paths)
        for address, (actions, paths) in _differences(shown).items()
        if actions != ["update"] or not all(_TAGGED.search(path) for path in paths)
    }
    # A module of the user's own keeps its tags where it likes.
    if wrong and RUNTIMES[job.runtime].module:
        raise Failure(f"plan tags: more than tags changes: {wrong}; before: {before}")


def _differences(shown: dict[str, Any]) -> dict[str, tuple[list[str], list[str]]]:
    """Each resource that a plan changes: the actions, and the dotted paths of what differs."""
    found = {}
    for change in shown.get("resource_changes") or []:
        actions = change["change"]["actions"]
        if actions not in (["no-op"], ["read"]):
            before, after = (change["change"].get(key) or {} for key in ("before", "after"))
            found[change["address"]] = (actions, sorted(set(_different(before, after))))
    return found


def _different(before: Any, after: Any, path: str = "") -> Iterator[str]:
    """The paths below which two values differ; text that holds JSON is looked into."""
    if isinstance(before, str) and isinstance(after, str) and before != after:
        try:
            before, after = json.loads(before), json.loads(after)
        except ValueError:
            yield path
            return
    if isinstance(before, dict) and isinstance(after, dict):
        for key in {**before, **after}:
            yield from _different(before.get(key), after.get(key), f"{path}.{key}")
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for old, new in zip(before, after, strict=True):
            yield from _different(old, new, path)
    elif before != after:
        yield path

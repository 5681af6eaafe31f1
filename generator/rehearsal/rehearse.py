"""Rehearses one root in a scratch copy: init, validate, plan, apply, second plan, destroy."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from generator.rehearsal.binary import Terraform, find_terraform
from generator.rehearsal.change import change_of
from generator.rehearsal.mirror import Mirror, write_mirror
from generator.rehearsal.programs import Found, installed, provisioned
from generator.rehearsal.report import Change, Changes, Diagnostic, RehearsalReport, Step
from generator.rehearsal.scratch import (
    LABELS_OUTPUT,
    TAGS_OUTPUT,
    Copy,
    root_files,
    scratch_copy,
    write_changed,
)
from generator.rehearsal.surroundings import for_fetching, surroundings
from generator.rehearsal.tags import rehearsed_resources
from generator.rehearsal.terraform_run import Ran, listed, plain, run, streamed

# lifecycle { prevent_destroy = true }, in the words of Terraform and of OpenTofu.
PROTECTED = ("Instance cannot be destroyed", "Resource instance cannot be destroyed")


def rehearse_root(  # noqa: PLR0913 - all but the root are options
    root: str,
    *,
    terraform: Terraform | str | None = None,
    variables: Mapping[str, Any] | None = None,
    states: Mapping[str, Mapping[str, Any]] | None = None,
    expected_tags: Mapping[str, str] | None = None,
    expected_labels: Mapping[str, str] | None = None,
    keep: bool = False,
    mirror: Mirror | None = None,
    changes: Changes = (),
) -> RehearsalReport:
    """Plan, apply and destroy a root against the stand-in providers.

    The root is copied, with the modules that it calls by relative paths; its backend is replaced
    by a local one; nothing outside the copy is written but the mirror. Terraform sees nothing of
    the caller's that signs in anywhere, and a root that would run a program is refused.

    Args:
        root: folder of the root module.
        terraform: the program to use; see ``find_terraform``.
        variables: values for input variables; what is not given and has no default gets a
            plausible value of its type, unless a ``.tfvars`` file of the root sets it.
        states: of each ``terraform_remote_state`` of the root, the outputs that it reads.
        expected_tags: what every taggable resource should have; by default what the root's
            ``local.tags`` comes to, if it has one.
        expected_labels: what every Kubernetes object should have; by default what the root's
            ``local.kubernetes_labels`` comes to, and where it has none the expected tags.
        keep: keep the scratch copy; the report says where it is.
        mirror: the mirror to use; by default the one in the user's cache.
        changes: the root after changes: the name of each, and its files by name, or why there is
            no such root. Each is planned over what was applied.

    Raises:
        RehearsalError: the root or a module that it calls is not there, the extra is not
            installed, or there is no Terraform. What Terraform refuses is in the report.
    """
    mirror = mirror or write_mirror()
    if not isinstance(terraform, Terraform):
        terraform = find_terraform(terraform, mirror)
    with scratch_copy(root, variables or {}, keep, states or {}) as copy:
        rehearsal = _OnStandIns(terraform.path, copy, mirror)
        version = terraform.version(rehearsal.environment)
        rehearsal.perform(changes)
    report = rehearsal.report(root, version, expected_tags, expected_labels)
    return replace(report, folder=copy.folder) if keep else report


class Rehearsal:
    """The steps of one rehearsal, in a scratch copy.

    Args:
        program: Terraform.
        copy: the copy.
        environment: all that Terraform sees.
    """

    def __init__(self, program: str, copy: Copy, environment: dict[str, str]) -> None:
        self.program, self.folder, self.environment = program, copy.folder, environment
        self.given = copy.states
        self.steps: list[Step] = [copy.step]
        self.state: dict[str, Any] = {}
        self.changes: list[Change] = []

    def perform(self, changes: Changes = ()) -> None:
        """All steps, up to the first that fails; what was applied is destroyed."""
        programs = Found()
        if self._refuses(programs, [self.folder]):
            return
        initialised = self._step("init", ["init", "-input=false", "-no-color"], self._initialised)
        if self._refuses(programs, installed(self.folder)) or not initialised:
            return
        plan = ["plan", "-input=false", "-json", "-out=rehearsal"]
        ready = self.attach() and self._step("validate", ["validate", "-json"], listed)
        if not ready or not self._step("plan", plan, streamed):
            return
        if programs.mentioned and self._hidden():
            return
        applied = self._step("apply", ["apply", "-input=false", "-json", "rehearsal"], streamed)
        if applied:
            self._read()
            self._second_plan()
            self._plan_changes(changes)
        destroy = ["apply", "-destroy", "-auto-approve", "-input=false", "-json"]
        self._step("destroy", destroy, lambda ran: _unprotected(streamed(ran)))

    def _run(self, arguments: list[str]) -> Ran:
        return run(self.program, arguments, self.folder, self.environment)

    def _step(
        self, name: str, arguments: list[str], read: Callable[[Ran], Iterable[Diagnostic]]
    ) -> bool:
        started = time.monotonic()
        found = tuple(read(self._run(arguments)))
        ok = not any(d.severity == "error" for d in found)
        self.steps.append(Step(name, time.monotonic() - started, ok, found))
        return ok

    def _refuses(self, programs: Found, folders: list[str]) -> bool:
        """Whether one of the folders has what is not run; a step says so."""
        started = time.monotonic()
        for folder in folders:
            programs.look_in(folder, self.folder, self.given)
        if programs.refused:
            found = tuple(programs.refused)
            self.steps.append(Step("look", time.monotonic() - started, False, found))
        return bool(programs.refused)

    def _hidden(self) -> bool:
        """Whether the plan has a provisioner that was not found in the text; a step says so."""
        started = time.monotonic()
        found = tuple(
            Diagnostic(
                "error", f"its root has a provisioner of {address}; rehearse does not run it"
            )
            for address in provisioned(self._run(["show", "-json", "rehearsal"]).data())
        )
        if found:
            self.steps.append(Step("look", time.monotonic() - started, False, found))
        return bool(found)

    def attach(self) -> bool:
        """What has to happen once the providers are chosen; whether all went well."""
        return True

    def _initialised(self, ran: Ran) -> list[Diagnostic]:
        return list(plain(ran))

    def _read(self) -> None:
        started = time.monotonic()
        ran = self._run(["show", "-json"])
        data = ran.data()
        found = tuple(plain(ran))
        self.state = data if isinstance(data, dict) else {}
        self.steps.append(Step("read", time.monotonic() - started, not found, found))

    def _second_plan(self) -> None:
        """A plan after apply has nothing to do; if it has, say to which resources."""
        started = time.monotonic()
        ran = self._run(["plan", "-input=false", "-json", "-detailed-exitcode", "-out=second"])
        found = list(streamed(ran))
        if ran.code == 2:
            shown = self._run(["show", "-json", "second"]).data() or {}
            found += _changes(shown)
        ok = ran.code == 0
        self.steps.append(Step("second plan", time.monotonic() - started, ok, tuple(found)))

    def _plan_changes(self, changes: Changes) -> None:
        """Plans of the changed root; the copy is as it was after that."""
        started, before = time.monotonic(), root_files(self.folder)
        for name, files in changes:
            if isinstance(files, str):
                why = Diagnostic("warning", "the job does not allow it", files)
                self.changes.append(Change(name, diagnostics=(why,)))
            else:
                write_changed(self.folder, files)
                self.changes.append(self._planned(name))
        if self.changes:
            write_changed(self.folder, before)
            self.steps.append(Step("changes", time.monotonic() - started, True))

    def _planned(self, name: str) -> Change:
        """The plan of a change; without a look at what is there where that cannot be reached."""
        command = ["plan", "-input=false", "-json", "-out=changed"]
        ran = self._run(command)
        refused = streamed(ran)
        if ran.code:
            ran = self._run([*command, "-refresh=false"])
        if ran.code:
            return Change(name, diagnostics=refused)
        found = change_of(name, self._run(["show", "-json", "changed"]).data() or {})
        return replace(found, diagnostics=refused)

    def report(
        self,
        root: str,
        version: str,
        expected: Mapping[str, str] | None = None,
        labels: Mapping[str, str] | None = None,
    ) -> RehearsalReport:
        """The report of what was performed."""
        outputs = {
            name: output.get("value")
            for name, output in ((self.state.get("values") or {}).get("outputs") or {}).items()
        }
        found = outputs.pop(TAGS_OUTPUT, None), outputs.pop(LABELS_OUTPUT, None)
        tags = dict(expected) if expected is not None else found[0]
        inside = dict(labels) if labels is not None else found[1]
        return RehearsalReport(
            root=root,
            terraform=version,
            steps=tuple(self.steps),
            resources=rehearsed_resources(self.state, tags, inside),
            expected_tags=tags,
            expected_labels=inside,
            outputs=outputs,
            changes=tuple(self.changes),
        )


class _OnStandIns(Rehearsal):
    def __init__(self, program: str, copy: Copy, mirror: Mirror) -> None:
        self.own = surroundings(copy.scratch) | mirror.environment() | copy.variables
        super().__init__(program, copy, self.own | for_fetching())
        self.mirror = mirror

    def attach(self) -> bool:
        """Stand-ins that run already, where there are any."""
        self.environment = self.own | self.mirror.attached
        return True

    def _initialised(self, ran: Ran) -> list[Diagnostic]:
        """A provider, or a version of it, that is not in the mirror: say what is."""
        found = super()._initialised(ran)
        if any("provider" in d.summary.lower() for d in found):
            stand_ins = ", ".join(" ".join(pair) for pair in self.mirror.versions().items())
            found.append(Diagnostic("warning", "there are stand-ins for", f"{stand_ins}."))
        return found


def _changes(plan: Mapping[str, Any]) -> list[Diagnostic]:
    found = []
    for change in plan.get("resource_changes") or []:
        actions = change["change"]["actions"]
        if actions not in (["no-op"], ["read"]):
            before, after = (change["change"].get(k) or {} for k in ("before", "after"))
            names = sorted(k for k in {**before, **after} if before.get(k) != after.get(k))
            detail = f"{' and '.join(actions)}: {', '.join(names) or 'values known after apply'}"
            found.append(
                Diagnostic("error", "the second plan is not empty", detail, change["address"])
            )
    return found or [Diagnostic("error", "the second plan is not empty", "Outputs change.")]


def _unprotected(found: Iterable[Diagnostic]) -> list[Diagnostic]:
    """A resource that must not be destroyed is as its author wants it: a warning."""
    return [replace(d, severity="warning") if d.summary in PROTECTED else d for d in found]

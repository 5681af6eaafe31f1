"""A job held against the policies of dativo.yaml: one finding for each that it does not keep."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from generator.errors import Location, Problem
from generator.job.loaded import LoadedJob
from generator.job.project import Project
from generator.model.policies import Exemption, Policies
from generator.plan.effect import without
from generator.plan.root_plan import LeftOut
from generator.rules.exemptions import exemption_of
from generator.rules.facts import Facts, Fault
from generator.rules.ready import ready_rules
from generator.rules.rule import Rule, required
from generator.tags.own_keys import own_keys
from generator.tags.tag_set import TagSet

CODE = "policy"


class Finding(NamedTuple):
    """A policy that a job does not keep.

    Attributes:
        policy: its name.
        severity: "error", "warning" or "note".
        message: what is wrong.
        hint: what to do, if the message does not say so.
        address: tenant/job/environment.
        location: where the value stands, or would.
        exemption: what exempts the job from it, if anything does.
    """

    policy: str
    severity: str
    message: str
    hint: str
    address: str
    location: Location
    exemption: Exemption | None = None

    @property
    def problem(self) -> Problem:
        """It as a problem."""
        code = f"{CODE}/{self.policy}"
        return Problem(code, self.message, self.location, self.hint, self.severity)


def of_job(
    project: Project, loaded: LoadedJob, tags: TagSet, left_out: Sequence[LeftOut] = ()
) -> list[Problem]:
    """What a job does not keep and is not exempt from, as problems.

    Args:
        project: the repository.
        loaded: the job.
        tags: its tags.
        left_out: what has no effect on its runtime, which counts as not set.
    """
    found = findings(project, loaded, tags, left_out)
    return [one.problem for one in found if one.exemption is None]


def findings(
    project: Project, loaded: LoadedJob, tags: TagSet, left_out: Sequence[LeftOut] = ()
) -> Iterator[Finding]:
    """What a job does not keep, in the order of dativo.yaml; also what it is exempt from.

    Args:
        project: the repository.
        loaded: the job.
        tags: its tags.
        left_out: what has no effect on its runtime, which counts as not set.
    """
    policies = project.settings.policies
    if policies is None:
        return
    tag_settings = project.settings.tags

    def concept_of(name: str) -> str:
        return own_keys(tag_settings).concept(name, tag_settings.namespace)

    idle = [tuple(one.field.split(".")) for one in left_out]
    facts = Facts(without(loaded, [*idle]), tags, concept_of)
    for rule in _rules(policies):
        wrong = rule.faults(facts)
        if not wrong:
            continue
        what = "; ".join(dict.fromkeys(map(_told, wrong)))
        message = f"{rule.message}: {what}" if rule.message else what
        yield Finding(
            rule.name,
            rule.severity,
            f"policy {rule.name}: {message}",
            rule.hint,
            loaded.folder,
            wrong[0].location,
            exemption_of(policies, rule.name, loaded.folder),
        )


def _told(fault: Fault) -> str:
    return f"{fault.what}; {fault.wanted}" if fault.wanted else fault.what


@lru_cache(maxsize=8)  # the policies are the same for every job of a run
def _rules(policies: Policies) -> tuple[Rule, ...]:
    own = (
        Rule(name, one.severity, one.message or "", "", one.when, required(one.require))
        for name, one in policies.rules.items()
    )
    return (*ready_rules(policies.ready), *own)

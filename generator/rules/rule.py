"""A policy, ready to be held against jobs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from generator.model.when import Conditions
from generator.rules.conditions import faults, holds
from generator.rules.facts import Facts, Fault

Judge = Callable[[Facts], Iterable[Fault]]


class Rule(NamedTuple):
    """A policy of dativo.yaml.

    Attributes:
        name: as there.
        severity: "error", "warning" or "note".
        message: the sentence that stands before what is wrong; may be empty.
        hint: what to do.
        when: the jobs that it is for; None for all.
        judge: what is wrong with one of them.
    """

    name: str
    severity: str
    message: str
    hint: str
    when: Conditions | None
    judge: Judge

    def faults(self, facts: Facts) -> list[Fault]:
        """What is wrong with a job; nothing for one that it is not for."""
        return [*self.judge(facts)] if holds(self.when, facts) else []


def required(require: Conditions, when: Conditions | None = None, wanted: str = "") -> Judge:
    """What judges by conditions.

    Args:
        require: what has to hold.
        when: for which jobs.
        wanted: what is told of a value that is there and wrong, in place of the condition.
    """

    def judge(facts: Facts) -> Iterable[Fault]:
        found = faults(require, facts) if holds(when, facts) else ()
        for fault in found:
            yield fault._replace(wanted=wanted) if wanted and fault.wanted else fault

    return judge

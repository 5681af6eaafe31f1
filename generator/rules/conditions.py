"""Conditions held against the facts of a job."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from generator.concepts.table import CLASSES
from generator.model.policy_fields import LIST, TEXT, JobField, field
from generator.model.when import NAMED, Conditions, Operators
from generator.rules.facts import Facts, Fault
from generator.rules.operators import Value, unlike


def holds(conditions: Conditions | None, facts: Facts) -> bool:
    """Whether all of some conditions hold."""
    return conditions is None or next(faults(conditions, facts), None) is None


def faults(conditions: Conditions, facts: Facts) -> Iterator[Fault]:
    """The conditions that do not hold, each with the value that is wrong.

    Args:
        conditions: of dativo.yaml, checked.
        facts: the job.
    """
    for name, path in NAMED.items():
        asked = getattr(conditions, name)
        if asked is not None:
            yield from _field(path, asked, facts)
    for path, asked in conditions.field.items():
        yield from _field(path, asked, facts)
    for name, asked in conditions.tag.items():
        yield from _tag(name, asked, facts)
    if conditions.data_class is not None:
        yield from _class(conditions.data_class, facts)
    if conditions.any:
        tried = [[*faults(one, facts)] for one in conditions.any]
        if all(tried):
            told = dict.fromkeys(fault.what for some in tried for fault in some)
            wanted = dict.fromkeys(fault.wanted for some in tried for fault in some)
            yield Fault(
                ", and ".join(told), " or ".join(filter(None, wanted)), tried[0][0].location
            )


def _field(path: str, asked: Operators, facts: Facts) -> Iterator[Fault]:
    known = field(path)
    if known is None:  # refused when dativo.yaml is read
        return
    value = Value(known, facts.field(known), facts.is_any_case_field(known))
    if (why := unlike(asked, value)) is not None:
        yield Fault(f'"{known.name}" {why.found}', why.wanted, facts.place(known))


def _tag(name: str, asked: Operators, facts: Facts) -> Iterator[Fault]:
    values, kind = facts.tag(name), LIST if facts.is_many(name) else TEXT
    value: Any = values if kind == LIST or values is None else ", ".join(values)
    why = unlike(asked, Value(JobField(("tag",), kind), value, facts.is_any_case(name)))
    if why is not None:
        yield Fault(f'tag "{name}" {why.found}', why.wanted, facts.place_of_tag(name))


def _class(wanted: Sequence[str], facts: Facts) -> Iterator[Fault]:
    if not {one.lower() for one in wanted} & facts.classes().keys():
        place = facts.place_of_tag(CLASSES)
        yield Fault(f"the data is not classified {' or '.join(wanted)}", "", place)

"""One row of a cloud's table: a field of the job, and the data source that knows the thing."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from generator.model.infrastructure import Infrastructure
from generator.text.expression import Reference, Value
from generator.text.patterns import lazy

Arguments = dict[str, Value]
# The text of one thing in the job to the arguments that find it; None: it is none of these.
Parse = Callable[[str, "Infrastructure"], Arguments | None]
Expected = Callable[["Infrastructure"], Value]


# Stands for the thing as the job names it, where a check compares with that.
ITSELF = Reference("each.key")


class Check(NamedTuple):
    """What must be true of a thing beyond its being there.

    Attributes:
        left: an attribute of it (``self.state``), or a call.
        operator: ``==``, ``!=``, ``in`` or ``meets``, as in ``Condition``.
        right: what it must be, or how that follows from the job; None: nothing to compare with.
        holds: for the comment and the documentation, to follow the thing: "is available".
        says: for the error, likewise: "is {self.state}, not available"; in braces attributes
            of the thing, and ``region``.
        former: the name that the attribute had before, and the version of the provider that gave
            it the one of today.
    """

    left: Value
    operator: str
    right: Value | Expected
    holds: str
    says: str
    former: tuple[str, str] | None = None


class Lookup(NamedTuple):
    """One row.

    Attributes:
        field: dotted, below ``infrastructure``: text, a list of texts, or a mapping to texts.
        type: the data source.
        name: its name in the root.
        noun: the thing, for people.
        argument: where the text as it stands finds the thing: the argument that takes it, and
            which may then be a variable of the root.
        parse: where it has to be taken apart first.
        more: further arguments that other fields of the job say.
        checks: what must be true of it.
        permissions: what whoever plans must be allowed to do.
        runtimes: only on these; none given: on all.
        when: only for jobs of which this is true.
        needed: a provider is configured from it, so it is there whatever the job says.
    """

    field: str
    type: str
    name: str
    noun: str
    argument: str = ""
    parse: Parse | None = None
    more: Callable[[Infrastructure], Arguments] | None = None
    checks: tuple[Check, ...] = ()
    permissions: tuple[str, ...] = ()
    runtimes: tuple[str, ...] = ()
    when: Callable[[Infrastructure], bool] | None = None
    needed: bool = False


class Unverified(NamedTuple):
    """A field that names something which no data source can look up without harm.

    Attributes:
        fields: dotted, below ``infrastructure``.
        reason: a sentence.
    """

    fields: tuple[str, ...]
    reason: str


def matched(pattern: str, **arguments: str) -> Parse:
    """Take a text apart with a pattern.

    Args:
        pattern: of the whole text, with named groups.
        arguments: the data source's argument to the group that it takes; a group that matched
            nothing leaves its argument out.
    """
    compiled = lazy(pattern)

    def parse(text: str, infrastructure: Infrastructure) -> Arguments | None:
        match: re.Match[str] | None = compiled.fullmatch(text)
        if match is None:
            return None
        found = {name: match[group] for name, group in arguments.items()}
        return {name: value for name, value in found.items() if value}

    return parse


def own_only(field: str, pattern: str, **arguments: str) -> Parse:
    """As ``matched``, for what can be looked up in the job's own account or subscription alone.

    Args:
        field: of ``account``; the group of this name has to say the same, in whatever case.
        pattern: of the whole text.
        arguments: the data source's argument to the group that it takes.
    """
    found = matched(pattern, **arguments, **{field: field})

    def parse(text: str, infrastructure: Infrastructure) -> Arguments | None:
        taken = found(text, infrastructure)
        own = (getattr(infrastructure.account, field) or "").lower()
        return None if taken is None or str(taken.pop(field)).lower() != own else taken

    return parse


def attribute(name: str) -> Reference:
    """An attribute of the thing itself, in one of its conditions."""
    return Reference(f"self.{name}")


def in_state(name: str, wanted: str) -> Check:
    """That a thing works: its attribute ``state``, ``status`` or the like has the value wanted."""
    word = "status" if name == "status" else "state"
    says = f"is in {word} {{self.{name}}}, not {wanted}"
    return Check(attribute(name), "==", wanted, f"is {wanted.lower()}", says)


def in_region(name: str, region: Expected) -> Check:
    """That the attribute with a thing's region is that of the job, as the provider writes it."""
    says = f"is in {{self.{name}}}, and the job runs in {{region}}"
    return Check(attribute(name), "==", region, "is in the region of the job", says)


def same_endpoint(name: str, endpoint: Expected) -> Check:
    """That the attribute with a database's host name is the endpoint that the job gives."""
    says = f"has the endpoint {{self.{name}}}, another than references.database.endpoint"
    return Check(attribute(name), "==", endpoint, "has this endpoint", says)


# Of every cloud.
UNVERIFIED_IMAGE = Unverified(
    ("runtime.image",), "Whoever runs the job pulls it, often from a registry elsewhere."
)

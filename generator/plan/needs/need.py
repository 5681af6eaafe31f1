"""One row: a thing that must be there first, that somebody must be allowed, or that costs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Literal, NamedTuple, get_args

from generator.text.expression import Value

# In the order that tables have.
Kind = Literal[
    "API",
    "resource provider",
    "feature",
    "must exist",
    "service agent",
    "whoever plans",
    "whoever applies",
    "who runs Terraform",
    "program",
    "quota",
    "on between runs",
]
KINDS: tuple[Kind, ...] = get_args(Kind)

# Known by a bare name.
NAMED: tuple[Kind, ...] = ("API", "resource provider", "program")

# What an input is that says nothing: left out, empty or off.
NOTHING: tuple[Value, ...] = (None, False, "", 0, [], (), {})


class ModuleInputs(NamedTuple):
    """What decides whether a row applies.

    Attributes:
        values: the inputs that the call gives; what is left out has the module's default.
        cloud: aws, gcp or azure, for modules that all clouds have.
    """

    values: dict[str, Value]
    cloud: str = ""

    def value(self, path: str, default: Value = None) -> Value:
        """An input, or an attribute of one by its dotted path.

        What Terraform alone knows stands for all that is inside of it.
        """
        if "." not in path:
            return self.values.get(path, default)
        found: Value = self.values
        for name in path.split("."):
            if not isinstance(found, dict):
                return found
            found = found.get(name, default)
            if found is default:
                return default
        return found


class When(NamedTuple):
    """Whether a row applies.

    Attributes:
        text: for the table in the module's README; empty: always.
        holds: the same, asked of one call.
        reads: the inputs that decide, each with the module's default.
    """

    text: str
    holds: Callable[[ModuleInputs], bool]
    reads: tuple[tuple[str, Value], ...] = ()


ALWAYS = When("", lambda inputs: True)


class Need(NamedTuple):
    """One row.

    Attributes:
        kind: which of the tables' groups it belongs to.
        what: the thing. Of an API, a resource provider and a program the bare name; else Markdown.
        why: what it is for, as Markdown without a full stop.
        when: whether it applies.
        command: what brings it about, for a shell; APIs and resource providers have theirs.
    """

    kind: Kind
    what: str
    why: str = ""
    when: When = ALWAYS
    command: str = ""


def program(name: str, when: When = ALWAYS) -> Need:
    """A program that Terraform runs for a token of a cluster.

    Args:
        name: of the program.
        when: it does.
    """
    why = "a short-lived token of the cluster, at every plan"
    return Need("program", name, why, when)


def given(path: str, default: Value = None) -> When:
    """An input that is something: no null, false, zero, or empty text, list or map."""
    return When(
        f"`{path}`", lambda inputs: inputs.value(path, default) not in NOTHING, ((path, default),)
    )


def absent(path: str, default: Value = None) -> When:
    """An input that is left out, null, false, zero or empty."""
    return When(
        f"no `{path}`", lambda inputs: inputs.value(path, default) in NOTHING, ((path, default),)
    )


def equal(path: str, wanted: Value, default: Value = None) -> When:
    """An input with just this value."""
    text = f"`{path}` is `{str(wanted).lower() if isinstance(wanted, bool) else wanted}`"
    return When(text, lambda inputs: inputs.value(path, default) == wanted, ((path, default),))


def other_than(path: str, value: Value, default: Value = None) -> When:
    """An input with any other value than this one."""
    text = f"`{path}` is not `{value}`"
    return When(text, lambda inputs: inputs.value(path, default) != value, ((path, default),))


def of_text(path: str, test: Callable[[str], object], text: str) -> When:
    """An input whose text passes a test; one that only Terraform knows does not.

    Args:
        path: the input.
        test: what its text must pass.
        text: the same for people.
    """

    def holds(inputs: ModuleInputs) -> bool:
        value = inputs.value(path)
        return isinstance(value, str) and bool(test(value))

    return When(text, holds, ((path, None),))


def on(cloud: str, title: str) -> When:
    """On one cloud, of a module that several have."""
    return When(f"on {title}", lambda inputs: inputs.cloud == cloud)


def both(*conditions: When) -> When:
    """All of them."""
    texts = [f"({one.text})" if " or " in one.text else one.text for one in conditions]
    return When(
        " and ".join(texts), lambda inputs: all(_held(conditions, inputs)), _read(conditions)
    )


def either(*conditions: When) -> When:
    """At least one of them."""
    text = " or ".join(one.text for one in conditions)
    return When(text, lambda inputs: any(_held(conditions, inputs)), _read(conditions))


def _held(conditions: tuple[When, ...], inputs: ModuleInputs) -> Iterator[bool]:
    return (one.holds(inputs) for one in conditions)


def _read(conditions: tuple[When, ...]) -> tuple[tuple[str, Value], ...]:
    return tuple(read for one in conditions for read in one.reads)

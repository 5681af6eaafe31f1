"""What differs between two roots, of which one is hand-written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from generator.adopt.root import Root, Unknown, Written
from generator.adopt.sources import same_module
from generator.errors import Location

ABSENT: Any = type("Absent", (), {"__repr__": lambda _: "nothing"})()
_TAG = re.compile(
    r"(?:input tags|provider \w+\.default_labels|provider \w+\.default_tags\.tags)\.(.+)"
)

# Where there are none, each tag of the other root is one that is added.
_OF_TAGS = re.compile(
    r"input tags|provider \w+\.(?:default_labels|default_tags|default_tags\.tags)"
)


class Difference(NamedTuple):
    """One thing that the roots say differently.

    Attributes:
        what: dotted, such as ``input cpu`` or ``provider aws.region``.
        ours: what the generated root says; ``ABSENT`` for nothing.
        theirs: what the hand-written root says.
        location: in the hand-written root.
    """

    what: str
    theirs: Any
    ours: Any
    location: Location | None

    @property
    def is_added_tag(self) -> bool:
        """Whether it is a tag that only the generated root has."""
        return self.what.startswith("tag ") and self.theirs is ABSENT


def differences(
    theirs: Root, ours: Root, defaults: Mapping[str, Any], folders: tuple[str, str]
) -> list[Difference]:
    """What differs and matters to the state, to resources, or to who reads outputs.

    Args:
        theirs: the hand-written root.
        ours: the generated one.
        defaults: input of the module to the value that it has when nobody gives it.
        folders: of both, whose modules are local.
    """
    found = [
        *_call(theirs, ours, folders),
        *_inputs(theirs, ours, defaults),
        *_settings(theirs, ours),
        *_outputs(theirs, ours),
    ]
    return list(_tags_once(found))


def _tags_once(found: list[Difference]) -> Iterator[Difference]:
    """A tag is a tag, whether the module or the provider puts it on things."""
    told = set()
    for one in found:
        match = _TAG.fullmatch(one.what)
        if match is None:
            yield one
            continue
        tag = one._replace(what=f"tag {match[1]}")
        if (key := (tag.what, repr(tag.theirs), repr(tag.ours))) not in told:
            told.add(key)
            yield tag


def _call(theirs: Root, ours: Root, folders: tuple[str, str]) -> Iterator[Difference]:
    if not same_module(theirs.source, folders[0], ours.source, folders[1]):
        yield Difference("module source", theirs.source, ours.source, theirs.place)
    if theirs.version != ours.version:
        was = ABSENT if theirs.version is None else theirs.version
        yield Difference(
            "module version", was, ours.version if ours.version else ABSENT, theirs.place
        )


def _inputs(theirs: Root, ours: Root, defaults: Mapping[str, Any]) -> Iterator[Difference]:
    for name in dict.fromkeys((*theirs.arguments, *ours.arguments)):
        default = defaults.get(name, ABSENT)
        was = _value(theirs.arguments.get(name), default)
        now = _value(ours.arguments.get(name), default)
        mine = ours.arguments.get(name)
        what = "input tags" if mine is not None and mine.text == "local.tags" else f"input {name}"
        yield from _values(what, was, now, _place(theirs.arguments.get(name), theirs))


def _settings(theirs: Root, ours: Root) -> Iterator[Difference]:
    for kind in ("providers", "required"):
        was: Mapping[str, Written] = getattr(theirs, kind)
        now: Mapping[str, Written] = getattr(ours, kind)
        word = "provider" if kind == "providers" else "required_providers"
        for name in dict.fromkeys((*was, *now)):
            if kind == "required" and name not in was:
                continue  # it goes without saying, by the provider's name
            before, after = _value(was.get(name), {}), _value(now.get(name), ABSENT)
            yield from _values(f"{word} {name}", before, after, _place(was.get(name), theirs))
    if theirs.imports:  # each has a state of its own
        return
    before = ("local", {}) if theirs.backend is None else theirs.backend.value
    after = ("local", {}) if ours.backend is None else ours.backend.value
    place = _place(theirs.backend, theirs)
    yield from _values("backend", before[0], after[0], place)
    if before[0] == after[0]:
        yield from _values("backend", _settled(before), _settled(after), place)


def _settled(backend: tuple[str, dict[str, Any]]) -> dict[str, Any]:
    """Arguments of a backend; the path of a local state has a default."""
    kind, arguments = backend
    return {"path": "terraform.tfstate", **arguments} if kind == "local" else arguments


def _outputs(theirs: Root, ours: Root) -> Iterator[Difference]:
    """Outputs that others may read; further ones do no harm."""
    for name, output in theirs.outputs.items():
        was = output.value.replace(f"module.{theirs.call}.", "module.job.")
        now = ours.outputs[name].value if name in ours.outputs else ABSENT
        if was != now:
            yield Difference(f"output {name}", was, now, _place(output, theirs))


def _value(written: Written | None, default: Any) -> Any:
    return default if written is None else written.value


def _place(written: Written | None, root: Root) -> Location:
    if written is None:
        return root.place
    return Location(written.file, line=written.line, column=1)


def _values(what: str, was: Any, now: Any, place: Location) -> Iterator[Difference]:
    """The innermost values that differ; what only one says below a mapping is one of them."""
    if _OF_TAGS.fullmatch(what):
        was, now = ({} if side is ABSENT else side for side in (was, now))
    if isinstance(was, dict) and isinstance(now, dict):
        for key in dict.fromkeys((*was, *now)):
            below = f"{what}.{key}" if " " in what else f"{what} {key}"
            yield from _values(below, was.get(key, ABSENT), now.get(key, ABSENT), place)
    elif not _same(was, now):
        yield Difference(what, was, now, place)


def _same(was: Any, now: Any) -> bool:
    """Whether Terraform takes two values for one: null is nothing, a text converts to a number."""
    if (was is None or was is ABSENT) and (now is None or now is ABSENT):
        return True
    if isinstance(was, list) and isinstance(now, list):
        return len(was) == len(now) and all(map(_same, was, now))
    if isinstance(was, dict) and isinstance(now, dict):
        return was.keys() == now.keys() and all(_same(was[key], now[key]) for key in was)
    if isinstance(was, Unknown) or isinstance(now, Unknown):
        return bool(was == now)
    if isinstance(was, str) != isinstance(now, str) and not isinstance(was, dict | list):
        return _text(was) == _text(now)
    return bool(was == now)


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)

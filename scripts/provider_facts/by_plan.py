"""Facts of a provider from its plans and refusals: for one whose tree is too large to compile.

Of every resource type there is a state in which everything is set. Then one attribute after the
other changes, or is taken away, and the plan says whether that makes a new resource. A new resource
of which only the necessary is set shows the defaults. A configuration in which everything is set is
refused, and the sentences name the conflicts. Nothing is applied, and no cloud is asked.
"""

from __future__ import annotations

import copy
import re
import sys
from collections.abc import Iterator, Sequence
from typing import Any

from generator.rehearsal.schema import Block
from generator.rehearsal.values import UNKNOWN, is_unknown, known
from scripts.provider_facts.program import Planned, Program, running

Path = tuple[str | int, ...]
Value = dict[str, Any]
Facts = dict[str, dict[str, Any]]

# A configuration with which the provider asks nobody.
CONFIGURATIONS: dict[str, Value] = {
    "aws": {
        "access_key": "none",
        "secret_key": "none",
        "region": "eu-west-1",
        "max_retries": 0,
        "skip_credentials_validation": True,
        "skip_metadata_api_check": "true",
        "skip_requesting_account_id": True,
    }
}
# Text that the provider reads already when it plans.
DOCUMENT = ('{"Version":"2012-10-17"}', '{"Version":"2008-10-17"}')
TEXTS = {
    "assume_role_policy": DOCUMENT,
    "configurations_json": ("[]", '[{"Classification":"spark"}]'),
    "container_definitions": tuple(f'[{{"name":"{n}","image":"i"}}]' for n in ("a", "b")),
    "date": ("2027-01-01T00:00:00Z", "2028-01-01T00:00:00Z"),
    "policy": DOCUMENT,
    "storage_class": ("GLACIER", "STANDARD_IA"),
    "transition_default_minimum_object_size": (
        *("all_storage_classes_128K", "varies_by_storage_class"),
    ),
}
PLAIN = ("one", "two")
# What the providers' SDK says (helper/schema/schema.go, validate…).
CONFLICT = re.compile(r'"([^"]+)": conflicts with (\S+)')
SENTENCES = {
    "exactly_one_of": re.compile(r'"([^"]+)": only one of `([^`]+)` can be specified'),
    "required_with": re.compile(r'"([^"]+)": all of `([^`]+)` must be specified'),
}
NONE_GIVEN = re.compile(r'"([^"]+)": one of `([^`]+)` must be specified')


def facts(name: str, file: str, kinds: Sequence[str]) -> dict[str, Facts]:
    """Run a provider's program and ask it about resource types.

    Args:
        name: the provider's short name.
        file: its program.
        kinds: the resource types.

    Returns:
        ``{type: {path: facts}}``.
    """
    found = {}
    with running(file) as program:
        schemas = program.schemas(kinds)
        program.configure({**_nothing(schemas[""]), **CONFIGURATIONS.get(name, {})})
        for kind in kinds:
            found[kind] = _Type(program, kind, schemas[kind]).facts()
            print(f"{kind}: {len(found[kind])}", file=sys.stderr)
    return found


def _nothing(block: Block) -> Value:
    value: Value = dict.fromkeys(block["attributes"])
    value |= {n: None if b["nesting"] == "single" else [] for n, b in block["blocks"].items()}
    return value


def _example(name: str, type_: Any, which: int) -> Any:
    """The first or the second value of a type, known."""
    simple = {"string": TEXTS.get(name, PLAIN)[which], "number": which + 1, "bool": which == 0}
    if isinstance(type_, str):
        return simple.get(type_)
    if type_[0] == "object":
        return {n: _example(n, t, which) for n, t in type_[1].items()}
    one = _example(name, type_[1], which)
    return {"key": one} if type_[0] == "map" else [one]


def _settable(attribute: dict[str, Any]) -> bool:
    return bool(attribute.get("optional") or attribute.get("required"))


def _filled(block: Block, state: bool, necessary: bool = False) -> Value:
    """A value in which everything is set.

    Args:
        block: its schema.
        state: set what is computed too.
        necessary: of the attributes set only those that are required.
    """
    value = _nothing(block)
    for name, attribute in block["attributes"].items():
        wanted = attribute.get("required") if necessary else _settable(attribute)
        if state or wanted:
            value[name] = _example(name, attribute["type"], 0)
    for name, nested in block["blocks"].items():
        if name != "timeouts":
            one = _filled(nested["block"], state, necessary)
            value[name] = one if nested["nesting"] == "single" else [one]
    return value


def _paths(block: Block, value: Value, at: Path = ()) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Every attribute that can be set, and every block, with its schema."""
    for name, attribute in block["attributes"].items():
        if _settable(attribute):
            yield (*at, name), attribute
    for name, nested in block["blocks"].items():
        if value.get(name):
            yield (*at, name), nested
            inner = value[name]
            step: Path = (name,) if isinstance(inner, dict) else (name, 0)
            yield from _paths(nested["block"], inner if len(step) == 1 else inner[0], (*at, *step))


def _with(value: Value, path: Path, new: Any) -> Value:
    changed = copy.deepcopy(value)
    inner: Any = changed
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = new
    return changed


def _at(value: Any, path: Path) -> Any:
    for step in path:
        if isinstance(step, int):
            value = value[step] if isinstance(value, list) and len(value) > step else None
        else:
            value = value.get(step) if isinstance(value, dict) else None
    return value


def _dotted(path: Path | str) -> str:
    steps = path.split(".") if isinstance(path, str) else path
    return ".".join(s for s in steps if isinstance(s, str) and not s.isdigit())


class _Type:
    def __init__(self, program: Program, kind: str, block: Block) -> None:
        self.program, self.kind, self.block = program, kind, block
        self.prior, self.config = _filled(block, state=True), _filled(block, state=False)
        self.found: Facts = {}

    def facts(self) -> Facts:
        """All facts of the type."""
        self._defaults()
        for path, said in _paths(self.block, self.config):
            if said.get("max"):
                self._note(path, "max_items", said["max"])
            if said.get("min"):
                self._note(path, "min_items", said["min"])
            self._change(path, said)
        self._conflicts()
        return self.found

    def _note(self, path: Path | str, fact: str, value: Any) -> None:
        self.found.setdefault(_dotted(path), {})[fact] = value

    def _planned(self, path: Path, new: Any) -> Planned:
        """The plan of one change, or of the same change where nothing else is set."""
        proposed, config = (_with(value, path, new) for value in (self.prior, self.config))
        answer = self.program.plan(self.kind, self.prior, proposed, config)
        if answer.errors and len(path) == 1:
            nothing = _nothing(self.block)
            kept = {path[0], *(n for n, a in self.block["attributes"].items() if a.get("computed"))}
            few = {n: self.prior[n] if n in kept else empty for n, empty in nothing.items()}
            alone: Value = {**nothing, str(path[0]): new}
            answer = self.program.plan(self.kind, few, {**few, str(path[0]): new}, alone)
        if answer.errors:
            print(f"{self.kind}.{_dotted(path)}: {answer.errors[0]}", file=sys.stderr)
        return answer

    def _change(self, path: Path, said: dict[str, Any]) -> None:
        is_block = "block" in said
        nothing: Any = (None if said["nesting"] == "single" else []) if is_block else None
        if not is_block and self._planned(path, _example(str(path[-1]), said["type"], 1)).replaced:
            self._note(path, "force_new", True)
        if said.get("required") or said.get("min"):
            return
        away = self._planned(path, nothing)
        if is_block and away.replaced:
            self._note(path, "force_new", True)
        before, after = _at(self.prior, path), _at(away.state, path)
        if is_block and after and known(after):
            self._note(path, "optional_computed", True)
        default = self.found.get(_dotted(path), {}).get("default")
        if not is_block and after and after == before != default and not said.get("computed"):
            self._note(path, "removal_ignored", True)

    def _defaults(self) -> None:
        """What a plan sets where the configuration says nothing."""
        config = _filled(self.block, state=False, necessary=True)
        answer = self.program.plan(self.kind, None, _unknown(self.block, config), config)
        for path, said in _paths(self.block, config):
            value = _at(answer.state, path)
            given = "block" in said or _at(config, path) is not None
            if not (given or value is None or is_unknown(value) or value in ([], {})):
                self._note(path, "default", value)

    def _conflicts(self) -> None:
        """What the provider says when everything is set, or one thing alone."""
        refused = self.program.validate(self.kind, self.config)
        for first in {match[1] for text in refused for match in CONFLICT.finditer(text)}:
            self._note(first, "conflicts_with", sorted(self._conflicts_of(first)))
        alone = [
            text
            for name in self.block["attributes"]
            if self.config[name] is not None
            for text in self.program.validate(
                self.kind, {**_nothing(self.block), name: self.config[name]}
            )
        ]
        for fact, sentence in SENTENCES.items():
            for match in (m for text in (*refused, *alone) for m in sentence.finditer(text)):
                self._note(match[1], fact, match[2].split(","))
        for match in (m for text in alone for m in NONE_GIVEN.finditer(text)):
            if "exactly_one_of" not in self.found.get(_dotted(match[1]), {}):
                self._note(match[1], "at_least_one_of", match[2].split(","))

    def _conflicts_of(self, first: str) -> Iterator[str]:
        """The provider names one conflict of an attribute at a time: take it away, ask again."""
        config, told = copy.deepcopy(self.config), set[str]()
        while True:
            said = [
                m for t in self.program.validate(self.kind, config) for m in CONFLICT.finditer(t)
            ]
            second = next((match[2] for match in said if match[1] == first), None)
            if second is None or second in told:
                return
            told.add(second)
            yield second
            path = tuple(int(s) if s.isdigit() else s for s in second.split("."))
            config = _with(config, path, [] if isinstance(_at(config, path), list) else None)


def _unknown(block: Block, config: Value) -> Value:
    """What Terraform proposes for a new resource: what is computed and not set is unknown."""
    value = dict(config)
    for name, attribute in block["attributes"].items():
        if attribute.get("computed") and value[name] is None:
            value[name] = UNKNOWN
    for name, nested in block["blocks"].items():
        if isinstance(value[name], list):
            value[name] = [_unknown(nested["block"], one) for one in value[name]]
    return value

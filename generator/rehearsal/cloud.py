"""A make-believe cloud: what a provider computes at plan and invents at apply.

Plan: computed attributes that the configuration leaves out are unknown, and the tag maps
that the real providers merge are merged. Apply: every unknown gets a plausible value (an
ARN, an id), derived from the configuration alone so that two runs agree.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

from generator.rehearsal.data_sources import answer
from generator.rehearsal.inventions import NUMBERS, Invention, answered, invent
from generator.rehearsal.planning import Path, replaced, settled
from generator.rehearsal.schema import Block, CompiledSchema
from generator.rehearsal.values import UNKNOWN, is_unknown, known

Value = Any

ATTRIBUTION = {"goog-terraform-provisioned": "true"}


def seed_of(value: Value) -> str:
    """A digest that stands for the configuration of one resource."""
    text = json.dumps(value, default=str, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def merged(*maps: Value) -> Value:
    """One map of all, the later ones winning; unknown where one of them is."""
    total: dict[str, Value] = {}
    for one in maps:
        if is_unknown(one):
            return UNKNOWN
        total.update(one or {})
    return total


def mark(block: Block, value: Value) -> Value:
    """``value`` with every computed attribute that it leaves out made unknown."""
    if not isinstance(value, dict):
        return value
    out = dict(value)
    for name, attribute in block["attributes"].items():
        if attribute.get("computed") and out.get(name) is None:
            out[name] = UNKNOWN
    for name, nested in block["blocks"].items():
        inner = out.get(name)
        if isinstance(inner, list):
            out[name] = [mark(nested["block"], v) for v in inner]
        elif isinstance(inner, dict):
            out[name] = mark(nested["block"], inner)
    return out


def empty(block: Block) -> dict[str, Value]:
    """A block in which nothing is set."""
    value: dict[str, Value] = dict.fromkeys(block["attributes"])
    for name, nested in block["blocks"].items():
        value[name] = None if nested["nesting"] == "single" else []
    return value


class Cloud:
    """What stands in for one cloud's API.

    Attributes:
        name: the provider's short name: aws, google, azurerm, …
        schema: its schema.
        config: the provider's configuration, once Terraform has sent it.
        found: the last answer of each data source.
    """

    def __init__(self, name: str, schema: CompiledSchema) -> None:
        self.name = name
        self.schema = schema
        self.config: dict[str, Value] = {}
        self.found: dict[str, Value] = {}

    def plan(self, kind: str, proposed: Value, prior: Value = None) -> Value:
        """The planned state of a resource of type ``kind``.

        Args:
            kind: the resource type.
            proposed: the configuration, with what was computed before.
            prior: the state before; None for a new resource. Terraform proposes no block that
                the configuration leaves out, even if the API answered one.
        """
        block = self.schema.block("resource", kind)
        planned = mark(block, settled(block, proposed, prior))
        for name in answered(self.name, kind) & block["blocks"].keys():
            if planned.get(name) == []:
                nested = block["blocks"][name]["block"]
                planned[name] = (prior or {}).get(name) or [mark(nested, empty(nested))]
        return self.merge_tags(kind, planned)

    def merge_tags(self, kind: str, value: dict[str, Value]) -> dict[str, Value]:
        """``value`` with the tag maps that the real providers compute.

        AWS: ``tags_all`` from ``default_tags`` and ``tags``. Google: ``terraform_labels`` from
        ``default_labels`` and ``labels`` (``resource_labels`` of a cluster), ``effective_labels``
        with the provider's own label, which ``add_terraform_attribution_label = false`` switches
        off.
        """
        attributes = self.schema.block("resource", kind)["attributes"]
        if "tags_all" in attributes:
            default = next(iter(self.config.get("default_tags") or []), None) or {}
            value["tags_all"] = merged(default.get("tags"), value.get("tags"))
        if "effective_labels" in attributes:
            own = value.get("labels" if "labels" in attributes else "resource_labels")
            total = merged(self.config.get("default_labels"), own)
            value["terraform_labels"] = total
            attributed = self.config.get("add_terraform_attribution_label") is not False
            if attributed and isinstance(total, dict):
                total = {**total, **ATTRIBUTION}
            value["effective_labels"] = total
        return value

    def replaced_by(self, kind: str, prior: Value, planned: Value) -> list[Path]:
        """The paths whose change makes a new resource."""
        return list(replaced(self.schema.block("resource", kind), prior, planned))

    def apply(self, kind: str, planned: Value, config: Value) -> Value:
        """The state after apply: nothing in it is unknown."""
        about = Invention(kind, seed_of(config), planned, self.config)
        return self._fill(self.schema.block("resource", kind), planned, about)

    def read_data(self, kind: str, config: Value) -> Value:
        """What a data source of type ``kind`` answers.

        What the provider does not compute is a question, and comes back as it was asked.
        """
        block = self.schema.block("data", kind)
        answered_of = answer(self.name, kind, config, self.config, self.found)
        known_of = {
            name: value
            for name, value in answered_of.items()
            if block["attributes"].get(name, {}).get("computed", name in block["blocks"])
        }
        value = {**mark(block, config), **known_of}
        about = Invention(kind, seed_of(config), value, self.config)
        for name in known_of.keys() & block["attributes"].keys():
            wanted = block["attributes"][name]["type"]
            value[name] = self._completed(wanted, value[name], name, about)
        value = self._fill(block, value, about)
        self.found[kind] = value
        return value

    def _fill(self, block: Block, value: Value, about: Invention) -> Value:
        if not isinstance(value, dict):
            return value
        out = dict(value)
        for name, attribute in block["attributes"].items():
            if not known(out.get(name)):
                out[name] = self._invent(attribute["type"], name, about)
        for name, nested in block["blocks"].items():
            inner = out.get(name)
            if isinstance(inner, list):
                out[name] = [
                    self._fill(nested["block"], v, about.within(f"{name}/{i}"))
                    for i, v in enumerate(inner)
                ]
            elif isinstance(inner, dict):
                out[name] = self._fill(nested["block"], inner, about.within(name))
        return out

    def _completed(self, type_: Any, value: Value, name: str, about: Invention) -> Value:
        """An answer with the attributes of its objects that it leaves out."""
        if isinstance(value, list) and isinstance(type_, list) and type_[0] in ("list", "set"):
            return [self._completed(type_[1], item, name, about) for item in value]
        if isinstance(value, dict) and isinstance(type_, list) and type_[0] == "object":
            inner = about.within(name)
            return {
                n: (
                    self._completed(t, value[n], n, inner)
                    if n in value
                    else self._invent(t, n, inner)
                )
                for n, t in type_[1].items()
            }
        return value

    def _invent(self, type_: Any, name: str, about: Invention) -> Value:
        simple = {"number": NUMBERS.get(name, 1), "bool": False, "dynamic": None}
        if type_ == "string":
            return invent(self.name, name, about)
        if isinstance(type_, str):
            return simple[type_]
        if type_[0] == "object":
            inner = about.within(name)
            return {n: self._invent(t, n, inner) for n, t in type_[1].items()}
        if name in answered(self.name, about.kind) and not about.nested:
            return [self._invent(type_[1], name, about)]
        return {} if type_[0] == "map" else []

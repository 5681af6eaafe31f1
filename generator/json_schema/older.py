"""The spellings of older job files in the schema, from the same tables that read them."""

from __future__ import annotations

import copy
from collections.abc import Sequence

from generator.dialects.keys import Keys, keys, older
from generator.dialects.names import NAMES, ORCHESTRATORS, TOOLS, USUAL
from generator.dialects.spellings import Spelling
from generator.json_schema.draft7 import SCALAR, Schema, any_case, nullable, variable
from generator.plan.runtimes.table import RUNTIMES, TYPES, types_of

BLOCK = "Infrastructure"
_TYPE, _CPU, _PROVIDER = ("runtime", "type"), ("runtime", "cpu"), ("provider",)
# What the reader of a fact looks at; of the others it takes any scalar (generator.dialects.sizes).
_TRUTH = {"encrypted": "true", "gpu": "false"}
# As a size in MiB is limited by generator.model.fields.
_MOST_GIB = 2**20


def add(found: dict[str, Schema], further: Sequence[Schema]) -> None:
    """Give the infrastructure block the older spellings, each marked with what it is today.

    Args:
        found: the definitions of the canonical block; changed in place.
        further: rules of the block besides those about runtimes.
    """
    canonical = copy.deepcopy(found)
    most = node_at(found, _CPU).pop("maximum")  # 1024ths have another
    found[BLOCK]["allOf"] = [*_runtimes(most), *further]
    _names(found)
    named = copy.deepcopy(found)
    for path, spelling in older().items():
        _property(found, path[:-1], canonical)[path[-1]] = _spelt(named, path, spelling)
    outputs = node_at(found, ("terraform", "outputs"))
    of_list = {key: outputs.pop(key) for key in ("type", "items")}
    outputs["anyOf"] = [of_list, _REVERSED]


def spellings_of(path: Keys) -> list[Keys]:
    """All spellings of a canonical path below ``infrastructure``, its own first."""
    return [path, *(at for at, row in older().items() if keys(row.canonical) == path)]


def _runtimes(most: float) -> list[Schema]:
    """For each cloud: which runtimes it has, by the names of today and by older ones.

    And under a name of today cpu counts vCPUs.

    Args:
        most: the greatest number of these.
    """
    rules: list[Schema] = [
        {"if": given(_TYPE, {"enum": list(TYPES)}), "then": below(_CPU, {"maximum": most})}
    ]
    for cloud in dict.fromkeys(cloud for cloud, _ in RUNTIMES):
        named = [{"enum": list(types_of(cloud))}, _former(names_of(cloud)), variable()]
        kinds = nullable({"anyOf": named})
        rules.append(
            {
                "if": {"anyOf": [given(at, {"const": cloud}) for at in spellings_of(_PROVIDER)]},
                "then": {"allOf": [below(at, kinds) for at in spellings_of(_TYPE)]},
            }
        )
    return rules


def names_of(cloud: str) -> list[str]:
    """The older names that stand for one of a cloud's runtimes."""
    names = [name for name, (of, today) in NAMES.items() if of == cloud and today in TYPES]
    return [*names, *sorted(ORCHESTRATORS)]


def names_for(cloud: str, kind: str) -> list[str]:
    """The older names that stand for one runtime of a cloud."""
    names = [name for name, today in NAMES.items() if today == (cloud, kind)]
    return [*names, *(sorted(ORCHESTRATORS) if USUAL[cloud] == kind else ())]


def beside() -> list[str]:
    """The keys of older blocks that are a job's own today, so no environment has them."""
    return [path[0] for path, row in older().items() if row.canonical.startswith("/")]


def below(path: Keys, node: Schema) -> Schema:
    """A schema for the value at a path of an object."""
    for key in reversed(path):
        node = {"properties": {key: node}}
    return node


def given(path: Keys, node: Schema) -> Schema:
    """That a value stands at a path, and what it is."""
    for key in reversed(path):
        node = {"type": "object", "properties": {key: node}, "required": [key]}
    return node


def node_at(found: dict[str, Schema], path: Keys) -> Schema:
    """The schema of a value below ``infrastructure``."""
    node = found[BLOCK]
    for key in path:
        within = _resolved(found, node)
        if key in within.get("properties", {}):
            node = within["properties"][key]
        else:  # an open mapping
            held = within.get("additionalProperties")
            node = held if isinstance(held, dict) else {}
    return node


def _resolved(found: dict[str, Schema], node: Schema) -> Schema:
    for option in (node, *node.get("allOf", ())):
        if "$ref" in option:
            return found[option["$ref"].rsplit("/", 1)[1]]
    return node


def _property(
    found: dict[str, Schema], path: Keys, canonical: dict[str, Schema]
) -> dict[str, Schema]:
    """The properties of the mapping at a path; sections that only older files have are made."""
    node = found[BLOCK]
    for length, key in enumerate(path, 1):
        within = _resolved(found, node).setdefault("properties", {})
        if key not in within:
            within[key] = {
                **_marked(_section(path[:length])),
                "type": ["object", "null"],
                "properties": {},
                "additionalProperties": False,
            }
        node = within[key]
    properties: dict[str, Schema] = _resolved(found, node).setdefault("properties", {})
    return properties


def _section(path: Keys) -> str:
    """What became of a section."""
    rows = [row.canonical for at, row in older().items() if at[: len(path)] == path]
    tops = dict.fromkeys(canonical.lstrip("/").split(".")[0] for canonical in rows)
    today = ", ".join(f"`{top}`" for top in tops if not top.startswith("*"))
    return f"Older section: what it says stands in {today} today." if today else "Older section."


def _spelt(named: dict[str, Schema], path: Keys, spelling: Spelling) -> Schema:
    """The schema of one older key."""
    target, says = spelling.canonical, f" ({spelling.says})" if spelling.says else ""
    if target.startswith("*"):
        about = spelling.says or target[1:].replace("_", " ")
        return {**_marked(f"Older key: {about}."), **_fact(named, target[1:])}
    if target.startswith("/"):
        return _marked(f"Older spelling of `{target[1:]}`, beside `infrastructure`{says}.")
    node = copy.deepcopy(node_at(named, keys(target)))
    marks = _marked(f"Older spelling of `{target}`{says}.")
    value = {key: item for key, item in node.items() if key not in ("description", "default")}
    if "$ref" in value:
        value = {"allOf": [value]}
    held = value.get("additionalProperties")
    if keys(target) == path[:-1] and isinstance(held, dict):  # a value of its own, or older
        return {"description": marks["description"], "anyOf": [held, {**marks, **value}]}
    return {**marks, **value}


def _fact(named: dict[str, Schema], name: str) -> Schema:
    if name in _TRUTH:
        word = _TRUTH[name]
        text = {"type": "string", "pattern": f"^{any_case(word)}$"}
        return {"anyOf": [{"const": word == "true"}, text, {"type": "null"}]}
    if name == "disk_size":
        node = node_at(named, ("runtime", "ephemeral_storage"))
        limits = {"exclusiveMinimum": 0, "maximum": _MOST_GIB}
        return {"type": ["string", "number", "null"], "pattern": node["pattern"], **limits}
    return {"type": [*SCALAR["type"], "null"]}


def _marked(text: str) -> Schema:
    """A text, and that editors strike the key through: draft-07 lets such keywords be."""
    return {"description": text, "deprecated": True, "deprecationMessage": text}


def _names(found: dict[str, Schema]) -> None:
    """Older names of runtimes, and the tools that stood where the cloud does."""
    today = {name: kind for name, (_, kind) in NAMES.items() if kind in TYPES}
    listed = ", ".join(f"{name} is `{kind}`" for name, kind in today.items())
    tools = f"{', '.join(sorted(ORCHESTRATORS))} `orchestrator.type`"
    text = f"Older names: {listed}, {tools}."
    kinds = {**_marked(text), **_former([*today, *sorted(ORCHESTRATORS)])}
    node_at(found, _TYPE)["anyOf"].append(kinds)
    text = "Older: the tool that deploys, `iac` today; the cloud is told by what the job names."
    node_at(found, _PROVIDER)["anyOf"].append({**_marked(text), **_former(sorted(TOOLS))})


def _former(names: Sequence[str]) -> Schema:
    """Words that are taken and not offered: editors complete from `enum` and `const` only."""
    return {"type": "string", "pattern": f"^(?:{'|'.join(names)})$"}


_REVERSED: Schema = {
    **_marked("Older: output to its place below `resource_identifiers`."),
    "type": "object",
    "additionalProperties": {
        "type": "string",
        "pattern": r"^(?:infrastructure\.)?resource_identifiers\.[^.]+$",
    },
    "minProperties": 1,
}

"""Reads provider schemas back from the prebuilt CDK bindings: one JavaScript module a type.

The bindings are generated from ``terraform providers schema -json``. A class names every
attribute with its flags in a comment (``// name - computed: …, optional: …, required: …``),
nested blocks as fields, and says in ``synthesizeHclAttributes`` how each is written as HCL.
Only those facts are read, line by line; no JavaScript is run.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

Lines = list[str]
Block = dict[str, Any]

FLAGS = re.compile(r"^    // (\w+) - computed: (\w+), optional: (\w+), required: (\w+)$")
FIELD = re.compile(r"^    _\w+ = new ([\w.]+)\(this, \"(\w+)\"(?:, (\w+))?\)")
CLASS = re.compile(r"^class (\w+) extends cdktn?f?\.(\w+) \{$")
FUNCTION = re.compile(r"^function (\w+)ToHclTerraform\(struct\) \{$")
TOP = ("TerraformResource", "TerraformDataSource", "TerraformProvider")
DEPTH = 12

_WORDS = {"string": "string", "number": "number", "boolean": "bool", "any": "dynamic"}
# An "any" within a collection is a string there.
_ITEMS = {"string": "string", "number": "number", "boolean": "bool", "any": "string"}
GETTERS = (
    ("getStringMapAttribute", ["map", "string"]),
    ("getNumberMapAttribute", ["map", "number"]),
    ("getBooleanMapAttribute", ["map", "bool"]),
    ("getAnyMapAttribute", ["map", "string"]),
    ("getNumberListAttribute", ["list", "number"]),
    ("getListAttribute", ["list", "string"]),
    ("getStringAttribute", "string"),
    ("getNumberAttribute", "number"),
    ("getBooleanAttribute", "bool"),
    ("interpolationForAttribute", "dynamic"),
)


def storage_type(name: str) -> Any:
    """The type that a storage class stands for: stringListMap is a map of lists of strings.

    Returns:
        A cty type expression, or None for the name of a struct.
    """
    found = re.fullmatch(r"(string|number|boolean|any)((?:List|Map)*)", name)
    if not found:
        return None
    if not found[2]:
        return _WORDS[found[1]]
    collections = re.findall("List|Map", found[2])
    kind: Any = "dynamic" if (found[1], collections) == ("any", ["List"]) else _ITEMS[found[1]]
    for collection in collections:
        kind = [collection.lower(), kind]
    return kind


def getter_type(line: str) -> Any:
    """The type that a computed attribute's getter returns; None for another line."""
    for name, kind in GETTERS:
        if name in line:
            is_set = "Fn.tolist(" in line and kind[0] == "list"
            return ["set", kind[1]] if is_set else kind
    return None


@dataclass(slots=True)
class Attribute:
    """What a class says of an attribute or a nested block.

    Attributes:
        computed, optional, required: the flags.
        init: the class that the field is made of, for a block; empty for an attribute.
        as_set: the field was made as a set.
        type: what the getter returns, where it says so.
    """

    computed: bool = False
    optional: bool = True
    required: bool = False
    init: str = ""
    as_set: bool = False
    type: Any = None

    @property
    def flags(self) -> dict[str, bool]:
        """The flags that are set, as they are stored."""
        names = ("computed", "optional", "required")
        return {name: True for name in names if getattr(self, name)}


@dataclass(slots=True)
class Hcl:
    """How a class writes an attribute: as a block or not, in which collection, of what."""

    block: bool = False
    type: str = "list"
    storage: str = ""


@dataclass(slots=True)
class Module:
    """The classes of one resource, data source or provider.

    Attributes:
        attributes: class name to its attributes.
        hcl: struct name in lower case to how its attributes are written.
        top: the class of the resource itself, with its base class in ``kind``.
        resource_type: Terraform's name of it.
        version: the provider's version.
    """

    attributes: dict[str, dict[str, Attribute]] = field(default_factory=dict)
    hcl: dict[str, dict[str, Hcl]] = field(default_factory=dict)
    top: str = ""
    kind: str = ""
    resource_type: str = ""
    version: str = ""


def read_module(source: str) -> Module:
    """Read the classes of a generated module."""
    module = Module()
    lines = source.splitlines()
    at = 0
    while at < len(lines):
        opened = CLASS.match(lines[at]) or FUNCTION.match(lines[at])
        if opened:
            start = at + 1
            at = lines.index("}", start)
            if opened.re is FUNCTION:
                module.hcl[opened[1].lower()] = _read_hcl(lines[start:at], 8)
            else:
                _read_class(module, opened[1], opened[2], lines[start:at])
        at += 1
    return module


def _read_class(module: Module, name: str, base: str, body: Lines) -> None:
    module.attributes[name] = _read_attributes(body)
    if base not in TOP:
        return
    text = "\n".join(body)
    module.top, module.kind = name, base
    if found := re.search(r"static tfResourceType = \"(\w+)\"", text):
        module.resource_type = found[1]
    if found := re.search(r"providerVersion: '([^']+)'", text):
        module.version = found[1]
    starts = [n for n, line in enumerate(body) if "synthesizeHclAttributes()" in line]
    module.hcl[name.lower()] = _read_hcl(body[starts[0] :], 12) if starts else {}


def _read_attributes(body: Lines) -> dict[str, Attribute]:
    found: dict[str, Attribute] = {}
    current: Attribute | None = None
    for line in body:
        if flags := FLAGS.match(line):
            computed, optional, required = (flags[n] == "true" for n in (2, 3, 4))
            current = found.setdefault(flags[1], Attribute(computed, optional, required))
        elif current is not None:
            if made := FIELD.match(line):
                current.init, current.as_set = made[1].split(".")[-1], made[3] == "true"
            if current.type is None and not current.init and "return " in line:
                current.type = getter_type(line)
            if "synthesizeAttributes" in line or line.startswith("    // ===="):
                current = None
    return found


def _read_hcl(lines: Lines, indent: int) -> dict[str, Hcl]:
    found: dict[str, Hcl] = {}
    current: Hcl | None = None
    for line in lines:
        if opened := re.match(rf"^ {{{indent}}}(?:  )?(?:  )?(\w+): {{$", line):
            current = found.setdefault(opened[1], Hcl())
        elif current is not None:
            if is_block := re.search(r"isBlock: (\w+),", line):
                current.block = is_block[1] == "true"
            elif collection := re.search(r"^\s+type: \"(\w+)\",", line):
                current.type = collection[1]
            elif storage := re.search(r"storageClassType: \"(\w+)\",", line):
                current.storage = storage[1]
    return found

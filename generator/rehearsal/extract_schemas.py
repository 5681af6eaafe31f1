"""Renews ``schemas/``: extracts provider schemas from the prebuilt CDK bindings on PyPI.

No registry and no Terraform is needed, only a wheel::

    pip download --no-deps cdktn-provider-aws
    python -m generator.rehearsal.extract_schemas cdktn_provider_aws-*.whl aws

writes ``schemas/aws.json.gz`` with the types that are in it now, at the wheel's version. Further
arguments are prefixes of types to hold instead: ``… aws ecs- iam- cloudwatch- lambda-``.

What is stored::

    {"provider": block, "version": "6.69.1", "resource": {"aws_ecs_cluster": block, …}, "data": …}

where a block is ``{"attributes": {name: {"type": T, "computed|optional|required": true}},
"blocks": {name: {"nesting": "list|set|single", "min": n, "max": n, "block": block}}}`` and T is
a cty type expression: "string", ["list", "string"], ["object", {…}]. The bindings do not say
what forces a replacement or what is sensitive, nor do they tell a nested attribute from a block.
"""

from __future__ import annotations

import gzip
import io
import json
import os
import re
import sys
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

from generator.rehearsal import schema
from generator.rehearsal.bindings import DEPTH, Attribute, Block, Hcl, Module, read_module
from generator.rehearsal.bindings import storage_type as type_of

MEMBER = re.compile(r"package/lib/([^/]+)/(?:index|index-structs/structs\d+)\.js$")
SORTS = {"TerraformDataSource": "data", "TerraformResource": "resource"}
REFERENCE = "OutputReference"


def struct_of(module: Module, init: str) -> str | None:
    """The struct whose list, map or reference the class ``init`` is; None if it is none."""
    for suffix in (REFERENCE, "List", "Map"):
        struct = init.removesuffix(suffix)
        if init.endswith(suffix) and struct + REFERENCE in module.attributes:
            return struct
    return None


def block_of(module: Module, cls: str, struct: str = "", depth: int = 0) -> Block:
    """The block that class ``cls`` (or a provider's nested ``struct``) stands for."""
    block: Block = {"attributes": {}, "blocks": {}}
    written = module.hcl.get((struct or cls).lower(), {})
    found = module.attributes.get(cls)
    if found is None:  # a provider's nested struct has no class of its own, only its HCL
        found = {name: Attribute() for name in written}
    for name, attribute in found.items():
        _add(block, name, _Field(module, attribute, written.get(name), depth))
    return block


class _Field:
    """One attribute or nested block of a class."""

    def __init__(self, module: Module, attribute: Attribute, written: Hcl | None, depth: int):
        self.module, self.attribute, self.depth = module, attribute, depth
        self.written = written or Hcl()
        self.plain = written is not None and not written.block
        self.settable = attribute.optional or attribute.required

    def inner(self) -> str | None:
        """The struct of a nested block; None for an attribute."""
        if self.settable and self.plain:
            return None
        if self.attribute.init:
            return struct_of(self.module, self.attribute.init)
        if self.written.block:
            return self.written.storage.removesuffix("List").removesuffix("Map")
        return None

    def type(self) -> Any:
        """The type of an attribute."""
        storage, own = type_of(self.written.storage), self.attribute.type
        if self.settable and self.plain:
            kind = storage or own or "dynamic"
            is_set = self.written.type == "set" and isinstance(kind, list) and kind[0] == "list"
            return ["set", kind[1]] if is_set else kind
        init = self.attribute.init
        made = type_of(init[:1].lower() + init[1:]) if init else None
        return (made if isinstance(made, list) else None) or own or storage or "dynamic"

    def nested(self, struct: str) -> Block:
        """The block of ``struct``."""
        block = block_of(self.module, struct + REFERENCE, struct, self.depth + 1)
        known = self.module.attributes.get(struct + REFERENCE)
        empty = not block["attributes"] and not block["blocks"]
        return block_of(self.module, "-", struct, self.depth + 1) if empty and not known else block

    def collection(self) -> str:
        """How the objects of a computed block are held."""
        if self.attribute.init.endswith("Map"):
            return "map"
        return "set" if self.attribute.as_set or self.written.type == "set" else "list"


def _add(block: Block, name: str, one: _Field) -> None:
    attribute, shape = one.attribute, one.written.type
    struct = one.inner()
    if struct is None or one.depth > DEPTH:
        block["attributes"][name] = {"type": one.type(), **attribute.flags}
        return
    nested = one.nested(struct)
    if not one.settable or (attribute.computed and shape != "struct"):
        kind = [one.collection(), as_object(nested)]
        block["attributes"][name] = {"type": kind, **attribute.flags}
    elif shape == "struct":
        block["blocks"][name] = {"nesting": "single", "min": 0, "max": 0, "block": nested}
    else:
        block["blocks"][name] = {
            "nesting": shape if shape in ("list", "set") else "list",
            "min": 1 if attribute.required else 0,
            "max": 1 if attribute.init.endswith(REFERENCE) else 0,
            "block": nested,
        }


def as_object(block: Block) -> Any:
    """A nested block as an object type, where the schema has an attribute of objects."""
    members = {name: attribute["type"] for name, attribute in block["attributes"].items()}
    for name, nested in block["blocks"].items():
        nesting = nested["nesting"] if nested["nesting"] in ("list", "set") else "list"
        members[name] = [nesting, as_object(nested["block"])]
    return ["object", members]


def sources_of(wheel: str, wanted: Callable[[str], bool]) -> Iterator[str]:
    """The JavaScript of each wanted folder of a wheel; a large one is spread over files."""
    with zipfile.ZipFile(wheel) as archive:
        name = next(n for n in archive.namelist() if n.endswith(".jsii.tgz"))
        packed = io.BytesIO(archive.read(name))
    found: dict[str, list[str]] = {}
    with tarfile.open(fileobj=packed, mode="r:gz") as tar:
        for member in tar:
            matched = MEMBER.match(member.name)
            file = tar.extractfile(member) if matched and wanted(matched[1]) else None
            if matched and file:
                found.setdefault(matched[1], []).append(file.read().decode())
    for _, texts in sorted(found.items()):
        yield "\n".join(texts)


def extract(wheel: str, wanted: Callable[[str], bool]) -> dict[str, Any]:
    """The schema that the bindings in ``wheel`` were made from.

    Args:
        wheel: path of the wheel.
        wanted: whether to read a folder of it: ``provider``, ``ecs-cluster``, …
    """
    result: dict[str, Any] = {"version": None, "provider": None, "resource": {}, "data": {}}
    for source in sources_of(wheel, wanted):
        module = read_module(source)
        if not module.top:
            continue
        block = block_of(module, module.top)
        if module.kind in SORTS:
            result[SORTS[module.kind]][module.resource_type] = block
        else:
            block["attributes"].pop("alias", None)
            result["provider"] = block
        result["version"] = result["version"] or module.version
    return result


def selection(provider: str, prefixes: list[str]) -> Callable[[str], bool]:
    """Which folders to read: those with one of ``prefixes``, else those of the stored types."""
    data = f"data-{provider}-"
    if prefixes:
        return lambda f: f == "provider" or f.removeprefix(data).startswith(tuple(prefixes))
    stored = schema.load(provider)
    names = {kind.removeprefix(provider + "_").replace("_", "-") for kind in stored["resource"]}
    names |= {data + k.removeprefix(provider + "_").replace("_", "-") for k in stored["data"]}
    # A name that JavaScript reserves ends in -resource: time_static is in static-resource.
    names |= {f"{name}-resource" for name in names}
    return lambda folder: folder == "provider" or folder in names


def main(arguments: list[str]) -> None:
    """Write one schema; see the module's documentation."""
    if len(arguments) < 2:
        sys.exit("usage: python -m generator.rehearsal.extract_schemas WHEEL NAME [PREFIX…]")
    wheel, provider, *prefixes = arguments
    result = extract(wheel, selection(provider, prefixes))
    path = os.path.join(schema.FOLDER, provider + schema.SUFFIX)
    with gzip.GzipFile(path, "wb", mtime=0) as file:
        file.write(json.dumps(result, sort_keys=True, separators=(",", ":")).encode())
    counts = f"{len(result['resource'])} resources, {len(result['data'])} data sources"
    sys.stdout.write(f"{provider} {result['version']}: {counts}\n")


if __name__ == "__main__":
    main(sys.argv[1:])

"""The backend, the module and the outputs, as older files write them."""

from __future__ import annotations

import re
from typing import Any

from generator.dialects.block import Block, dotted
from generator.errors import KeyPath
from generator.model.problems import shown
from generator.model.variables import names_left

_BACKEND = ("terraform", "backend")
_SIGNS = {
    "s3": ("dynamodb_table", "use_lockfile"),
    "azurerm": ("container_name", "storage_account_name"),
}
_OF_CLOUD = {"aws": "s3", "gcp": "gcs", "azure": "azurerm"}
_REF = re.compile(r"[?&]ref=([^&]*)")
_CONSTRAINT = re.compile(r"\s*[~<>=!]")
_NAME = r"([A-Za-z_][A-Za-z0-9_-]*)"
_OUTPUT = re.compile(rf"(?:output\.{_NAME}|module\.[A-Za-z_][A-Za-z0-9_-]*\.{_NAME})")
_PLACEHOLDER = re.compile(r"\{\{\s*terraform_outputs\." + _NAME + r"()\s*\}\}")
# The address of a resource: type.name.attribute, the type with its provider's prefix.
_ADDRESS = re.compile(r"(?:data\.)?[a-z]+_[a-z0-9_]+\.[A-Za-z0-9_-]+(?:\[[^\]]*\])?(?:\.\w+)*")
_KEY_NAME = re.compile(r"projects/[^/]+/locations/[^/]+/keyRings/[^/]+/cryptoKeys/[^/]+")
_IDENTIFIERS = ("resource_identifiers",)
_OUTPUTS = ("terraform", "outputs")


def translate(block: Block, cloud: str | None) -> None:
    """Backend, module and outputs in their canonical form.

    Args:
        block: changed in place.
        cloud: decides the backend where nothing else does.
    """
    _backend(block, cloud)
    _key_by_name(block)
    _module(block)
    _reversed_outputs(block)
    _identifiers(block)


def _backend(block: Block, cloud: str | None) -> None:
    """A backend without a type has the type that its arguments, or else the cloud, tell."""
    given, written = block.own(*_BACKEND), block.written(_BACKEND)
    if given is not None and not isinstance(given, dict):
        block.error("invalid-value", f'"{dotted(written)}" must be a mapping', written)
        return
    if not given or block.get(*_BACKEND, "type") is not None:
        return
    signs = dict(_signs(given))
    if len(signs) > 1:
        told = " and ".join(f'"{name}" is of {kind}' for kind, name in signs.items())
        message = f'"{dotted(written)}" mixes backends: {told}'
        for name in signs.values():
            at = block.written((*_BACKEND, name))
            block.error("conflict", message, at, "keep the arguments of one backend")
        return
    kind = next(iter(signs), None) or _OF_CLOUD.get(cloud or "")
    if kind is None:
        message = f'"{dotted(written)}" does not say which backend it is'
        block.error("ambiguous", message, written, "add `type: s3`, gcs or azurerm", on_key=True)
    else:
        block.replace(_BACKEND, {"type": kind, **given})


def _key_by_name(block: Block) -> None:
    """``encryption_key`` of gcs is a key itself; the name of one has an argument of its own."""
    path = (*_BACKEND, "encryption_key")
    text = block.own(*path)
    if isinstance(text, str) and _KEY_NAME.fullmatch(text):
        block.move(path, (*_BACKEND, "kms_encryption_key"))


def _signs(given: dict[str, Any]) -> list[tuple[str, str]]:
    """Each backend that an argument belongs to, with the argument."""
    found = [
        (kind, name) for kind, names in _SIGNS.items() for name in names[::-1] if name in given
    ]
    if "key" in given and "region" in given:
        found.append(("s3", "region"))
    if "prefix" in given and "key" not in given:
        found.append(("gcs", "prefix"))
    return found


def _module(block: Block) -> None:
    """A git module is pinned once: the version is the tag, or says the same as it."""
    source = block.own("terraform", "module", "source")
    version = block.own("terraform", "module", "version")
    if not isinstance(version, str) or names_left(version):
        return
    at = block.written(("terraform", "module", "version"))
    if not isinstance(source, str):
        if block.get("terraform", "module", "source") is None:
            message = f'"{dotted(at)}" has no effect without the source of a module'
            block.error("missing-key", message, at, "add the source, or remove the version")
        return
    from_at = block.written(("terraform", "module", "source"))
    ref = _REF.search(source)
    if ref is not None and ref[1].removeprefix("v") != version.removeprefix("v"):
        block.differ(from_at, f"ref={ref[1]}", at, version)
    elif ref is None and source.startswith(("./", "../", "/")):
        message = f'"{dotted(at)}" has no effect on a module in a local folder'
        block.error("no-effect", message, at, "remove it, or name a git or registry module")
    elif _CONSTRAINT.match(version) and source.startswith(("git::", "git@", "github.com/")):
        message = f'"{dotted(at)}" is {shown(version)}, but a git module takes one tag'
        block.error("invalid-value", message, at, "write the tag, such as v1.2.0")


def _reversed_outputs(block: Block) -> None:
    """``terraform.outputs`` as a mapping says where in the job an output belongs."""
    given = block.own(*_OUTPUTS)
    if not isinstance(given, dict) or not given:
        return
    block.drop(_OUTPUTS)
    for name, target in given.items():
        written = (*_OUTPUTS, name)
        text = str(target).removeprefix("infrastructure.")
        alias = text.removeprefix("resource_identifiers.")
        if alias == text or "." in alias:
            message = f'"{dotted(written)}" names {shown(target)}, which no output can fill'
            hint = f"write {{{{terraform_outputs.{name}}}}} there, quoted, and remove this line"
            block.error("placeholder", message, written, hint)
        else:
            placeholder = f"{{{{terraform_outputs.{name}}}}}"
            block.put((*_IDENTIFIERS, alias), placeholder, written)


def _identifiers(block: Block) -> None:
    """``output.x`` and ``module.m.x`` as placeholders; what is neither was never an output."""
    given = block.own(*_IDENTIFIERS)
    if not isinstance(given, dict):
        return
    for alias, value in given.items():
        path: KeyPath = (*_IDENTIFIERS, alias)
        text = value.strip() if isinstance(value, str) else value
        written = block.written(path)
        if not isinstance(text, str):
            continue
        if match := _OUTPUT.fullmatch(text) or _PLACEHOLDER.fullmatch(text):
            block.replace(path, f"{{{{terraform_outputs.{match[1] or match[2]}}}}}")
        elif _ADDRESS.fullmatch(text):
            message = f'"{dotted(written)}" is the address of a resource, {shown(text)}'
            block.error("placeholder", message, written, "write output.NAME, an output of the root")
        elif written[0] == "outputs" and not _PLACEHOLDER.search(text):
            message = f'"{dotted(written)}" is no output: {shown(text)}'
            block.error("placeholder", message, written, "write output.NAME, or remove it")

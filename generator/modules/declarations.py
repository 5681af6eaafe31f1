"""Reads what a module declares, in both of Terraform's syntaxes, as plain data for JSON.

Expressions other than the few literals that matter here are skipped and never judged.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, NamedTuple

from generator.modules.conditions import rules_of
from generator.modules.files import declaring, is_override
from generator.modules.interface import UnreadError
from generator.modules.types import one_line
from generator.terraform_text.blocks import Argument, Block, body_of, items_of, text_of
from generator.terraform_text.json_syntax import blocks_in, json_of
from generator.terraform_text.literals import ExpressionError, literal
from generator.terraform_text.scan import UnreadableError

_BLOCKS = ("variable", "output")
_ALIAS = re.compile(r"[\w-]+\.[\w-]+")


class _Declared(NamedTuple):
    """A variable, an output, ``required_version``, or one of ``required_providers``.

    Attributes:
        kind: which of them: variable, output, terraform or provider.
        name: the block's label or the provider's local name; "terraform" for its version.
        arguments: those that are written, as text, booleans or lists.
        file, line: where.
    """

    kind: str
    name: str
    arguments: dict[str, Any]
    file: str
    line: int


def parse(files: dict[str, bytes]) -> dict[str, Any]:
    """What the files of a module declare.

    Args:
        files: name to content, as ``module_files`` orders them.

    Raises:
        UnreadError: a file that may declare something cannot be read.
    """
    blocks: dict[tuple[str, str], _Declared] = {}
    versions: list[_Declared] = []
    for name, data in declaring(files).items():
        found = list(_of_file(name, data))
        if is_override(name):
            if any(one.kind == "terraform" for one in found):
                versions = []  # an override file takes the place of all constraints before it
            found = [_laid_over(blocks, one) for one in found]
        versions += [one for one in found if one.kind == "terraform"]
        blocks.update(((one.kind, one.name), one) for one in found if one.kind != "terraform")
    ordered = sorted(blocks.values(), key=lambda one: one.name)
    providers = [one for one in ordered if one.kind == "provider"]
    return {
        "variables": {one.name: _variable(one) for one in ordered if one.kind == "variable"},
        "outputs": {one.name: _output(one) for one in ordered if one.kind == "output"},
        "requirements": [
            [
                one.name,
                one.arguments.get("source", ""),
                one.arguments["version"],
                one.file,
                one.line,
            ]
            for one in (*versions, *providers)
            if one.arguments.get("version")
        ],
        "aliases": sorted(a for one in providers for a in one.arguments.get("aliases", ())),
    }


def _laid_over(blocks: dict[tuple[str, str], _Declared], one: _Declared) -> _Declared:
    """What a block of an override file makes of the block that it is laid over.

    Which validations are left then is not documented: Terraform runs them alone.
    """
    below = blocks.get((one.kind, one.name))
    if below is None or one.kind == "provider":
        return one
    arguments = {**below.arguments, **one.arguments, "validations": []}
    return below._replace(arguments=arguments)


def _variable(one: _Declared) -> dict[str, Any]:
    return {
        "type": one.arguments.get("type", "any"),
        "description": one.arguments.get("description", ""),
        "required": "default" not in one.arguments,
        "nullable": one.arguments.get("nullable", True),
        "sensitive": one.arguments.get("sensitive", False),
        "validations": one.arguments.get("validations", []),
    }


def _output(one: _Declared) -> dict[str, Any]:
    found = {
        "description": one.arguments.get("description", ""),
        "sensitive": one.arguments.get("sensitive", False),
    }
    return {**found, "ephemeral": True} if one.arguments.get("ephemeral") else found


def _of_file(name: str, data: bytes) -> Iterator[_Declared]:
    read = _of_json if name.endswith(".json") else _of_native
    try:
        yield from read(name, text_of(data))
    except UnreadableError as error:
        syntax = "JSON" if name.endswith(".json") else "HCL"
        raise UnreadError(f"{name}:{error.line}", f"it is not {syntax}") from None


def _of_native(file: str, text: str) -> Iterator[_Declared]:
    for block in body_of(text).blocks:
        if block.type in _BLOCKS and len(block.labels) == 1:
            arguments = {
                name: value
                for name, argument in block.body().arguments.items()
                if (value := _value(name, argument.text)) is not None
            }
            if found := list(_validations(block)):
                arguments["validations"] = found
            yield _Declared(block.type, block.labels[0], arguments, file, block.line)
        elif block.type == "terraform":
            yield from _settings(file, block)


def _validations(variable: Block) -> Iterator[list[Any]]:
    """The ``validation`` blocks whose conditions are read, each with its message."""
    for block in variable.body().of("validation"):
        arguments = block.body().arguments
        with suppress(ExpressionError, KeyError):
            message = literal(arguments["error_message"].text)
            yield [message, rules_of(variable.labels[0], arguments["condition"].text)]


def _settings(file: str, block: Block) -> Iterator[_Declared]:
    body = block.body()
    if version := body.arguments.get("required_version"):
        arguments = {"version": _text(version.text)}
        yield _Declared("terraform", "terraform", arguments, file, version.line)
    for inner in body.of("required_providers"):
        for name, argument in inner.body().arguments.items():
            yield _Declared("provider", name, _provider(argument), file, argument.line)


def _provider(argument: Argument) -> dict[str, Any]:
    if not argument.text.startswith("{"):
        return {"version": _text(argument.text)}
    items = items_of(argument)
    found: dict[str, Any] = {name: _text(items.get(name, '""')) for name in ("source", "version")}
    return {**found, "aliases": _ALIAS.findall(items.get("configuration_aliases", ""))}


def _of_json(file: str, text: str) -> Iterator[_Declared]:
    content = json_of(text)
    for kind in _BLOCKS:
        for (name,), body in blocks_in(content, kind, 1):
            arguments = {key: _json_value(key, value) for key, value in body.items()}
            kept = {key: value for key, value in arguments.items() if value is not None}
            yield _Declared(kind, name, kept, file, 1)
    for _, body in blocks_in(content, "terraform", 0):
        if "required_version" in body:
            arguments = {"version": _json_text(body["required_version"])}
            yield _Declared("terraform", "terraform", arguments, file, 1)
        for _, providers in blocks_in(body, "required_providers", 0):
            for name, value in providers.items():
                yield _Declared("provider", name, _json_provider(value), file, 1)


def _json_provider(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        return {"version": _json_text(value)}
    found: dict[str, Any] = {name: _json_text(value.get(name)) for name in ("source", "version")}
    aliases = value.get("configuration_aliases")
    return {**found, "aliases": [str(one) for one in aliases] if isinstance(aliases, list) else []}


def _value(name: str, expression: str) -> Any:
    """What an argument says; None for one that does not matter, or is no literal."""
    if name == "default":
        return True
    if name == "type":
        return one_line(_text(expression) or expression)
    if name == "description":
        return _text(expression).strip()
    return {"true": True, "false": False}.get(expression.strip('"'))


def _json_value(name: str, value: Any) -> Any:
    if name == "default":
        return True
    if name == "type":
        return one_line(str(value))
    if name == "description":
        return _json_text(value).strip()
    return {"true": True, "false": False}.get(str(value).lower())


def _text(expression: str) -> str:
    try:
        value = literal(expression)
    except ExpressionError:
        return ""
    return value if isinstance(value, str) else ""


def _json_text(value: Any) -> str:
    """A text that Terraform takes as it is written: in these places JSON holds no templates."""
    return value if isinstance(value, str) else ""

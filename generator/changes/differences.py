"""What Terraform reads differently in one root: files of both ends in, differences out."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from typing import Any

from generator.changes.model import Difference
from generator.changes.root_files import FOR_PEOPLE, Blocks, blocks_of, locals_of, value_of
from generator.files.names import MANIFEST, ROOT_LOCK
from generator.files.terraform_files import is_terraform

# What Terraform does not read.
_TEXTS = frozenset(("README.md", MANIFEST))
_PROGRAMS = (".py",)
_PARTS = {
    "data": "check",
    "check": "check",
    "module": "input",
    "output": "output",
    "provider": "provider",
    "variable": "variable",
}
_META = ("source", "version")

Texts = Mapping[str, tuple[str | None, str | None]]


def differences(texts: Texts, old_folder: str, new_folder: str) -> Iterator[Difference]:
    """Compare the files of a root.

    Args:
        texts: file name to both texts; of those that changed.
        old_folder: of the root in the base, below the top of the repository.
        new_folder: in the head; a local module is the same one wherever the root is.
    """
    for name, (old, new) in sorted(texts.items()):
        if old == new or name in _TEXTS:
            continue
        if name == "locals.tf":
            yield from _locals(old, new)
        elif name == ROOT_LOCK or (is_terraform(name) and not name.endswith(".json")):
            yield from _blocks(name, old, new, (old_folder, new_folder))
        elif name.endswith(_PROGRAMS):
            yield Difference("orchestrator", name, *_presence(old, new))
        elif not name.endswith(".md"):
            yield Difference("file", name, *_presence(old, new))


def _presence(old: str | None, new: str | None) -> tuple[str | None, str | None]:
    """Of a file whose content is not shown."""
    if old is not None and new is not None:
        return None, None
    return (None if old is None else "there"), (None if new is None else "there")


def _locals(old: str | None, new: str | None) -> Iterator[Difference]:
    before, after = _read_locals(old), _read_locals(new)
    if before is None or after is None:
        yield Difference("file", "locals.tf", *_presence(old, new))
        return
    yield from _entries("tag", before[0], after[0])
    for name in sorted(before[1].keys() | after[1].keys()):
        part = "label" if name == "kubernetes_labels" else "local"
        start = "" if part == "label" else f"{name}."
        old_items, new_items = before[1].get(name, {}), after[1].get(name, {})
        yield from _entries(part, old_items, new_items, start)


def _read_locals(text: str | None) -> tuple[dict[str, str], Blocks] | None:
    return ({}, {}) if text is None else locals_of(text)


def _entries(
    part: str, old: Mapping[str, Any], new: Mapping[str, Any], start: str = ""
) -> Iterator[Difference]:
    if old == new:
        return
    for name in sorted(old.keys() | new.keys()):
        if old.get(name) != new.get(name):
            yield from _values(part, start + name, value_of(old.get(name)), value_of(new.get(name)))


def _plain(part: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Difference]:
    """The same of what is plain data already."""
    for name in sorted(old.keys() | new.keys()):
        yield from _values(part, name, old.get(name), new.get(name))


def _values(part: str, name: str, old: Any, new: Any) -> Iterator[Difference]:
    """The entries of maps one by one, of all else the whole."""
    if isinstance(old, dict) and isinstance(new, dict):
        for key in sorted(old.keys() | new.keys(), key=str):
            yield from _values(part, f"{name}.{key}", old.get(key), new.get(key))
    elif old != new:
        yield Difference(part, name, old, new)


def _blocks(
    name: str, old: str | None, new: str | None, folders: tuple[str, str]
) -> Iterator[Difference]:
    before = {} if old is None else blocks_of(old)
    after = {} if new is None else blocks_of(new)
    if before is None or after is None:
        yield Difference("file", name, *_presence(old, new))
        return
    for address in sorted(before.keys() | after.keys()):
        old_block, new_block = before.get(address), after.get(address)
        if old_block != new_block:
            yield from _block(address, old_block, new_block, folders)


def _block(
    address: str,
    old: Mapping[str, Any] | None,
    new: Mapping[str, Any] | None,
    folders: tuple[str, str],
) -> Iterator[Difference]:
    kind, _, name = address.partition(".")
    if kind == "terraform":
        yield from _terraform(old or {}, new or {})
        return
    if kind == "provider" and "registry" in name:  # of the lock file
        yield from _values("lock", name, _version(old), _version(new))
        return
    part = _PARTS.get(kind, "block")
    shown = name if part != "block" else address
    if old is None or new is None or kind in ("check", "removed", "moved", "import"):
        yield Difference(part, shown, *_presence(_some(old), _some(new)))
    elif kind == "module":
        yield from _module(name, old, new, folders)
    else:
        yield from _arguments(part, shown, old, new)


def _some(block: Mapping[str, Any] | None) -> str | None:
    return None if block is None else str(block)


def _version(block: Mapping[str, Any] | None) -> Any:
    return None if block is None else value_of(block.get("version"))


def _terraform(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Difference]:
    """The block that holds constraints, and in another file the backend."""
    for name in sorted(old.keys() | new.keys()):
        before, after = value_of(old.get(name)), value_of(new.get(name))
        if name == "required_providers" and _is_map(before) and _is_map(after):
            yield from _plain("terraform", before or {}, after or {})
        elif not name.startswith("backend"):
            yield from _values("terraform", name, before, after)
    yield from _plain("backend", _backend(old), _backend(new))


def _is_map(value: Any) -> bool:
    """Whether it is one, or absent: of text that is no HCL there is only the text."""
    return value is None or isinstance(value, dict)


def _backend(block: Mapping[str, Any]) -> dict[str, Any]:
    for name, inner in block.items():
        if name.startswith("backend "):
            body = value_of(inner)
            return {"type": name.split('"')[1], **(body if isinstance(body, dict) else {})}
    return {}


def _arguments(
    part: str, name: str, old: Mapping[str, Any], new: Mapping[str, Any]
) -> Iterator[Difference]:
    before, after = (
        {key: value for key, value in block.items() if key not in FOR_PEOPLE}
        for block in (old, new)
    )
    yield from _entries(part, before, after, f"{name}.")


def _module(
    name: str, old: Mapping[str, Any], new: Mapping[str, Any], folders: tuple[str, str]
) -> Iterator[Difference]:
    """A module call: the module itself, and its inputs."""
    before = source_of(old, folders[0])
    after = source_of(new, folders[1])
    if before != after:
        yield Difference("module", name, before, after)
    inputs = [
        {key: text for key, text in block.items() if key not in _META} for block in (old, new)
    ]
    start = "" if name == "job" else f"{name}."
    yield from _entries("input", inputs[0], inputs[1], start)


def source_of(call: Mapping[str, Any], folder: str) -> str:
    """The module that a call means, one text for the same module from wherever it is called.

    Args:
        call: the arguments of the block.
        folder: of the caller, below the top of the repository.
    """
    source, version = value_of(call.get("source")), value_of(call.get("version"))
    if isinstance(source, str) and source.startswith(("./", "../")):
        return posixpath.normpath(posixpath.join(folder, source))
    return f"{source} {version}" if version is not None else str(source)

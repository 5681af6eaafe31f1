"""A job file's text to the same job in the canonical form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from generator.dialects import Translation, to_canonical
from generator.dialects import written as as_written
from generator.errors import InputError, KeyPath, Location, Problem
from generator.migrate.write import Writer
from generator.yaml.data import same, value_at
from generator.yaml.load import load_yaml
from generator.yaml.scalars import PlainScalar
from generator.yaml.source import BOM, decode
from generator.yaml.tree import Tree
from generator.yaml.write import spliced

# A new top-level key stands after the last of these.
_IDENTITY = ("tenant_id", "tenants", "environment", "name")


@dataclass(frozen=True, slots=True)
class Migrated:
    """A job file in the canonical form.

    Attributes:
        data: the bytes; those of the file itself where there was nothing to do.
        dialect: what it was written in: "canonical", or the dialect's letter.
        warnings: what the dialect's reading deserves a word for.
        taken_out: dotted keys below ``infrastructure``, as written, that had no effect.
    """

    data: bytes
    dialect: str
    warnings: tuple[Problem, ...]
    taken_out: tuple[str, ...] = ()

    @property
    def is_older(self) -> bool:
        """Whether the file was written in an older dialect."""
        return self.dialect != "canonical"


def migrate(
    data: bytes,
    file: str,
    dead: Mapping[KeyPath, str] = MappingProxyType({}),
    provider: str | None = None,
) -> Migrated:
    """Rewrite a job file.

    Args:
        data: the job file.
        file: its path below the project folder.
        dead: path in the canonical document to why it has no effect; it is taken out.
        provider: the cloud of dativo.yaml, where the file does not say which.

    Returns:
        The file, unchanged where it is canonical already or says nothing of infrastructure.

    Raises:
        InputError: not YAML, no mapping, or nothing that a dialect can mean.
    """
    document = load_yaml(data, file)
    if not isinstance(document, dict):
        return Migrated(data, "canonical", ())
    translation = to_canonical(document, file, provider)
    if same(translation.document, document):
        return Migrated(data, "canonical", translation.warnings)
    canonical = _with_tool(_with_numbers(translation, document), translation.iac)
    for path in dead:
        canonical = _without(canonical, path)
    translation = translation._replace(document=canonical)
    text = decode(data, file)
    tree = Tree(text.replace("\r\n", "\n"))
    result = _text(tree, document, translation)
    if "\r\n" in text:
        result = result.replace("\n", "\r\n")
    new = (BOM if data.startswith(BOM) else b"") + result.encode()
    _verify(new, file, translation)
    warnings = (*translation.warnings, *_dead(file, dead))
    return Migrated(new, translation.dialect, warnings, _taken_out(warnings, translation))


def _dead(file: str, dead: Mapping[KeyPath, str]) -> Iterator[Problem]:
    for path, message in dead.items():
        yield Problem(
            "no-effect", message, Location(file, path, True), "it is taken out", "warning"
        )


def _taken_out(warnings: tuple[Problem, ...], translation: Translation) -> tuple[str, ...]:
    """The keys that warnings say have no effect, as the file has them."""
    found = []
    for warning in warnings:
        if warning.code == "no-effect" and warning.location is not None:
            path = as_written(translation.moved, warning.location.path)
            found.append(".".join(map(str, path)).removeprefix("infrastructure."))
    return tuple(dict.fromkeys(found))


def _without(document: dict[str, Any], path: KeyPath) -> dict[str, Any]:
    """A copy of a document without what stands at a path, and without sections left empty."""
    key, *rest = path
    below = document.get(str(key))
    copy = dict(document)
    if rest and isinstance(below, dict):
        copy[str(key)] = _without(below, tuple(rest))
    if not rest or not copy[str(key)]:
        copy.pop(str(key), None)
    return copy


def _text(tree: Tree, written: dict[str, Any], translation: Translation) -> str:
    """The file with every top-level key replaced that says something else now."""
    canonical = translation.document
    moved = translation.moved
    writer = Writer(tree, written, canonical, lambda path: as_written(moved, path))
    if tree.root is not None and tree.root.flow:
        return "".join(writer.top(key, value) + "\n" for key, value in canonical.items())
    pieces: list[tuple[int, int, str]] = []
    added = [key for key in canonical if key not in written]
    after = max((key for key in _IDENTITY if key in written), default=None, key=_at(tree))
    for key, value in written.items():
        node = tree.nodes[(key,)]
        start, end = tree.line_start(node.start), tree.line_end(node.value_end)
        if key not in canonical:
            pieces.append((start, min(end + 1, len(tree.text)), ""))
        elif not same(value, canonical[key]):
            pieces.append((start, end, writer.top(key, canonical[key])))
        if key == after:
            new = "".join("\n" + writer.top(name, canonical[name]) for name in added)
            pieces.append((end, end, new))
    if after is None and added:
        start = tree.line_start(min(node.start for node in tree.nodes.values()))
        new = "".join(writer.top(name, canonical[name]) + "\n" for name in added)
        pieces.append((start, start, new))
    return spliced(tree.text, sorted(pieces))


def _with_numbers(translation: Translation, written: dict[str, Any]) -> dict[str, Any]:
    """The canonical document, in which a size that was worked out is no number in quotes."""
    document = dict(translation.document)
    paths: list[KeyPath] = [("infrastructure",)]
    environments = document.get("environments")
    if isinstance(environments, dict):
        paths += [("environments", name, "infrastructure") for name in environments]
    for path in paths:
        at = (*path, "runtime", "cpu")
        value, there = value_at(document, at)
        before, _ = value_at(written, as_written(translation.moved, at))
        if there and type(value) is str and value != before:
            document = _with(document, at, PlainScalar(value))
    return document


def _with_tool(document: dict[str, Any], iac: str) -> dict[str, Any]:
    """The canonical document, which names the tool beside the cloud where it is not Terraform."""
    block = document.get("infrastructure")
    if iac == "terraform" or not isinstance(block, dict) or block.get("iac") == iac:
        return document
    named: dict[str, Any] = {}
    for key, value in block.items():
        named[key] = value
        if key == "provider":
            named["iac"] = iac
    return {**document, "infrastructure": {**named, "iac": iac}}


def _with(document: dict[str, Any], path: KeyPath, value: Any) -> dict[str, Any]:
    """A copy of a document with another value at a path that it has."""
    key, *rest = path
    below = _with(document[str(key)], tuple(rest), value) if rest else value
    return {**document, str(key): below}


def _at(tree: Tree) -> Any:
    return lambda key: tree.nodes[(key,)].start


def _verify(data: bytes, file: str, translation: Translation) -> None:
    """Read the result: it must be canonical and say what the file said, or nobody gets it."""
    try:
        document = load_yaml(data, file)
        again = to_canonical(document, file)
    except InputError as error:
        reason = error.problems[0].message
    else:
        if same(document, translation.document) and again.iac == translation.iac:
            return
        reason = "anchors, merge keys or tags stand in the way"
    message = f"the file cannot be rewritten: {reason}"
    hint = "write out what *alias and << stand for, and try again"
    raise InputError(Problem("migrate", message, Location(file), hint))

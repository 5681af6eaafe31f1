"""Single changes of a YAML text: a value set, an entry taken out; all else stays as it is written.

Each change is read again and compared with what it should come to, so that anchors, merge keys
and odd indentation are refused and never garbled.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from generator.errors import InputError, KeyPath, Location, Problem
from generator.yaml.comments import comments
from generator.yaml.data import same
from generator.yaml.load import load_yaml
from generator.yaml.tree import Node, Tree
from generator.yaml.write import block, flow, scalar

_STEP = 2


def with_value(
    data: bytes, file: str, path: KeyPath, value: Any, why: str = "", after: str = ""
) -> bytes:
    """A YAML file with one more value, or with another one.

    Args:
        data: the file, a mapping.
        file: below the project folder, for errors.
        path: keys of mappings, where those that are not there are added, and places in lists.
        value: plain data; a mapping is written with a line for each of its keys.
        why: a comment behind the value, where it has a line of its own.
        after: the key that a new one follows, if it is there; else it is the last.

    Raises:
        InputError: the file cannot take it, such as where an alias stands on the way.
    """
    text, wanted = data.decode(), _plain(data, file)
    holder = wanted
    for key in path[:-1]:
        if isinstance(holder, dict) and not isinstance(holder.get(key), dict | list):
            holder[key] = {}
        holder = holder[key]
    holder[path[-1]] = load_yaml(flow(value).encode(), file)
    return _checked(_set(text, path, value, why, after), wanted, file, path)


def without(data: bytes, file: str, path: KeyPath) -> bytes:
    """A YAML file without one entry of a mapping or item of a list, and without its comments.

    Args:
        data: the file, a mapping.
        file: below the project folder, for errors.
        path: of the entry, which is not the only one.

    Raises:
        InputError: it cannot be taken out, such as where something refers to its anchor.
    """
    wanted = _plain(data, file)
    holder: Any = wanted
    for key in path[:-1]:
        holder = holder[key]
    del holder[path[-1]]
    return _checked(_cut(data.decode(), path), wanted, file, path)


def _plain(data: bytes, file: str) -> Any:
    """Everything as data; what an alias repeats is a copy of its own."""
    return _unshared(load_yaml(data, file) or {})


def _unshared(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _unshared(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_unshared(item) for item in value]
    return value


def _checked(text: str | None, wanted: Any, file: str, path: KeyPath) -> bytes:
    """The new text, if it reads as it should."""
    dotted = ".".join(map(str, path))
    if text is not None:
        data = text.encode()
        try:
            found = load_yaml(data, file)
        except InputError:
            found = None
        if same(found, wanted):
            return data
    message = f'"{dotted}" cannot be changed here without changing more of the file'
    hint = "an anchor, a merge key or the layout is in the way: make the change by hand"
    raise InputError(Problem("by-hand", message, Location(file, path), hint))


def _set(text: str, path: KeyPath, value: Any, why: str, after: str) -> str | None:
    tree = Tree(text)
    node, depth = _deepest(tree, path)
    if node is None:
        return f"{text}{_lines(path, value, 0, why)}"
    if node.target is not None or (depth < len(path) and node.kind == "list"):
        return None
    rest = path[depth:]
    if not rest:
        return _replaced(text, node, value)
    if node.kind == "scalar":
        return _filled(tree, node, rest, value, why)
    if node.flow:
        return _in_flow(text, node, rest, value)
    first = next(iter(node.below.values()))
    indent = first.start - tree.line_start(first.start)
    before = node.below.get(after, node)
    return _inserted(tree, max(before.value_end, before.start), _lines(rest, value, indent, why))


def _deepest(tree: Tree, path: KeyPath) -> tuple[Node | None, int]:
    """The last node on the way that is written out, and how many keys lead to it."""
    node, depth = tree.root, 0
    for key in path:
        below = None if node is None or node.target is not None else node.below.get(key)
        if below is None:
            break
        node, depth = below, depth + 1
    return node, depth


def _replaced(text: str, node: Node, value: Any) -> str | None:
    if node.kind != "scalar" or isinstance(value, dict | list):
        return None
    gap = "" if text[node.value_start - 1 : node.value_start].isspace() else " "
    return f"{text[: node.value_start]}{gap}{scalar(value)}{text[node.value_end :]}"


def _filled(tree: Tree, node: Node, rest: KeyPath, value: Any, why: str) -> str | None:
    """Keys below one that has no value yet."""
    if node.text or node.style or node.key is None:
        return None
    start = tree.line_start(node.start)
    if node.inside_flow:
        text = tree.text
        return f"{text[: node.value_start]} {_nested(rest, value)}{text[node.value_end :]}"
    return _inserted(tree, node.start, _lines(rest, value, node.start - start + _STEP, why))


def _in_flow(text: str, node: Node, rest: KeyPath, value: Any) -> str:
    entry = _nested(rest, value)[1:-1]
    if node.below:
        last = max(below.value_end for below in node.below.values())
        return f"{text[:last]}, {entry}{text[last:]}"
    return f"{text[: node.value_end - 1].rstrip()}{entry}{text[node.value_end - 1 :]}"


def _nested(path: KeyPath, value: Any) -> str:
    """A mapping in braces."""
    for key in reversed(path):
        value = {key: value}
    return flow(value)


def _inserted(tree: Tree, index: int, lines: str) -> str:
    """Lines after the line of a character."""
    text, end = tree.text, tree.text.find("\n", index)
    newline = "\r\n" if "\r\n" in text else "\n"
    lines = lines.replace("\n", newline)
    if end < 0:
        return f"{text}{newline}{lines}"
    return f"{text[: end + 1]}{lines}{text[end + 1 :]}"


def _lines(path: KeyPath, value: Any, indent: int, why: str) -> str:
    *above, last = path
    opened = "".join(
        f"{' ' * (indent + _STEP * depth)}{scalar(key)}:\n" for depth, key in enumerate(above)
    )
    inner = indent + _STEP * len(above)
    behind = f" # {why}" if why else ""
    if isinstance(value, Mapping) and value:
        return f"{opened}{' ' * inner}{scalar(last)}:{behind}\n{block(value, inner + _STEP)}"
    return f"{opened}{' ' * inner}{scalar(last)}: {flow(value)}{behind}\n"


def _cut(text: str, path: KeyPath) -> str | None:
    tree = Tree(text)
    node = tree.nodes.get(path)
    if node is None or node.parent is None:
        return None
    siblings = list(node.parent.below.values())
    if len(siblings) < 2:
        return None
    if node.inside_flow:
        index = siblings.index(node)
        if index + 1 < len(siblings):
            return text[: node.start] + text[siblings[index + 1].start :]
        return text[: siblings[index - 1].value_end] + text[node.value_end :]
    start = tree.line_start(node.start)
    for line in _comment_lines_above(tree, start):
        start = line
    end = text.find("\n", node.value_end if node.value_end > node.start else node.start)
    return text[:start] + (text[end + 1 :] if end >= 0 else "")


def _comment_lines_above(tree: Tree, start: int) -> Iterator[int]:
    """Where each line begins of the comment that stands right above a line, upwards."""
    own = {tree.line_start(comment.start) for comment in comments(tree) if comment.own_line}
    while start and (start := tree.line_start(start - 1)) in own:
        yield start

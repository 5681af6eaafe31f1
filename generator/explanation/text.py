"""An explanation for people: what it is, its tags, its inputs, each with where it comes from."""

from __future__ import annotations

import json
import posixpath
import textwrap
from collections.abc import Iterator, Sequence
from typing import Any

from generator.text.printable import printable, width

_COLUMNS = 100
# A longer value does not push the columns after it to the right, but onto a line of their own.
_WIDEST = 44

# The cells of a row, and further lines about it.
Row = tuple[Sequence[str], Sequence[str]]


def as_text(root: dict[str, Any]) -> str:
    """One root for people.

    Args:
        root: see ``generator.explanation.explanation``.
    """
    lines = [*_head(root), "", *_tags(root)]
    if "inputs" in root:
        lines += _values(root)
        lines += _account(root)
        lines += ["", *_inputs(root)]
        lines += _left_out(root)
        lines += _variables(root)
        lines += _needs(root)
        lines += ["", *_wrapped("Outputs: ", root["outputs"])]
    return "\n".join(printable(line) for line in lines) + "\n"


def _head(root: dict[str, Any]) -> Iterator[str]:
    region = f", region {root['region']}" if "region" in root else ""
    yield f"{root['name']}: tenant {root['tenant']}, environment {root['environment']}{region}"
    facts = {"job": root["job"], "asset": root["asset"]}
    if "module" in root:
        module = root["module"]
        source = module["source"]
        if source.startswith(("./", "../")) and "root" in root:
            source = posixpath.normpath(f"{root['root']}/{source}")
        facts["module"] = source + (f" {module['version']}" if module["version"] else "")
    if "root" in root:
        facts["root"] = root["root"]
        facts["backend"] = root["backend"]["type"]
        facts["state"] = root["backend"]["address"]
    for label, text in facts.items():
        if text:
            yield f"  {label:<9}{text}"


def _tags(root: dict[str, Any]) -> Iterator[str]:
    yield f"{len(root['tags'])} {'labels' if root['cloud'] == 'gcp' else 'tags'} on {root['cloud']}"
    rows: list[Row] = [(("KEY", "VALUE", "LAYER", "FROM"), ())]
    for tag in root["tags"]:
        notes = [_lost(lost, tag["value"]) for lost in reversed(tag["overrides"])]
        if (written := _written(tag)) != tag["value"]:
            notes.insert(0, f"written: {written}")
        rows.append(((tag["key"], tag["value"], tag["layer"], tag["from"]), notes))
    yield from _table(rows)
    if root["removed_tags"]:
        rows = [(("REMOVED", "", "LAYER", "FROM"), ())]
        for tag in root["removed_tags"]:
            notes = [_lost(lost, None) for lost in reversed(tag["overrides"])]
            rows.append(((tag["key"], "", tag["layer"], tag["from"]), notes))
        yield ""
        yield from _table(rows)


def _written(tag: dict[str, Any]) -> str:
    written = tag["written"]
    return written if isinstance(written, str) else ", ".join(written)


def _lost(lost: dict[str, Any], winner: str | None) -> str:
    verb = "same in" if lost["value"] == winner else f"instead of {lost['value']} in"
    return f"{verb} {lost['layer']}, {lost['from']}"


def _values(root: dict[str, Any]) -> Iterator[str]:
    if not root["values"]:
        return
    yield ""
    yield "Values of dativo.yaml that it is made with"
    rows: list[Row] = [(("NAME", "VALUE", "FROM"), ())]
    rows += [((one["name"], one["value"], one["from"]), ()) for one in root["values"]]
    yield from _table(rows)


def _account(root: dict[str, Any]) -> Iterator[str]:
    if not root["account"]:
        return
    yield ""
    yield "The account, and as whom the root acts there"
    rows: list[Row] = [(("FIELD", "VALUE", "FROM"), ())]
    rows += [((one["field"], _value(one), one["from"]), ()) for one in root["account"]]
    yield from _table(rows)


def _inputs(root: dict[str, Any]) -> Iterator[str]:
    yield f"{len(root['inputs'])} inputs of the module; what is not listed keeps its default"
    rows: list[Row] = [(("INPUT", "VALUE", "FROM"), ())]
    rows += [((i["name"], _value(i), i["from"]), ()) for i in root["inputs"]]
    yield from _table(rows)


def _needs(root: dict[str, Any]) -> Iterator[str]:
    if root["needs"]:
        rows: list[Row] = [(("NEEDS", "TAKES", "READ BY"), ())]
        rows += [
            ((one["root"], ", ".join(one["outputs"]) or "nothing", one["read"] or ""), ())
            for one in root["needs"]
        ]
        yield ""
        yield from _table(rows)


def _left_out(root: dict[str, Any]) -> Iterator[str]:
    if not root["left_out"]:
        return
    yield ""
    yield "Left out, since the runtime has no such thing"
    rows: list[Row] = [(("FIELD", "FROM"), ())]
    rows += [((left["field"], left["from"]), ()) for left in root["left_out"]]
    yield from _table(rows)


def _value(entry: dict[str, Any]) -> str:
    value = entry["value"]
    if isinstance(value, str) and value.startswith(("local.", "var.")):
        return value
    return json.dumps(value, ensure_ascii=False)


def _variables(root: dict[str, Any]) -> Iterator[str]:
    if not root["variables"]:
        return
    yield ""
    yield "Variables to set when the root is planned and applied"
    rows: list[Row] = [(("SET WITH", "TYPE", "USED BY"), ())]
    for variable in root["variables"]:
        cells = (f"TF_VAR_{variable['name']}", variable["type"], ", ".join(variable["used_by"]))
        rows.append((cells, ()))
    yield from _table(rows)


def _table(rows: Sequence[Row]) -> Iterator[str]:
    """Columns as wide as their cells, which have no more than a reasonable width."""
    count = len(rows[0][0])
    widths = [max(min(width(cells[i]), _WIDEST) for cells, _ in rows) for i in range(count)]
    margin = " " * (widths[0] + 4)
    for cells, notes in rows:
        line, used = "  ", 2
        for index, (cell, size) in enumerate(zip(cells, widths, strict=True)):
            if width(line) > used:  # a cell before was too long
                yield line.rstrip()
                line = " " * used
            line += cell + " " * max(size - width(cell), 0) + ("  " if index < count - 1 else "")
            used += size + 2
        yield line.rstrip()
        for note in notes:
            yield margin + note


def _wrapped(label: str, names: Sequence[str]) -> list[str]:
    return textwrap.wrap(
        label + ", ".join(names),
        _COLUMNS,
        subsequent_indent=" " * len(label),
        break_on_hyphens=False,
    )

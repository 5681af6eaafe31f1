"""Makes hostile input of good input: one value, key or piece of text at a time.

Every choice is drawn from the ``Random`` that is given, so that Hypothesis can shrink them,
atheris can seed them, and a seed alone tells how an input was made.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from random import Random
from typing import Any

import yaml

from tests.fuzz.hostile import OTHERS, STRINGS, deep

_STRINGS = tuple(STRINGS.values())
_PIECES = tuple(
    piece.encode("utf-8", "surrogatepass") for piece in (*_STRINGS, *'{}[]":#\n\t,=&*!|>%@`', "<<")
)


def of_text(data: bytes, random: Random) -> bytes:
    """Bytes with pieces put in, taken out, repeated or moved."""
    found = bytearray(data)
    for _ in range(random.randint(1, 4)):
        start = random.randint(0, len(found))
        end = min(len(found), start + random.choice((0, 1, 2, 8, 64)))
        match random.randint(0, 5):
            case 0 | 1:
                found[start:end] = random.choice(_PIECES)
            case 2:
                del found[start:end]
            case 3:
                found[start:start] = bytes(found[start:end]) * random.choice((2, 3, 100))
            case 4:
                found[start:start] = bytes((random.randint(0, 255),))
            case _:
                found[start:] = found[end:] + found[start:end]
    return bytes(found)


def of_yaml(data: bytes, random: Random) -> bytes:
    """A YAML document with values, keys and branches replaced; else its text changed."""
    if random.randint(0, 4) == 0:
        return of_text(data, random)
    try:
        document = yaml.load(data, Loader=yaml.CSafeLoader)
    except (yaml.YAMLError, ValueError, RecursionError):
        return of_text(data, random)
    document = changed(document, random)
    try:
        text: str = yaml.dump(document, Dumper=yaml.CSafeDumper, allow_unicode=True)
        return text.encode()
    except (yaml.YAMLError, UnicodeError, RecursionError):
        return _json(document)


def of_json(data: bytes, random: Random) -> bytes:
    """A JSON document with values, keys and branches replaced; else its text changed."""
    if random.randint(0, 4) == 0:
        return of_text(data, random)
    try:
        document = json.loads(data)
    except (ValueError, RecursionError):
        return of_text(data, random)
    return _json(changed(document, random))


def _json(document: Any) -> bytes:
    try:
        return json.dumps(document, default=str).encode()
    except (RecursionError, ValueError):
        return b"[" * 5000


def changed(document: Any, random: Random) -> Any:
    """A document with one to four of its values replaced; it may be changed in place."""
    for _ in range(random.randint(1, 4)):
        places = list(_places(document))
        if not places:
            return value(random, document)
        holder, key = random.choice(places)
        match random.randint(0, 9):
            case 0 if isinstance(holder, dict):
                holder[_key(random)] = holder.pop(key)
            case 1:
                del holder[key]
            case 2:
                other, name = random.choice(places)
                # By value, or a document would hold itself.
                if key in holder if isinstance(holder, dict) else True:
                    holder[key] = json.loads(json.dumps(other[name], default=str))
            case 3 if isinstance(holder, dict):
                holder[_key(random)] = value(random, holder.get(key))
            case _:
                holder[key] = value(random, holder[key])
    return document


def _places(document: Any) -> list[tuple[Any, Any]]:
    found: list[tuple[Any, Any]] = []
    waiting = [document]
    while waiting and len(found) < 2000:
        holder = waiting.pop()
        if isinstance(holder, dict):
            items: Iterable[tuple[Any, Any]] = holder.items()
        else:
            items = enumerate(holder if isinstance(holder, list) else ())
        for key, item in items:
            found.append((holder, key))
            if isinstance(item, dict | list):
                waiting.append(item)
    return found


def value(random: Random, before: Any) -> Any:
    """A hostile value, often one that keeps a part of the one before."""
    string = random.choice(_STRINGS)
    match random.randint(0, 7):
        case 0:
            return json.loads(json.dumps(random.choice(OTHERS)))
        case 1:
            return deep(random.choice((3, 40, 90, 400)))
        case 2:
            # Many of what is small: writing long documents takes longer than reading them.
            many = (2, 60, 1000) if isinstance(before, str | int | None) else (2, 10)
            return [before] * random.choice(many)
        case 3 | 4 if isinstance(before, str):
            at = random.randint(0, len(before))
            return before[:at] + string + before[at:]
        case _:
            return string


def _key(random: Random) -> str:
    return random.choice((*_STRINGS, "name", "infrastructure", "tags", "environments", "defaults"))

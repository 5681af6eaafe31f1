"""What Kubernetes takes as names, labels and quantities.

Source: k8s.io/apimachinery, util/validation and api/resource ("Resource units in Kubernetes").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from generator.rehearsal.rules import Problem
from generator.rehearsal.values import mapping

LABEL = r"[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?"
SUBDOMAIN = r"(?=.{1,253}$)[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*"
VALUE = r"(?:[A-Za-z0-9](?:[A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?)?"
KEY = (
    r"(?:(?=[^/]{1,253}/)[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*/)?"
    r"[A-Za-z0-9](?:[A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?"
)
_QUANTITY = r"([0-9]+(?:\.[0-9]*)?|\.[0-9]+)(n|u|m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei|[eE][+-]?[0-9]+)?"
_DECIMAL = {"n": -9, "u": -6, "m": -3, "": 0, "k": 3, "M": 6, "G": 9, "T": 12, "P": 15, "E": 18}
_BINARY = {"Ki": 10, "Mi": 20, "Gi": 30, "Ti": 40, "Pi": 50, "Ei": 60}


def quantity(text: str) -> Fraction | None:
    """A quantity as a number; None for what is none, or is negative."""
    match = re.fullmatch(_QUANTITY, text)
    if match is None:
        return None
    number, suffix = Fraction(match[1].rstrip(".") or "0"), match[2] or ""
    if suffix in _BINARY:
        return number * (1 << _BINARY[suffix])
    exponent = _DECIMAL[suffix] if suffix in _DECIMAL else int(suffix[1:])
    return number * Fraction(f"1e{exponent}")


def quantities(kind: str, what: str, value: object) -> Iterator[Problem]:
    """Every value of a map must be a quantity."""
    for name, text in mapping(value).items():
        if isinstance(text, str) and quantity(text) is None:
            yield f"{kind}: invalid quantity", f"{what}.{name} = {text!r}"


def less_than(kind: str, what: str, small: object, large: object) -> Iterator[Problem]:
    """No quantity of the first map may be above the one of the same name in the second."""
    most = mapping(large)
    for name, text in mapping(small).items():
        low = quantity(text) if isinstance(text, str) else None
        high = quantity(most[name]) if isinstance(most.get(name), str) else None
        if low is not None and high is not None and low > high:
            yield f"{kind}: {what}", f"{name}: {text} is more than {most[name]}."

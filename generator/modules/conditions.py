"""Reads the ``condition`` of a ``validation`` block as rules for the value of its variable.

What is read: patterns, bounds, whole numbers, lengths and lists of what is allowed or refused, of
the value, an attribute, each item or each key, joined by ``&&`` and ``alltrue``, for values that
may be null.
A condition is read whole or not at all; one on other variables is never read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from generator.modules.validations import EACH, KEYS, LENGTH, Rule, matcher
from generator.terraform_text.expressions import Node, expression
from generator.terraform_text.literals import ExpressionError

_MIRRORED = {">=": "<=", "<=": ">=", ">": "<", "<": ">"}
# Functions that change no item's value.
_SAME = frozenset(("tolist", "toset", "distinct", "sort"))


class _Part(NamedTuple):
    """A part of the variable's value.

    Attributes:
        path: as ``Rule`` has it.
        instead: what stands for it where it is null or missing.
        blank: an empty text is passed over.
    """

    path: tuple[str, ...]
    instead: tuple[Any, ...] = ()
    blank: bool = False

    def __truediv__(self, step: str) -> _Part:
        return self._replace(path=(*self.path, step))


_Scope = Mapping[str, list[_Part]]


def rules_of(variable: str, condition: str) -> list[Rule]:
    """The rules that a condition comes to.

    Args:
        variable: the variable's name.
        condition: HCL without comments.

    Raises:
        ExpressionError: it is none of the conditions that are read.
    """
    return list(dict.fromkeys(map(_frozen, _Reader(variable).rules(expression(condition), {}))))


def _frozen(rule: Rule) -> Rule:
    argument = rule.argument
    return rule._replace(argument=tuple(argument)) if isinstance(argument, list) else rule


class _Reader:
    def __init__(self, variable: str) -> None:
        self._variable = variable

    def rules(self, node: Node, scope: _Scope) -> list[Rule]:
        """What has to hold so that an expression is true."""
        if node.kind == "&&":
            return [rule for part in node.parts for rule in self.rules(part, scope)]
        if node.kind == "||":
            return self._either(node.parts[0], node.parts[1], scope)
        if node.kind == "if":
            condition, yes, no = node.parts
            if yes == Node("literal", True):
                return self._unless_null(condition, self.rules(no, scope), scope)
        if node.kind == "!":
            return self._of_call(node.parts[0], scope, negated=True)
        if node.kind == "call" and node.what == "alltrue" and len(node.parts) == 1:
            return self._all(node.parts[0], scope)
        if node.kind == "call":
            return self._of_call(node, scope)
        return self._comparison(node, scope)

    def _unless_null(self, guard: Node, rules: list[Rule], scope: _Scope) -> list[Rule]:
        """Rules for where something is not null, which are all on it: null is never judged."""
        if guard.kind != "==" or guard.parts[1] != Node("literal", None):
            raise ExpressionError(guard.kind)
        paths = [part.path for part in self._parts(guard.parts[0], scope)]
        if not all(any(rule.path[: len(path)] == path for path in paths) for rule in rules):
            raise ExpressionError(guard.kind)
        return rules

    def _either(self, left: Node, right: Node, scope: _Scope) -> list[Rule]:
        """Null, or what a rule says; or one of two patterns."""
        if left.kind == "==":
            return self._unless_null(left, self.rules(right, scope), scope)
        one, other = self.rules(left, scope), self.rules(right, scope)
        patterns = [rule.argument for rule in (*one, *other) if rule.kind == "matches"]
        if len(one) != 1 or len(patterns) != 2 or one[0].path != other[0].path:
            raise ExpressionError("||")
        return [one[0]._replace(argument="(?:{})|(?:{})".format(*patterns))]

    def _of_call(self, node: Node, scope: _Scope, negated: bool = False) -> list[Rule]:
        """``can(regex(…))``, ``contains``, ``startswith`` and ``endswith``."""
        call, parts = node.what, node.parts
        matches, among = ("differs", "not among") if negated else ("matches", "among")
        if call == "can" and len(parts) == 1 and parts[0].what == "regex":
            call, parts = "regex", parts[0].parts
        if node.kind != "call" or len(parts) != 2:
            raise ExpressionError(node.kind)
        if call == "regex":
            return self._on(parts[1], scope, matches, _literal(parts[0], str))
        if call == "contains" and parts[0].kind == "list":
            allowed = [_literal(item, str, int, float) for item in parts[0].parts]
            return self._on(parts[1], scope, among, allowed)
        if call == "contains" and negated:
            return self._none_of(parts[0], [_literal(parts[1], str)], scope)
        if call in ("startswith", "endswith"):
            text = re.escape(_literal(parts[1], str))
            pattern = f"^{text}" if call == "startswith" else f"{text}$"
            return self._on(parts[0], scope, matches, pattern)
        raise ExpressionError(str(call))

    def _comparison(self, node: Node, scope: _Scope) -> list[Rule]:
        if node.kind not in ("==", "!=", *_MIRRORED):
            raise ExpressionError(node.kind)
        (left, right), operator = node.parts, node.kind
        if left.kind == "literal":
            left, right, operator = right, left, _MIRRORED.get(operator, operator)
        if operator == "==" and left == Node("call", "floor", (right,)):
            return self._on(right, scope, "whole", None)
        if operator in _MIRRORED:
            return self._on(left, scope, operator, _literal(right, int, float))
        if operator == "!=" and right == Node("literal", None):
            self._parts(left, scope)
            return []
        if operator == "==" and right == Node("literal", 0) and left.what == "length":
            return self._disjoint(left.parts[0], scope)
        kind = "among" if operator == "==" else "not among"
        return self._on(left, scope, kind, [_literal(right, str, int, float)])

    def _disjoint(self, node: Node, scope: _Scope) -> list[Rule]:
        """That nothing is in a collection and in a list of texts."""
        if node.what != "setintersection" or len(node.parts) != 2 or node.parts[1].kind != "list":
            raise ExpressionError(str(node.what))
        refused = [_literal(item, str) for item in node.parts[1].parts]
        return self._none_of(node.parts[0], refused, scope)

    def _none_of(self, collection: Node, refused: list[str], scope: _Scope) -> list[Rule]:
        parts = self._items(collection, scope)
        return [_rule(part, "not among", refused) for part in parts]

    def _on(self, node: Node, scope: _Scope, kind: str, argument: Any) -> list[Rule]:
        """One rule for each part that an expression stands for."""
        if node.kind == "call" and node.what == "length" and len(node.parts) == 1:
            if not _MIRRORED.get(kind) and kind != "among":
                raise ExpressionError(kind)
            parts = [part / LENGTH for part in self._parts(node.parts[0], scope)]
        else:
            parts = self._parts(node, scope)
        return [_rule(part, kind, argument) for part in parts]

    def _parts(self, node: Node, scope: _Scope) -> list[_Part]:
        """The parts of the value that an expression stands for, one at a time."""
        if node.kind == "name" and node.what in scope:
            return scope[node.what]
        if node.kind == "attribute":
            if node.parts[0] == Node("name", "var"):
                if node.what == self._variable:
                    return [_Part(())]
            else:
                return [part / node.what for part in self._parts(node.parts[0], scope)]
        if node.kind == "call" and node.what in ("try", "coalesce") and len(node.parts) == 2:
            value = node.parts[1].what if node.parts[1].kind == "literal" else None
            instead = () if value is None else (value,)
            found = self._parts(node.parts[0], scope)
            blank = node.what == "coalesce"
            return [
                one._replace(instead=(*one.instead, *instead), blank=one.blank or blank)
                for one in found
            ]
        raise ExpressionError(node.kind)

    def _items(self, node: Node, scope: _Scope) -> list[_Part]:
        """The parts that are the items of a collection."""
        inner = node.parts[0] if node.parts else node
        if node.kind == "list":
            return [part for item in node.parts for part in self._parts(item, scope)]
        if node.kind == "if" and node.parts[1] == Node("list", None):
            found = self._items(node.parts[2], scope)
            self._unless_null(inner, [Rule(part.path, "", None) for part in found], scope)
            return found
        if node.kind == "each":
            return self._items(inner, scope)
        if node.kind == "attribute" and _has_each(inner):
            return [part / node.what for part in self._items(inner, scope)]
        if node.kind == "call" and node.what in ("concat", "setunion"):
            return [part for item in node.parts for part in self._items(item, scope)]
        if node.kind == "call" and node.what == "try" and node.parts[1:] == (Node("list", None),):
            return self._items(inner, scope)
        if node.kind == "call" and len(node.parts) == 1:
            return self._items_of_call(node.what, inner, scope)
        return [part / EACH for part in self._parts(node, scope)]

    def _items_of_call(self, call: str, inner: Node, scope: _Scope) -> list[_Part]:
        if call in ("keys", "values"):
            step = KEYS if call == "keys" else EACH
            return [part / step for part in self._parts(inner, scope)]
        found = self._items(inner, scope)
        if call == "compact":
            return [part._replace(blank=True) for part in found]
        if call == "flatten":
            return [part / EACH for part in found]
        if call in _SAME:
            return found
        raise ExpressionError(call)

    def _all(self, node: Node, scope: _Scope) -> list[Rule]:
        """What has to hold so that every item of a list of truths is true."""
        if node.kind == "list":
            return [rule for item in node.parts for rule in self.rules(item, scope)]
        if node.kind == "call" and node.what in ("concat", "flatten"):
            return [rule for item in node.parts for rule in self._all(item, scope)]
        if node.kind != "for":
            raise ExpressionError(node.kind)
        (key, item), (collection, body) = node.what, node.parts
        parts = self._items(collection, scope)
        inner = {**scope, item: parts}
        if key is not None:
            if collection.kind not in ("attribute", "name"):
                raise ExpressionError(key)
            inner[key] = [part._replace(path=(*part.path[:-1], KEYS)) for part in parts]
        return self._all(body, inner) if body.kind in ("for", "list") else self.rules(body, inner)


def _has_each(node: Node) -> bool:
    return node.kind == "each" or (node.kind == "attribute" and _has_each(node.parts[0]))


def _rule(part: _Part, kind: str, argument: Any) -> Rule:
    """The rule for a part; what stands for the part where it is null keeps the rule."""
    if kind in ("matches", "differs"):
        try:
            matcher(argument)
        except ValueError:
            raise ExpressionError(argument) from None
    if not all(Rule((), kind, argument).holds(value) for value in part.instead):
        raise ExpressionError(kind)
    if part.blank and kind == "matches":
        argument = f"^$|(?:{argument})"
    if part.blank and not Rule((), kind, argument).holds(""):
        raise ExpressionError(kind)
    return Rule(part.path, kind, argument)


def _literal(node: Node, *types: type) -> Any:
    if node.kind != "literal" or type(node.what) not in types:
        raise ExpressionError(node.kind)
    return node.what

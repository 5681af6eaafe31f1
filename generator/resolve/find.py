"""Where the scalars of a YAML text stand that hold placeholders."""

from __future__ import annotations

from dataclasses import dataclass

from generator.errors import KeyPath
from generator.yaml.tree import Tree

MENTION = "terraform_outputs"


@dataclass(frozen=True, slots=True)
class Scalar:
    """A scalar as it is written, without its anchor and tag.

    Attributes:
        start, end: its span in the text, in characters, quotes included; a block scalar's span
            begins at its ``|`` or ``>`` and ends after its last line.
        path: the keys that lead to it; for a key, those of its value.
        on_key: it is a key itself.
        text: its value.
        style: "" (plain), "'", '"', "|" or ">".
    """

    start: int
    end: int
    path: KeyPath
    on_key: bool
    text: str
    style: str


def scalars(text: str) -> list[Scalar]:
    """Every scalar that mentions outputs, in the order of the text.

    Args:
        text: a YAML document that ``load_yaml`` accepted.
    """
    from yaml import ScalarToken

    tree = Tree(text)
    # Where nothing is written there is an empty scalar, but no token.
    written = [node for node in tree.scalars if node.text or node.style]
    tokens = [token for token in tree.tokens if type(token) is ScalarToken]
    return [
        Scalar(
            token.start_mark.index,
            token.end_mark.index,
            node.path,
            node.kind == "key",
            node.text,
            node.style,
        )
        for node, token in zip(written, tokens, strict=True)
        if MENTION in node.text
    ]

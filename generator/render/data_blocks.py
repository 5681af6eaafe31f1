"""The ``data`` blocks of a root, which are quicker made at once than by a template."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from generator.expression import Call, Reference, Value
from generator.render import hcl
from generator.render.characters import in_line

if TYPE_CHECKING:
    from generator.plan.root_plan import Condition, DataSource

# A data source that only has conditions is not unused, but the linter takes it for that.
_ALONE = "# tflint-ignore: terraform_unused_declarations"


def data_blocks(sources: Sequence[DataSource]) -> str:
    """The blocks, a blank line between them.

    Args:
        sources: what is looked up; one without a comment gets none.
    """
    used = {
        ".".join(condition.right.text.split(".")[1:3])
        for source in sources
        for condition in source.conditions
        if isinstance(condition.right, Reference)
    }
    return "\n\n".join(
        [_block(one, one.needed or f"{one.type}.{one.name}" in used) for one in sources]
    )


def _block(source: DataSource, used: bool) -> str:
    comment = f"# {in_line(source.comment)}\n" if source.comment else ""
    if not used:
        comment += f"{_ALONE}\n"
    parts = list(_parts(source))
    header = f"data {hcl.quote(source.type)} {hcl.quote(source.name)}"
    return f"{comment}{header} {{\n" + "\n\n".join(parts) + "\n}"


def _parts(source: DataSource) -> Iterator[str]:
    each = source.for_each
    if each:
        several: Value = each if isinstance(each, dict) else Call("toset", (list(each),))
        yield hcl.attributes([("for_each", several)], 2)
    yield hcl.attributes(source.arguments.items(), 2)
    if source.conditions:
        checks = "\n\n".join(map(_postcondition, source.conditions))
        yield f"  lifecycle {{\n{checks}\n  }}"


def _postcondition(condition: Condition) -> str:
    pairs: list[tuple[str, Value]] = [
        ("condition", Reference(_test(condition))),
        ("error_message", condition.message),
    ]
    return f"    postcondition {{\n{hcl.attributes(pairs, 6)}\n    }}"


def _test(condition: Condition) -> str:
    left, right = hcl.to_hcl(condition.left), condition.right
    if condition.operator == "in":
        return f"contains({hcl.to_hcl(right)}, {left})"
    if isinstance(right, bool) and condition.operator == "==":
        return left if right else f"!{left}"
    return f"{left} {condition.operator} {hcl.to_hcl(right)}"

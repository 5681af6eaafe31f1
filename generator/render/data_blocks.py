"""The ``data`` blocks of a root, which are quicker made at once than by a template."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.plan.root_plan import Condition, DataSource
from generator.render import hcl
from generator.text.characters import in_line
from generator.text.expression import Call, Reference, Value

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
    return f'{comment}data "{source.type}" "{source.name}" {{\n' + "\n\n".join(parts) + "\n}"


def _parts(source: DataSource) -> Iterator[str]:
    each = source.for_each
    if each:
        several: Value = each if isinstance(each, dict) else Call("toset", (list(each),))
        yield f"  for_each = {hcl.to_hcl(several, 2)}"
    yield hcl.attributes(source.arguments.items(), 2)
    if source.conditions:
        checks = "\n\n".join([_postcondition(one) for one in source.conditions])
        yield f"  lifecycle {{\n{checks}\n  }}"


def _postcondition(condition: Condition) -> str:
    test = _test(condition.left, condition.operator, condition.right)
    return (
        f"    postcondition {{\n      condition     = {test}\n"
        f"      error_message = {hcl.to_hcl(condition.message)}\n    }}"
    )


def _test(left: Value, operator: str, right: Value) -> str:
    tested = hcl.to_hcl(left)
    if isinstance(right, tuple):
        among = f"[{', '.join(map(hcl.to_hcl, right))}]"
        if operator == "meets":
            return f"length(setintersection({among}, {tested})) > 0"
        return f"contains({among}, {tested})"
    if isinstance(right, bool) and operator == "==":
        return tested if right else f"!{tested}"
    return f"{tested} {operator} {hcl.to_hcl(right)}"

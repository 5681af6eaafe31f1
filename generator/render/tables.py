"""Runs of rows and blocks that are quicker made at once than by a template."""

from __future__ import annotations

import posixpath
from functools import lru_cache

from generator.plan.made.count import Made
from generator.plan.root_plan import NeededRoot, Output, RootPlan
from generator.render import hcl
from generator.render.markdown import code
from generator.text.expression import Value


def needed_rows(root: RootPlan) -> str:
    """One line a root that comes before this one: where it is, what is taken, and how."""
    rows = []
    for one in root.needed:
        link = f"[{code(one.folder)}]({posixpath.relpath(one.folder, root.folder)})"
        takes = ", ".join(map(code, one.outputs)) or "nothing"
        rows.append(f"| {link} | {takes} | {_how(one)} |")
    return "\n".join(rows)


# The roots of one module make and need much the same.
@lru_cache(maxsize=1024)
def made_rows(made: tuple[Made, ...]) -> str:
    """One line a type of resource: how many a root makes of it, and whether they take tags."""
    return "\n".join(
        f"| {code(one.type)} | {'by the plan' if one.number is None else one.number} "
        f"| {'yes' if one.tagged else 'none'} |"
        for one in made
    )


def need_rows(rows: tuple[tuple[str, str, str], ...]) -> str:
    """One line a thing that must be there before the first apply; all is Markdown already."""
    return "\n".join([f"| {kind} | {what} | {why} |" for kind, what, why in rows])


def _how(one: NeededRoot) -> str:
    if one.source is not None:
        return f"from its state: {code(f'data.{one.source.type}.{one.source.name}')}"
    if one.handed:
        return "handed in: " + ", ".join(code(f"TF_VAR_{name}") for name in one.handed.values())
    return "the order alone"


@lru_cache(maxsize=256)
def output_blocks(outputs: tuple[Output, ...]) -> str:
    """The ``output`` blocks, a blank line between them. The roots of one module share them."""
    return "\n\n".join(hcl.block(f"output {hcl.quote(o.name)}", _output(o)) for o in outputs)


def _output(output: Output) -> dict[str, Value]:
    arguments: dict[str, Value] = {"description": output.description, "value": output.value}
    return {**arguments, "sensitive": True} if output.sensitive else arguments

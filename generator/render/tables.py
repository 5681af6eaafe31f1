"""Runs of blocks that are quicker made at once than by a template."""

from __future__ import annotations

from functools import lru_cache

from generator.plan.root_plan import Output
from generator.render import hcl
from generator.text.expression import Value


@lru_cache(maxsize=256)
def output_blocks(outputs: tuple[Output, ...]) -> str:
    """The ``output`` blocks, a blank line between them. The roots of one module share them."""
    return "\n\n".join(hcl.block(f"output {hcl.quote(o.name)}", _output(o)) for o in outputs)


def _output(output: Output) -> dict[str, Value]:
    arguments: dict[str, Value] = {"description": output.description, "value": output.value}
    return {**arguments, "sensitive": True} if output.sensitive else arguments

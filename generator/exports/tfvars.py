"""Inputs as ``*.tfvars`` and ``*.tfvars.json``: for calling the module as a root of its own."""

from __future__ import annotations

import json

from generator.errors import Location, Problem, UsageError
from generator.exports.inputs import Inputs
from generator.render.hcl import attributes
from generator.text.characters import in_line

_ENDINGS = {"json": ".json", "tfvars": ".tfvars"}


def render(inputs: Inputs, format: str) -> str:
    """The file's text.

    Args:
        inputs: what the root passes to its module.
        format: "tfvars" (HCL) or "json".

    Raises:
        InputError: a value that HCL cannot hold.
    """
    return _as_json(inputs) if format == "json" else _as_hcl(inputs)


def _as_hcl(inputs: Inputs) -> str:
    """Assignments as ``terraform fmt`` leaves them; what is left out is named in a comment."""
    root = f"tenant {inputs.tenant}, environment {inputs.environment}"
    head = [f"Inputs of {inputs.module} for {inputs.job_file}, {root}."]
    head += _omissions(inputs)
    lines = [f"# {in_line(line)}" for line in head]
    return "\n".join([*lines, "", attributes(inputs.values.items()), ""])


def _as_json(inputs: Inputs) -> str:
    """One JSON object; what is left out is named at ``//``, which Terraform takes for a comment.

    Terraform reads strings in a ``.tfvars.json`` as they are: it evaluates them without a
    scope, and then they are no templates.
    """
    attributes(inputs.values.items())  # refuses what Terraform cannot hold
    omitted = _omissions(inputs)
    document = {"//": omitted, **inputs.values} if omitted else inputs.values
    return json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def warnings(inputs: Inputs) -> list[Problem]:
    """A warning for every input that is left out."""
    return [
        Problem(
            "left-out", line[0].lower() + line[1:], Location(inputs.job_file), severity="warning"
        )
        for line in _omissions(inputs)
    ]


def format_of(path: str | None, format: str | None, default: str) -> str:
    """The format to write, by the file's name where the user did not say.

    Terraform takes a file for JSON by its name alone, so a format that the name contradicts
    would be a file that cannot be read.

    Args:
        path: where it goes; None or "-" for standard output.
        format: what the user chose, if anything.
        default: what to take when neither says.

    Raises:
        UsageError: name and format contradict each other.
    """
    if path is None or path == "-":
        return format or default
    by_name = next((f for f, ending in _ENDINGS.items() if path.endswith(ending)), None)
    if format and by_name and format != by_name:
        ending = ".tfvars.json" if format == "json" else ".tfvars"
        raise UsageError(
            f"{path}: Terraform tells JSON from HCL by the name of a file: end it in {ending}, "
            f"or choose --format {by_name}"
        )
    return format or by_name or default


def _omissions(inputs: Inputs) -> list[str]:
    return [
        f"Left out, since only apply knows it: {name} (from {', '.join(waits)})"
        for name, waits in inputs.left_out.items()
    ]

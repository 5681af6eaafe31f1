"""What a root keeps of its former self for one apply, which destroys what that had made.

Terraform destroys an object through the provider that it was made with. A root whose runtime
changed has another one, so the old provider, and the data sources that configure it, stay in
``leaving.tf`` until that apply. What was inside of a cluster that goes is forgotten there, as
in a tombstone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from generator.render.manifest import Manifest, signed
from generator.render.render import reach, texts

NAME = "leaving.tf"
_README = "README.md"
_TERRAFORM = "terraform.tf"


def with_leaving(
    files: Mapping[str, str], wanted: Manifest, leaving: Mapping[str, Any], output: str
) -> dict[str, str]:
    """A root's files with those of what it leaves.

    Args:
        files: name to text, as rendered from the job.
        wanted: the manifest among them.
        leaving: what is left, as in ``Manifest.leaving``.
        output: the output folder below the project folder.
    """
    changed = replace(wanted, leaving=dict(leaving))
    whole = changed.whole()
    root = {
        "job_file": wanted.job_file,
        **reach(whole.terraform, leaving["providers"], leaving["data"]),
        "gone_with": leaving["gone_with"],
    }
    made = texts((_TERRAFORM, NAME, "leaving.README.md"), {"root": root, "output": output})
    result = {**files, _TERRAFORM: made[_TERRAFORM], NAME: made[NAME]}
    result[_README] += made["leaving.README.md"]
    return signed(result, changed)

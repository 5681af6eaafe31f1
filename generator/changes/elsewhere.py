"""Roots that become others under their state: another runtime, cluster, account, region or host."""

from __future__ import annotations

import json

from generator.changes.roots import Found
from generator.errors import InputError
from generator.render import manifest
from generator.tree.runtime_change import change_of


def led_elsewhere(found: Found) -> str:
    """A sentence about what becomes of a root's resources; "" where they stay what they are.

    Args:
        found: a root that is alive at both ends.
    """
    sides = []
    for one in found.manifests:
        try:
            sides.append(manifest.read(json.dumps(one).encode(), found.folder, found.new_root))
        except InputError:  # told already
            return ""
    change = change_of(*sides)
    if not change.steps:
        return ""
    steps = " and ".join(map(str, change.steps))
    if change.at_once:
        return f"changes {steps}: one apply destroys what it made, and makes it anew there"
    return (
        f"changes {steps}: Terraform looks there for what its state names, and makes all anew; "
        "what was not destroyed before stays behind"
    )

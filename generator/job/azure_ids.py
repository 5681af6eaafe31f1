"""Azure's resource ids in the one spelling that the azurerm provider takes.

Azure compares ids without regard to case, and its tools hand them out in several spellings:
``resourcegroups``, ``microsoft.app``. The provider takes those of a few kinds apart by the words of
the API's description and refuses any other (azurerm 5.2, its ``Parse...ID`` functions). Ids of
other kinds stay as they are: it takes them in any spelling, and a change would replace grants.
"""

from __future__ import annotations

from typing import Any

from generator.model.variables import Template, waits

_KINDS = {
    kind.lower(): kind.split("/")
    for kind in (
        "Microsoft.App/managedEnvironments",
        "Microsoft.KeyVault/vaults/keys",
        "Microsoft.ManagedIdentity/userAssignedIdentities",
        "Microsoft.Network/privateDnsZones",
        "Microsoft.Network/virtualNetworks/subnets",
        "Microsoft.OperationalInsights/workspaces",
        "Microsoft.Storage/storageAccounts/blobServices/containers",
    )
}
# What the program itself reads, below ``runtime``.
_OF_THE_PROGRAM = frozenset(("args", "command", "environment"))
_SECTIONS = ("network", "runtime", "storage")


def in_one_spelling(infrastructure: dict[str, Any]) -> dict[str, Any]:
    """A filled ``infrastructure`` block with its ids as the provider takes them.

    Args:
        infrastructure: the block as plain data, not yet validated; it is not changed.
    """
    if infrastructure.get("provider") != "azure":
        return infrastructure
    found = dict(infrastructure)
    for section in _SECTIONS:
        if isinstance(fields := found.get(section), dict):
            found[section] = {
                key: value if key in _OF_THE_PROGRAM else _spelt(value)
                for key, value in fields.items()
            }
    terraform = found.get("terraform")
    if isinstance(terraform, dict) and "variables" in terraform:
        found["terraform"] = {**terraform, "variables": _spelt(terraform["variables"])}
    return found


def _spelt(value: Any) -> Any:
    if isinstance(value, str):
        return _id(value)
    if isinstance(value, dict):
        return {key: _spelt(item) for key, item in value.items()}
    return [_spelt(item) for item in value] if isinstance(value, list) else value


def _id(text: str) -> str:
    pieces = text.split("/")
    fixed = [pieces[0], *(piece.lower() for piece in pieces[1:6:2])]
    kind = _KINDS.get("/".join(pieces[6:8] + pieces[9::2]).lower())
    if kind is None or fixed != ["", "subscriptions", "resourcegroups", "providers"]:
        return text
    pieces[1:6:2] = "subscriptions", "resourceGroups", "providers"
    pieces[6] = kind[0]
    pieces[7::2] = kind[1:]
    if kind[0] == "Microsoft.Storage":
        pieces[10] = pieces[10].lower()
    spelt = "/".join(pieces)
    return Template(spelt) if waits(text) else spelt

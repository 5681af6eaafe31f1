"""Which resources of the shipped modules take tags: read from the modules themselves."""

from __future__ import annotations

import os

from generator.files.shipped import folder
from generator.modules.files import module_files
from generator.terraform_text.blocks import body_of, text_of


def taggable(argument: str, provider: str) -> list[str]:
    """The types of resources that the shipped modules give their tags to, in order.

    Args:
        argument: ``tags`` or ``labels``.
        provider: what the types begin with: aws, azurerm, google.
    """
    top = folder("modules")
    found = set()
    for name in sorted(os.listdir(top)):
        path = os.path.join(top, name)
        if not os.path.isdir(path):
            continue
        for text in module_files(path).values():
            for block in body_of(text_of(text)).of("resource"):
                is_its = block.labels[0].startswith(f"{provider}_")
                if is_its and argument in body_of(block.text).arguments:
                    found.add(block.labels[0])
    return sorted(found)

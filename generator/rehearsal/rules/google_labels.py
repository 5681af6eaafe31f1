"""Google Cloud: labels, of every resource that can have them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.rehearsal.rules import Problem, Resource

LABEL_KEY = r"[a-z][a-z0-9_-]{0,62}"
LABEL_VALUE = r"[a-z0-9_-]{0,63}"
PROVIDERS_OWN = "goog-"


def labels(kind: str, value: Resource) -> Iterator[Problem]:
    """64 labels; lower case, digits, _ and -; a key starts with a letter; 63 characters.

    Source: Resource Manager documentation, "Requirements for labels". International letters,
    which it allows, are refused by some products: ours keep to ASCII.
    """
    for attribute in ("effective_labels", "labels", "resource_labels", "user_labels"):
        found = value.get(attribute)
        if attribute == "labels" and "user_labels" in value:
            continue  # settings of a notification channel
        if not isinstance(found, dict):
            continue
        own = {k: v for k, v in found.items() if not k.startswith(PROVIDERS_OWN)}
        if len(own) > 64:
            yield f"{kind}: too many labels", f"{len(own)} labels; the API takes 64."
        for key, label in own.items():
            if not re.fullmatch(LABEL_KEY, key):
                detail = f"{key!r}: a lower-case letter, then up to 62 of a-z, 0-9, _ and -."
                yield f"{kind}: invalid label key", detail
            if isinstance(label, str) and not re.fullmatch(LABEL_VALUE, label):
                detail = f"{key} = {label!r}: up to 63 of a-z, 0-9, _ and -."
                yield f"{kind}: invalid label value", detail
        if attribute == "effective_labels":
            return

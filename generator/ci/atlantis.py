"""atlantis.yaml: a project for each root, in Atlantis' repo-level configuration, version 3.

Atlantis plans, comments, keeps the plan that was reviewed and applies it by itself:
https://www.runatlantis.io/docs/repo-level-atlantis-yaml. What it is to be allowed is set on its
server, not here.
"""

from __future__ import annotations

import json
import os
import posixpath
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from generator.ci.work import needs_of, waves_of
from generator.files.names import ROOT_LOCK
from generator.files.regular import read as read_regular
from generator.model.ci import CiSettings
from generator.terraform_text.blocks import body_of, text_of
from generator.terraform_text.literals import ExpressionError, literal
from generator.terraform_text.scan import UnreadableError

_ALWAYS = ("*.tf", ROOT_LOCK)
_MOST_MODULES = 200


def atlantis(
    ci: CiSettings,
    roots: Mapping[str, Mapping[str, Any]],
    folder: str,
    names: Iterable[str] | None = None,
) -> str:
    """The text of atlantis.yaml.

    Args:
        ci: the settings.
        roots: folder below the project to its manifest.
        folder: the project folder, whose modules are followed.
        names: the roots that are wanted; None for all.
    """
    waves = waves_of(roots)
    lines = [
        "version: 3",
        "parallel_plan: true",
        "parallel_apply: true",
        "abort_on_execution_order_fail: true",
    ]
    chosen = sorted(roots if names is None else names)
    lines.append("projects:" if chosen else "projects: []")
    for root in chosen:
        watched = [*_ALWAYS, *(f"{path}/**" for path in _followed(folder, root))]
        needed = [one for one in needs_of(roots[root]) if one in roots]
        lines += [
            f"- name: {_quoted(root)}",
            f"  dir: {_quoted(root)}",
            f"  branch: {_quoted('/^' + ci.branch.replace('.', '[.]').replace('/', '[/]') + '$/')}",
            f"  execution_order_group: {waves[root]}",
        ]
        if needed and not roots[root].get("retired"):
            lines.append(f"  depends_on: [{', '.join(map(_quoted, needed))}]")
        lines += [
            f"  terraform_version: v{ci.version}",
            *(["  terraform_distribution: opentofu"] if ci.program == "tofu" else []),
            "  autoplan:",
            "    enabled: true",
            f"    when_modified: [{', '.join(map(_quoted, watched))}]",
        ]
    return "\n".join(lines) + "\n"


def _followed(folder: str, root: str) -> list[str]:
    """The local modules that a root calls, directly or by way of others, relative to it."""
    found: list[str] = []
    ahead = [root]
    while ahead and len(found) < _MOST_MODULES:
        at = ahead.pop()
        for source in _local_sources(os.path.join(folder, at)):
            module = posixpath.normpath(posixpath.join(at, source))
            if module not in found and not module.startswith(".."):
                found.append(module)
                ahead.append(module)
    return [posixpath.relpath(module, root) for module in sorted(found)]


def _local_sources(folder: str) -> Iterator[str]:
    try:
        names = sorted(name for name in os.listdir(folder) if name.endswith((".tf", ".tofu")))
    except OSError:
        return
    for name in names:
        try:
            data, _ = read_regular(os.path.join(folder, name))
            calls = list(body_of(text_of(data)).of("module"))
            written = [block.body().arguments.get("source") for block in calls]
            sources = [literal(one.text) for one in written if one is not None]
        except (OSError, UnreadableError, ExpressionError):  # Terraform will tell of it
            continue
        yield from (
            one for one in sources if isinstance(one, str) and one.startswith(("./", "../"))
        )


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)

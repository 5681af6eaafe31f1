"""The one comment of a pull request: what changes, what the plans say, and their digests."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.render.markdown import code
from generator.steps.hosts.host import MARK
from generator.steps.record import Record
from generator.steps.reviewed import block

_CUT = "\n\n_More does not fit into a comment: see the log of the pipeline._\n"
_TOO_MANY = (
    "\n**The digests of these plans do not fit into a comment, so that none of these roots will "
    "be applied. Split this change.**\n"
)
# An HTML comment in the diff could end ours, or pass for it.
_HTML_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)\n?", re.DOTALL)


def comment(records: Sequence[Record], diff: str, head: str, longest: int) -> str:
    """The text of the comment.

    Args:
        records: of the plans.
        diff: what ``dativo diff --format markdown`` printed.
        head: the commit that was planned.
        longest: how many characters it may have.
    """
    kept = block(head, records)
    diff = _HTML_COMMENT.sub("", diff).strip()
    start = f"{MARK}\n{kept}\n"
    if len(start) > longest // 2:
        start = f"{MARK}\n{_TOO_MANY}"
    for text in (_plans(records, details=True), _plans(records, details=False), ""):
        whole = f"{start}{text.rstrip()}\n\n{diff}".rstrip() + "\n"
        if len(whole) <= longest:
            return whole
    text = _plans(records, details=False)
    text = text if len(start) + len(text) <= longest // 2 else ""
    room = longest - len(start) - len(text) - len(_CUT) - 1
    cut = diff[:room].rpartition("\n")[0]
    # A fence or a fold that is left open would swallow what follows.
    closing = "\n```" if cut.count("\n```") % 2 else ""
    closing += "\n</details>" * max(0, cut.count("<details>") - cut.count("</details>"))
    cut = diff[: room - len(closing)].rpartition("\n")[0]
    return f"{start}{text}\n{cut}{closing}{_CUT}"


def _plans(records: Sequence[Record], *, details: bool) -> str:
    if not records:
        return "## Plans\n\nNo root has to be planned.\n"
    lines = ["## Plans", "", "| root | plan | digest |", "|---|---|---|"]
    for one in records:
        said = f"**{one.said()}**" if one.error or one.counts[2] else one.said()
        retired = " (retired)" if one.retired else ""
        lines.append(f"| {code(one.root)}{retired} | {said} | {code(one.digest[:12] or '-')} |")
    lines.append("")
    if details:
        for one in records:
            lines += _details(one)
    return "\n".join(lines)


def _details(record: Record) -> list[str]:
    """What one plan does, folded."""
    if record.error:
        lines = [code(record.error)]
    else:
        lines = [f"- {'/'.join(actions)} {code(one)}" for one, actions in record.changes]
        lines += [f"- output {code(name)}" for name in record.outputs]
    if not lines:
        return []
    summary = record.root.replace("&", "&amp;").replace("<", "&lt;")
    return [f"<details><summary>{summary}: {record.said()}</summary>", "", *lines, "", "</details>"]

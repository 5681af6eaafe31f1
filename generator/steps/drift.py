"""One issue for each root that is not as its state and its files say; closed when that is over."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from generator.render.markdown import code
from generator.steps.hosts.host import Host
from generator.steps.record import Record

_TITLE = "Drift in "
_LONGEST = 250  # GitHub, GitLab and Azure DevOps all allow a little more
_MOST_CHANGES = 200


def tell(host: Host, records: Sequence[Record], existing: Collection[str]) -> list[str]:
    """Open, write anew and close issues.

    Args:
        host: where the issues are.
        records: of the plans of roots.
        existing: all roots that there are; the issue of one that is gone is closed.

    Returns:
        What was done, in sentences.
    """
    open_ones = {one.title: one.number for one in host.issues()}
    said = []
    for record in records:
        number = open_ones.get(_title(record.root))
        if not record.empty:
            host.put_issue(number, _title(record.root), _text(record))
            said.append(f"{record.root}: {record.said()}")
        elif number is not None:
            host.close_issue(number, "The plan is empty again.")
            said.append(f"{record.root}: closed, the plan is empty again")
    there = {_title(root) for root in existing}
    for title, number in open_ones.items():
        if title.startswith(_TITLE) and title not in there:
            host.close_issue(number, "The root is gone.")
            said.append(f"{title.removeprefix(_TITLE)}: closed, the root is gone")
    return said


def _title(root: str) -> str:
    return f"{_TITLE}{root}"[:_LONGEST]


def _text(record: Record) -> str:
    lines = [f"{code(record.root)}: {record.said()}.", ""]
    if record.error:
        lines += [code(record.error), ""]
    shown = record.changes[:_MOST_CHANGES]
    lines += [f"- {'/'.join(actions)} {code(address)}" for address, actions in shown]
    if len(record.changes) > len(shown):
        lines.append(f"- and {len(record.changes) - len(shown)} more")
    lines += [f"- output {code(name)}" for name in record.outputs]
    lines += [
        "",
        "Either somebody changed the cloud by hand, or a change that was merged was not applied.",
        "Plan the root, then apply it or change its job.",
        "",
    ]
    return "\n".join(lines)

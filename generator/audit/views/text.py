"""An audit for people: on a terminal, and in Markdown."""

from __future__ import annotations

from itertools import groupby

from generator.audit.compare import UNKNOWN, Audit, Finding
from generator.render.markdown import code, prose
from generator.text.count import count
from generator.text.printable import printable

_NO_JOB = "of no job"


def as_text(found: Audit) -> str:
    """A block for each root with something to tell, and a line that counts."""
    lines = []
    for address, group in groupby(found.findings, key=lambda one: one.address):
        lines.append(printable(address or _NO_JOB))
        for one in group:
            lines.append(f"  {one.kind}: {printable(_name(one))}")
            lines += [f"    {printable(text)}" for text in _details(one)]
    return "".join(f"{line}\n" for line in [*lines, summary(found)])


def as_markdown(found: Audit) -> str:
    """A table of all findings."""
    lines = [summary(found), ""]
    if found.findings:
        lines += ["| job | finding | resource | what | where |", "|---|---|---|---|---|"]
    for one in found.findings:
        what = "<br>".join(prose(text) for text in _details(one))
        cells = (prose(one.address or _NO_JOB), one.kind, code(_name(one)), what, prose(one.where))
        lines.append(f"| {' | '.join(cells)} |")
    return "".join(f"{line}\n" for line in lines)


def summary(found: Audit) -> str:
    """The line that counts."""
    told = count(found.resources, "resource") + f" against {count(found.roots, 'root')}: "
    fine = f"{sum(found.fine.values())} as intended, {found.unrelated} of others"
    return told + f"{fine}, {count(len(found.findings), 'finding')}"


def _name(one: Finding) -> str:
    return f"{one.type} {one.id}".strip()


def _details(one: Finding) -> list[str]:
    details = [f"lacks {', '.join(one.lacking)}"] if one.lacking else []
    details += [
        f'{key} is "{there}" and should be "{wanted}"'
        for key, (there, wanted) in one.different.items()
    ]
    details += [one.why] if one.why else []
    if one.by == "name" and one.kind != UNKNOWN:
        details.append("found by its name")
    return [*details, one.where] if one.where else details

"""The report of a rehearsal for people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.rehearsal.report import (
    Change,
    Diagnostic,
    RehearsalReport,
    RehearsedResource,
    Step,
)
from generator.rehearsal.tags import FULL_AT
from generator.text.count import count
from generator.text.printable import printable


def as_text(report: RehearsalReport) -> str:
    """The table of one root."""
    lines = [f"{report.root}  ({report.terraform})"]
    for step in report.steps:
        lines.append(f"  {step.name:<12} {step.seconds:6.1f} s  {'ok' if step.ok else 'failed'}")
        lines += [f"    {line}" for line in _told(step)]
    lines += [f"  {line}".rstrip() for line in _resources(report)]
    for change in report.changes:
        lines += [f"  {line}" for line in _change(change)]
    if report.folder:
        lines.append(f"  kept in {report.folder}")
    return "\n".join(map(printable, lines)) + "\n\n"


def _told(step: Step) -> Iterator[str]:
    for diagnostic in step.diagnostics:
        yield _diagnostic(diagnostic)
        if diagnostic.detail:
            yield "  " + " ".join(diagnostic.detail.split())


def _diagnostic(diagnostic: Diagnostic) -> str:
    location = f"{diagnostic.file}:{diagnostic.line}: " if diagnostic.file else ""
    about = f"{diagnostic.address}: " if diagnostic.address else ""
    return f"{diagnostic.severity}: {location}{about}{diagnostic.summary}"


def _resources(report: RehearsalReport) -> Iterator[str]:
    if not report.resources:
        return
    width = max(len(resource.address) for resource in report.resources)
    yield ""
    yield f"{'resource':<{width}}  tags"
    for resource in report.resources:
        if not resource.taggable:
            told = "cannot have any"
        elif resource.complete:
            told = _complete(resource, len(report.expected_tags or ()))
        else:
            wrong = [f"{key} differs" for key in resource.different]
            told = "MISSING " + ", ".join([*resource.missing, *wrong])
        yield f"{resource.address:<{width}}  {told}"
        for nested in resource.nested:
            if not nested.complete:
                yield f"{'':<{width}}  not handed on by {nested.path}"


def _change(change: Change) -> Iterator[str]:
    """What one change comes to: how much, what is replaced and why, what is lost."""
    counts = {
        "replaced": len(change.replaced),
        "changed in place": len(change.updated),
        "new": len(change.created),
        "gone": len(change.destroyed),
        "LOST": len(change.lost),
    }
    told = ", ".join(f"{number} {what}" for what, number in counts.items() if number)
    yield ""
    nothing = "no plan" if change.diagnostics else "nothing changes"
    with_more = ", and only with -refresh=false" if change.diagnostics and told else ""
    yield f"another {change.name}: {told or nothing}{with_more}"
    for diagnostic in change.diagnostics:
        yield f"  {_diagnostic(diagnostic)}"
        yield "    " + " ".join(diagnostic.detail.split())
    for address, arguments in change.replaced.items():
        because = f" ({', '.join(arguments)})" if arguments else ""
        yield f"  replaced: {address}{because}"
    for lost in change.lost:
        yield f"  LOST: {lost.address} goes with {lost.inside}, which its {lost.argument} names"


def _complete(resource: RehearsedResource, asked: int) -> str:
    if not asked:
        return "nothing asked"
    own = len(resource.tags)
    if own < asked and resource.type in FULL_AT:
        return f"{own}, which is all that it takes; all {asked} are handed on"
    return f"all {asked}"


def summary(reports: Sequence[RehearsalReport]) -> str:
    """The closing lines."""
    failed = sum(not report.ok for report in reports)
    seconds = sum(report.seconds for report in reports)
    resources = [(r, bool(report.expected_tags)) for report in reports for r in report.resources]
    cannot = sum(not r.taggable for r, _ in resources)
    lacking = sum(not r.complete for r, _ in resources)
    complete = sum(asked and r.taggable and r.complete for r, asked in resources)
    counts = {
        "with all tags": complete,
        "without": lacking,
        "not asked to": len(resources) - cannot - lacking - complete,
        "that cannot have any": cannot,
    }
    told = ", ".join(f"{number} {what}" for what, number in counts.items() if number)
    return (
        f"{count(len(reports), 'root')}: {len(reports) - failed} fine, {failed} not; "
        f"{seconds:.0f} s\n{count(len(resources), 'resource')}{': ' if told else ''}{told}\n"
    )

"""The report of a rehearsal for people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.rehearsal.report import Diagnostic, RehearsalReport, Step
from generator.report.printable import printable


def as_text(report: RehearsalReport) -> str:
    """The table of one root."""
    lines = [f"{report.root}  ({report.terraform})"]
    for step in report.steps:
        lines.append(f"  {step.name:<12} {step.seconds:6.1f} s  {'ok' if step.ok else 'failed'}")
        lines += [f"    {line}" for line in _told(step)]
    lines += [f"  {line}" for line in _resources(report)]
    if report.folder:
        lines.append(f"  kept in {report.folder}")
    return "\n".join(map(printable, lines)) + "\n\n"


def _told(step: Step) -> Iterator[str]:
    for diagnostic in step.diagnostics:
        yield _diagnostic(diagnostic)
        if diagnostic.detail:
            yield "  " + " ".join(diagnostic.detail.split())


def _diagnostic(diagnostic: Diagnostic) -> str:
    place = f"{diagnostic.file}:{diagnostic.line}: " if diagnostic.file else ""
    about = f"{diagnostic.address}: " if diagnostic.address else ""
    return f"{diagnostic.severity}: {place}{about}{diagnostic.summary}"


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
            told = f"all {len(report.expected_tags)}" if report.expected_tags else "nothing asked"
        else:
            wrong = [f"{key} differs" for key in resource.different]
            told = "MISSING " + ", ".join([*resource.missing, *wrong])
        yield f"{resource.address:<{width}}  {told}"
        for nested in resource.nested:
            if not nested.complete:
                yield f"{'':<{width}}  not handed on by {nested.path}"


def summary(reports: Sequence[RehearsalReport]) -> str:
    """The closing lines."""
    resources = [resource for report in reports for resource in report.resources]
    taggable = [resource for resource in resources if resource.taggable]
    lacking = sum(not resource.complete for resource in taggable)
    failed = sum(not report.ok for report in reports)
    seconds = sum(report.seconds for report in reports)
    tagged = f"{len(taggable) - lacking} with all tags" + (f", {lacking} without" * bool(lacking))
    return (
        f"{len(reports)} roots: {len(reports) - failed} fine, {failed} not; {seconds:.0f} s\n"
        f"{len(resources)} resources: {tagged}, {len(resources) - len(taggable)} cannot have any\n"
    )

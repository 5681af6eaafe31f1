"""Write the first page of docs/: a job of this repository, parts of its root, and the report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scripts.pages import Files, between_markers, read

PAGE = "docs/README.md"
JOB = "jobs/acme/stripe-customers.yaml"
ROOT = "generated/acme/stripe-customers/prod"
PICTURE = "report-table.png"

# How the lines begin that are shown, in their order.
_JOB = (
    *("tenant_id:", "environment:", "schedule:"),
    *("finops:", "classification_overrides:", "governance_overrides:", "", "infrastructure:"),
    *("  provider:", "  region:", "  runtime:", "    type:", "    cpu:", "    memory:"),
    *("    timeout_seconds:", "  tags:"),
)
_MAIN = (
    *('module "job" {', "  source ", "", "  name ", "  tenant ", "  environment ", "  cpu "),
    *("  memory_mib ", "  schedule = {", "    expression ", "    timezone ", "  }", "  tags ", "}"),
)
_TAGS = (
    *("  job_tags = {", "    ContainsPII ", "    CostCenter ", "    DataClass", "    Project "),
    *("    RetentionDays ", "  }"),
)


def files() -> Files:
    """The page, with its excerpts as they are now."""
    yield PAGE, between_markers(PAGE, {"OVERVIEW": _overview()})


def excerpt(path: str, beginnings: Sequence[str]) -> Iterator[str]:
    """The lines of a file that begin so, each after the one before; what is left out is marked.

    Raises:
        ValueError: the file has no such line, or not there.
    """
    lines = (read(path) or "").splitlines()
    last = -1
    for beginning in beginnings:
        found = [n for n, line in enumerate(lines) if n > last and line.startswith(beginning)]
        if not found:
            raise ValueError(f"{path} has no line {beginning!r} after line {last + 1}")
        if last >= 0 and any(line.strip() for line in lines[last + 1 : found[0]]):
            line = lines[found[0]]
            closes = "  " if line.lstrip().startswith("}") else ""
            yield line[: len(line) - len(line.lstrip())] + closes + "# …"
        last = found[0]
        yield lines[last]


def _overview() -> Iterator[str]:
    yield from ('<div class="overview" markdown>', "<div markdown>", "")
    yield from (f"**A job:** [{JOB}](../{JOB})", "", "```yaml", *excerpt(JOB, _JOB), "```", "")
    yield from ("</div>", "<div markdown>", "")
    yield from (f"**Its root:** [{ROOT}](../{ROOT})", "", "```hcl")
    yield from (*excerpt(f"{ROOT}/main.tf", _MAIN), "", *excerpt(f"{ROOT}/locals.tf", _TAGS))
    yield from ("```", "", "</div>")
    yield from ("<div markdown>", "", "**All of them:** [the report](report.md)", "")
    yield from (f"[![The table of roots, with three choices made]({PICTURE})](report.md)", "")
    yield from ("</div>", "</div>")

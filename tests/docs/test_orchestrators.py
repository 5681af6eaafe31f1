"""The examples of docs/orchestrators.md come to the files that it shows."""

from __future__ import annotations

import shutil
from pathlib import Path

from generator.cli import main
from generator.plan.orchestrator import TITLES
from generator.plan.runtimes.table import RUNTIMES
from tests.docs.examples import ROOT, example

PAGE = "docs/orchestrators.md"


def test_the_head(tmp_path: Path) -> None:
    """The job's constants stand in its DAG as the page shows them."""
    (tmp_path / "jobs").mkdir()
    (tmp_path / "jobs" / "stripe.yaml").write_text(example(PAGE, "job"), encoding="utf-8")
    module = "aws-ecs-fargate"
    shutil.copytree(ROOT / "modules" / module, tmp_path / "modules" / module)

    assert main(["generate", "--project", str(tmp_path)]) == 0
    made = tmp_path / "generated/acme/stripe/prod/airflow_dag.py"
    assert f"\n\n{example(PAGE, 'head')}\n" in made.read_text(encoding="utf-8")


def test_the_table() -> None:
    """The page lists just the runtimes that an orchestrator can start, and what with."""
    text = (ROOT / PAGE).read_text(encoding="utf-8")
    table = text.partition("## What starts a run")[2].partition("Whatever else")[0]
    shown = {}
    for line in table.splitlines():
        if not line.startswith("| `runtime.type`") and line.startswith("| `"):
            types, airflow, dagster = (cell.strip() for cell in line.strip("|").split("|"))
            for name in types.split(", "):
                shown[name.strip("`")] = {"airflow": airflow != "–", "dagster": dagster != "–"}

    known = {
        row.type: {tool: tool in row.launchers for tool in TITLES}
        for row in RUNTIMES.values()
        if row.launchers
    }
    assert shown == known

"""Draws docs/benchmarks.svg: what each case takes, in floors; on a scale of powers of ten.

``python -m benchmarks.plot``, in the environment of ``requirements/benchmarks.txt``.
"""

from __future__ import annotations

import hashlib
import json
import os
from statistics import median
from typing import Any

TOP = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
TARGET = os.path.join(TOP, "docs", "benchmarks.svg")
_LEFT_OUT = ("floor", "python")


def data() -> dict[str, list[list[Any]]]:
    """What is drawn: series to pairs of a case and its CPU time in floors."""
    series = {}
    for name, jobs in (("before", 1000), ("after", 1000), ("peers", 100)):
        path = os.path.join(TOP, "benchmarks", "results", f"{name}.json")
        with open(path, encoding="utf-8") as stream:
            runs = {run["jobs"]: run["cases"] for run in json.load(stream)["runs"]}
        cases = runs.get(jobs, {})
        series[name] = [
            [case, round(median(a / b for a, b in zip(row["cpu"], floor, strict=True)), 3)]
            for floor in [cases.get("floor", {}).get("cpu")]
            for case, row in cases.items()
            if case not in _LEFT_OUT
        ]
    return series


def digest(drawn: dict[str, list[list[Any]]]) -> str:
    """What the drawing says of its data, so that a stale one is noticed."""
    return hashlib.sha256(json.dumps(drawn).encode()).hexdigest()


def draw(drawn: dict[str, list[list[Any]]]) -> None:
    """Write the drawing; the same bytes for the same data and matplotlib."""
    import matplotlib as mpl

    mpl.use("svg")
    mpl.rcParams.update({"svg.hashsalt": "dativo", "svg.fonttype": "none", "font.size": 8})
    from matplotlib import pyplot

    names = list(dict.fromkeys(case for rows in drawn.values() for case, _ in rows))
    figure, axes = pyplot.subplots(figsize=(7, 0.28 * len(names) + 1))
    for (label, rows), offset, color in zip(
        drawn.items(), (-0.25, 0.05, 0.35), ("#bbbbbb", "#1f6fb2", "#d08a2e"), strict=True
    ):
        title = f"{label}, {100 if label == 'peers' else 1000} jobs"
        places = [names.index(case) + offset for case, _ in rows]
        axes.barh(places, [value for _, value in rows], 0.3, color=color, label=title)
    axes.set_yticks(range(len(names)), names)
    axes.invert_yaxis()
    axes.set_xscale("log")
    axes.axvline(1, color="black", linewidth=0.8)
    axes.set_xlabel("CPU time, as multiples of reading and writing the same bytes")
    axes.legend(loc="lower right")
    figure.tight_layout()
    figure.savefig(TARGET, metadata={"Date": None, "Description": f"data: {digest(drawn)}"})


if __name__ == "__main__":
    draw(data())
    print(TARGET)

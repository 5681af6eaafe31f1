"""The examples of docs/kubernetes.md come to roots."""

from __future__ import annotations

import shutil
from pathlib import Path

from generator.cli import main
from tests.docs.examples import ROOT, example

PAGE = "docs/kubernetes.md"


def test_examples(tmp_path: Path) -> None:
    """The job on EKS, and the same on a cluster that is named by its address."""
    eks = example(PAGE, "eks")
    lines = [line for line in eks.splitlines() if "cluster_name" not in line]
    any_cluster = "\n".join([*lines, example(PAGE, "cluster")])
    (tmp_path / "jobs").mkdir()
    shutil.copytree(ROOT / "modules" / "kubernetes-job", tmp_path / "modules" / "kubernetes-job")
    for name, text in (("eks", eks), ("any", any_cluster)):
        (tmp_path / "jobs" / f"{name}.yaml").write_text(text, encoding="utf-8")
    assert main(["generate", "--project", str(tmp_path)]) == 0
    roots = tmp_path / "generated" / "acme"
    assert 'data "aws_eks_cluster"' in (roots / "eks" / "prod" / "data.tf").read_text("utf-8")
    assert 'provider "aws"' not in (roots / "any" / "prod" / "providers.tf").read_text("utf-8")

"""What is told of each root that is not as it was."""

from __future__ import annotations

import pytest

from generator import UsageError, changed
from tests.changes.conftest import Compared

SIZE = ("jobs/orders.yaml", "memory: 2Gi", "memory: 4Gi")


def test_nothing_changed(compared: Compared) -> None:
    """A clean work tree at the merge base has no changed root, and --exit-code says so."""
    done = compared.run("changed", "--exit-code")
    assert (done.code, done.out) == (
        0,
        f"no root changed from main at {compared.git('rev-parse', 'main')[:12]} to the work tree\n",
    )


def test_an_input(compared: Compared) -> None:
    """A changed input is told old and new, and its root has to be planned."""
    compared.edit(*SIZE)
    compared.generate()
    document = compared.changed()
    [root] = document["roots"]
    assert (root["root"], root["kind"], root["plan"], root["cloud"]) == (
        "generated/acme/orders/prod",
        "changed",
        True,
        "gcp",
    )
    assert {"part": "input", "name": "memory_mib", "old": 2048, "new": 4096}.items() <= root[
        "differences"
    ][0].items()
    assert compared.run("changed", "--exit-code").code == 2


def test_a_new_job(compared: Compared) -> None:
    """Files that git does not have yet count."""
    compared.job("clicks")
    compared.generate()
    assert compared.kinds() == {"clicks/prod": "created"}


def test_a_retired_and_a_pruned_job(compared: Compared) -> None:
    """A tombstone is to be planned; a folder that was pruned is not."""
    (compared.folder / "jobs/orders.yaml").unlink()
    compared.generate()
    retired = compared.commit()
    assert compared.kinds() == {"orders/prod": "retired"}
    assert compared.run("prune", "--applied").code == 0
    assert compared.kinds("--base", retired) == {"orders/prod": "removed"}
    assert compared.changed("--base", retired)["summary"]["plan"] == 0


def test_a_moved_job_file(compared: Compared) -> None:
    """Another place of the job file changes comments only: nothing is to be planned."""
    compared.git("mv", "jobs/orders.yaml", "jobs/sales.yaml")
    compared.generate()
    [root] = compared.changed()["roots"]
    assert (root["kind"], root["plan"], root["differences"]) == ("moved", False, [])


def test_the_same_from_python(compared: Compared) -> None:
    """The API returns the comparison that the commands show."""
    compared.edit(*SIZE)
    compared.generate()
    found = changed(compared.folder, base="main")
    assert [(root.root, root.kind, root.plan) for root in found.to_plan] == [
        ("generated/acme/orders/prod", "changed", True)
    ]
    assert [row.difference.name for row in found.rows] == ["memory_mib"]
    with pytest.raises(UsageError, match="no-such"):
        changed(compared.folder, base="no-such")

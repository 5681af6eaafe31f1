"""The template that is committed is what its sources and their locks make."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest

from tests.page.packages import TOP, run

SHIPPED = ("page.html", "LICENCES.txt")


@pytest.mark.deep
@pytest.mark.packaging
def test_built_anew_it_is_the_same(packages: Path) -> None:
    """Whoever builds the sources gets what is committed, byte for byte; their types are right."""
    built = packages.parent / "built"
    built.mkdir()
    run(packages, "npm", "run", "check")
    run(packages, "node", "build.mjs", os.fspath(built))

    for name in SHIPPED:
        committed = (TOP / "templates/report" / name).read_bytes()
        assert (built / name).read_bytes() == committed, f"{name} is stale, run: make page"


def test_the_lock_leads_to_the_public_registry_alone() -> None:
    """Each package is locked by its digest, and by no address of somebody's own."""
    lock = json.loads((TOP / "page/package-lock.json").read_text(encoding="utf-8"))

    for path, package in lock["packages"].items():
        if path:
            assert package["integrity"].startswith("sha512-"), path
            assert "resolved" not in package, path


def test_licences_of_what_is_shipped_are_shipped() -> None:
    """The page's own text has the licences of all that it holds, and all are permissive."""
    licences = (TOP / "templates/report/LICENCES.txt").read_text(encoding="utf-8")
    found = re.findall(r"^(\S+) \d\S* \((.+)\)$", licences, re.MULTILINE)

    assert {licence for _, licence in found} <= {"MIT", "ISC", "BSD-3-Clause", "Apache-2.0"}
    assert "preact" in dict(found)
    assert "@tanstack/table-core" in dict(found)
    page = (TOP / "templates/report/page.html").read_text(encoding="ascii")
    assert all(f"{name} " in page for name, _ in found)

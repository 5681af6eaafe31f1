"""The report of this repository, as the command writes it and as somebody reads it."""

from __future__ import annotations

import functools
import http.server
import json
import re
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from generator.cli import main
from tests.page.visit import Visit

pytestmark = pytest.mark.xdist_group("browser")
TOP = Path(__file__).parents[2]


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@pytest.fixture
def host(tmp_path: Path) -> Iterator[str]:
    """A static host of a folder with the report and its numbers, and the address of it."""
    for form in ("html", "json"):
        assert main(["report", "--project", str(TOP), "--output", str(tmp_path / f"r.{form}")]) == 0
    serve = functools.partial(_Quiet, directory=str(tmp_path))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), serve) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/r.html"
        server.shutdown()


def test_a_question_takes_three_clicks(visit: Visit, host: str, tmp_path: Path) -> None:
    """Which PII jobs of tenant acme have no key of their own, and who owns them: from a static
    host, in three clicks, and what charts say are the sums of the report.
    """
    page = visit.go(host)
    for facet, value in (("Tenant", "acme"), ("Class", "PII"), ("Key of its own", "none")):
        buttons = page.get_by_role("region", name=facet)
        buttons.get_by_role("button", name=re.compile(f"^{value}")).click()

    rows = page.locator("tbody tr").evaluate_all(
        "rows => rows.map(row => [row.cells[0].innerText, row.cells[1].innerText])"
    )
    assert rows == [
        ["acme/customer-features/prod", "data-team@acme.com"],
        ["acme/hubspot-contacts/dev", "crm-team@acme.com"],
        ["acme/hubspot-contacts/prod", "crm-team@acme.com"],
    ]

    page.evaluate("location.hash = 'view=charts'")
    told = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))
    for name, chart in (("cost_center", "By cost centre"), ("cloud", "By cloud")):
        card = page.get_by_role("region", name=chart)
        card.locator("summary").click()
        expect(card.get_by_role("table")).to_be_visible()
        lines = card.locator("tbody tr").evaluate_all(
            "rows => rows.map(row => [...row.cells].map(cell => cell.innerText.replace(',', '')))"
        )
        assert {line[0]: int(line[1]) for line in lines} == {
            line["value"] or "none": line["jobs"] for line in told["pivots"][name]
        }
        assert {line[0]: float(line[2]) for line in lines} == {
            line["value"] or "none": pytest.approx(line["vcpu_hours_a_month"] or 0, abs=0.51)
            for line in told["pivots"][name]
        }

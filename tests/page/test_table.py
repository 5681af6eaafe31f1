"""The table of a report, in a browser: what somebody sees and does."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.page.made import report
from tests.page.visit import Visit

pytestmark = pytest.mark.xdist_group("browser")


def roots(page: Page) -> list[str]:
    """The roots that are in the document, from the top."""
    return page.locator("tbody th[scope=row] a").all_inner_texts()


def shows(page: Page, wanted: list[str]) -> None:
    """Wait until these roots are in the document, from the top."""
    expect(page.locator("tbody th[scope=row] a")).to_have_text(wanted)


def test_all_roots_are_there(visit: Visit) -> None:
    """Every root is a row, in the order of the report."""
    made = report(22)
    page = visit.open(made)

    expect(page.get_by_role("status")).to_contain_text("22 of 22 roots")
    shows(page, [row["address"] for row in made["rows"]])


@pytest.mark.deep
def test_a_question_takes_three_clicks(visit: Visit) -> None:
    """Which PII jobs of tenant acme have no key of their own, and who owns them."""
    made = report(200)
    page = visit.open(made)

    for facet, value in (("Tenant", "acme"), ("Class", "PII"), ("Key of its own", "none")):
        page.get_by_role("region", name=facet).get_by_role(
            "button", name=re.compile(f"^{value}")
        ).click()

    wanted = {
        row["address"]: row["owner"] or "none"
        for row in made["rows"]
        if row["tenant"] == "acme" and "PII" in row["classes"] and row["key"] is None
    }
    assert 1 < len(wanted) < 40
    shows(page, [*wanted])
    shown = page.locator("tbody tr").evaluate_all("rows => rows.map(row => row.cells[1].innerText)")
    assert shown == [*wanted.values()]


@pytest.mark.deep
def test_an_address_shows_what_its_sender_saw(visit: Visit) -> None:
    """All that is looked at is in the address, and the way back leads through it."""
    page = visit.open(report(60))
    page.get_by_role("region", name="Cloud").get_by_role("button", name=re.compile("^gcp")).click()
    page.get_by_role("button", name="vCPU-hours at most").click()
    page.get_by_role("searchbox").fill("orders")
    expect(page).to_have_url(re.compile("orders"))
    seen, address = roots(page), page.url
    assert seen

    page.goto("about:blank")
    page.goto(address)
    shows(page, seen)
    expect(page.get_by_role("searchbox")).to_have_value("orders")
    expect(page.get_by_role("columnheader", name="vCPU-hours at most")).to_have_attribute(
        "aria-sort", "descending"
    )


def test_sorting_is_by_number_and_what_is_unknown_comes_last(visit: Visit) -> None:
    """A heading sorts by its column, numbers from the largest; again the other way; then not."""
    made = report(25)
    made["rows"][3]["vcpu_hours_a_month"] = None
    page = visit.open(made)
    heading = page.get_by_role("columnheader", name="vCPU-hours at most").get_by_role("button")
    known = sorted(
        row["vcpu_hours_a_month"] for row in made["rows"] if row["vcpu_hours_a_month"] is not None
    )

    for clicks, wanted in ((1, known[::-1]), (2, known)):
        heading.click()
        expect(page.locator("th[aria-sort]")).to_have_attribute(
            "aria-sort", ("descending", "ascending")[clicks - 1]
        )
        cells = page.locator("tbody tr:has(a) td:nth-last-child(2)").all_inner_texts()
        assert [float(text.replace(",", "")) for text in cells[:-1]] == pytest.approx(
            wanted, abs=0.5
        ), clicks
        assert roots(page)[-1] == made["rows"][3]["address"]
    heading.click()
    shows(page, [row["address"] for row in made["rows"]])


@pytest.mark.deep
def test_groups_have_sums(visit: Visit) -> None:
    """Grouped roots are counted and summed, and a group opens."""
    made = report(30)
    page = visit.open(made)

    page.get_by_label("Group by").select_option("Tenant")

    expect(page.locator("tbody th button").first).to_be_visible()
    wanted = {row["tenant"]: 0 for row in made["rows"]}
    for row in made["rows"]:
        wanted[row["tenant"]] += 1
    headings = page.locator("tbody th button")
    assert {
        name.strip("\u25b8"): int(many) for name, many in map(str.split, headings.all_inner_texts())
    } == wanted
    headings.filter(has_text="acme").click()
    shows(page, [row["address"] for row in made["rows"] if row["tenant"] == "acme"])


@pytest.mark.deep
def test_keys_reach_rows_that_are_not_drawn_yet(visit: Visit) -> None:
    """Of 1,000 rows some sixty are in the document; the arrow keys go on to those that are not."""
    page = visit.open(report(1000))
    assert len(roots(page)) < 80

    page.locator("tbody a").first.focus()
    for _ in range(8):
        page.keyboard.press("PageDown")
    expect(page.locator("tr[data-index='96'] a")).to_be_focused()

    # A key that is held down comes again before anything is drawn.
    page.evaluate("""() => {
        for (const key of [...Array(30).fill("PageDown"), "ArrowUp"])
            document.activeElement.dispatchEvent(
                new KeyboardEvent("keydown", { key, bubbles: true }));
    }""")
    expect(page.locator("tr[data-index='455'] a")).to_be_focused()

    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.go_back()
    expect(page.get_by_role("table")).to_be_visible()

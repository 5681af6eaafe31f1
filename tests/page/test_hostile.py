"""Whatever a job says is text: none of it runs, loads or links, and the page stays as it is."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from generator.page.page import page as html_of
from tests.page.made import Report, report
from tests.page.visit import Visit

pytestmark = pytest.mark.xdist_group("browser")

STRINGS = (
    "<script>alert(1)</script>",
    "</script><script>alert(2)</script>",
    "<!--<script>",
    "<img src=x onerror=alert(3)>",
    "<svg/onload=alert(4)>",
    "javascript:alert(5)",
    "\"'><iframe src=https://evil.example></iframe>",
    "'; alert(6); '",
    '=HYPERLINK("https://evil.example")',
    "&lt;b&gt;",
    "\u202egpj.exe\u202c",
    "zero\u200bwidth",
    "__proto__",
    "constructor",
    "@REPORT@",
    "a\nb\u2028c\u0000d",
    "{{7*7}}${7*7}",
    "\U0001f4a9 \u0645\u0631\u062d\u0628\u0627",
)


def hostile(links: bool = True) -> Report:
    """A report in which every text is one that means harm."""
    made = report(len(STRINGS))

    def spoilt(value: Any, text: str) -> Any:
        if isinstance(value, str):
            return text
        if isinstance(value, list):
            return [spoilt(one, text) for one in value]
        if isinstance(value, dict):
            return {key: spoilt(one, text) for key, one in value.items()}
        return value

    rows = [spoilt(row, text) for row, text in zip(made["rows"], STRINGS, strict=True)]
    for number, row in enumerate(rows):
        row["address"] = f"{number} {row['address']}"
        row["where"] = {f"{text} key": f"{text}:1" for text in STRINGS}
    gap = {
        "severity": "error",
        "rule": "r",
        "message": "m",
        "address": None,
        "file": "f",
        "line": 1,
    }
    gaps = [gap | dict.fromkeys(("severity", "rule", "message", "file"), text) for text in STRINGS]
    gaps += [one | {"address": row["address"]} for one, row in zip(gaps, rows, strict=True)]
    return {"rows": rows, "gaps": gaps}


def test_strings_of_jobs_are_text_in_every_view(visit: Visit) -> None:
    """No dialog, no error, no request, nothing for the policy to stop, and the text is seen."""
    made = hostile()
    page = visit.open(made)
    page.locator("tbody tr th").nth(3).get_by_text("<img src=x onerror=alert(3)>").wait_for()

    for view in ("table", "charts", "picture", "gaps"):
        page.goto(f"{page.url.partition('#')[0]}#view={view}&group=tenant&search=e")
        expect(page.get_by_role("navigation")).to_be_visible()
    for row in made["rows"]:
        page.evaluate(
            "root => { location.hash = new URLSearchParams({view: 'root', root}) }", row["address"]
        )
        expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.locator("img, iframe, script[src], object, embed, [onerror], [onload]").count() == 0
    assert visit.told() == []


@pytest.mark.deep
def test_links_lead_to_files_alone(visit: Visit) -> None:
    """No text of a job, and no address for links, makes a link that runs something."""
    made = hostile()
    for links in ("FILE", "javascript:alert(7)//FILE", "data:text/html,FILE", "JavaScript:FILE"):
        page = visit.open(made, links=links)
        page.locator("tbody a").first.click()
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        schemes = page.locator("a").evaluate_all("all => all.map(one => one.protocol)")
        assert set(schemes) == {"file:"}


@pytest.mark.deep
def test_text_that_misleads_is_told_apart(visit: Visit) -> None:
    """What turns text around or takes no room is written out."""
    made = report(1)
    made["rows"][0]["owner"] = "\u202emoc.live@a\u200b"
    page = visit.open(made)

    expect(page.locator("tbody td").first).to_have_text(
        "\u2039U+202E\u203amoc.live@a\u2039U+200B\u203a"
    )


def test_the_file_is_ascii_and_the_same_each_time() -> None:
    """Same data, same bytes; and nothing in the data looks like markup."""
    made = hostile()
    html = html_of(made["rows"], made["gaps"])

    assert html == html_of(made["rows"], made["gaps"])
    assert html.isascii()
    data = html.partition('id="report">')[2].partition("</script>")[0]
    assert not set("<>&") & set(data)
    assert html.count("<script") == html_of([], []).count("<script")


@pytest.mark.deep
def test_an_address_with_anything_in_it_opens(visit: Visit) -> None:
    """Whatever stands behind # is left out where it says nothing."""
    page = visit.open(report(5))
    for text in STRINGS:
        for name in ("view", "root", "sort", "group", "open", "column", "tenant", "search", "x"):
            page.evaluate(
                "([k, v]) => { location.hash = new URLSearchParams([[k, v]]) }", [name, text]
            )
        expect(page.get_by_role("navigation")).to_be_visible()

"""The other views of a report: charts, the picture, gaps, and the page of one root."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.page.made import report
from tests.page.visit import Visit

pytestmark = pytest.mark.xdist_group("browser")
LINKS = "https://git.example/acme/jobs/blob/main/FILE#LLINE"


def table(page: Page, chart: str) -> list[list[str]]:
    """The rows of the table below a chart."""
    card = page.get_by_role("region", name=chart)
    card.locator("summary").click()
    rows = card.locator("tbody tr")
    cells: list[list[str]] = rows.evaluate_all(
        "rows => rows.map(row => [...row.cells].map(cell => cell.innerText))"
    )
    return cells


def test_charts_say_what_rows_come_to(visit: Visit) -> None:
    """Jobs and hours by cost centre are sums of the rows; a line chooses its roots."""
    made = report(90)
    page = visit.open(made, "#view=charts")
    lines = table(page, "By cost centre")

    wanted: dict[str, tuple[set[str], float]] = {}
    for row in made["rows"]:
        jobs, sum_so_far = wanted.get(name := row["cost_center"] or "none", (set(), 0.0))
        wanted[name] = (
            jobs | {f"{row['tenant']}/{row['job']}"},
            sum_so_far + row["vcpu_hours_a_month"],
        )
    assert {name: int(jobs) for name, jobs, *_ in lines} == {
        name: len(jobs) for name, (jobs, _) in wanted.items()
    }
    for name, _, hours, _ in lines:
        assert float(hours.replace(",", "")) == pytest.approx(wanted[name][1], abs=0.6)
    drawn = page.get_by_role("region", name="By cost centre").locator("[role=img]")
    expect(drawn.locator("svg rect").first).to_be_visible()

    page.get_by_role("link", name="FIN-002").click()
    count = sum(row["cost_center"] == "FIN-002" for row in made["rows"])
    expect(page.get_by_role("status")).to_contain_text(f"{count} of 90 roots")


@pytest.mark.deep
@pytest.mark.parametrize(
    ("clock", "label", "chosen"),
    [
        ("january", "UTC in January", " UTC in January"),
        ("july", "UTC in July", " UTC in July"),
        ("local", "Each schedule's own zone", ""),
    ],
)
def test_a_crowd_at_two_is_seen(clock: str, label: str, chosen: str, visit: Visit) -> None:
    """Runs are counted by weekday and hour, of UTC or as schedules have it, and the fullest hour
    is told; the address says whose hours they are.
    """
    made = report(120)
    page = visit.open(made, "#view=charts")
    calendar = page.get_by_role("region", name="When runs start")
    calendar.get_by_role("radio", name=label).check()
    expect(page).to_have_url(re.compile(f"clock={clock}" if clock != "january" else "charts$"))
    starts = [
        start
        for row in made["rows"]
        for start in (row["starts"] if clock == "local" else row["starts_utc"][clock])
    ]
    wanted = [
        sum(runs for weekday, hour, runs in starts if hour == 2 and weekday in (None, day))
        for day in range(7)
    ]

    assert table(page, "When runs start")[2] == ["02:00", *map(str, wanted)]
    expect(calendar.get_by_text(re.compile(f"Most are {max(wanted)}, .*02:00"))).to_be_visible()
    calendar.get_by_role("row", name="02:00").get_by_role("link").first.click()
    expect(page.get_by_role("button", name=f"Starts: Monday 02:00{chosen}")).to_be_visible()
    expect(page.get_by_role("status")).to_contain_text(f"{wanted[0]} of 120 roots")


@pytest.mark.deep
def test_the_picture_leads_from_asset_to_cloud(visit: Visit) -> None:
    """Each name is a link to what goes through it."""
    made = report(20)
    page = visit.open(made, "#view=picture")
    row = made["rows"][0]

    page.get_by_role("link", name=f"Asset {row['asset']}:").click()
    count = sum(one["asset"] == row["asset"] for one in made["rows"])
    expect(page.get_by_role("status")).to_contain_text(f"{count} of 20 roots")
    page.get_by_role("link", name=f"Root {row['address']}:").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(row["address"])


@pytest.mark.deep
def test_many_roots_are_a_picture_still(visit: Visit) -> None:
    """What is too much to read is drawn together, and says how much it is."""
    page = visit.open(report(1000), "#view=picture")

    expect(page.locator(".picture .together text").filter(has_text="others").first).to_be_visible()
    assert page.locator(".picture .node").count() < 150


def test_gaps_lead_to_the_line(visit: Visit) -> None:
    """Every gap is told once, the link is that of the code host, and choices choose gaps, too."""
    made = report(22)
    page = visit.open(made, "#view=gaps", LINKS)
    first = made["gaps"][0]

    expect(page.get_by_role("heading", level=1)).to_have_text(f"{len(made['gaps'])} gaps")
    links = page.locator("tbody td:last-child a")
    expect(links).to_have_count(len(made["gaps"]))
    expect(links.first).to_have_attribute(
        "href", f"https://git.example/acme/jobs/blob/main/{first['file']}#L{first['line']}"
    )
    rule = page.get_by_role("region", name="Kind of gap")
    rule.get_by_role("button", name=re.compile("^no-owner")).click()
    count = sum(gap["rule"] == "no-owner" for gap in made["gaps"])
    expect(page.get_by_role("heading", level=1)).to_have_text(f"{count} gaps")


@pytest.mark.deep
def test_a_root_tells_where_its_tags_come_from(visit: Visit) -> None:
    """The layers of each tag, what it overrode, and the line of each."""
    made = report(6)
    row = made["rows"][4]
    page = visit.open(made, links=LINKS)
    page.get_by_role("link", name=row["address"]).click()

    expect(page).to_have_title(f"{row['address']} \u2013 dativo report")
    line = page.get_by_role("row", name=re.compile("^Project "))
    expect(line.get_by_role("cell")).to_have_text(
        [
            "data-platform",
            "job",
            f"{row['where']['job']}:20",
            f"billing asset assets/{row['asset']}.yaml:23",
        ]
    )
    expect(line.get_by_role("link").first).to_have_attribute(
        "href", f"https://git.example/acme/jobs/blob/main/{row['where']['job']}#L20"
    )
    expect(page.get_by_role("heading", name=f"{len(row['tags'])} tags")).to_be_visible()


@pytest.mark.deep
def test_colours_are_the_systems_until_somebody_chooses(visit: Visit) -> None:
    """Dark where the system is, and as the reader said from then on."""
    page = visit.open(report(3))
    colour = "getComputedStyle(document.documentElement).backgroundColor"
    light = page.evaluate(colour)
    page.emulate_media(color_scheme="dark")
    dark = page.evaluate(colour)
    assert light != dark

    page.reload()
    page.get_by_role("button", name="Light").click()
    page.wait_for_function(f"{colour} === '{light}'")
    page.reload()
    page.wait_for_function(f"{colour} === '{light}'")


@pytest.mark.deep
def test_all_rows_are_printed(visit: Visit) -> None:
    """Paper gets every row, and neither buttons nor menus."""
    page = visit.open(report(300))
    assert page.locator("tbody tr:has(a)").count() < 100

    page.emulate_media(media="print")
    expect(page.locator("tbody tr:has(a)")).to_have_count(300)
    expect(page.get_by_role("searchbox")).to_be_hidden()
    assert len(page.pdf()) > 20_000


@pytest.mark.deep
def test_it_works_with_nothing_in_it(visit: Visit) -> None:
    """A project without roots has a report that says so, in every view."""
    page = visit.open({"rows": [], "gaps": []})
    for view in ("table", "charts", "picture", "gaps", "root"):
        page.evaluate("view => { location.hash = `view=${view}` }", view)
        expect(page.locator("main .empty")).to_be_visible()


# The texts of drawings that are, in part, where nobody sees them.
CUT_OFF = """drawings => drawings.flatMap(drawing => {
    const { left, right } = drawing.getBoundingClientRect();
    return [...drawing.querySelectorAll("text")].filter(text => {
        const box = text.getBoundingClientRect();
        return box.width && (box.left < left - 1 || box.right > right + 1);
    }).map(text => text.textContent);
})"""


@pytest.mark.deep
def test_a_narrow_screen(visit: Visit) -> None:
    """A telephone shows what is left before what can be chosen, no view is wider than it, and no
    drawing is cut off.
    """
    page = visit.open(report(30), "#view=charts")
    tenants = page.get_by_role("region", name="Tenant", exact=True)
    expect(tenants).to_be_visible()
    page.set_viewport_size({"width": 400, "height": 900})
    expect(tenants).to_be_hidden()
    page.get_by_text("Choose", exact=True).click()
    expect(tenants).to_be_visible()
    page.get_by_text("Choose", exact=True).click()
    for view in ("charts", "table", "picture", "gaps"):
        page.evaluate(f"location.hash = 'view={view}'")
        page.wait_for_timeout(300)
        assert page.evaluate("document.documentElement.scrollWidth") == 400, view
        outside = page.locator(".drawing").evaluate_all(CUT_OFF)
        assert outside == [], view


def test_paper_has_every_column(visit: Visit) -> None:
    """In print the table is as wide as the paper, and nothing scrolls."""
    page = visit.open(report(30))
    page.set_viewport_size({"width": 1000, "height": 900})
    page.emulate_media(media="print")
    sizes = page.locator(".scroller").evaluate(
        "one => [one.scrollWidth - one.clientWidth, one.scrollHeight - one.clientHeight]"
    )
    assert sizes == [0, 0]

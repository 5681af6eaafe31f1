"""When runs start by UTC: schedules of different time zones on one calendar."""

from __future__ import annotations

from datetime import datetime
from importlib.resources import files
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from generator.inventory.schedules import Start, timing
from generator.inventory.zones import MONTHS, minutes_ahead
from generator.plan.runtimes.schedule import zones
from tests.repository import Repository
from tests.rules.conftest import JOB, MODULES


@pytest.mark.parametrize(
    ("zone", "january", "july"),
    [
        ("UTC", 0, 0),
        ("Europe/Berlin", 60, 120),
        ("Europe/Dublin", 0, 60),
        ("America/New_York", -300, -240),
        ("America/Sao_Paulo", -180, -180),
        ("Asia/Kathmandu", 345, 345),
        ("Asia/Kolkata", 330, 330),
        ("Australia/Lord_Howe", 660, 630),
        ("Australia/Sydney", 660, 600),
        ("Pacific/Kiritimati", 840, 840),
    ],
)
def test_how_far_zones_are_ahead(zone: str, january: int, july: int) -> None:
    """Half hours, zones without summer time, and summers of the south are as they are."""
    assert minutes_ahead(zone) == {"january": january, "july": july}


def test_every_zone_goes_on_as_it_is() -> None:
    """The rule for all years to come is that of 2030. Older releases of tzdata list each Ramadan
    of Morocco by itself, and their rule is that of the rest of the year.
    """
    moved = set()
    for name in zones():
        with files("tzdata").joinpath("zoneinfo", *name.split("/")).open("rb") as file:
            zone = ZoneInfo.from_file(file)
        of_2030 = {}
        for month, number in MONTHS.items():
            offset = datetime(2030, number, 15, 12, tzinfo=zone).utcoffset()
            assert offset is not None
            of_2030[month] = int(offset.total_seconds()) // 60
        if minutes_ahead(name) != of_2030:
            moved.add(name)
    assert moved <= {"Africa/Casablanca", "Africa/El_Aaiun"}


def test_an_unknown_zone_has_no_hours_of_utc() -> None:
    """Nothing is guessed of a name that tzdata does not list, nor read from anywhere else."""
    for name in ("Europe/Atlantis", "../../etc/passwd", "/etc/localtime", ""):
        assert minutes_ahead(name) is None


@pytest.mark.parametrize(
    ("expression", "ahead", "starts"),
    [
        ("0 2 * * *", 60, [(None, 1, 1)]),
        ("30 0 * * 1", 120, [(6, 22, 1)]),
        ("0 23 * * 0", -300, [(0, 4, 1)]),
        ("*/15 2 * * *", 330, [(None, 20, 2), (None, 21, 2)]),
        ("*/15 2 * * 1", 345, [(6, 20, 3), (6, 21, 1)]),
        ("cron(0 1 ? * MON *)", 840, [(6, 11, 1)]),
    ],
)
def test_starts_move_by_hour_and_day(
    expression: str, ahead: int, starts: list[tuple[int | None, int, int]]
) -> None:
    """A start on another day there has another day of the week, and quarters of an hour fall into
    the hour that they are in.
    """
    found = timing(expression)
    assert found is not None and found.clock is not None
    assert found.clock.starts(ahead) == tuple(Start(*start) for start in starts)


@pytest.mark.parametrize("expression", ["* * * * *", "rate(5 minutes)", "*/7 * * * 1-5"])
@pytest.mark.parametrize("ahead", [-720, -210, 0, 345, 840])
def test_no_run_is_lost(expression: str, ahead: int) -> None:
    """A week has as many starts by any clock."""
    found = timing(expression)
    assert found is not None and found.clock is not None
    wanted = sum(start.runs for start in found.starts)
    assert sum(start.runs for start in found.clock.starts(ahead)) == wanted


def test_the_report_has_both(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Two jobs at two o'clock, of Berlin and of UTC, start at different hours, and those of UTC
    differ in summer. The same hour of July is one for a job at four in Berlin.
    """
    repository = Repository(tmp_path, capsys)
    repository.write("dativo.yaml", MODULES)
    for name, hour, zone in (
        ("berlin", 2, "Europe/Berlin"),
        ("utc", 2, "UTC"),
        ("later", 4, "Europe/Berlin"),
    ):
        job = JOB.replace("name: orders", f"name: {name}").replace("30 2 * * 1", f"30 {hour} * * *")
        repository.write(f"jobs/{name}.yaml", job.replace("Europe/Berlin", zone))
    rows = repository.run("report", "--format", "json").document["rows"]
    found = {row["job"]: (row["starts"], row["starts_utc"]) for row in rows}
    assert found == {
        "berlin": ([[None, 2, 1]], {"january": [[None, 1, 1]], "july": [[None, 0, 1]]}),
        "utc": ([[None, 2, 1]], {"january": [[None, 2, 1]], "july": [[None, 2, 1]]}),
        "later": ([[None, 4, 1]], {"january": [[None, 3, 1]], "july": [[None, 2, 1]]}),
    }


def test_without_a_schedule_there_are_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever starts such a job, no clock does."""
    repository = Repository(tmp_path, capsys)
    repository.write("dativo.yaml", MODULES)
    job = JOB.replace('schedule: {cron: "30 2 * * 1", timezone: Europe/Berlin}\n', "")
    repository.write("jobs/orders.yaml", job)
    [row] = repository.run("report", "--format", "json").document["rows"]
    assert row["starts"] == [] and row["starts_utc"] == {"january": [], "july": []}

"""The regions of a job: one root for each, in a job that lists several.

The region that ``infrastructure.region`` names, the home of the job, keeps what a job in one region
has: folder, address and names. All others have their region in them. So a job that goes from one
region to several keeps the root that it has.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from generator.errors import KeyPath, Location, Problem, Problems
from generator.job.loaded import Layer
from generator.model.variables import names_left
from generator.text.hints import suggest

REGIONS = "regions"


class Region(NamedTuple):
    """A region that a job lists.

    Attributes:
        name: as written; empty for that of a job that lists none.
        path: where it stands in the job file.
        overlay: what differs there.
    """

    name: str = ""
    path: KeyPath = ()
    overlay: Any = None


ONE = Region()


def slug(region: str) -> str:
    """A region as part of a name: Azure's may be written with blanks and capitals."""
    return re.sub("[^a-z0-9-]+", "", region.lower())


def regions_of(document: dict[str, Any], environment: str, file: str) -> list[Region]:
    """The regions of a job in one environment, whose own list replaces that of the file.

    Args:
        document: the job file.
        environment: as in the file.
        file: its path.

    Raises:
        InputError: they are listed wrongly.
    """
    overlay = (document.get("environments") or {}).get(environment)
    at: KeyPath = (REGIONS,)
    listed = document.get(REGIONS)
    if isinstance(overlay, dict) and REGIONS in overlay:
        at, listed = ("environments", environment, REGIONS), overlay[REGIONS]
    if listed is None:
        return [ONE]
    problems = Problems(_problems(listed, at, file))
    problems.raise_any()
    if isinstance(listed, dict):
        return [Region(str(name), (*at, name), below) for name, below in listed.items()]
    return [Region(name, (*at, index)) for index, name in enumerate(listed)]


def _problems(listed: Any, at: KeyPath, file: str) -> Iterator[Problem]:
    hint = "for example `regions: [us-east-1, eu-west-1]`, or each with what differs there"
    if not isinstance(listed, list | dict) or not listed:
        message = '"regions" must be a list of regions, or map each to what differs there'
        yield Problem("invalid-value", message, Location(file, at), hint)
        return
    seen: dict[str, str] = {}
    for index, name in enumerate(listed):
        where = Location(file, (*at, name if isinstance(listed, dict) else index))
        if not isinstance(name, str) or not slug(name) or names_left(name):
            yield Problem("invalid-value", "a region must be the name of one", where, hint)
        elif slug(name) in seen:
            yield Problem("invalid-value", f'"{name}" is listed twice', where)
        else:
            seen[slug(name)] = name


def overlay_problems(region: Region, keys: Sequence[str], file: str) -> Iterator[Problem]:
    """What is wrong with what a region says.

    Args:
        region: the region.
        keys: what can differ by region.
        file: the job file.
    """
    overlay = region.overlay
    if overlay is None:
        return
    if not isinstance(overlay, dict):
        message = f'"{region.name}" must be a mapping of what differs there'
        yield Problem("invalid-value", message, Location(file, region.path))
        return
    for key in overlay:
        if key not in keys:
            hint = suggest(key, keys, f"these can: {', '.join(keys)}")
            location = Location(file, (*region.path, key), True)
            yield Problem("unknown-key", f'"{key}" cannot differ by region', location, hint)
    block = overlay.get("infrastructure")
    if isinstance(block, dict) and "region" in block:
        message = f'the region is "{region.name}" here already'
        location = Location(file, (*region.path, "infrastructure", "region"), True)
        yield Problem("conflict", message, location, "remove it")


def layers_of(region: Region, file: str) -> list[Layer]:
    """What a region lays over the job: what it says, and itself."""
    if not region.name:
        return []
    layers = [Layer(file, region.path, (), region.overlay)] if region.overlay else []
    return [*layers, Layer(file, region.path, ("infrastructure", "region"), {})]


def away_from(home: Any, region: Region) -> str:
    """The region as part of the root's names; empty at home, and in a job that lists none."""
    at_home = isinstance(home, str) and slug(home) == slug(region.name)
    return "" if at_home else slug(region.name)

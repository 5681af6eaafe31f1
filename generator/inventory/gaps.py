"""What is missing or doubtful in a root, each with the line where it is put right."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from generator.errors import Problem
from generator.inventory.facts import Row
from generator.text.patterns import lazy

ERROR, WARNING, NOTE = "error", "warning", "note"
SEVERITIES = (ERROR, WARNING, NOTE)
RULES = frozenset(
    ("cannot-be-planned", "no-owner", "no-cost-center", "pii-without-key")
    + ("encryption-without-key", "prod-without-alerts", "shared-prefix", "near-duplicate")
    + ("tag-shortened", "retired-root", "image-latest", "image-without-digest", "tags-altered")
)
PROD = frozenset(("prod", "production", "prd", "live"))
_PII = lazy(r"(?i)(?:.*[^a-z0-9])?pii(?:[^a-z0-9].*)?")
_CUT = lazy(r".*-[0-9a-f]{8}")


class Gap(NamedTuple):
    """One thing to look at.

    Attributes:
        severity: "error" for what breaks a promise about data, "warning" for what will cost
            somebody time, "note" for what is good to know.
        rule: a stable kebab-case name of the kind of gap.
        message: a sentence without its full stop.
        address: the root, below the output folder; None for what concerns no single one.
        file, line: where it is put right; the line is None where the whole file is meant.
    """

    severity: str
    rule: str
    message: str
    address: str | None
    file: str | None
    line: int | None


def gap(row: Row, severity: str, rule: str, message: str, *where: str) -> Gap:
    """A gap of a root.

    Args:
        row: the root.
        severity: as in ``Gap``.
        rule: likewise.
        message: likewise.
        where: columns whose line is meant, the first that has one; else that of the job.
    """
    places = row["where"]
    at = next((places[name] for name in where if places.get(name)), places["job"])
    return Gap(severity, rule, message, row["address"], *split(at))


def split(place: str) -> tuple[str, int | None]:
    """File and line of ``file:line``; the file alone where there is no line."""
    file, colon, line = place.rpartition(":")
    return (file, int(line)) if colon and line.isdecimal() else (place, None)


def of_root(row: Row) -> Iterator[Gap]:
    """The gaps that one root shows by itself."""
    for rule in _RULES:
        yield from rule(row)


def is_pii(classes: list[str]) -> bool:
    """Whether one of the classes of data says that it is about persons."""
    return any(_PII.fullmatch(one) for one in classes)


def _owner(row: Row) -> Iterator[Gap]:
    if row["owner"] is None:
        team = row["team"]
        severity = ERROR if team is None else WARNING
        known = "nor has it a team" if team is None else f"only a team, {team}"
        yield gap(row, severity, "no-owner", f"nobody owns the data; {known}")
    if row["cost_center"] is None:
        yield gap(row, ERROR, "no-cost-center", "no cost centre pays")


def _key(row: Row) -> Iterator[Gap]:
    if row["key"] is not None:
        return
    rules = [
        (is_pii(row["classes"]), "pii-without-key", "PII has no key of its own", "classes"),
        (
            row["encryption_required"],
            "encryption-without-key",
            "encryption is required, and there is no key of one's own",
            "encryption_required",
        ),
    ]
    for holds, rule, message, asked in rules:
        if not holds:
            continue
        if row["key_settable"] is False:
            why = f"{row['runtime']} takes none, its platform encrypts"
            yield gap(row, WARNING, rule, f"{message}: {why}", asked)
        else:
            yield gap(row, ERROR, rule, message, "key", asked)


def _alerts(row: Row) -> Iterator[Gap]:
    if row["environment"].lower() not in PROD or row["alerts"]:
        return
    if row["alerts"] is None:
        message = f"nothing in this root tells of failures in {row['environment']}"
        yield gap(row, NOTE, "prod-without-alerts", message, "alerts")
    else:
        message = f"nobody hears of failures in {row['environment']}"
        yield gap(row, WARNING, "prod-without-alerts", message, "alerts")


def _image(row: Row) -> Iterator[Gap]:
    if row["image_digest"] is not None or row["image_tag"] is None:
        return
    if row["image_tag"] == "latest":
        message = "the image is whatever latest is when a run starts"
        yield gap(row, WARNING, "image-latest", message, "image")
    else:
        message = f"the tag {row['image_tag']} can be moved: the image has no digest"
        yield gap(row, NOTE, "image-without-digest", message, "image")


def _tags(row: Row) -> Iterator[Gap]:
    """One gap for all tags that read otherwise on the cloud, and one for each that is cut."""
    altered = []
    for tag in row["tags"]:
        written, value = tag["written"], tag["value"]
        if not isinstance(written, str) or written == value:
            continue
        if _CUT.fullmatch(value) and len(value) < len(written):
            message = f"the tag {tag['key']} is cut to {value}"
            yield Gap(
                WARNING, "tag-shortened", message, row["address"], *_origin(row, tag["where"])
            )
        else:
            altered.append(f"{tag['key']} {value} for {written}")
    if altered:
        message = f"the cloud's rules alter tags: {', '.join(altered)}"
        yield gap(row, NOTE, "tags-altered", message)


def _origin(row: Row, where: str) -> tuple[str, int | None]:
    return split(row["where"]["job"] if where == "dativo" else where)


_RULES: tuple[Callable[[Row], Iterator[Gap]], ...] = (_owner, _key, _alerts, _image, _tags)


def unplanned(problem: Problem, file: str | None, line: int | None) -> Gap:
    """An error, by which at least one root is missing from the report."""
    return Gap(ERROR, "cannot-be-planned", problem.message, None, file, line)

"""The rows that one job needs, and the commands that bring them about."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator, Sequence

from generator.job.loaded import LoadedJob
from generator.model.variables import waits
from generator.plan.module_source import ModuleSource
from generator.plan.needs.need import KINDS, NAMED, ModuleInputs, Need
from generator.plan.needs.table import NEEDS
from generator.plan.root_plan import Argument, DataSource, Needs
from generator.plan.runtimes.runtime import RuntimeSpec

_PLACES = {kind: place for place, kind in enumerate(KINDS)}


def needs_of(
    loaded: LoadedJob,
    runtime: RuntimeSpec,
    source: ModuleSource,
    arguments: tuple[Argument, ...],
    data: tuple[DataSource, ...],
) -> Needs:
    """What must be there before the first apply of a root, and what it keeps running.

    What a command switches on stands in the command alone; the programs are those that the
    providers of the root name.
    A module of the user's own says itself what it needs; what the root looks up is known for any.

    Args:
        loaded: the job.
        runtime: its row in the table of runtimes.
        source: the module that the root calls.
        arguments: the inputs of the call.
        data: what the root looks up.
    """
    inputs = ModuleInputs({one.name: one.value for one in arguments}, runtime.cloud)
    rows = [row for row in NEEDS.get(runtime.module, ()) if row.when.holds(inputs)]
    if not source.shipped:
        rows = []
    allowed = sorted({permission for one in data for permission in one.permissions})
    if allowed:
        names = ", ".join(f"`{permission}`" for permission in allowed)
        rows.append(Need("whoever plans", names, "what `data.tf` looks up"))
    local = source.shipped and source.source.startswith(("./", "../"))
    return Needs(
        commands=tuple(commands(rows, _place(loaded))),
        rows=tuple(
            (row.kind, row.what, row.why) for row in in_order(rows) if row.kind not in NAMED
        ),
        page=f"{source.source}/README.md" if local else "",
    )


def in_order(rows: Iterable[Need]) -> list[Need]:
    """The rows by kind, and within one as they stand."""
    return sorted(rows, key=_by_kind)


def _by_kind(row: Need) -> int:
    return _PLACES[row.kind]


def shown(row: Need) -> str:
    """The thing as Markdown."""
    return f"`{row.what}`" if row.kind in NAMED else row.what


def commands(rows: Sequence[Need], place: str = "") -> Iterator[str]:
    """Lines for a shell.

    Args:
        rows: what has to be brought about.
        place: the option that names the project or subscription.
    """
    apis = [row.what for row in rows if row.kind == "API"]
    if apis:
        yield f"gcloud services enable {' '.join(sorted(dict.fromkeys(apis)))}{place}"
    providers = [row.what for row in rows if row.kind == "resource provider"]
    for name in sorted(dict.fromkeys(providers)):
        yield f"az provider register --namespace {name}{place}"
    yield from (f"{row.command}{place}" for row in rows if row.command)


def _place(loaded: LoadedJob) -> str:
    """The project or subscription, where the job names one and no variable."""
    account = loaded.job.infrastructure.account
    for option, value in (
        ("project", account.project_id),
        ("subscription", account.subscription_id),
    ):
        if value and not waits(value):
            return f" --{option} {shlex.quote(value)}"
    return ""

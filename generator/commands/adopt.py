"""``dativo adopt``: proposes a job for a hand-written root, and shows what differs."""

from __future__ import annotations

import argparse
import json
import os
import shlex
import sys
from collections.abc import Iterator
from typing import Any

from generator.adopt.adopt import Adoption, Wanted, adopt
from generator.adopt.compare import ABSENT
from generator.adopt.extra import FILE as EXTRA
from generator.adopt.root import Unknown
from generator.adopt.waiting import shown
from generator.commands import EXIT_DIFFERS, EXIT_INPUT, EXIT_OK
from generator.commands.common import given, has_errors, print_problems, project_folder, say
from generator.exports.destination import write
from generator.job.lock import opened_to_compare, opened_to_write
from generator.job.project import Project
from generator.text.printable import printable, shortened

_LONGEST = 70


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("root", metavar="ROOT", help="the folder of the hand-written root")
    which = parser.add_mutually_exclusive_group()
    which.add_argument(
        "-o", "--output", metavar="FILE", help="write the proposed job here (default: print it)"
    )
    which.add_argument(
        "--job", metavar="FILE", help="propose nothing: compare the root with this job file"
    )
    group = parser.add_argument_group("what the root does not tell")
    for name, text in (
        ("tenant", "whose job it is"),
        ("environment", "the environment it is for"),
        ("name", "the job's name"),
        ("cloud", "aws, gcp or azure"),
        ("region", "where it runs"),
        ("runtime", "the runtime.type, of a root that calls a module of your own"),
    ):
        group.add_argument(f"--{name}", help=text)
    parser.add_argument(
        "--state",
        metavar="FILE",
        help="give the new root a state of its own, with import blocks for what terraform state "
        "pull printed of the old one (- for standard input)",
    )
    parser.add_argument(
        "--accept-tags",
        action="store_true",
        help="tags that dativo adds, which change in place, are no difference",
    )
    parser.add_argument(
        "--format", choices=("text", "json"), default="text", help="how it is told (default: text)"
    )


def run(options: argparse.Namespace) -> int:
    """Read, compare and tell; the hand-written root is never changed."""
    wanted = Wanted(
        options.tenant,
        options.environment,
        options.name,
        options.cloud,
        options.region,
        options.runtime,
        None if options.state is None else given(options.state),
    )
    opened = opened_to_compare if options.output is None else opened_to_write
    with opened(project_folder(options.project), say) as project:
        found = adopt(project, options.root, wanted, options.job, options.output)
        if options.accept_tags:
            found = found.accepted()
        written = _write(project, found) if options.output is not None else []
    if options.format == "json":
        print(json.dumps(_document(found, written), indent=2))
    else:
        _tell(project, found, options, written)
    if options.job is not None and has_errors(found.proposal.made.problems):
        return EXIT_INPUT
    return EXIT_OK if found.same else EXIT_DIFFERS


def _write(project: Project, found: Adoption) -> list[str]:
    """The job file, and the file beside the new root; one that is there already stays."""
    files = {found.proposal.file: found.proposal.data}
    if extra := _extra(project, found):
        files[extra] = found.extra.encode()
    for file, data in files.items():
        write(os.path.join(project.folder, file), data, project.folder)
    return list(files)


def _extra(project: Project, found: Adoption) -> str:
    """The file beside the new root, where one is needed that is not there; else nothing."""
    made, extra = found.proposal.made, f"{found.proposal.made.folder}/{EXTRA}"
    there = os.path.lexists(os.path.join(project.folder, extra))
    return extra if found.extra and made.folder and not there else ""


def _tell(
    project: Project, found: Adoption, options: argparse.Namespace, written: list[str]
) -> None:
    if options.output is None and options.job is None:
        sys.stdout.write(f"# {found.proposal.file}\n{found.proposal.data.decode()}")
        sys.stdout.flush()
    print_problems(found.proposal.made.problems, options)
    lines = [f"wrote     {file}" for file in written]
    lines += _differences(found)
    lines += _next(project, found, bool(written))
    # What is piped into a file is the job alone.
    where = sys.stderr if options.output is None and options.job is None else sys.stdout
    print("\n".join(map(printable, lines)), file=where)


def _differences(found: Adoption) -> Iterator[str]:
    made, count = found.proposal.made, len(found.proposal.differences) + len(found.left)
    if made.root is None:
        yield "The job is not right yet, so nothing is compared."
        return
    if not count:
        yield f"Nothing differs between {found.folder} and {made.folder}."
        return
    yield f"What differs between {found.folder} and {made.folder}:"
    for one in found.proposal.differences:
        place = one.location
        at = f"{place.file}:{place.line}: " if place else ""
        yield f"  {at}{one.what}: {_side(one.theirs)} there, {_side(one.ours)} here"
    for left in found.left:
        yield f"  {left.file}:{left.line}: {left.what}: no job can say it"
    if any(one.is_added_tag for one in found.proposal.differences):
        yield "Tags that dativo adds change in place: --accept-tags is fine with that."
    if found.left:
        yield f"Put what no job can say into {made.folder}/NAME_extra.tf, which stays yours."
    again = found.proposal.file
    yield f"To compare again: dativo adopt {shlex.quote(found.folder)} --job {shlex.quote(again)}"


def _next(project: Project, found: Adoption, written: bool) -> Iterator[str]:
    made = found.proposal.made
    if not written and (extra := _extra(project, found)):
        yield f"What no job can say goes into {extra}, which stays yours:"
        yield from (f"  {line}" for line in found.extra.splitlines())
    if not found.same:
        return
    folder, root = shlex.quote(found.folder), shlex.quote(made.folder)
    if found.theirs.imports:
        yield "Next, in one commit, since two roots must not make one thing:"
    else:
        yield "Next, in one commit, since two roots must not have one state:"
    if not written and not os.path.lexists(os.path.join(project.folder, found.proposal.file)):
        yield f"  dativo adopt {folder} -o {shlex.quote(found.proposal.file)}"
    if found.theirs.imports:
        yield f"  the state {found.old_address} is not used any more: nothing is destroyed by it"
    elif found.old_address != found.new_address:
        yield f"  the state goes along: from {found.old_address} to {found.new_address}"
    yield f"  git rm -r {folder}"
    yield "  dativo generate"
    yield f"  terraform -chdir={root} init && terraform -chdir={root} plan"


def _side(value: Any) -> str:
    if value is ABSENT:
        return "nothing"
    text = " ".join(value.text.split()) if isinstance(value, Unknown) else _json(value)
    return shortened(text, _LONGEST)


def _json(value: Any) -> str:
    return shown(_plain(value))


def _plain(value: Any) -> Any:
    if isinstance(value, Unknown):
        return f"({' '.join(value.text.split())})"
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return None if value is ABSENT else value


def _document(found: Adoption, written: list[str]) -> dict[str, Any]:
    made = found.proposal.made
    return {
        "root": found.folder,
        "job": found.proposal.file,
        "text": found.proposal.data.decode(),
        "generated": made.folder,
        "same": found.same,
        "written": written,
        "problems": [
            {"severity": one.severity, "code": one.code, "message": one.message, "hint": one.hint}
            for one in made.problems
        ],
        "differences": [
            {
                "what": one.what,
                "there": _plain(one.theirs),
                "here": _plain(one.ours),
                "file": one.location.file if one.location else None,
                "line": one.location.line if one.location else None,
            }
            for one in found.proposal.differences
        ],
        "further": [{"what": one.what, "file": one.file, "line": one.line} for one in found.left],
        "extra": found.extra,
    }

"""What a root has to be for now, given what it was: the step between two runtimes.

A changed runtime stops, as a changed state address does, until somebody says how to go on.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from generator.errors import Location, Problem
from generator.render.leaving import NAME, with_leaving
from generator.render.manifest import Manifest
from generator.render.render import render_tombstone
from generator.tree.runtime_change import RuntimeChange, change_of
from generator.tree.sticky import kept_inputs, stays_behind, with_sticky

# What becomes of a root whose runtime changed: nothing is written; it goes on as the new one; it
# becomes a tombstone of the old one first; what it left is destroyed already.
OnChange = Literal["stop", "change", "retire", "applied"]


def transition(
    old: Manifest, new: Manifest, texts: Mapping[str, str], output: str, on_change: OnChange
) -> tuple[Mapping[str, str], tuple[Problem, ...]]:
    """Decide what a root that is there already becomes.

    Args:
        old: its manifest on disk; of another folder where a renamed job kept its state.
        new: the manifest among the texts.
        texts: its files, as rendered from the job.
        output: the output folder below the project folder.
        on_change: what to do where the runtime changes.

    Returns:
        The root as it is to be on disk, name to text, and what is to be said of it.
    """
    if new.retired:
        return texts, ()
    result, problems = _settled(old, new, texts, output, on_change)
    kept = kept_inputs(old, new) if on_change != "applied" and "main.tf" in result else ()
    if not kept or any(problem.severity == "error" for problem in problems):
        return result, problems
    shown = f"{output}/{new.folder}"
    told = [stays_behind(new.runtime, name, shown, new.job_file) for name in kept]
    return with_sticky(result, new.folder, (*new.sticky, *kept)), (*problems, *told)


def _settled(
    old: Manifest, new: Manifest, texts: Mapping[str, str], output: str, on_change: OnChange
) -> tuple[Mapping[str, str], tuple[Problem, ...]]:
    change = change_of(old, new)
    shown = f"{output}/{old.folder}"
    renamed = old.folder != new.folder
    if on_change == "applied" and (old.retired or not change.steps):
        return texts, ()
    if change.steps and on_change != "change":
        if not renamed and (old.retired or on_change == "retire"):
            tombstone = render_tombstone(old, output)
            return tombstone, (_retired(change, shown, new.job_file),)
        return texts, (_stopped(change, shown, new.job_file, renamed),)
    said = (_left_behind(change, shown),) if change.steps and not change.at_once else ()
    if not change.leaving:
        return texts, said
    result = with_leaving(texts, new, change.leaving, output)
    return result, (*said, _pending(f"{output}/{new.folder}", new.job_file))


def _what(change: RuntimeChange) -> str:
    return " and ".join(map(str, change.steps))


def _stopped(change: RuntimeChange, shown: str, job_file: str, renamed: bool) -> Problem:
    way = f"dativo generate --retire-first {job_file}, terraform -chdir={shown} apply, "
    way += f"dativo generate --applied {job_file}"
    further = "; or give the job another name, so that this root retires beside the new one"
    if renamed:
        way, further = "keep the job's name and change that first, or give it another state", ""
    if change.at_once:
        message = f"{shown} would change {_what(change)} under its state, destroying what it made"
        hint = f"if that is meant: dativo generate --change-runtime {job_file}{further}"
    else:
        message = (
            f"{shown} would change {_what(change)} under its state, where Terraform would no "
            "longer find what it made, which would go on running"
        )
        hint = f"destroy that first: {way}{further}; --change-runtime leaves it where it is"
    return Problem("runtime-moved", message, Location(job_file, change.steps[0].path, True), hint)


def _retired(change: RuntimeChange, shown: str, job_file: str) -> Problem:
    message = f"{shown} is the tombstone of what it was before it changes {_what(change)}"
    hint = f"terraform -chdir={shown} apply, then: dativo generate --applied {job_file}"
    location = Location(job_file, change.steps[0].path, True)
    return Problem("runtime-retired", message, location, hint, "warning")


def _left_behind(change: RuntimeChange, shown: str) -> Problem:
    message = f"{shown} changes {_what(change)}, and what it made before stays where it is"
    hint = "Terraform no longer looks there: remove it by hand"
    return Problem("runtime-left-behind", message, Location(shown), hint, "warning")


def _pending(shown: str, job_file: str) -> Problem:
    message = f"{shown}/{NAME} is there for one apply, which destroys what the job had before"
    hint = f"terraform -chdir={shown} apply, then: dativo generate --applied {job_file}"
    return Problem("runtime-leaving", message, Location(f"{shown}/{NAME}"), hint, "warning")

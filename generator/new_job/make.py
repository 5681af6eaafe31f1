"""Makes a new job: its file, and all that stands against it, before anything is written."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Iterator
from typing import NamedTuple

from generator.errors import InputError, Problem, Problems
from generator.job.project import Project
from generator.model.fields import name_fault
from generator.model.runtime_types import CLOUDS, RUNTIME_TYPES
from generator.new_job.asset import Chosen, chosen_asset
from generator.new_job.document import UNSAID, chosen_provider, defaults_of, draft
from generator.new_job.fields import BY_NAME, Answers, Field
from generator.new_job.text import file_of, render
from generator.new_job.trial import Fault, collisions, tried
from generator.plan.regions import regions_of
from generator.plan.runtimes.table import types_of
from generator.text.hints import suggest


class Wish(NamedTuple):
    """What was said of a new job.

    Attributes:
        name: its name; empty while nobody said it.
        answers: option name to text, list of text or mapping; see ``fields``.
        description: the first comment of its file; empty for one that is made.
        new_asset: the asset that it names is to be made.
    """

    name: str
    answers: Answers
    description: str = ""
    new_asset: bool = False


class New(NamedTuple):
    """A job that can be written.

    Attributes:
        file: where to, below the project folder.
        files: path to content of all that is to be written: the job, and its asset if it is made.
        roots: the folders of its roots below the output folder.
        left_out: options that say what dativo.yaml says.
        warnings: what is worth a word.
    """

    file: str
    files: dict[str, bytes]
    roots: list[str]
    left_out: tuple[str, ...]
    warnings: list[Problem]


def make(project: Project, wish: Wish) -> New:
    """A new job, tried to its end and against all others.

    Raises:
        InputError: everything that is missing or wrong, told of the options.
    """
    new, faults = attempt(project, wish)
    Problems(fault.problem for fault in faults).raise_any()
    assert new is not None  # noqa: S101 - without a fault there is one
    problems = Problems(fault.problem for fault in collisions(project, new.files, new.file))
    problems.raise_any()
    warnings = dict.fromkeys([*new.warnings, *problems])
    return new._replace(warnings=list(warnings))


def attempt(project: Project, wish: Wish) -> tuple[New | None, list[Fault]]:
    """A new job as far as it goes, and the errors in it, those of what is missing among them.

    Args:
        project: the repository.
        wish: what was said so far.
    """
    answers = dict(wish.answers)
    faults = [*_missing(project, wish), *_names(wish), *_choices(project, answers)]
    provider = chosen_provider(project, answers)
    if provider is not None:
        answers["provider"] = provider
    if (asset := _asset(project, wish)) is not None:
        if isinstance(asset, Problem):
            faults.append(Fault(asset, BY_NAME["asset"]))
            answers.pop("asset")
        else:
            answers |= {"asset": asset.file, "asset_name": asset.name}
    if provider not in CLOUDS or _runtime(project, answers, provider) not in types_of(provider):
        return None, faults
    made = asset if isinstance(asset, Chosen) else None
    return _attempt(project, wish, answers, made, faults)


def _attempt(
    project: Project, wish: Wish, answers: Answers, asset: Chosen | None, faults: list[Fault]
) -> tuple[New | None, list[Fault]]:
    # The rest is told as well, whatever these are called.
    safe = not any(fault.field is None or fault.field.name in UNSAID for fault in faults)
    name = wish.name if safe and wish.name else UNSAID["name"]
    answers["tenant"] = answers.get("tenant", "") if safe else UNSAID["tenant"]
    if not safe or not answers.get("environment"):
        default = project.settings.defaults.environment
        answers["environment"] = [default or UNSAID["environment"]]
    answers["runtime"] = _runtime(project, answers, answers["provider"])
    made = draft(project, name, answers)
    file = file_of(project.settings.jobs[0], answers["tenant"], name)
    files = {file: render(file, made, wish.description).encode()}
    if asset is not None and asset.data is not None:
        files[asset.file] = asset.data
    found, roots = tried(project, files, file)
    if any(fault.missing and fault.field is BY_NAME["region"] for fault in found):
        # A job without a region goes no further: what else it lacks is told with any.
        region = min(regions_of(answers["provider"]))
        more = draft(project, name, {**answers, "region": region})
        files_with = {**files, file: render(file, more, wish.description).encode()}
        found += tried(project, files_with, file)[0]
    errors = [fault for fault in found if fault.problem.severity == "error"]
    if safe:
        faults += _in_the_way(project, files)
    warnings = [fault.problem for fault in found if fault.problem.severity != "error"]
    return New(file, files, roots, made.left_out, warnings), [*faults, *errors]


def _runtime(project: Project, answers: Answers, provider: str) -> str:
    """The runtime that was said, or that dativo.yaml has for this cloud."""
    if answers.get("runtime"):
        return str(answers["runtime"])
    environment = (answers.get("environment") or [UNSAID["environment"]])[0]
    where = (answers.get("tenant") or UNSAID["tenant"], environment)
    block = defaults_of(project, {"provider": provider}, *where).get("runtime")
    return str(block.get("type") or "") if isinstance(block, dict) else ""


def _missing(project: Project, wish: Wish) -> Iterator[Fault]:
    """What no pipeline could go on without."""
    answers = wish.answers
    if not wish.name:
        yield Fault(
            Problem("missing-option", "NAME is missing: what the job is called"), None, True
        )
    if not answers.get("tenant"):
        yield _lacks(BY_NAME["tenant"])
    if not answers.get("environment") and project.settings.defaults.environment is None:
        yield _lacks(BY_NAME["environment"])
    provider = chosen_provider(project, answers)
    if provider is None:
        yield _lacks(BY_NAME["provider"])
    if not answers.get("runtime") and not (provider and _runtime(project, answers, provider)):
        yield _lacks(
            BY_NAME["runtime"], types_of(provider) if provider in CLOUDS else RUNTIME_TYPES
        )


def _lacks(field: Field, choices: object = ()) -> Fault:
    listed = ", ".join(choices) if isinstance(choices, tuple | dict) else ""
    more = f": {listed}" if listed else ""
    message = f"{field.option} is missing: {field.help}{more}"
    return Fault(Problem("missing-option", message), field, True)


def _names(wish: Wish) -> Iterator[Fault]:
    """Names that could be no folder, before any is made of them."""
    given: list[tuple[str, str, str, Field | None]] = []
    if wish.name:
        given.append(("job", "NAME", wish.name, None))
    if tenant := wish.answers.get("tenant"):
        given.append(("tenant", "--tenant", tenant, BY_NAME["tenant"]))
    named = list(wish.answers.get("environment") or ())
    where = BY_NAME["environment"]
    given += [("environment", where.option, environment, where) for environment in named]
    for kind, option, name, field in given:
        if fault := name_fault(kind, name):
            message = f'{option}: the {kind} name "{name}" {fault}'
            yield Fault(Problem("invalid-name", message), field)
    for name in dict.fromkeys(name for name in named if named.count(name) > 1):
        message = f"--environment {name} is given twice"
        yield Fault(Problem("invalid-value", message), BY_NAME["environment"])


def _choices(project: Project, answers: Answers) -> Iterator[Fault]:
    """A cloud and a runtime that there are, and that go together."""
    provider, runtime = chosen_provider(project, answers), answers.get("runtime")
    if provider is not None and provider not in CLOUDS:
        message = f"--provider: there is no cloud {provider}: {', '.join(CLOUDS)}"
        yield Fault(Problem("invalid-value", message), BY_NAME["provider"])
    elif runtime is not None and runtime not in (
        types := types_of(provider or "") or tuple(RUNTIME_TYPES)
    ):
        message = f"--runtime: {provider or 'no cloud'} has no runtime {runtime}"
        problem = Problem("invalid-value", message, None, suggest(runtime, types, ", ".join(types)))
        yield Fault(problem, BY_NAME["runtime"])


def _asset(project: Project, wish: Wish) -> Chosen | Problem | None:
    given = wish.answers.get("asset")
    if given is None:
        hint = "add --asset NAME, or a file"
        return (
            Problem("asset", "--new-asset does not say which", None, hint)
            if wish.new_asset
            else None
        )
    more = {key: str(wish.answers.get(key) or "") for key in ("source", "owner")}
    return chosen_asset(project, given, wish.new_asset, **more)


def _in_the_way(project: Project, files: dict[str, bytes]) -> Iterator[Fault]:
    """Files that are there, in another case or ending as well: nothing is overwritten."""
    for file in files:
        folder, name = posixpath.split(file)
        try:
            names = os.listdir(os.path.join(project.folder, folder))
        except FileNotFoundError:
            continue
        except OSError as error:
            raise InputError(
                Problem("unreadable", f"cannot look into {folder}: {error.strerror}")
            ) from None
        stem = posixpath.splitext(name)[0].lower()
        same = [other for other in names if other.lower() in {f"{stem}.yaml", f"{stem}.yml"}]
        if same:
            there = posixpath.join(folder, same[0])
            message = f"{there} is there already, and no file is overwritten"
            yield Fault(Problem("exists", message, None, "choose another name, or edit that file"))

"""The questions of ``dativo new job`` on a terminal: what is missing, then what is usual."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from generator.commands.new_job_answers import answer
from generator.completion.offers import offered
from generator.errors import UsageError
from generator.job.project import Project
from generator.model.fields import name_fault
from generator.model.runtime_types import RUNTIME_TYPES
from generator.new_job.document import chosen_provider
from generator.new_job.fields import BY_NAME, Field
from generator.new_job.make import Wish, attempt

# Asked also where nothing needs them, by the kind of runtime; an empty answer leaves them out.
_USUAL = ("schedule",)
_SIZED = ("cpu", "memory")
_ORDER = {name: position for position, name in enumerate(BY_NAME)}
_ASK_AGAIN = 20
_FEW = 15


def asked(project: Project, wish: Wish) -> Wish:
    """What was said, and what somebody at the terminal answers.

    Each question has the cloud's own values to choose from, or to complete. What is missing is
    what the whole way misses; an answer that it refuses is asked for again.

    Args:
        project: the repository.
        wish: what the options say.

    Raises:
        KeyboardInterrupt: the user gave up.
    """
    if not wish.name:
        wish = wish._replace(name=_text("What is the job called?", fault=_name_fault))
    answers = dict(wish.answers)
    for name in ("tenant", "environment", "provider", "runtime"):
        if name not in answers and not _given(project, name, answers):
            answers[name] = _ask(project, BY_NAME[name], answers)
    answers = _whole(project, wish._replace(answers=answers))
    for name in _optional(answers):
        if (value := _ask(project, BY_NAME[name], answers, optional=True)) is not None:
            answers[name] = value
    return wish._replace(answers=_whole(project, wish._replace(answers=answers)))


def _whole(project: Project, wish: Wish) -> dict[str, Any]:
    """The answers, with all that the way of the job misses, and without what it refuses."""
    answers, told = dict(wish.answers), set[str]()
    for _ in range(_ASK_AGAIN):
        _, faults = attempt(project, wish._replace(answers=answers))
        if not faults or any(fault.field is None for fault in faults):
            break  # fine, or no answer would help
        of_field = {fault.field.name: fault for fault in faults if fault.field is not None}
        for name, fault in sorted(of_field.items(), key=lambda item: _ORDER[item[0]]):
            if not fault.missing or name in told:
                print(f"  {fault.problem.message}")
            told.add(name)
            answers[name] = _ask(project, BY_NAME[name], answers)
    return answers


def _given(project: Project, name: str, answers: dict[str, Any]) -> bool:
    """Whether dativo.yaml says it, or what was said leaves one possibility."""
    if name == "environment":
        return project.settings.defaults.environment is not None
    if name == "provider":
        return chosen_provider(project, answers) is not None
    return False


def _optional(answers: dict[str, Any]) -> list[str]:
    row = RUNTIME_TYPES.get(str(answers.get("runtime")))
    sized = _SIZED if row is not None and row.kind in {"container", "function"} else ()
    return [name for name in (*_USUAL, *sized) if name not in answers]


def _ask(project: Project, field: Field, answers: dict[str, Any], *, optional: bool = False) -> Any:
    """One question; None for an empty answer to one that may be left out."""
    values = offered(project, field.offers, answers)
    label = f"{field.option}: {field.help}"
    if field.kind == "list" and values:
        label += "; several with commas"
    if field.offers in {"clouds", "runtimes"} and values:
        return _choice(label, values)
    text = _text(
        label + (" (empty for none)" if optional else ""),
        values,
        _fault_of(field, optional),
    )
    if not text:
        return None
    return answer(field, _parts(field, text))


def _parts(field: Field, text: str) -> str | list[str]:
    if field.kind in {"text", "value"}:
        return text
    return [part.strip() for part in text.split(",") if part.strip()]


def _fault_of(field: Field, optional: bool) -> Callable[[str], str | None]:
    def fault(text: str) -> str | None:
        if not text.strip():
            return None if optional else "it cannot be empty"
        if field.name in {"tenant", "environment"}:
            kind = field.name
            found = [name_fault(kind, one) for one in _parts(field, text)]
            return next((f"it {one}" for one in found if one), None)
        try:
            answer(field, _parts(field, text))
        except UsageError as error:
            return str(error)
        return None

    return fault


def _name_fault(text: str) -> str | None:
    found = name_fault("job", text.strip()) if text.strip() else "cannot be empty"
    return f"it {found}" if found else None


def _choice(label: str, values: list[str]) -> str:
    import questionary

    return str(questionary.select(label, choices=values).unsafe_ask())


def _text(
    label: str,
    values: list[str] | None = None,
    fault: Callable[[str], str | None] = lambda _: None,
) -> str:
    import questionary

    def validate(text: str) -> bool | str:
        return fault(text) or True

    if not values:
        return str(questionary.text(label, validate=validate).unsafe_ask()).strip()
    default = values[0] if len(values) == 1 else ""
    listed = f" [{', '.join(values)}]" if 1 < len(values) <= _FEW else ""
    asking = questionary.autocomplete(
        label + listed, choices=values, default=default, validate=validate, match_middle=True
    )
    return str(asking.unsafe_ask()).strip()

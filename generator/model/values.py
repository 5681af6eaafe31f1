"""The ``values:`` of dativo.yaml, which may be made of each other and of a job's variables."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping

from generator.errors import Location, Problem, Problems
from generator.model.variables import JOB_VARIABLES, names_left, substitute, undefined
from generator.text.hints import did_you_mean


def resolve_values(
    values: Mapping[str, str],
    location_of: Callable[[str], Location],
    declared: Container[str] = (),
) -> tuple[dict[str, str], list[Problem]]:
    """Put values into values.

    Args:
        values: name to text as written; ``$${NAME}`` is the text ``${NAME}``.
        location_of: a name to where its value stands.
        declared: names that may have no value here: what is made of them waits for them.

    Returns:
        Name to text in which only a job's variables are left, literals still escaped; and an error
        for each name that nothing defines and for each circle, with the way around it.
    """
    settled: dict[str, str] = {}
    problems = Problems()
    wrong: set[str] = set()

    def visit(name: str, way: tuple[str, ...]) -> None:
        if name in settled or name in wrong:
            return
        if name in way:
            circle = (*way[way.index(name) :], name)
            wrong.update(circle)
            message = f'the value "{name}" would need itself: {" -> ".join(circle)}'
            hint = "let one of them say what it is"
            problems.error("circular-value", message, location_of(name), hint)
            return
        wanted = [each for each in names_left(values[name]) if each.upper() not in JOB_VARIABLES]
        for each in dict.fromkeys(wanted):
            if each in values:
                visit(each, (*way, name))
            elif each not in declared:
                wrong.add(name)
                problems.append(_undefined(each, values, location_of(name)))
        if wrong.isdisjoint((name, *wanted)):
            settled[name] = substitute(values[name], settled)
        else:
            wrong.add(name)

    for name in values:
        visit(name, ())
    return settled, problems


def with_job_variables(values: Mapping[str, str], variables: Mapping[str, str]) -> dict[str, str]:
    """The values for one job, its own variables put in as far as they are known.

    Args:
        values: as ``resolve_values`` returns them.
        variables: name to text, literals escaped.
    """
    return {name: substitute(text, variables) for name, text in values.items()}


def _undefined(name: str, values: Mapping[str, str], location: Location) -> Problem:
    problem = undefined(name, location)
    meant = did_you_mean(name, (*values, *JOB_VARIABLES))
    return problem._replace(hint=f"did you mean ${{{meant}}}?") if meant else problem

"""``${NAME}``: what it stands for, where, and where not."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.errors import InputError
from generator.model.variables import escape, fill, finish, names_left, parts, substitute, waits
from tests.job.conftest import JOB, Repository

Minimal = Callable[..., str]


def test_facts_in_any_case_then_values(repository: Repository, minimal: Minimal) -> None:
    """What the job says of itself comes first; a value keeps the case of its name."""
    text = minimal(
        "tenant_id: acme",
        "environment: prod",
        "asset: customers",
        infrastructure="    environment:\n"
        "      FACTS: ${TENANT_ID} ${tenant_id} ${Environment} ${job_name} ${ASSET} ${region}\n"
        "      VALUES: ${LEVEL} ${level} ${Level}\n",
    )
    (loaded,) = repository.load(text, "values: {LEVEL: info, level: debug}")
    assert loaded.job.infrastructure.runtime.environment == {
        "FACTS": "acme acme prod stripe customers us-east-1",
        "VALUES": "info debug ${Level}",
    }


@pytest.mark.parametrize("name", ["TENANT_ID", "environment", "Region", "asset", "job_name"])
def test_a_value_cannot_stand_for_a_fact(repository: Repository, name: str) -> None:
    """It would be ignored, so it is refused."""
    (told,) = repository.told("", f"values: {{{name}: x}}")
    assert told.startswith("dativo.yaml:1:10: reserved-name")


@pytest.mark.parametrize("name", ["my-name", "1st", "a b", "größe", ""])
def test_a_value_has_a_name_that_can_be_written(repository: Repository, name: str) -> None:
    """A value that no ${NAME} could mean would be ignored, so it is refused."""
    (told,) = repository.told("", f"values: {{'{name}': x}}")
    assert told.startswith("dativo.yaml:1:10: invalid-name")


def test_values_are_text(repository: Repository, minimal: Minimal) -> None:
    """Unquoted scalars in values are the text that was written."""
    (loaded,) = repository.load(
        minimal(infrastructure="    environment: {A: '${N} ${V} ${D}'}\n"),
        "values: {N: no, V: 1.10, D: 0123}",
    )
    assert loaded.job.infrastructure.runtime.environment == {"A": "no 1.10 0123"}


def test_values_are_made_of_values(repository: Repository, minimal: Minimal) -> None:
    """In any order and depth, and of what the job says of itself."""
    text = minimal(
        "tenant_id: acme",
        "environment: prod",
        "name: ${STEM}-load",
        infrastructure="    environment: {A: '${BUCKET}', B: '${LABEL}'}\n",
    )
    settings = """\
values:
  BUCKET: ${TENANT_ID}-${LAKE}-${environment}
  LAKE: ${KIND}lake
  KIND: data
  STEM: orders-${ENVIRONMENT}
  LABEL: ${JOB_NAME}@${Region}
"""
    (loaded,) = repository.load(text, settings)
    assert loaded.job.name == "orders-prod-load"
    assert loaded.job.infrastructure.runtime.environment == {
        "A": "acme-datalake-prod",
        "B": "orders-prod-load@us-east-1",
    }


def test_a_literal_in_a_value_stays_one(repository: Repository, minimal: Minimal) -> None:
    """``$${NAME}`` in a value is that text, through every later stage and other values."""
    (loaded,) = repository.load(
        minimal(infrastructure="    environment: {A: 'x${ONE}', B: '$${ONE}', C: '${THREE}'}\n"),
        "values: {ONE: '$${TWO}', TWO: '$${TENANT_ID}', THREE: '${TWO}+${ONE}'}",
    )
    environment = loaded.job.infrastructure.runtime.environment
    assert finish(environment["A"], None) == "x${TWO}"
    assert finish(environment["B"], None) == "${ONE}"
    assert finish(environment["C"], None) == "${TENANT_ID}+${TWO}"


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ("{A: '${A}'}", ['1:13: circular-value: the value "A" would need itself: A -> A']),
        (
            "{A: 'x', B: '${C}', C: '${D}+${A}', D: '${B}', E: '${B}'}",
            ['1:21: circular-value: the value "B" would need itself: B -> C -> D -> B'],
        ),
        (
            "{A: '${NOBODY}', B: '${A}', C: '${A}${B}'}",
            ["1:13: undefined-variable: ${NOBODY} is not defined"],
        ),
    ],
)
def test_values_that_cannot_be(
    repository: Repository, minimal: Minimal, values: str, told: list[str]
) -> None:
    """A circle and a name that nothing defines are told once, where the value stands."""
    found = repository.told(minimal(), f"values: {values}")
    assert found == [f"dativo.yaml:{line}" for line in told]


def test_a_value_that_needs_what_the_job_lacks(repository: Repository, minimal: Minimal) -> None:
    """It is no input variable of the root: the job that uses it is told."""
    text = minimal("tenant_id: acme", "environment: prod", "name: 'x${LABEL}'")
    (told,) = repository.told(text, "values: {LABEL: 'of-${ASSET}'}")
    assert told == f"{JOB}:3:7: undefined-variable: ${{ASSET}} is not defined"


def test_facts_may_be_made_of_facts(repository: Repository, minimal: Minimal) -> None:
    """Region, asset and name may hold variables, in any order."""
    text = minimal(
        "tenant_id: ${WHO}",
        "environment: prod",
        "name: ${asset}_${ENVIRONMENT}",
        "asset: ${TENANT_ID}_data",
        infrastructure="    environment: {N: '${JOB_NAME}'}\n",
    )
    (loaded,) = repository.load(text, "values: {WHO: acme}")
    assert loaded.job.name == "acme_data_prod"
    assert loaded.job.infrastructure.runtime.environment == {"N": "acme_data_prod"}


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (("name: '${JOB_NAME}'",), "3:7: undefined-variable: ${JOB_NAME} is not defined"),
        (("name: '${ASSET}'", "asset: '${JOB_NAME}'"), "undefined-variable"),
        (("name: '${NOBODY}'",), "3:7: undefined-variable: ${NOBODY} is not defined"),
        (("asset: 'x${NOBODY}'",), "3:8: undefined-variable: ${NOBODY} is not defined"),
        (("asset_path: '${NOBODY}/x.yaml'",), "3:13: undefined-variable: ${NOBODY}"),
        (("asset_path: '${ASSET}.yaml'",), "3:13: undefined-variable: ${ASSET}"),
    ],
)
def test_undefined_names_are_told(
    repository: Repository, minimal: Minimal, lines: tuple[str, ...], told: str
) -> None:
    """Where no Terraform variable can help, a name that nothing defines is an error there."""
    (found,) = repository.told(minimal("tenant_id: acme", "environment: prod", *lines))[:1]
    assert told in found


@pytest.mark.parametrize(
    ("field", "value"), [("cpu", "2"), ("timeout_seconds", "120"), ("memory", "4Gi")]
)
def test_typed_fields_through_values(
    repository: Repository, minimal: Minimal, field: str, value: str
) -> None:
    """A number or size may come from dativo.yaml; undefined, the message names the variable."""
    text = minimal(infrastructure=f"    {field}: ${{SIZE}}\n")
    (loaded,) = repository.load(text, f"values: {{SIZE: {value}}}")
    assert getattr(loaded.job.infrastructure.runtime, field) in (2, 120, 4096)
    (told,) = repository.told(text, "values: {OTHER: 1}")
    assert told.startswith(
        f"{JOB}:8:{len(field) + 7}: undefined-variable: ${{SIZE}} is not defined"
    )
    (problem,) = repository.problems(text)
    assert "add SIZE under `values:` in dativo.yaml" in problem.hint


def test_keys_are_not_filled(repository: Repository, minimal: Minimal) -> None:
    """Only values hold variables."""
    (loaded,) = repository.load(minimal(infrastructure="    environment: {'${TENANT_ID}': x}\n"))
    assert loaded.job.infrastructure.runtime.environment == {"${TENANT_ID}": "x"}


TEXTS = st.lists(
    st.sampled_from(["$", "$$", "${", "}", "{", "A", "b_1", "${A}", "$${A}", "-", "é", "%{"]),
    max_size=8,
).map("".join)


@given(TEXTS)
def test_escaped_text_is_finished_as_it_was(text: str) -> None:
    """Escaping makes any text literal."""
    assert fill(escape(text), {}) == text


@given(TEXTS, st.dictionaries(st.sampled_from(["A", "b_1"]), TEXTS))
def test_filling_twice_is_filling_once(text: str, known: dict[str, str]) -> None:
    """A literal that a value brought in is never filled."""
    known = {name: escape(value) for name, value in known.items()}
    once = substitute(text, known)
    assert substitute(once, known) == once
    assert fill(once, {}) == fill(text, known)
    assert not set(names_left(once)) & known.keys()


@given(TEXTS)
def test_text_is_finished_or_a_template(text: str) -> None:
    """A template's parts, put together, are its source; other text is as it is meant."""
    filled = fill(text, {})
    assert waits(filled) == bool(names_left(text))
    if not waits(filled):
        assert finish(filled, None) is filled
        return
    pieces = parts(filled)
    source = "".join("${" + t + "}" if kind == "variable" else escape(t) for kind, t in pieces)
    assert fill(source, {}) == filled
    assert [t for kind, t in pieces if kind == "variable"] == names_left(text)
    with pytest.raises(InputError):
        finish(filled, None)

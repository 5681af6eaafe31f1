"""What raises an alert: rates and records, which most runtimes can count."""

from __future__ import annotations

import pytest

from tests.plan.conftest import Plans, job


def _alerts(thresholds: str, more: str = "") -> str:
    return f"monitoring: {{alerts: {{{more}thresholds: {{{thresholds}}}}}}}"


@pytest.mark.parametrize("cloud", ["aws", "gcp", "azure"])
def test_rates_reach_the_module(plans: Plans, cloud: str) -> None:
    """Per cent go as they are written, text or number, without a needless fraction."""
    block = _alerts("error_rate: 5.0, timeout_rate: '2.5'")
    given = plans.inputs(job(cloud, block=block))["alerts"]
    assert given == {"error_rate": 5, "timeout_rate": 2.5}
    assert isinstance(given["error_rate"], int)


@pytest.mark.parametrize("cloud", ["aws", "gcp", "azure"])
def test_records_are_counted_where_a_field_names_them(plans: Plans, cloud: str) -> None:
    """Both halves reach the module, and nothing is told."""
    text = job(
        cloud, block=_alerts("records_processed_min: 1000", "records_field: totals.records, ")
    )
    assert plans.inputs(text)["alerts"] == {
        "records_field": "totals.records",
        "records_processed_min": 1000,
    }
    _, problems = plans.decided(text)
    assert [problem for problem in problems if problem.code == "no-effect"] == []


@pytest.mark.parametrize(
    ("block", "told", "hint"),
    [
        (
            _alerts("records_processed_min: 1000"),
            '10:38: no-effect: "records_processed_min" has no effect: nothing says how many',
            "let each run log them as JSON, and name the key in monitoring.alerts.records_field",
        ),
        (
            _alerts("failed_runs: 2", "records_field: records, "),
            '10:25: no-effect: "records_field" has no effect without a limit',
            "set thresholds.records_processed_min, or remove it",
        ),
    ],
)
def test_half_of_what_counts_records_is_a_warning(
    plans: Plans, block: str, told: str, hint: str
) -> None:
    """It has no effect, so it reaches no module; its line and the other half are told."""
    text = job(block=block)
    assert not {"records_field", "records_processed_min"} & plans.inputs(text)["alerts"].keys()
    _, problems = plans.decided(text)
    (problem,) = [problem for problem in problems if problem.code == "no-effect"]
    assert problem.severity == "warning" and problem.hint == hint
    assert plans.line_of(problem).startswith(told)


@pytest.mark.parametrize(
    ("thresholds", "told"),
    [
        ("error_rate: 0", "is not a number of per cent above 0 and up to 100"),
        ("error_rate: 5%", "is not a number of per cent above 0 and up to 100"),
        ("timeout_rate: 100.5", "is not a number of per cent above 0 and up to 100"),
        ("records_processed_min: 0", "records_processed_min"),
    ],
)
def test_limits_that_mean_nothing(plans: Plans, thresholds: str, told: str) -> None:
    """A rate lies between nothing and all; a number of records is a whole one."""
    (found,) = plans.told(job(block=_alerts(thresholds)))
    assert found.startswith("10:") and told in found


@pytest.mark.parametrize("field", ["$.records", "a b", "records-read", "", "a..b"])
def test_a_field_is_a_key_of_json(plans: Plans, field: str) -> None:
    """What could be more than a key in a filter of some cloud is refused."""
    block = _alerts("records_processed_min: 5", f"records_field: '{field}', ")
    (found,) = plans.told(job(block=block))
    assert "is not a key of a JSON log line" in found


@pytest.mark.parametrize("name", ["error_rate", "timeout_rate", "records_processed_min"])
def test_a_worker_has_no_runs_to_count(plans: Plans, name: str) -> None:
    """As with run_seconds, the limit is told at its place."""
    text = job(runtime="scaling: {min: 1}", block=_alerts(f"{name}: 5"))
    assert any("a worker has no runs" in found for found in plans.told(text))


@pytest.mark.parametrize("name", ["error_rate", "timeout_rate"])
def test_rates_of_runs_that_an_orchestrator_starts(plans: Plans, name: str) -> None:
    """On ECS the state machine counts runs, and does not see those."""
    block = _alerts(f"{name}: 5") + "\norchestrator: {type: airflow}"
    assert any(f'"{name}" has no effect on runs' in found for found in plans.told(job(block=block)))

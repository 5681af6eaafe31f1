"""What Dagster and Airflow are told of a job, and what they cannot do for it."""

from __future__ import annotations

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.files.shipped import folder
from generator.plan.orchestration import Orchestration
from generator.plan.orchestrator import FILES, TITLES, dagster_name
from generator.plan.runtimes.table import RUNTIMES
from generator.render.orchestrator import template_of
from tests.plan.conftest import Plans, job

TOOLS = ["dagster", "airflow"]


def _planned(plans: Plans, text: str) -> Orchestration:
    found = plans.plan(text).orchestration
    assert found is not None
    return found


def test_nobody_else(plans: Plans) -> None:
    """Without an orchestrator there is no such file."""
    assert plans.plan(job()).orchestration is None


@pytest.mark.parametrize("cloud", ["aws", "gcp", "azure"])
@pytest.mark.parametrize("tool", TOOLS)
def test_the_output_is_put_out(plans: Plans, cloud: str, tool: str) -> None:
    """The output that the file reads is there, even where the job lists others."""
    block = f"orchestrator: {{type: {tool}}}\nterraform: {{outputs: [id]}}"
    plan = plans.plan(job(cloud, block=block))

    assert plan.orchestration is not None
    assert [output.name for output in plan.outputs] == [plan.orchestration.output, "id"]


def test_the_orchestrator_tries_again(plans: Plans) -> None:
    """Retries are the orchestrator's: the cloud does not try each of them several times."""
    text = job(runtime="max_retries: 3", block="orchestrator: {type: airflow}")

    assert "max_retries" not in plans.inputs(text)
    assert _planned(plans, text).retries == 3
    assert plans.inputs(job(runtime="max_retries: 3"))["max_retries"] == 3


@pytest.mark.parametrize("field", ["asset", "source_connector", "target_connector"])
def test_the_description_is_as_meant(plans: Plans, field: str) -> None:
    """A variable that is written as literal text stands in the description without its escape."""
    head = {"asset": "a", "source_connector": "b", "target_connector": "c"} | {field: "$${X}"}
    text = "".join(f"{key}: {value}\n" for key, value in head.items())
    plan = plans.plan(job(head=text, block="orchestrator: {type: airflow}"))
    found = plan.orchestration
    assert found is not None

    meant = {key: value.replace("$$", "$") for key, value in head.items()}
    assert (
        found.description
        == plan.summary["Data"]
        == "{source_connector} to {target_connector}: {asset}".format_map(meant)
    )


def test_times(plans: Plans) -> None:
    """The schedule as every cron reads it, in its own time zone, and the limit of a run."""
    head = "schedule: {cron: '0 7 * JAN-MAR SUN', timezone: Asia/Tokyo, enabled: false}\n"
    found = _planned(
        plans,
        job(head=head, runtime="timeout_seconds: 600", block="orchestrator: {type: dagster}"),
    )

    assert found.timetable == ("0 7 * 1-3 0", "Asia/Tokyo", False)
    assert found.timeout_seconds == 600


@pytest.mark.parametrize("tool", TOOLS)
def test_workers_are_not_started(plans: Plans, tool: str) -> None:
    """A worker always runs, so that there is nothing for an orchestrator to start."""
    title = TITLES[tool]
    told = plans.told(job(runtime="scaling: {min: 1}", block=f"orchestrator: {{type: {tool}}}"))

    assert told == [
        f"11:24: orchestrator: {title} has no runs of workers to start, they always run"
    ]


@pytest.mark.parametrize("tool", TOOLS)
def test_runtimes_that_cannot_be_started(plans: Plans, tool: str) -> None:
    """Where a runtime has no launcher for the tool, the job's line tells what it takes."""
    text = job(block=f"orchestrator: {{type: {tool}}}\nterraform: {{module: {{source: ./m}}}}")
    text = text.replace("type: ecs_fargate", "type: ray")
    plans.write("m/variables.tf", 'variable "image" {}\n')
    problem, *_ = plans.problems(text)

    assert problem.message == f"{TITLES[tool]} starts no runs of ray here"
    assert problem.hint == "it takes: none"


def test_emr_is_started_by_airflow_only(plans: Plans) -> None:
    """What one tool can start and the other cannot is told."""
    text = job(block="orchestrator: {type: dagster}").replace("ecs_fargate", "emr")
    problems = {problem.message: problem.hint for problem in plans.problems(text)}

    assert problems["Dagster starts no runs of emr here"] == "it takes: none, airflow"


def test_a_module_of_ones_own_needs_the_output(plans: Plans) -> None:
    """A module in the place of the shipped one has to say how a run is started."""
    plans.write("m/variables.tf", 'variable "image" {}\n')
    block = "orchestrator: {type: dagster}\nterraform: {module: {source: ./m}}"
    told = [problem.message for problem in plans.problems(job(block=block))]

    wanted = 'the module m has no output "dagster_ecs_config", which Dagster starts runs with'
    assert wanted in told


ALERTS = "monitoring: {alerts: {channels: ['arn:aws:sns:us-east-1:123456789012:a']%s}}"


@pytest.mark.parametrize(
    ("thresholds", "names"),
    [
        ("", ["alerts"]),
        (", thresholds: {failed_runs: 2}", ["failed_runs"]),
        (", thresholds: {run_seconds: 60, error_lines: 3}", ["run_seconds"]),
        (", thresholds: {error_lines: 3}", []),
    ],
)
def test_alarms_that_nothing_would_raise(plans: Plans, thresholds: str, names: list[str]) -> None:
    """On ECS the alarms watch a state machine, which an orchestrator does without."""
    block = "orchestrator: {type: airflow}\n" + ALERTS % thresholds
    told = [problem.message for problem in plans.problems(job(block=block))]

    after = "has no effect on runs that Airflow starts, which it watches itself"
    assert told == [f'"{name}" {after}' for name in names]


def test_alarms_elsewhere_watch_every_run(plans: Plans) -> None:
    """A job of Cloud Run is watched itself, whoever starts it."""
    alerts = "monitoring: {alerts: {thresholds: {failed_runs: 2}}}"

    assert not plans.problems(job("gcp", block=f"orchestrator: {{type: airflow}}\n{alerts}"))


def test_every_launcher_has_a_template() -> None:
    """What a runtime says it can be started by has a file that starts it."""
    for runtime in RUNTIMES.values():
        for tool, output in runtime.launchers.items():
            kind = output.removeprefix(f"{tool}_").removesuffix("_config")
            plan = Orchestration(
                tool, "", FILES[tool], kind, output, "", "", None, None, 0, 1, None, {}
            )
            path = f"{folder('templates/root')}/{template_of(plan)}.j2"
            assert os.path.exists(path), path


NAMES = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_-]{0,6}", fullmatch=True)
TRIPLES = st.tuples(NAMES, NAMES, NAMES)


@given(TRIPLES, TRIPLES)
def test_no_two_jobs_share_a_name(one: tuple[str, ...], other: tuple[str, ...]) -> None:
    """Two jobs have two names in Dagster, and those are names that it takes."""
    names = [dagster_name(*one), dagster_name(*other)]

    assert (names[0] == names[1]) == (one == other)
    assert all(name.replace("_", "a").isalnum() and name.isascii() for name in names)

"""``dativo resolve``: what it writes where, and that the resolved file is the same job."""

from __future__ import annotations

import io
import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest

from generator import RunResult, generate
from generator.cli import main
from tests.exports.projects import JOB, project, terraform

IDENTIFIERS = {"cluster_name": "{{terraform_outputs.cluster_name}}", "plain": "x"}
OUTPUTS = {"cluster_name": "orders-prod", "secret": {"value": "s", "sensitive": True}}


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """A project whose job waits for outputs, and an outputs file beside it."""
    target = {"endpoint": "https://{{ terraform_outputs.endpoint_url }}/x"}
    made = project(tmp_path / "p", {"target": target}, resource_identifiers=IDENTIFIERS)
    job = made / JOB
    job.write_text(f"# Orders, by night.\n{job.read_text()}# The end.\n")
    (tmp_path / "outputs.json").write_text(json.dumps({**OUTPUTS, "endpoint_url": "states"}))
    return made


def _resolve(made: Path, *arguments: str) -> int:
    return main(["resolve", str(made / JOB), "--project", str(made), *arguments])


def _texts(made: Path, result: RunResult) -> dict[str, str]:
    assert result.require_ok().roots
    return {
        str(path.relative_to(made)): path.read_text()
        for folder in result.roots
        for path in sorted((made / folder).iterdir())
        if path.suffix == ".tf"
    }


def test_to_standard_output(made: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    """Without an option the file is printed, and stays as it was."""
    before = (made / JOB).read_bytes()
    assert _resolve(made, str(made.parent / "outputs.json")) == 0
    printed = capsysbinary.readouterr()
    after = before.replace(b"{{terraform_outputs.cluster_name}}", b"orders-prod")
    assert printed.out == after.replace(b"{{ terraform_outputs.endpoint_url }}", b"states")
    assert b"2 outputs filled in" in printed.err
    assert (made / JOB).read_bytes() == before


def test_in_place_is_the_same_root(made: Path) -> None:
    """The resolved file loads and yields the same Terraform; a second time nothing changes."""
    first = _texts(made, generate(made))
    assert _resolve(made, str(made.parent / "outputs.json"), "--in-place") == 0
    text = (made / JOB).read_text()
    assert "terraform_outputs" not in text
    assert text.startswith("# Orders, by night.\n") and text.endswith("# The end.\n")
    assert _texts(made, generate(made)) == first
    inode = (made / JOB).stat().st_ino
    assert _resolve(made, str(made.parent / "outputs.json"), "--in-place") == 0
    assert (made / JOB).stat().st_ino == inode


def test_output_file_and_standard_input(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """``-`` reads the outputs from a pipe; ``--output`` keeps the job file as it is."""
    data = (made.parent / "outputs.json").read_bytes()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    target = made.parent / "resolved.yaml"
    assert _resolve(made, "-", "--output", str(target)) == 0
    assert "cluster_name: 'orders-prod'" in target.read_text()
    assert "terraform_outputs" in (made / JOB).read_text()


@pytest.mark.parametrize(
    ("outputs", "message"),
    [
        ('{"cluster_nam": "x", "endpoint_url": "y"}', 'did you mean "cluster_nam"?'),
        ('{"cluster_name": null, "endpoint_url": "y"}', "is null"),
        ("{", "not JSON"),
        ("", "outputs are empty"),
    ],
)
def test_nothing_is_written_on_an_error(
    outputs: str, message: str, made: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A fault is told with its line, and neither the job file nor another is touched."""
    file = made.parent / "outputs.json"
    file.write_text(outputs)
    before = (made / JOB).read_bytes()
    listed = sorted(os.listdir(made / "jobs/acme"))
    assert _resolve(made, str(file), "--in-place") == 1
    printed = capsys.readouterr()
    assert message in printed.err and printed.out == ""
    assert (made / JOB).read_bytes() == before
    assert sorted(os.listdir(made / "jobs/acme")) == listed


def test_fault_has_line_and_column(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A fault of the job is at the placeholder, one of the outputs file at its own line."""
    file = made.parent / "outputs.json"
    file.write_text('{"endpoint_url": "y"}')
    assert _resolve(made, str(file)) == 1
    lines = (made / JOB).read_text().splitlines()
    line = next(i for i, text in enumerate(lines, 1) if "cluster_name:" in text)
    assert f"{JOB}:{line}:" in capsys.readouterr().err
    file.write_text('{"a": 1,\n  b}')
    assert _resolve(made, str(file)) == 1
    assert f"{file}:2:3: error:" in capsys.readouterr().err


def test_job_file_that_is_a_link_is_not_replaced(made: Path) -> None:
    """``--in-location`` does not turn a link into a file of its own, nor write through it."""
    link = made / "jobs/acme/link.yaml"
    link.symlink_to("orders.yaml")
    outputs = str(made.parent / "outputs.json")
    arguments = ["resolve", str(link), outputs, "--project", str(made), "--in-place"]
    assert main(arguments) == 1
    assert link.is_symlink() and "terraform_outputs" in (made / JOB).read_text()


def test_outputs_are_needed(made: Path) -> None:
    """Without a file and without ``--from-root`` there is nothing to fill in."""
    with pytest.raises(SystemExit, match="1"):
        _resolve(made)


@pytest.mark.parametrize(
    "arguments",
    [("x.json", "--from-root"), ("x.json", "--terraform", "t"), ("x.json", "--tenant", "t")],
)
def test_contradicting_arguments(arguments: tuple[str, ...], made: Path) -> None:
    """Outputs come from one place; an option without an effect is refused."""
    assert _resolve(made, *arguments) == 1


def test_one_file_for_several_roots(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A shared placeholder gets the outputs of one root: a warning; an unknown name: an error."""
    job = made / JOB
    text = job.read_text().replace("environment: prod", "environments: {dev: {}, prod: {}}")
    job.write_text(text)
    outputs = str(made.parent / "outputs.json")
    assert _resolve(made, outputs) == 0
    assert "this file stands for 2 roots" in capsys.readouterr().err
    assert _resolve(made, outputs, "--environment", "staging") == 1
    assert "has no environment staging" in capsys.readouterr().err


def test_older_spelling_is_told(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """``output.x`` is no placeholder: rather than doing nothing, the way out is named."""
    job = made / JOB
    identifiers = "outputs:\n    cluster_name: output.cluster_name"
    text = job.read_text()
    start, end = text.index("resource_identifiers:"), text.index("# The end.")
    job.write_text(text[:start] + identifiers + "\n" + text[end:])
    assert _resolve(made, str(made.parent / "outputs.json")) == 1
    printed = capsys.readouterr()
    assert f"run: dativo migrate {JOB}" in printed.err and printed.out == ""


def _applied(made: Path, outputs: dict[str, Any]) -> None:
    """A root with nothing but outputs where the job's root stands, applied."""
    root = made / "generated/acme/orders/prod"
    root.mkdir(parents=True)
    blocks = {
        name: {"value": value, "sensitive": name == "secret"} for name, value in outputs.items()
    }
    (root / "main.tf.json").write_text(json.dumps({"output": blocks}))
    done = terraform(root, "apply", "-auto-approve", "-no-color")
    assert done.returncode == 0, done.stderr


@pytest.mark.terraform
def test_from_root(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Terraform is asked in the job's root; lists and numbers arrive as what they are."""
    job = made / JOB
    job.write_text(
        job.read_text()
        + 'ports: "{{terraform_outputs.ports}}"\nkey: "{{terraform_outputs.secret}}"\n'
    )
    _applied(
        made,
        {"cluster_name": "orders", "endpoint_url": "e", "ports": [80, 443], "secret": "hunter2"},
    )
    assert _resolve(made, "--from-root") == 1
    assert "hunter2" not in capsys.readouterr().err
    assert _resolve(made, "--from-root", "--allow-sensitive") == 0
    printed = capsys.readouterr().out
    assert printed.endswith('# The end.\nports: [80, 443]\nkey: "hunter2"\n')
    assert "cluster_name: 'orders'" in printed


def test_from_root_without_one(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where there is no root, or no program, the message says what to do."""
    assert _resolve(made, "--from-root") == 1
    assert "run: dativo generate" in capsys.readouterr().err
    (made / "generated/acme/orders/prod").mkdir(parents=True)
    assert _resolve(made, "--from-root", "--terraform", "no-such-program") == 1
    assert "no-such-program: no such program" in capsys.readouterr().err


def test_an_output_that_terraform_left_out(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Terraform leaves null outputs out: whoever waits for one is told why, and what to use."""
    job = made / JOB
    job.write_text(
        job.read_text() + "# Workers only.\nservice: '{{terraform_outputs.service_arn}}'\n"
    )
    before = job.read_bytes()
    assert _resolve(made, str(made.parent / "outputs.json"), "--in-place") == 1
    told = capsys.readouterr().err
    assert 'the output "service_arn" has no value here: a job has no ECS service' in told
    assert 'wait for "state_machine_arn" instead' in told and "1 error" in told
    assert job.read_bytes() == before


@pytest.mark.parametrize("outputs", [{"cluster_name": "c"}, {"cluster_name": "c", "id": None}])
def test_an_output_that_was_not_applied(
    made: Path, outputs: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    """One that the root declares is not called unknown, whether it is null or not there."""
    (made / JOB).write_text((made / JOB).read_text().replace("endpoint_url", "id"))
    (made.parent / "outputs.json").write_text(json.dumps(outputs))
    assert _resolve(made, str(made.parent / "outputs.json")) == 1
    told = capsys.readouterr().err
    assert 'the output "id" is null: the root declares it' in told
    assert "apply the root as it is now" in told

"""Values keep every character on the way from a job file to what Terraform hands to a cloud."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from generator.model.variables import escape
from tests.terraform.conftest import Command
from tests.terraform.projects import generate, write_project
from tests.terraform.roots import outputs_of

pytestmark = pytest.mark.terraform

VALUES = (
    'quote " and \\ backslash\\',
    "\\u0041 \\n",
    "line\nbreak\r\n\ttab",
    "${var.secret}",
    "${NAME}",
    "$${x}",
    "$$${x}",
    "%{ if true }x%{ endif }",
    "%%{x}",
    "$",
    "%",
    "$%{",
    "${",
    'a"\n}\nresource "x" "y" {}\n#',
    "<<EOF\nEOF\n",
    "bell\x07 escape\x1b[31m delete\x7f next\x85 end",
    "right\u202eto\u2066left\u200b\u200d\ufeff",
    "\U0001f600 \U0001f468\u200d\U0001f469\u200d\U0001f467 \u2764\ufe0f",
    "\u65e5\u672c\u8a9e \u0639\u0631\u0628\u064a e\u0301",
    "{{ jinja }} {% if %} {# x #}",
    "null",
    "0123",
    "{}",
    "$(rm -rf ~) `id`; &",
)
EVALUATED = 'output "evaluated" {\n  value = local.tags\n}\n'
# Azure takes any character in the value of a tag; the others' alphabets hold nothing to fear.
TAGS = {f"t{n}": value for n, value in enumerate(VALUES[3:13])}


@pytest.mark.parametrize("cloud", ["aws", "gcp", "azure"])
def test_environment_variables_arrive(
    cloud: str, tmp_path: Path, lay_out: Callable[..., str], command: Command
) -> None:
    """Quotes, backslashes, line ends, templates of Terraform and Jinja, control characters,
    emoji and right-to-left marks reach the container as they were written (in Unicode's normal
    form C, which Terraform gives every string), and so do tags.
    """
    variables = {f"V{n}": escape(value) for n, value in enumerate(VALUES)}
    tags = {key: escape(value) for key, value in TAGS.items()} if cloud == "azure" else {}
    (tmp_path / "project").mkdir()
    project = write_project(tmp_path / "project", cloud, environment=variables, tags=tags)
    folder = lay_out(generate(project))
    Path(folder, "evaluated.tf").write_text(EVALUATED, encoding="utf-8")
    command(folder, "init", "-input=false")
    command(folder, "fmt", "-check", "-diff")
    command(folder, "apply", "-auto-approve", "-input=false")
    shown = command(folder, "show", "-json").data()
    found = {
        name: value for name, value in _pairs(shown["values"]["root_module"]) if name in variables
    }
    assert found == {f"V{n}": _normal(value) for n, value in enumerate(VALUES)}
    evaluated = outputs_of(shown)["evaluated"]
    assert {key: evaluated[key] for key in tags} == {k: _normal(TAGS[k]) for k in tags}
    command(folder, "plan", "-detailed-exitcode", "-input=false")


def _normal(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _pairs(value: Any) -> Iterator[tuple[str, Any]]:
    """Every ``{name, value}`` object below a value, JSON within strings included."""
    if isinstance(value, dict):
        if isinstance(value.get("name"), str) and "value" in value:
            yield value["name"], value["value"]
        for item in value.values():
            yield from _pairs(item)
    elif isinstance(value, list):
        for item in value:
            yield from _pairs(item)
    elif isinstance(value, str) and value.startswith("[{"):
        yield from _pairs(json.loads(value))

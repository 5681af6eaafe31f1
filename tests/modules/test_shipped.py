"""The shipped modules are what their users expect: standard structure, one style, no surprises."""

from __future__ import annotations

import os
import re
from functools import cache
from typing import Any

import hcl2
import pytest
from hcl2 import SerializationOptions

from generator.modules.declarations import parse
from generator.modules.types import parse_type
from scripts.module_readmes import resources
from scripts.pages import MODULES, module_names
from tests.modules.conftest import Run

NAMES = module_names()
STANDARD = ("main.tf", "variables.tf", "outputs.tf", "versions.tf", "README.md")
EXAMPLES = [f"{name}/examples/{size}" for name in NAMES for size in ("minimal", "complete")]
# Inputs and outputs that every module of a container has; the rest differs by runtime.
INPUTS = {"name": True, "tenant": True, "environment": True, "tags": False}
OUTPUTS = {"id", "name", "cluster_name", "service_name", "endpoint_url", "all_tags"}
META = {"__is_block__"}
ORDER = ("description", "type", "default", "nullable", "sensitive", "validation")
# Said of a variable or output, in HCL's order of blocks.
Declared = list[tuple[str, dict[str, Any]]]


@cache
def _text(path: str) -> str:
    with open(os.path.join(MODULES, path), encoding="utf-8") as file:
        return file.read()


@cache
def _parsed(path: str) -> dict[str, Any]:
    options = SerializationOptions(with_comments=False, strip_string_quotes=True)
    found: dict[str, Any] = hcl2.loads(_text(path), serialization_options=options)
    return found


def _tf_files(folder: str) -> list[str]:
    names = sorted(os.listdir(os.path.join(MODULES, folder)))
    return [f"{folder}/{name}" for name in names if name.endswith(".tf")]


def _declared(path: str, kind: str) -> Declared:
    return [item for block in _parsed(path).get(kind, ()) for item in block.items()]


def _labels(name: str, kind: str) -> Declared:
    return [pair for file in _tf_files(name) for pair in _declared(file, kind)]


@pytest.mark.parametrize("name", NAMES)
def test_the_standard_files_are_there(name: str) -> None:
    """Terraform's standard module structure, with two examples and tests of its own."""
    have = set(os.listdir(os.path.join(MODULES, name)))
    assert have >= {*STANDARD, "examples", "tests"}
    assert [n for n in os.listdir(os.path.join(MODULES, name, "tests")) if ".tftest." in n]


@pytest.mark.parametrize("folder", EXAMPLES)
def test_an_example_is_a_root_that_calls_its_module(folder: str) -> None:
    """An example can be copied: it says its versions and calls the module by its folder."""
    have = set(os.listdir(os.path.join(MODULES, folder)))
    assert have >= {"main.tf", "versions.tf", "outputs.tf", "README.md"}
    calls = [body["source"] for _, body in _labels(folder, "module")]
    assert calls
    assert {call.rstrip("/") for call in calls} == {"../.."}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("kind", ["variable", "output"])
def test_variables_and_outputs_stand_in_their_files_in_order(name: str, kind: str) -> None:
    """All in variables.tf and outputs.tf, in alphabetical order, each described in sentences."""
    found = _declared(f"{name}/{kind}s.tf", kind)
    assert _labels(name, kind) == found
    labels = [label for label, _ in found]
    assert labels == sorted(labels)
    for label, item in parse(_files(name))[f"{kind}s"].items():
        assert re.fullmatch(r"[a-z][a-z0-9_]*", label)
        assert re.fullmatch(r"(?s)\S.{8,}[.!?]", item["description"]), label


@pytest.mark.parametrize("name", NAMES)
def test_variables_are_typed(name: str) -> None:
    """Each has a type that says more than any, which our own parser reads, and an ordered block."""
    for label, body in _declared(f"{name}/variables.tf", "variable"):
        kind = body["type"].removeprefix("${").removesuffix("}")
        assert "any" not in str(parse_type(kind)), label
        keys = [key for key in body if key in ORDER]
        assert keys == sorted(keys, key=ORDER.index), label


@pytest.mark.parametrize("name", NAMES)
def test_the_common_interface(name: str) -> None:
    """What roots may count on, whatever the runtime."""
    variables = dict(_labels(name, "variable"))
    assert {key: "default" not in variables[key] for key in INPUTS} == INPUTS
    assert {label for label, _ in _labels(name, "output")} >= OUTPUTS


@pytest.mark.parametrize("name", NAMES)
def test_validations_speak_in_sentences(name: str) -> None:
    """A message begins with a capital letter or an input, and ends with a full stop."""
    variables = _labels(name, "variable")
    messages = [
        validation["error_message"]
        for _, body in variables
        for validation in body.get("validation", ())
    ]
    assert messages
    inputs = "|".join(label for label, _ in variables)
    for message in messages:
        assert re.match(rf"[A-Z0-9]|\$\{{|(?:{inputs})\b", message), message
        assert message.endswith("."), message


@pytest.mark.parametrize("name", NAMES)
def test_every_variable_is_used(name: str) -> None:
    """No input is accepted and ignored: each is used beyond its own validations."""
    rest = "".join(_text(f) for f in _tf_files(name) if not f.endswith("/variables.tf"))
    unused = [
        label
        for label, _ in _labels(name, "variable")
        if not re.search(rf"\bvar\.{re.escape(label)}\b", rest)
    ]
    assert unused == []


@pytest.mark.parametrize("name", NAMES)
def test_every_local_and_data_source_is_used(name: str) -> None:
    """Nothing is left over."""
    texts = "".join(_text(file) for file in _tf_files(name))
    blocks = [block for file in _tf_files(name) for block in _parsed(file).get("locals", ())]
    names = sorted({key for block in blocks for key in block} - META)
    unused = [key for key in names if not re.search(rf"\blocal\.{re.escape(key)}\b", texts)]
    for kind, body in _labels(name, "data"):
        unused += [kind for label in set(body) - META if f"data.{kind}.{label}" not in texts]
    assert unused == []


@pytest.mark.parametrize("name", NAMES)
def test_resources_are_named_in_one_way(name: str) -> None:
    """The main ones are `this`; others carry a word for what they are for, not their type again."""
    found = resources(_files(name))
    assert [kind for kind, label, file, _ in found if label == "this" and file == "main.tf"]
    for kind, label, _, _ in found:
        assert re.fullmatch(r"[a-z][a-z0-9_]*", label)
        assert not set(label.split("_")) & set(kind.split("_")[1:]) or label == "this", (
            kind,
            label,
        )


def _files(name: str) -> dict[str, bytes]:
    return {os.path.basename(file): _text(file).encode() for file in _tf_files(name)}


@pytest.mark.parametrize("name", NAMES)
def test_every_taggable_resource_gets_the_tags(name: str) -> None:
    """What can be tagged, by the providers' schemas, is given all tags."""
    bodies = {
        f"{kind}.{label}": body
        for kind, labels in _labels(name, "resource")
        for label, body in labels.items()
        if isinstance(body, dict)
    }
    for kind, label, _, attribute in resources(_files(name)):
        if attribute:
            value = str(_nested(bodies[f"{kind}.{label}"], attribute))
            assert re.search(
                r"var\.tags|local\.\w*(tags|labels)", value
            ), f"{kind}.{label}: {value}"


def _nested(body: dict[str, Any], path: str) -> Any:
    """An attribute of a resource, or of the one block of its in a dotted path."""
    outer, _, inner = path.rpartition(".")
    (block,) = body.get(outer, [{}]) if outer else [body]
    return block.get(inner, "")


@pytest.mark.parametrize("name", NAMES)
def test_a_module_configures_nothing(name: str) -> None:
    """Providers and backends are the root's; versions are bounds, which roots narrow."""
    assert [file for file in _tf_files(name) if _parsed(file).get("provider")] == []
    (terraform,) = _parsed(f"{name}/versions.tf")["terraform"]
    assert [file for file in _tf_files(name) if _parsed(file).get("terraform")] == [
        f"{name}/versions.tf"
    ]
    assert set(terraform) - META == {"required_version", "required_providers"}
    (providers,) = terraform["required_providers"]
    needed = {p: v for p, v in providers.items() if p not in META}
    versions = [v["version"].strip('"') for v in needed.values()]
    assert re.fullmatch(r">= \d+(\.\d+){1,2}", terraform["required_version"])
    for version in versions:
        assert re.fullmatch(r">= \d+(\.\d+){1,2}(, < \d+\.0)?", version), version
    assert set(needed) == _providers_of(name)


def _providers_of(name: str) -> set[str]:
    """What a module needs: the providers of its resources, and of modules that it calls."""
    used = {kind.split("_")[0] for kind, *_ in resources(_files(name))}
    for _, body in _labels(name, "module"):
        used |= _providers_of(os.path.basename(body["source"]))
    # terraform_data is a resource of Terraform itself.
    return used - {"terraform"}


@pytest.mark.parametrize("name", NAMES)
def test_nothing_depends_on_a_clock_or_chance(name: str) -> None:
    """A second plan is empty: no timestamp, no uuid, no random resource."""
    for file in _tf_files(name):
        assert not re.search(
            r"\b(timestamp|plantimestamp|uuid|bcrypt)\(|\brandom_", _text(file)
        ), file


@pytest.mark.terraform
def test_modules_are_formatted(terraform: Run) -> None:
    """`terraform fmt` changes nothing."""
    checked = terraform(MODULES, "fmt", "-check", "-diff", "-recursive")
    assert (checked.returncode, checked.stdout) == (0, "")

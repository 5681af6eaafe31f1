"""Outputs into placeholders: the file says what it is meant to, and is else the same."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.errors import InputError
from generator.resolve.outputs_file import outputs_of
from generator.resolve.resolve import resolve
from generator.text.characters import composed
from generator.yaml.load import load_yaml
from generator.yaml.write import scalar

JOB = "jobs/acme/orders.yaml"


def _filled(text: str, values: dict[str, Any], **options: Any) -> str:
    data = resolve(text.encode(), JOB, outputs_of(json.dumps(values).encode(), "o"), **options).data
    return data.decode()


def _problems(text: str, outputs: bytes | dict[str, Any]) -> list[tuple[str, str]]:
    data = outputs if isinstance(outputs, bytes) else json.dumps(outputs).encode()
    with pytest.raises(InputError) as caught:
        resolve(text.encode(), JOB, outputs_of(data, "outputs.json"))
    return [(problem.message, problem.hint) for problem in caught.value.problems]


X = "{{terraform_outputs.x}}"


@pytest.mark.parametrize(
    ("before", "value", "after"),
    [
        (f'a: "{X}" # why', "v", 'a: "v" # why'),
        (f"a: '{X}'", "it's", "a: 'it''s'"),
        (f'a: "{X}"', 'q"\\', 'a: "q\\"\\\\"'),
        (f"a: '{X}'", "two\nlines", 'a: "two\\nlines"'),
        (f'a: "{X}"', 12, "a: 12"),
        (f'a: "{X}"', "12", 'a: "12"'),
        (f'a: "{X}"', True, "a: true"),
        (f'a: "{X}"', 0.5, "a: 0.5"),
        (f'a: "{X}"', ["b", "c d", 1], 'a: [b, "c d", 1]'),
        (f'a: "{X}"', {"k": ["v"], "m": None}, "a: {k: [v], m: null}"),
        (f'a: "{X}"', [], "a: []"),
        (f'a: ["{X}", b]', ["c"], "a: [[c], b]"),
        (f'a: "pre-{X}-{X}"', "v", 'a: "pre-v-v"'),
        (f"a: pre-{X}", "v", "a: pre-v"),
        (f"a: pre-{X}", "arn:aws:x", "a: pre-arn:aws:x"),
        (f"a: pre-{X} # c", "v: #w", 'a: "pre-v: #w" # c'),
        (f'a: "n {X}"', 12, 'a: "n 12"'),
        ('a: "{{ terraform_outputs.x }}"', "v", 'a: "v"'),
        ('a: "\\x7b{terraform_outputs.x}}"', "v", 'a: "v"'),
        ('a: "b {{\n  terraform_outputs.x}}"', "v", 'a: "b v"'),
        (f'a: &n "{X}"\nb: *n', "v", 'a: &n "v"\nb: *n'),
        (f'a: !!str "{X}"', "v", 'a: !!str "v"'),
        (f"a: |\n  b\n  {X}\n# c\nd: 1", "v", "a: |\n  b\n  v\n# c\nd: 1"),
        (f"a: |\n  b {X}\n", "v\nw", "a: |\n  b v\n  w\n"),
        (f"a: >- # why\n  b\n  {X}\n", "v\nw", 'a: "b v\\nw" # why\n'),
        (f"# {X}\na: 1\n", "v", f"# {X}\na: 1\n"),
    ],
)
def test_each_way_to_write_it(before: str, value: Any, after: str) -> None:
    """Quotes, comments, blocks and anchors stay; what a style cannot hold is put in quotes."""
    assert _filled(before, {"x": value}) == after


def test_the_rest_stays_to_the_byte() -> None:
    """Byte order mark, Windows' line ends, odd spacing and order are the user's."""
    before = f'\ufeffb:   2\r\n\r\n"a" : "{X}"   # c\r\nlast: [ 1,2 ]'
    assert _filled(before, {"x": "v"}) == before.replace(X, "v")


_STYLES = {
    "double": 'a: "%s"\n',
    "single": "a: '%s'\n",
    "plain": "a: p%s\n",
    "flow": "a: [b, 'x%s', {c: \"p%s\"}]\n",
    "literal": "a: |\n  first\n  %s\nb: c\n",
    "literal first": "a: |\n  %s\n\n  more\nb: c\n",
    "folded": "a: >\n  first\n  %s\n\n  more\nb: c\n",
    "stripped": "- a: |-\n    %s\n  b: c\n",
}
_TEXT = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
    st.text("ab '\"\\:#\n\t-{}[],&*!|>%@`\r$", max_size=12),
).map(
    composed
)  # as Terraform has every string


@given(st.sampled_from(sorted(_STYLES)), st.lists(_TEXT, min_size=1, max_size=3))
def test_any_text_in_any_style(style: str, texts: list[str]) -> None:
    """Whatever an output holds, the file reads as if it had been put into the value itself."""
    values = {f"o{number}": text for number, text in enumerate(texts)}
    written = "-".join(X.replace(".x", f".{name}") for name in values)
    before = _STYLES[style].replace("%s", written)
    after = _filled(before, values)

    def put_in(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: put_in(item) for key, item in value.items()}
        if isinstance(value, list):
            return [put_in(item) for item in value]
        if isinstance(value, str):
            return composed(value.replace(written, "-".join(texts)))
        return value

    assert load_yaml(after.encode(), JOB) == put_in(load_yaml(before.encode(), JOB))


_DATA = st.recursive(
    st.one_of(st.booleans(), st.integers(), st.floats(-1e12, 1e12, allow_subnormal=False), _TEXT),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_TEXT, inner, max_size=3),
    max_leaves=8,
)


@given(_DATA)
def test_any_value_alone(value: Any) -> None:
    """A placeholder that stands alone becomes the output itself, as YAML and not as other text."""

    def as_read(item: Any) -> Any:
        if isinstance(item, dict):
            return {key: as_read(one) for key, one in item.items()}
        if isinstance(item, list):
            return [as_read(one) for one in item]
        return item if isinstance(item, str) else scalar(item)

    after = _filled(f"a:\n  - \"{X}\"\n  - {{b: '{X}'}}\n", {"x": value})
    assert load_yaml(after.encode(), JOB) == {"a": [as_read(value), {"b": as_read(value)}]}


def test_terraforms_form_and_a_plain_map_are_the_same() -> None:
    """``terraform output -json`` describes each output; a script may list values only."""
    text = f'a: "{X}"\n'
    described = {"x": {"value": {"value": 1}, "type": "string", "sensitive": False}}
    assert _filled(text, described) == "a: {value: 1}\n"
    assert _filled(text, {"x": {"value": 1}}) == "a: 1\n"
    assert _filled(text, {"x": {"value": 1}, "y": 2}) == "a: {value: 1}\n"


def test_json_in_other_encodings() -> None:
    """PowerShell writes UTF-16 with a byte order mark."""
    for encoding in ("utf-8-sig", "utf-16", "utf-32"):
        assert outputs_of('{"x": "é"}'.encode(encoding), "o")["x"].value == "é"


def test_sensitive_only_when_asked_for() -> None:
    """A sensitive output is refused without a word of its value, also beside plain values."""
    outputs = {"x": {"value": "hunter2", "sensitive": True}, "y": "plain"}
    text = f'a: "{X}"\n'
    (problem,) = _problems(text, outputs)
    assert "is sensitive" in problem[0] and "--allow-sensitive" in problem[1]
    assert "hunter2" not in str(problem)
    assert _filled(text, outputs, allow_sensitive=True) == 'a: "hunter2"\n'


@pytest.mark.parametrize(
    ("text", "outputs", "message", "hint"),
    [
        (f'a: "{X}"', {"y": 1}, 'no output "x"', "there are: y"),
        ('a: "{{terraform_outputs.cluster_nam}}"', {"cluster_name": 1}, "no output", "cluster_nam"),
        (f'a: "{X}"', {}, 'no output "x"', "apply the root first"),
        (f'a: "{X}"', {"x": None}, 'output "x" is null', "apply again"),
        (f'a: "b{X}"', {"x": ["c"]}, "is a list and cannot be part", "stand alone"),
        (f'a: "b{X}"', {"x": {}}, "is a mapping and cannot be part", "stand alone"),
        ('a: "{{terraform_outputs.x}"', {"x": 1}, "is not a placeholder", "quoted"),
        ('a: "{{terraform_outputs.x.y}}"', {"x": 1}, "is not a placeholder", "quoted"),
        (f'"{X}": 1', {"x": 1}, "cannot be a key", ""),
        (f'a: !!str "{X}"', {"x": [1]}, "cannot be filled in", ""),
        ("a: {{terraform_outputs.x}}", {"x": 1}, "a key must be plain text", "quotes"),
    ],
)
def test_what_cannot_be_filled_in(
    text: str, outputs: dict[str, Any], message: str, hint: str
) -> None:
    """Each fault is told with the way out."""
    found = _problems(text, outputs)
    assert message in found[0][0] and hint in found[0][1]


def test_every_fault_at_once_at_its_place() -> None:
    """All faults are told together, each at its own keys."""
    text = f'a: {{b: "{X}"}}\nc: ["{X}", "{{{{terraform_outputs.z}}}}"]\n'
    with pytest.raises(InputError) as caught:
        resolve(text.encode(), JOB, {})
    locations = [problem.location.path for problem in caught.value.problems if problem.location]
    assert locations == [("a", "b"), ("c", 0), ("c", 1)]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b'{"x": 1,}', "not JSON"),
        (b"", "empty"),
        (b"\xff\xfe\xff", "not UTF-8"),
        (b'["x"]', "must be a JSON object"),
        (b'{"x": 1, "x": 2}', '"x" stands twice'),
        (b'{"x": NaN}', "NaN is no number"),
        (b'{"x": 1e99999}', "out of range"),
        (b'{"x": "\\ud800"}', "half a UTF-16 pair"),
        (b"[" * 100_000, "nested too deep"),
        (b'{"x": ' + b"9" * 5000 + b"}", "cannot be used"),
    ],
)
def test_outputs_that_cannot_be_read(data: bytes, message: str) -> None:
    """An outputs file that is not what it should be is one error."""
    with pytest.raises(InputError) as caught:
        outputs_of(data, "outputs.json")
    assert message in caught.value.problems[0].message


def test_wrapper_of_a_pipeline_is_recognised() -> None:
    """setup-terraform's wrapper prints lines of its own before the JSON."""
    with pytest.raises(InputError) as caught:
        outputs_of(b"[command]/usr/bin/terraform output -json\n{}", "outputs.json")
    assert "terraform_wrapper: false" in caught.value.problems[0].hint


def test_other_environments_are_left_alone() -> None:
    """With an environment, what stands below another one waits for that one's outputs."""
    text = f'a: "{X}"\nenvironments:\n  dev: {{b: "{X}"}}\n  prod: {{b: "{X}"}}\n'
    after = f'a: "v"\nenvironments:\n  dev: {{b: "v"}}\n  prod: {{b: "{X}"}}\n'
    assert _filled(text, {"x": "v"}, environment="dev") == after

"""Older job files in an editor: read as the loader reads them, and marked as older."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest

from generator.dialects.keys import children, sections
from generator.dialects.names import NAMES, TOOLS
from generator.dialects.spellings import SPELLINGS, Spelling
from generator.errors import InputError
from generator.job.load import load
from generator.job.project import open_project
from generator.json_schema.older import node_at
from generator.json_schema.schemas import schema
from generator.plan.runtimes.table import TYPES
from tests.schemas.documents import committed, faults, put, yaml
from tests.schemas.test_agreement import SAMPLES

JOB: dict[str, Any] = {
    "tenant_id": "acme",
    "environment": "prod",
    "name": "job",
    "infrastructure": {
        "provider": "aws",
        "region": "us-east-1",
        "runtime": {"type": "ecs_fargate"},
        "terraform": {"module": {"source": "git::https://example.com/a.git"}},
    },
}
# What depends on other values, on meaning or on the tables of a cloud; no schema can say it.
ONLY_THE_LOADER = {"conflict", "ambiguous", "placeholder", "no-effect", "missing-key"}
# What the loader passes on to a later stage, which the schema follows, or drops with a warning.
LATER = ("runtime.type", "tags", "tags.terraform_workspace", "terraform.backend") + (
    "kubernetes.namespace",
)
BY_NAME = pytest.mark.parametrize("spelling", SPELLINGS, ids=lambda spelling: spelling.written)


def _definitions() -> dict[str, Any]:
    definitions: dict[str, Any] = committed("job")["definitions"]
    return definitions


def _job(spelling: Spelling, value: str) -> str:
    """A job with this spelling, and without the canonical one of the same."""
    base = copy.deepcopy(JOB)
    block = base["infrastructure"]
    canonical = tuple(spelling.canonical.split("."))
    if canonical[:2] == ("terraform", "module") and canonical[-1] == "source":
        del block["terraform"]
    elif canonical in (("provider",), ("region",)):
        del block[canonical[0]]
    elif canonical == ("runtime", "type"):
        del block["runtime"]
    return yaml(put(base, ("infrastructure", *spelling.written.split(".")), value))


def _codes(folder: Path, text: str) -> list[tuple[str, str]]:
    """The code and message of each fault that the loader finds."""
    (folder / "dativo.yaml").write_text("", encoding="utf-8")
    (folder / "job.yaml").write_text(text, encoding="utf-8")
    try:
        load(open_project(str(folder)), "job.yaml")
    except InputError as error:
        return [(p.code, p.message) for p in error.problems if p.severity == "error"]
    return []


@BY_NAME
def test_every_spelling_is_marked(spelling: Spelling) -> None:
    """Every row of the tables stands in the schema, struck through, with what it is today."""
    node = node_at(_definitions(), tuple(spelling.written.split(".")))
    if "deprecated" not in node:  # tags.custom, which is a tag where it is text
        node = next(option for option in node["anyOf"] if "deprecated" in option)
    assert node["deprecated"] is True
    assert node["deprecationMessage"] == node["description"]
    assert spelling.says in node["description"]
    if spelling.canonical[0] != "*":
        today = spelling.canonical.lstrip("/")
        assert node["description"].startswith(f"Older spelling of `{today}`")


def test_nothing_else_is_added() -> None:
    """In each mapping an editor knows the keys that the loader knows, no others."""
    for at, known in children().items():
        node = node_at(_definitions(), at) if at else _definitions()["Infrastructure"]
        for option in node.get("allOf", ()):
            node = _definitions()[option["$ref"].rsplit("/", 1)[1]] if "$ref" in option else node
        node = _definitions()[node["$ref"].rsplit("/", 1)[1]] if "$ref" in node else node
        offered = {key for key in node["properties"] if key in known or at in sections()}
        assert offered == known, at
        assert at not in sections() or node["additionalProperties"] is False


@BY_NAME
def test_schema_and_loader_agree_on_every_spelling(spelling: Spelling, tmp_path: Path) -> None:
    """Each older key takes the same values in an editor and in a run."""
    for sample in SAMPLES:
        text = _job(spelling, sample)
        found, told = faults("job", text), _codes(tmp_path, text)
        if told and not found and _needs_more_than_shape(spelling, sample, told):
            continue
        if found and not told and _is_later(spelling, sample):
            continue
        assert bool(found) == bool(told), f"{text}\nschema: {found}\nloader: {told}"


def _is_later(spelling: Spelling, sample: str) -> bool:
    """A list of sizes, and no name for a namespace that makes nothing, are slips all the same."""
    odd = spelling.canonical.startswith("*") and sample[0] in "[{"
    return odd or spelling.canonical in LATER


def _needs_more_than_shape(spelling: Spelling, sample: str, told: list[tuple[str, str]]) -> bool:
    if all(code in ONLY_THE_LOADER for code, _ in told):
        return True
    # Numbers in quotes, and those that YAML 1.2 reads as text, are beyond a schema's limits.
    is_text = sample[0] in "'\"" or sample in ("1_000", "0090")
    return spelling.canonical == "runtime.cpu" or (is_text and "must be at" in told[0][1])


@pytest.mark.parametrize("path", sorted(at for at in children() if at), ids=".".join)
def test_a_key_that_no_dialect_has_is_refused(path: tuple[str, ...], tmp_path: Path) -> None:
    """A misspelling is one in an older section too, unless the mapping is open to any key."""
    text = yaml(
        put({**JOB, "infrastructure": {"provider": "aws"}}, ("infrastructure", *path), "{}")
    )
    typo = yaml(put(JOB, ("infrastructure", *path, "no_such_key"), "text"))
    assert not faults("job", text) or path in (("terraform", "module"),)
    is_open = path in (("tags",), ("terraform", "backend"), ("terraform", "variables"))
    assert bool(faults("job", typo)) is not is_open
    assert is_open or any(code == "unknown-key" for code, _ in _codes(tmp_path, typo))


def test_only_jobs_have_older_spellings() -> None:
    """The defaults in dativo.yaml are canonical."""
    assert "deprecated" not in str(schema("settings"))
    assert faults("settings", "defaults: {infrastructure: {runtime: {platform: ecs}}}")
    assert faults("settings", "defaults: {infrastructure: {runtime: {type: ecs}}}")


def test_former_names_are_taken_and_not_offered() -> None:
    """Each former name of a runtime that there is, and each tool, is taken and marked as older.

    Editors complete from `enum` and `const`, so a former name stands in a pattern only.
    """
    for path, names in (
        (("runtime", "type"), {name for name, (_, today) in NAMES.items() if today in TYPES}),
        (("provider",), set(TOOLS)),
    ):
        node = node_at(_definitions(), path)
        (older,) = [option for option in node["anyOf"] if "deprecated" in option]
        known = set(older["pattern"].removeprefix("^(?:").removesuffix(")$").split("|"))
        assert names <= known <= names | {"dagster", "airflow"}
    assert not names_offered(schema("job"), "runtime.type") & {"ecs", "cloud_run", "dagster"}


def names_offered(node: object, path: str) -> set[str]:
    """What an editor offers at a path, wherever in the schema it is described."""
    found: set[str] = set()
    if isinstance(node, dict):
        inner = node.get("properties", {})
        head, _, rest = path.partition(".")
        if isinstance(inner, dict) and head in inner:
            found |= names_offered(inner[head], rest) if rest else _words(inner[head])
        for key, item in node.items():
            found |= set() if key == "if" else names_offered(item, path)  # asks, offers nothing
    elif isinstance(node, list):
        for item in node:
            found |= names_offered(item, path)
    return found


def _words(node: object) -> set[str]:
    if isinstance(node, list):
        return {word for item in node for word in _words(item)}
    if not isinstance(node, dict):
        return set()
    own = {
        str(word) for word in (*node.get("enum", ()), *([node["const"]] if "const" in node else ()))
    }
    return own | {word for item in node.values() for word in _words(item)}


def test_known_tags_are_offered() -> None:
    """Below `tags:` editors offer each known tag with what it says; any other is taken, too."""
    tags = node_at(_definitions(), ("tags",))["properties"]

    assert {"cost_center", "owner", "team", "retention_days"} <= tags.keys()
    assert tags["cost_center"]["description"].endswith(".")
    assert not {"tenant_id", "environment", "job_name"} & tags.keys()


@pytest.mark.parametrize(
    ("provider", "runtime", "fits"),
    [("aws", "ecs", True), ("aws", "gcp_cloud_run", False), ("gcp", "cloud-run", True)]
    + [("gcp", "fargate", False), ("azure", "dagster", True), ("terraform", "ecs", True)]
    + [("aws", "glue", False)],
)
@pytest.mark.parametrize("spelt", ["runtime: {{type: {}}}", "runtime: {{platform: {}}}"])
def test_former_names_are_those_of_a_cloud(
    provider: str, runtime: str, fits: bool, spelt: str
) -> None:
    """A former name of another cloud's runtime is refused, whatever the key."""
    block = f"{{provider: {provider}, {spelt.format(runtime)}}}"
    found = faults("job", f"tenant_id: acme\nenvironment: prod\ninfrastructure: {block}\n")
    assert bool(found) is not fits


def test_cpu_counts_vcpus_today() -> None:
    """1024 is vCPUs under a name of today, and 1024ths under a former one."""
    block = "tenant_id: a\ninfrastructure: {{provider: aws, runtime: {{type: {}, cpu: 1024}}}}\n"
    assert faults("job", block.format("ecs_fargate"))
    assert faults("job", block.format("aws_fargate")) == []


def test_outputs_of_older_files_are_a_mapping(tmp_path: Path) -> None:
    """`terraform.outputs` maps an output to its place in the job; anything else is refused."""
    for target, fits in (("resource_identifiers.cluster", True), ("storage.data_bucket", False)):
        text = yaml(put(JOB, ("infrastructure", "terraform", "outputs"), f"{{name: {target}}}"))
        assert bool(faults("job", text)) is not fits
        assert bool(_codes(tmp_path, text)) is not fits


def test_what_is_beside_the_block_today_differs_in_no_environment(tmp_path: Path) -> None:
    """Both refuse in an environment what is one for all."""
    overlay = "{dev: {infrastructure: {dagster: {repository: etl}}}}"
    text = f"tenant_id: a\nenvironments: {overlay}\ninfrastructure: {{provider: aws}}\n"
    assert faults("job", text)
    assert _codes(tmp_path, text)

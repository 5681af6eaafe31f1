"""Older job files in the canonical form: the same job, every comment, nothing else touched."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from generator.dialects import Translation, to_canonical
from generator.errors import InputError
from generator.migrate.migrate import migrate
from generator.yaml.load import load_yaml
from tests.dialects.projects import CASES, FILES

OLDER = """\
# Billing's customers, nightly.
tenant_id: acme
environment: "prod"          # one of three
asset: stripe_customers

# Where it runs
infrastructure:   # ours
  provider: aws
  # what it runs on
  runtime:
    type: ecs   # Fargate
    cluster_name: 'etl'

  # how large
  compute:    # sized in March
    cpu: "2048"   # two
    memory: "4096"
    max_runtime_seconds: 3600
  networking:
    vpc_id: vpc-0a1b2c3d4e5f60718
    # one in each zone
    subnet_ids:
    - subnet-0a1b2c3d4e5f60718   # a
    - subnet-0b1c2d3e4f5061728
    private_networking: true
  region: us-east-1
  tags: {Team: data-engineering,   # who
         note: "a # b"}
  terraform:
    backend_config: {bucket: b, key: k.tfstate, region: us-east-1, dynamodb_table: l}   # shared
    # the end of it

# After the block
notes: |
  # not a comment
  text
"""
CANONICAL = """\
# Billing's customers, nightly.
tenant_id: acme
environment: "prod"          # one of three
asset: stripe_customers

# Where it runs
infrastructure:   # ours
  provider: aws
  # what it runs on
  runtime:
    type: ecs_fargate   # Fargate
    cluster_name: 'etl'
    # how large
    # sized in March
    cpu: 2   # two
    memory: "4096"
    timeout_seconds: 3600
  network:
    vpc_id: vpc-0a1b2c3d4e5f60718
    # one in each zone
    subnet_ids:
    - subnet-0a1b2c3d4e5f60718   # a
    - subnet-0b1c2d3e4f5061728
    private: true
  region: us-east-1
  tags: {Team: data-engineering,   # who
         note: "a # b"}
  terraform:
    backend:   # shared
      type: s3
      bucket: b
      key: k.tfstate
      region: us-east-1
      dynamodb_table: l
    # the end of it

# After the block
notes: |
  # not a comment
  text
"""


def _migrated(text: str) -> str:
    return migrate(text.encode(), "job.yaml").data.decode()


def test_everything_stays_with_its_value() -> None:
    """Comments go where their values go; what says the same keeps its bytes."""
    assert _migrated(OLDER) == CANONICAL


def test_canonical_file_keeps_its_bytes() -> None:
    """Where there is nothing to do, nothing is done, odd as the file may look."""
    for text in (CANONICAL, "a:   1\r\n\n\n#c", "", "- a list\n", "infrastructure:\n"):
        assert _migrated(text) == text


@pytest.mark.parametrize("key", ["cafe\u0301", "~", '"a b"'])
def test_keys_that_are_read_as_another_text_stay_as_they_are(key: str) -> None:
    """A key with a decomposed accent, a null and a quoted one are found, and keep their bytes."""
    line = f"{key}: [1, 2]  # kept\n"
    assert line in _migrated(line + OLDER)


def test_windows_line_ends_and_byte_order_mark() -> None:
    """Line ends and byte order mark are the user's."""
    before = "\ufeff" + OLDER.replace("\n", "\r\n")
    assert _migrated(before) == "\ufeff" + CANONICAL.replace("\n", "\r\n")


def test_file_in_brackets() -> None:
    """A file that is one flow mapping, such as JSON, is written in block style."""
    before = '{"tenant_id": "acme", "environment": "prod", "infrastructure": '
    before += '{"provider": "aws", "runtime": {"type": "ecs"}, "compute": {"cpu": "1024"}}}'
    after = _migrated(before)
    assert load_yaml(after.encode(), "x")["infrastructure"] == {
        "provider": "aws",
        "runtime": {"type": "ecs_fargate", "cpu": "1"},
    }


def test_environments_are_rewritten_too() -> None:
    """What an environment says otherwise is brought to the canonical form as well."""
    before = OLDER + "environments:\n  dev:\n    # less\n    infrastructure:\n"
    before += "      compute: {cpu: 256}   # small\n  prod: {}\n"
    after = _migrated(before)
    assert "  dev:\n    # less\n    infrastructure:\n      runtime:" in after
    assert after.count("# small") == 1


_LINES = OLDER.partition("notes:")[0].splitlines()


@given(
    st.lists(
        st.tuples(st.integers(0, len(_LINES) - 1), st.integers(0, 8), st.booleans()), max_size=6
    )
)
def test_no_comment_is_lost(locations: list[tuple[int, int, bool]]) -> None:
    """Wherever comments stand, each is there afterwards, once, and the job is the same."""
    lines = list(_LINES)
    for number, (line, indent, behind) in enumerate(locations):
        if behind:
            lines[line] += f" # added {number}"
        else:
            lines[line] = " " * indent + f"# added {number}\n" + lines[line]
    before = "\n".join(lines) + "\n"
    after = _migrated(before)
    assert _comments(after.encode()) == _comments(before.encode())
    assert load_yaml(after.encode(), "x") == load_yaml(
        CANONICAL.partition("notes:")[0].encode(), "x"
    )


def test_anchor_that_others_need_is_refused() -> None:
    """A file that could not be written so that it says the same is refused, not spoilt."""
    before = OLDER.replace("compute:    # sized in March", "compute: &size")
    with pytest.raises(InputError, match="cannot be rewritten"):
        _migrated(before + "more: *size\n")


@pytest.mark.parametrize("name", FILES)
def test_every_example_says_the_same(name: str) -> None:
    """The new file is canonical, says what the old one said, and keeps every comment."""
    data = (CASES / name).read_bytes()
    document = load_yaml(data, name)
    try:
        translation = to_canonical(document, name)
    except InputError as error:
        with pytest.raises(InputError) as caught:
            migrate(data, name)
        assert caught.value.problems == error.problems
        return
    done = migrate(data, name)
    again = to_canonical(load_yaml(done.data, name), name)
    assert _told(again) == _told(translation)
    assert (again.dialect, again.iac) == ("canonical", translation.iac)
    assert migrate(done.data, name).data == done.data
    assert _comments(done.data) == _comments(data)
    assert YAML(typ="safe", pure=True).load(done.data.decode()) is not None


def _told(translation: Translation) -> dict[str, Any]:
    """The document, with the tool that deploys the job where the canonical form names it."""
    document: dict[str, Any] = dict(translation.document)
    if translation.iac != "terraform":
        document["infrastructure"] = {**document["infrastructure"], "iac": translation.iac}
    return document


def _comments(data: bytes) -> list[str]:
    """The comments of a file whose values hold no number sign after a space."""
    found = re.findall(r"(?:^|(?<= ))# .*?(?= # |$)", data.decode(), re.MULTILINE)
    return sorted(text.strip() for text in found)

"""Exports and states are read resource by resource."""

from __future__ import annotations

import io
import json
import tracemalloc
from collections.abc import Mapping
from typing import Any

import pytest

from generator.audit.formats import resources
from tests.audit.conftest import Cloud


class _Endless(io.BytesIO):
    """An export of some number of resources that is nowhere as a whole."""

    def __init__(self, number: int, before: bytes, entry: str, after: bytes) -> None:
        super().__init__()
        self._left, self._data, self._entry, self._after = number, before, entry, after

    def read(self, size: int | None = -1, /) -> bytes:
        assert size is not None
        while self._left >= 0 and len(self._data) < size:
            entry = self._entry.replace("NUMBER", str(self._left)).encode()
            self._data += entry + (b",\n" if self._left else self._after)
            self._left -= 1
        data, self._data = self._data[:size], self._data[size:]
        return data


_PAGE = (b'{"ResourceTagMappingList": [\n', b"]}")
_STATE = (
    b"""{"format_version": "1.0", "values": {"outputs": {}, "root_module": {"child_modules": [
{"address": "module.a", "resources": []}, {"address": "module.job", "resources": [
""",
    b'], "child_modules": [{"resources": []}]}]}}, "terraform_version": "1.11.4"}',
)
_OF_A_STATE: dict[str, Any] = {
    "mode": "managed",
    "address": "module.job.aws_s3_bucket.this[NUMBER]",
    "type": "aws_s3_bucket",
    "provider_name": "registry.terraform.io/hashicorp/aws",
    "values": {"tags": {"TenantId": "acme"}, "policy": "x" * 900},
}


@pytest.mark.parametrize(
    ("around", "entry"),
    [
        (_PAGE, {"ResourceARN": "arn:aws:s3:::NUMBER", "Tags": [{"Key": "a", "Value": "x" * 900}]}),
        (_STATE, _OF_A_STATE),
    ],
    ids=["page", "state"],
)
def test_memory(around: tuple[bytes, bytes], entry: Mapping[str, Any]) -> None:
    """An export, and a state, takes the memory of a part of it, however large it is."""
    tracemalloc.start()
    number = 0
    for one in resources(_Endless(40_000, around[0], json.dumps(entry), around[1]), "x.json"):
        number += 1
        assert one.cloud == "aws"
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert number == 40_001
    assert most < 16 * 2**20  # of some 40 MB


def test_a_state_is_read_by_module(cloud: Cloud) -> None:
    """Resources of all modules count, each at its line, in any order of keys; data do not."""
    bucket = {**_OF_A_STATE, "values": {"tags": cloud.tags("orders")}}

    def module(number: int, *below: Any, **more: Any) -> Any:
        made = [{**bucket, "address": f"aws_s3_bucket.b{number}", **more}]
        return {"child_modules": [*below], "resources": made}

    root = module(1, module(2, module(3)), module(4, mode="data"), {"address": "module.none"})
    text = json.dumps({"values": {"root_module": root}, "format_version": "1.0"})
    pretty = text.replace('{"mode"', '\n{"mode"')
    with io.BytesIO(pretty.encode()) as stream:
        found = [(one.id, one.line) for one in resources(stream, "x.json")]
    assert found == [
        ("aws_s3_bucket.b3", 2),
        ("aws_s3_bucket.b2", 3),
        ("aws_s3_bucket.b1", 5),
    ]


def test_modules_without_end(cloud: Cloud) -> None:
    """A state that nests deeper than any does is told at its line."""
    deep = '{"child_modules": [' * 5_000
    path = cloud.write("x.json", f'{{"format_version": "1.0", "values": {{"root_module": {deep}')
    done = cloud.repository.run("audit", path)
    assert done.code == 1 and "is nested too deeply" in done.err

"""Speaks to a provider's program as Terraform does: plugin protocol version 5, no TLS.

Source: Terraform's docs/plugin-protocol/tfplugin5.proto, whose field numbers these are;
https://github.com/hashicorp/go-plugin/blob/main/docs/internals.md (handshake).
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import grpc

from generator.rehearsal.protocol import wire
from generator.rehearsal.protocol.dynamic_value import decode, encode
from generator.rehearsal.schema import Block

COOKIE = "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2"
NESTING = {1: "single", 2: "list", 3: "set", 4: "map"}
ERROR = 1


@dataclass(frozen=True, slots=True)
class Planned:
    """The answer to a plan.

    Attributes:
        state: the planned state.
        replaced: whether anything in it makes a new resource.
        errors: what the provider objects to; then the rest is empty.
    """

    state: dict[str, Any]
    replaced: bool
    errors: tuple[str, ...]


class Program:
    """A provider that runs."""

    def __init__(self, channel: grpc.Channel) -> None:
        self.channel = channel

    def _call(self, method: str, request: bytes) -> list[tuple[int, Any]]:
        called = self.channel.unary_unary(f"/tfplugin5.Provider/{method}")
        return list(wire.fields(called(request, timeout=120)))

    def schemas(self, kinds: Sequence[str]) -> dict[str, Block]:
        """The blocks of some resource types, and of the provider itself under the empty name."""
        found: dict[str, Block] = {}
        for number, value in self._call("GetSchema", b""):
            if number == 1:
                found[""] = _block(wire.message(value)[2])
            elif number == 2:
                entry = wire.message(value)
                if (kind := entry[1].decode()) in kinds:
                    found[kind] = _block(wire.message(entry[2])[2])
        return found

    def configure(self, config: dict[str, Any]) -> None:
        """Give the provider its configuration.

        Raises:
            ValueError: it is refused.
        """
        if errors := _errors(1, self._call("Configure", wire.field(2, encode(config)))):
            raise ValueError("; ".join(errors))

    def validate(self, kind: str, config: dict[str, Any]) -> tuple[str, ...]:
        """What the provider objects to in the configuration of a resource."""
        request = wire.text(1, kind) + wire.field(2, encode(config))
        return _errors(1, self._call("ValidateResourceTypeConfig", request))

    def plan(self, kind: str, prior: Any, proposed: Any, config: Any) -> Planned:
        """Plan a change of a resource, or a new one where ``prior`` is None."""
        request = wire.text(1, kind) + b"".join(
            wire.field(number, encode(value))
            for number, value in ((2, prior), (3, proposed), (4, config))
        )
        answer = self._call("PlanResourceChange", request)
        states = [decode(value) for number, value in answer if number == 1]
        replaced = any(number == 2 for number, _ in answer)
        return Planned((states or [None])[0] or {}, replaced, _errors(4, answer))


@contextmanager
def running(file: str) -> Iterator[Program]:
    """Run a provider's program for as long as the context lasts."""
    environment = {**os.environ, "TF_PLUGIN_MAGIC_COOKIE": COOKIE, "PLUGIN_PROTOCOL_VERSIONS": "5"}
    with subprocess.Popen(
        [file], env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        try:
            line = process.stdout.readline() if process.stdout else ""
            _, version, network, address, *_ = line.strip().split("|")
            if version != "5":
                raise ValueError(f"{file} speaks version {version} of the protocol, not 5")
            target = f"unix:{address}" if network == "unix" else address
            options = [("grpc.max_receive_message_length", -1)]
            with grpc.insecure_channel(target, options=options) as channel:
                yield Program(channel)
        finally:
            process.terminate()


def _errors(field: int, answer: list[tuple[int, Any]]) -> tuple[str, ...]:
    found = []
    for number, value in answer:
        said: dict[int, Any] = (
            dict(wire.fields(value)) if number == field and isinstance(value, bytes) else {}
        )
        if said.get(1) == ERROR:
            found.append(": ".join(said[part].decode() for part in (2, 3) if part in said))
    return tuple(found)


def _block(data: bytes) -> Block:
    block: Block = {"attributes": {}, "blocks": {}}
    for number, value in wire.fields(data):
        if number == 2 and isinstance(value, bytes):
            said: dict[int, Any] = dict(wire.fields(value))
            flags = {4: "required", 5: "optional", 6: "computed"}
            block["attributes"][said[1].decode()] = {
                "type": json.loads(said[2]),
                **{flag: True for field, flag in flags.items() if said.get(field)},
            }
        elif number == 3 and isinstance(value, bytes):
            said = dict(wire.fields(value))
            block["blocks"][said[1].decode()] = {
                "nesting": NESTING.get(said.get(3, 0), "list"),
                "min": said.get(4, 0),
                "max": said.get(5, 0),
                "block": _block(said.get(2, b"")),
            }
    return block

"""Answers to the calls of Terraform's plugin protocol, version 6.

Requests and responses are bytes; the numbers are the field numbers of the protocol.
Source: Terraform's docs/plugin-protocol/tfplugin6.proto.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable

from generator.rehearsal.cloud import Cloud, empty
from generator.rehearsal.data_sources.refusals import refuse
from generator.rehearsal.hosts import unreachable
from generator.rehearsal.protocol import wire
from generator.rehearsal.protocol.dynamic_value import decode, encode
from generator.rehearsal.protocol.schema_answer import CAPABILITIES, read_answer
from generator.rehearsal.requirements import unmet
from generator.rehearsal.rules import Problem, check
from generator.rehearsal.schema import CompiledSchema

Handler = Callable[[bytes], bytes]

ERROR = 1


def diagnostics(number: int, problems: Iterable[Problem]) -> bytes:
    """The repeated ``Diagnostic`` field ``number`` of a response."""
    return b"".join(
        wire.field(number, wire.integer(1, ERROR) + wire.text(2, summary) + wire.text(3, detail))
        for summary, detail in problems
    )


def attribute_path(path: Iterable[str | int]) -> bytes:
    """An ``AttributePath``: names, and positions in lists."""
    return b"".join(
        wire.field(
            1,
            (
                wire.text(1, step)
                if isinstance(step, str)
                else wire.varint(3 << 3) + wire.varint(step)
            ),
        )
        for step in path
    )


def kind_of(request: dict[int, bytes]) -> str:
    """Field 1 of most requests: the resource type."""
    return request[1].decode()


class Servicer:
    """One provider: every method takes and returns an encoded message."""

    def __init__(self, name: str, schema: CompiledSchema) -> None:
        self.schema = schema
        self.cloud = Cloud(name, schema)

    def handlers(self) -> dict[str, Handler]:
        """The methods of the service ``tfplugin6.Provider``, by their names there."""
        return {
            "GetMetadata": self.metadata,
            "GetProviderSchema": lambda request: read_answer(self.schema.stem),
            "ValidateProviderConfig": nothing,
            "ValidateResourceConfig": self.validate_resource,
            "ValidateDataResourceConfig": nothing,
            "UpgradeResourceState": self.upgrade,
            "ConfigureProvider": self.configure,
            "ReadResource": self.read,
            "PlanResourceChange": self.plan,
            "ApplyResourceChange": self.apply,
            "ImportResourceState": self.import_state,
            "MoveResourceState": self.move,
            "ReadDataSource": self.read_data,
            "GetFunctions": nothing,
            "StopProvider": nothing,
        }

    def metadata(self, request: bytes) -> bytes:
        """Which types there are."""
        return (
            wire.field(1, CAPABILITIES)
            + b"".join(wire.field(3, wire.text(1, k)) for k in self.schema.kinds("data"))
            + b"".join(wire.field(4, wire.text(1, k)) for k in self.schema.kinds("resource"))
        )

    def validate_resource(self, request: bytes) -> bytes:
        """What is wrong whatever the provider's configuration says; unknowns are passed over."""
        fields = wire.message(request)
        kind, config = kind_of(fields), decode(fields[2]) or {}
        refused = list(unmet(self.schema.block("resource", kind), config))
        return diagnostics(1, refused + check(self.cloud.name, kind, config))

    def refused(self, kind: str, config: bytes) -> list[Problem]:
        """What the API refuses of a configuration, with the tags that the provider adds to it.

        What the make-believe cloud invented is not checked: the real one would know better.
        """
        return check(self.cloud.name, kind, self.cloud.merge_tags(kind, decode(config) or {}))

    def configure(self, request: bytes) -> bytes:
        """Keep the provider's configuration: region, project, default tags."""
        self.cloud.config = decode(wire.message(request)[2]) or {}
        return b""

    def upgrade(self, request: bytes) -> bytes:
        """A stored state as a value; no schema of ours has an older version."""
        raw = wire.message(wire.message(request).get(3, b""))
        return wire.field(1, encode(json.loads(raw[1]) if raw.get(1) else None))

    def read(self, request: bytes) -> bytes:
        """Nothing changes outside Terraform here."""
        fields = wire.message(request)
        if problems := unreachable(self.cloud.name, self.cloud.config):
            return wire.field(1, fields[2]) + diagnostics(2, problems)
        return wire.field(1, fields[2]) + wire.field(3, fields.get(3, b""))

    def plan(self, request: bytes) -> bytes:
        """The planned state, and what the API would refuse of it."""
        fields = wire.message(request)
        kind, proposed = kind_of(fields), decode(fields[3])
        if proposed is None:
            return wire.field(1, fields[3]) + wire.integer(5, True)
        prior = decode(fields[2])
        planned = self.cloud.plan(kind, proposed, prior)
        replaced = self.cloud.replaced_by(kind, prior, planned)
        return (
            wire.field(1, encode(planned))
            + b"".join(wire.field(2, attribute_path(path)) for path in replaced)
            + diagnostics(4, self.refused(kind, fields[4]))
            + wire.integer(5, True)
        )

    def apply(self, request: bytes) -> bytes:
        """The new state, or the prior one and what the API refuses."""
        fields = wire.message(request)
        kind, planned = kind_of(fields), decode(fields[3])
        if problems := unreachable(self.cloud.name, self.cloud.config):
            return wire.field(1, fields[2]) + diagnostics(3, problems) + wire.integer(4, True)
        if planned is None:
            return wire.field(1, fields[3]) + wire.integer(4, True)
        planned = self.cloud.merge_tags(kind, planned)
        if problems := self.refused(kind, fields[4]):
            return wire.field(1, fields[2]) + diagnostics(3, problems) + wire.integer(4, True)
        state = self.cloud.apply(kind, planned, decode(fields[4]))
        return wire.field(1, encode(state)) + wire.integer(4, True)

    def import_state(self, request: bytes) -> bytes:
        """A state that knows its id and nothing else."""
        fields = wire.message(request)
        state = empty(self.schema.block("resource", kind_of(fields)))
        if "id" in state:
            state["id"] = fields[2].decode()
        return wire.field(1, wire.field(1, fields[1]) + wire.field(2, encode(state)))

    def move(self, request: bytes) -> bytes:
        """No resource type of ours takes over another's state."""
        return diagnostics(2, [("Move not supported", "A resource cannot change its type here.")])

    def read_data(self, request: bytes) -> bytes:
        """What a data source answers, or what is no name of such a thing."""
        fields = wire.message(request)
        kind, config = kind_of(fields), decode(fields[2])
        problems = unreachable(self.cloud.name, self.cloud.config)
        if problems := problems or refuse(kind, config, self.cloud.config):
            return diagnostics(2, problems)
        return wire.field(1, encode(self.cloud.read_data(kind, config)))


def nothing(request: bytes) -> bytes:
    """An empty response: no objections."""
    return b""

"""The policies that come with dativo: what each takes. All of them are off until named."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    GetJsonSchemaHandler,
    PositiveFloat,
    PositiveInt,
)
from pydantic_core import CoreSchema, PydanticCustomError

from generator.model.fields import MemoryMib, Model, Text, Texts
from generator.model.when import Conditions, Severity
from generator.text.patterns import lazy

_CLOCK = lazy(r"([01][0-9]|2[0-3]):([0-5][0-9])")
_Some = Annotated[Texts, Field(min_length=1)]


def _clock(text: str) -> str:
    if not _CLOCK.fullmatch(text):
        raise PydanticCustomError("clock", "is no time of a day such as 08:30")
    return text


_Clock = Annotated[Text, AfterValidator(_clock)]


class ReadyPolicy(Model):
    """How much it weighs, and for which jobs it is; a severity alone will do."""

    severity: Severity = Field("error", description="error, warning or note; off is none at all.")
    when: Conditions | None = Field(
        None, description="The jobs that it is for, of those that it is about; all without it."
    )
    message: Text | None = Field(None, description="What is told in place of its own sentence.")


class OfClasses(ReadyPolicy):
    """About data of some classes."""

    classes: _Some = Field(("PII",), description="Of the data, or of one of its fields.")


class OfEnvironments(ReadyPolicy):
    """About some environments."""

    environments: _Some = Field(("prod",), description="Environments that it is about.")


class AtMostDays(ReadyPolicy):
    """About a number of days."""

    days: PositiveInt = Field(description="Days at most.")


class AtLeastDays(ReadyPolicy):
    """About a number of days."""

    days: PositiveInt = Field(description="Days at least.")


class AtMostSeconds(ReadyPolicy):
    """About a time that a run may take."""

    seconds: PositiveInt = Field(description="Seconds at most.")


class AtMostVcpu(ReadyPolicy):
    """About the processors of all copies."""

    vcpu: PositiveFloat = Field(description="vCPUs at most, of all copies together.")


class AtMostMemory(ReadyPolicy):
    """About the memory of all copies."""

    memory: MemoryMib = Field(description="Memory at most, of all copies together: 64Gi.")


class Registries(ReadyPolicy):
    """About where images come from."""

    registries: _Some = Field(
        description="Patterns of images without tag and digest; * is any text without /, ** any."
    )


class Regions(ReadyPolicy):
    """About where jobs run."""

    regions: _Some = Field(description="Regions that jobs may run in.")


class SecretReferences(ReadyPolicy):
    """About where secrets are kept."""

    references: _Some = Field(
        description="Patterns of references; * is any text without / and :, ** any; may hold "
        "${TENANT_ID}, ${ENVIRONMENT} and ${JOB_NAME}."
    )


class Window(ReadyPolicy):
    """About the hours in which runs start, in the time zone of each schedule."""

    start: _Clock = Field(alias="from", description="Start of the window, such as 08:00.")
    end: _Clock = Field(alias="to", description="Its end, such as 18:00; may be on the next day.")
    days: tuple[Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"], ...] | None = Field(
        None, description="Days on which a window begins; each without it."
    )


class Addresses(ReadyPolicy):
    """About what an owner looks like."""

    domains: _Some | None = Field(None, description="Domains of the addresses; any without it.")


def _severity_alone(value: Any) -> Any:
    """``off`` stands for no policy, a severity for a policy with nothing else said."""
    if isinstance(value, str):
        return None if value == "off" else {"severity": value}
    return None if value is False else value


class _OrSeverity:
    """The JSON Schema of a policy, or of its severity alone."""

    def __get_pydantic_json_schema__(
        self, core: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        options = handler(core)["anyOf"]
        return {"anyOf": [{"enum": ["error", "warning", "note", "off"]}, *options]}


_OR = BeforeValidator(_severity_alone), _OrSeverity()
_Plain = Annotated[ReadyPolicy | None, *_OR]


class ReadyPolicies(Model):
    """Policies by name; each is off until it gets a severity."""

    pii_needs_a_key: Annotated[OfClasses | None, *_OR] = Field(
        None,
        alias="pii-needs-a-key",
        description="Data of these classes has a customer key: storage.kms_key_id.",
    )
    encrypted_needs_a_key: _Plain = Field(
        None,
        alias="encrypted-needs-a-key",
        description="Data that must be encrypted (tag encryption_required) has a customer key.",
    )
    pii_in_a_private_network: Annotated[OfClasses | None, *_OR] = Field(
        None,
        alias="pii-in-a-private-network",
        description="Jobs with data of these classes have no public address: network.private.",
    )
    prod_needs_alerts: Annotated[OfEnvironments | None, *_OR] = Field(
        None,
        alias="prod-needs-alerts",
        description="In these environments somebody hears of failed runs: monitoring.alerts.",
    )
    prod_has_no_spot: Annotated[OfEnvironments | None, *_OR] = Field(
        None,
        alias="prod-has-no-spot",
        description="In these environments no nodes run that the cloud may take back.",
    )
    image_by_digest: _Plain = Field(
        None, alias="image-by-digest", description="Images are pinned by digest."
    )
    image_not_latest: _Plain = Field(
        None,
        alias="image-not-latest",
        description="Images have a tag other than latest, or a digest.",
    )
    image_from: Annotated[Registries | None, *_OR] = Field(
        None, alias="image-from", description="Images come from these registries."
    )
    retention_at_most: Annotated[AtMostDays | None, *_OR] = Field(
        None,
        alias="retention-at-most",
        description="Data is kept no longer, where the tag retention_days says how long.",
    )
    retention_is_stated: _Plain = Field(
        None,
        alias="retention-is-stated",
        description="Job or asset say how long the data is kept.",
    )
    logs_at_least: Annotated[AtLeastDays | None, *_OR] = Field(
        None,
        alias="logs-at-least",
        description="Logs are kept this long: monitoring.log_retention_days.",
    )
    owner_is_an_address: Annotated[Addresses | None, *_OR] = Field(
        None,
        alias="owner-is-an-address",
        description="The tag owner is there, and is the address of a mailbox.",
    )
    timeout_at_most: Annotated[AtMostSeconds | None, *_OR] = Field(
        None, alias="timeout-at-most", description="Runs are stopped after this time."
    )
    vcpu_at_most: Annotated[AtMostVcpu | None, *_OR] = Field(
        None,
        alias="vcpu-at-most",
        description="runtime.cpu times scaling.max; not known where machine types say it.",
    )
    memory_at_most: Annotated[AtMostMemory | None, *_OR] = Field(
        None,
        alias="memory-at-most",
        description="runtime.memory times scaling.max; not known where machine types say it.",
    )
    region_among: Annotated[Regions | None, *_OR] = Field(
        None, alias="region-among", description="Jobs run in these regions."
    )
    secrets_from: Annotated[SecretReferences | None, *_OR] = Field(
        None, alias="secrets-from", description="Secrets are referred to where these patterns say."
    )
    schedule_outside: Annotated[Window | None, *_OR] = Field(
        None, alias="schedule-outside", description="No run starts in this window."
    )

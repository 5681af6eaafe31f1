"""The policies that come with dativo: what each asks of a job."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from generator.model import ready_policies as model
from generator.model.policy_fields import JobField
from generator.model.problems import dotted, shown
from generator.model.when import Conditions
from generator.plan.cron import normalise
from generator.rules.facts import Facts, Fault
from generator.rules.rule import Judge, Rule, required
from generator.rules.window import Window, starts_in
from generator.text.globs import matches

_KEY = {"infrastructure.storage.kms_key_id": {"present": True}}
_IMAGE = "infrastructure.runtime.image"
_DIGEST = "[^@]+@sha256:[0-9a-f]{64}"
# A tag of an image, OCI distribution specification: [a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}
_TAGGED = f"[^@]*:[A-Za-z0-9_][A-Za-z0-9._-]{{0,127}}|{_DIGEST}"
# One mailbox as people write it; RFC 5322 allows more, which nobody has.
_MAILBOX = "[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@"
_DOMAIN = r"[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+"
_KEY_HINT = (
    "set infrastructure.storage.kms_key_id; where the runtime takes none, an exemption in "
    "dativo.yaml says who keeps the key"
)


def _when(**when: Any) -> Conditions:
    return Conditions.model_validate(when)


def _field(name: str, **asked: Any) -> Conditions:
    return Conditions.model_validate({"field": {name: asked}})


def _environments(said: model.OfEnvironments) -> Conditions:
    return _when(environment=list(said.environments))


def _of_classes(said: model.OfClasses) -> Conditions:
    return Conditions.model_validate({"class": list(said.classes)})


def _key(said: model.OfClasses) -> Judge:
    return required(_when(field=_KEY), _of_classes(said))


def _encrypted(_: model.ReadyPolicy) -> Judge:
    return required(_when(field=_KEY), _when(tag={"encryption_required": "true"}))


def _private(said: model.OfClasses) -> Judge:
    return required(_field("infrastructure.network.private", equals="true"), _of_classes(said))


def _alerts(said: model.OfEnvironments) -> Judge:
    fields = {
        "infrastructure.monitoring.alerts.channels": {"present": True},
        "infrastructure.monitoring.enabled": {"equals": "true"},
    }
    return required(_when(field=fields), _environments(said))


def _no_spot(said: model.OfEnvironments) -> Judge:
    return required(
        _field("infrastructure.runtime.nodes.spot", equals="false"), _environments(said)
    )


def _with_image(wanted: str, **asked: Any) -> Judge:
    return required(_field(_IMAGE, **asked), _field(_IMAGE, present=True), wanted)


def _digest(_: model.ReadyPolicy) -> Judge:
    return _with_image("it has no digest", pattern=_DIGEST)


def _not_latest(_: model.ReadyPolicy) -> Judge:
    asked = {"pattern": _TAGGED, "not": {"pattern": "[^@]*:latest"}}
    return _with_image("it has no tag and no digest", **asked)


def _registries(said: model.Registries) -> Judge:
    known = JobField(tuple(_IMAGE.split(".")), "text")

    def judge(facts: Facts) -> Iterator[Fault]:
        image = facts.field(known)
        if image is None:
            return
        name = image.partition("@")[0]
        folders, slash, last = name.rpartition("/")
        name = f"{folders}{slash}{last.partition(':')[0]}"
        if not any(matches(pattern, name) for pattern in said.registries):
            what = f'"{known.name}" is {shown(image)}'
            yield Fault(what, f'allowed: {", ".join(said.registries)}', facts.place(known))

    return judge


def _retention(said: model.AtMostDays) -> Judge:
    known = _when(tag={"retention_days": {"present": True}})
    return required(_when(tag={"retention_days": {"at_most": str(said.days)}}), known)


def _retention_stated(_: model.ReadyPolicy) -> Judge:
    return required(_when(tag={"retention_days": {"present": True}}))


def _logs(said: model.AtLeastDays) -> Judge:
    return required(_field("infrastructure.monitoring.log_retention_days", at_least=str(said.days)))


def _owner(said: model.Addresses) -> Judge:
    import re

    domains = "|".join(map(re.escape, said.domains)) if said.domains else _DOMAIN
    wanted = f"it has to be an address at {' or '.join(said.domains)}" if said.domains else ""
    wanted = wanted or "it has to be an address"
    asked = _when(tag={"owner": {"pattern": f"{_MAILBOX}({domains})"}})
    return required(asked, None, wanted)


def _timeout(said: model.AtMostSeconds) -> Judge:
    return required(_field("infrastructure.runtime.timeout_seconds", at_most=str(said.seconds)))


def _vcpu(said: model.AtMostVcpu) -> Judge:
    return _of_all_copies("cpu", said.vcpu, lambda vcpu: f"{vcpu:g} vCPUs")


def _memory(said: model.AtMostMemory) -> Judge:
    return _of_all_copies("memory", said.memory, lambda mib: f"{mib / 1024:g} GiB")


def _of_all_copies(name: str, most: float, told: Callable[[float], str]) -> Judge:
    """A size of one copy, times the copies that run side by side at most."""

    def judge(facts: Facts) -> Iterator[Fault]:
        runtime = facts.job.infrastructure.runtime
        size, copies = getattr(runtime, name), runtime.scaling.max
        if size is not None and size * copies > most:
            what = f'"infrastructure.runtime.{name}" comes to {told(size * copies)}'
            what += f" in {copies} copies" if copies > 1 else ""
            place = facts.place(JobField(("infrastructure", "runtime", name), "number"))
            yield Fault(what, f"at most {told(most)} are allowed", place)

    return judge


def _regions(said: model.Regions) -> Judge:
    return required(_when(region={"in": list(said.regions)}))


def _secrets(said: model.SecretReferences) -> Judge:
    known = ("secrets", "readable_secrets")

    def judge(facts: Facts) -> Iterator[Fault]:
        job, runtime = facts.job, facts.job.infrastructure.runtime
        names = {"TENANT_ID": job.tenant_id, "ENVIRONMENT": job.environment, "JOB_NAME": job.name}
        patterns = [_filled(pattern, names) for pattern in said.references]
        for name in known:
            held = getattr(runtime, name)
            for key, text in held.items() if isinstance(held, dict) else enumerate(held):
                if not any(matches(pattern, text) for pattern in patterns):
                    path = ("infrastructure", "runtime", name, key)
                    what = f'"{dotted(path)}" refers to something else'
                    wanted = f'allowed: {", ".join(patterns)}'
                    yield Fault(what, wanted, facts.loaded.locations.location(path))

    return judge


def _filled(pattern: str, names: Mapping[str, str]) -> str:
    for name, value in names.items():
        pattern = pattern.replace(f"${{{name}}}", value)
    return pattern


def _outside(said: model.Window) -> Judge:
    window = Window.of(said.start, said.end, said.days)
    known = JobField(("schedule", "cron"), "text")

    def judge(facts: Facts) -> Iterator[Fault]:
        schedule = facts.job.schedule
        if schedule is None or not schedule.enabled:
            return
        try:
            first = starts_in(window, normalise(schedule.cron))
        except ValueError:  # told where schedules are checked
            return
        if first is not None:
            what = f'"schedule.cron" starts runs at {first} ({schedule.timezone})'
            wanted = f"none may start between {said.start} and {said.end}"
            yield Fault(what, wanted, facts.place(known))

    return judge


# Name to what judges by what dativo.yaml says, and what to do where that is not plain.
_READY: dict[str, tuple[Callable[[Any], Judge], str]] = {
    "pii-needs-a-key": (_key, _KEY_HINT),
    "encrypted-needs-a-key": (_encrypted, _KEY_HINT),
    "pii-in-a-private-network": (_private, "take private: false away"),
    "prod-needs-alerts": (_alerts, "name a channel in infrastructure.monitoring.alerts.channels"),
    "prod-has-no-spot": (_no_spot, ""),
    "image-by-digest": (_digest, "write NAME@sha256:... as the registry shows it"),
    "image-not-latest": (_not_latest, "write the tag of a release, or a digest"),
    "image-from": (_registries, ""),
    "retention-at-most": (_retention, ""),
    "retention-is-stated": (
        _retention_stated,
        "say it in governance_overrides.retention_days, or in the asset",
    ),
    "logs-at-least": (_logs, ""),
    "owner-is-an-address": (_owner, ""),
    "timeout-at-most": (_timeout, ""),
    "vcpu-at-most": (_vcpu, ""),
    "memory-at-most": (_memory, ""),
    "region-among": (_regions, ""),
    "secrets-from": (_secrets, ""),
    "schedule-outside": (_outside, "move the schedule, or the window of the policy"),
}


def ready_rules(ready: model.ReadyPolicies) -> Iterable[Rule]:
    """The policies that dativo.yaml switches on."""
    for name, info in type(ready).model_fields.items():
        said = getattr(ready, name)
        if said is not None:
            alias = info.alias or name
            make, hint = _READY[alias]
            yield Rule(alias, said.severity, said.message or "", hint, said.when, make(said))

"""A job held against the patterns that count for it: each value that they forbid, at its line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from generator.errors import KeyPath, Problem, Problems
from generator.job.loaded import LoadedJob
from generator.job.project import Project
from generator.model.infrastructure import Infrastructure
from generator.model.problems import dotted, shown
from generator.model.variables import waits
from generator.plan.runtimes.table import RUNTIMES
from generator.trust import backends, modules
from generator.trust.rule import forbidden
from generator.trust.scope import Rule, Rules, rules_for
from generator.trust.spelling import command_allowed, identities_in, secrets_in
from generator.trust.written import Written
from generator.yaml.data import texts

# Fields below ``infrastructure``, and what they name; every text below them counts.
FIELDS: tuple[tuple[str, KeyPath], ...] = (
    ("endpoints", ("account", "endpoints")),
    ("endpoints", ("account", "metadata_host")),
    ("files", ("account", "oidc_token_file_path")),
    ("identities", ("account", "impersonate_service_account")),
    ("identities", ("account", "impersonate_service_account_delegates")),
    ("identities", ("account", "client_id")),
    ("identities", ("account", "ado_pipeline_service_connection_id")),
    ("identities", ("runtime", "identity")),
    ("identities", ("kubernetes", "service_account")),
    ("clusters", ("kubernetes", "cluster", "endpoint")),
    ("databricks", ("databricks", "host")),
    ("secrets", ("runtime", "secrets")),
    ("secrets", ("runtime", "readable_secrets")),
    ("secrets", ("runtime", "key_vaults")),
    ("secrets", ("references", "secrets", "secret_manager_arn")),
)
_VARIABLES: KeyPath = ("terraform", "variables")
_EXEC: KeyPath = ("kubernetes", "cluster", "exec")
_WAITS = "it is known at an apply and not before"


def of_job(project: Project, loaded: LoadedJob) -> Problems:
    """Everything in a job that dativo.yaml does not trust its author with.

    What dativo.yaml itself says is trusted, unless it takes the job's asset or region in.

    Args:
        project: the repository.
        loaded: the job.
    """
    job = loaded.job
    rules = rules_for(project.settings.trust, job.tenant_id, job.environment, job.name)
    written = Written(project, loaded)
    found = Problems(modules.judged(project, loaded, rules, written))
    if rules.files is not None and not rules.files.allows(loaded.file):
        what = f'{loaded.file}, which says that it is of the tenant "{job.tenant_id}",'
        found.append(forbidden(rules.files, what, loaded.locations.location(("tenant_id",))))
    if rules.of:
        found += _fields(job.infrastructure, rules, written)
        found += _commands(job.infrastructure, rules, written)
        found += _variables(job.infrastructure, rules, written)
        found += backends.judged(project, loaded, rules, written)
    return found


def _fields(infrastructure: Infrastructure, rules: Rules, written: Written) -> Iterator[Problem]:
    for kind, path in FIELDS:
        rule = rules.of.get(kind)
        if rule is not None:
            for at, text in texts(_value(infrastructure, path), path):
                yield from _judged(rule, at, text, written)
    if (rule := rules.of.get("identities")) is not None:
        for index, role in enumerate(infrastructure.account.assume_role):
            if role.role_arn is not None:
                at = ("account", "assume_role", index, "role_arn")
                yield from _judged(rule, at, role.role_arn, written)
    for index, wanted in enumerate(infrastructure.access):
        at = ("access", index, "resource")
        yield from _by_form(at, wanted.resource, rules, written)


def _value(infrastructure: Infrastructure, path: KeyPath) -> Any:
    value: Any = infrastructure
    for key in path:
        value = None if value is None else getattr(value, str(key))
    return value


def _judged(rule: Rule, at: KeyPath, text: str, written: Written) -> Iterator[Problem]:
    """The problem of one text at a path below ``infrastructure``, if it has one."""
    if not written.by_job(at):
        return
    what = _told(rule, at, text)
    if waits(text):
        yield forbidden(rule, what, written.at(at), _WAITS)
        return
    if not rule.allows(text):
        yield forbidden(rule, what, written.at(at))


def _told(rule: Rule, at: KeyPath, text: str) -> str:
    """A text and where it stands, for people.

    What stands where a reference to a secret belongs may be the secret: it is not repeated.
    """
    name = dotted(("infrastructure", *at))
    return f'"{name}"' if rule.kind == "secrets" else f'"{name}", {shown(text)},'


def _commands(infrastructure: Infrastructure, rules: Rules, written: Written) -> Iterator[Problem]:
    """The program that is run for a cluster's token, as a whole: its words and its variables."""
    rule, cluster = rules.of.get("commands"), infrastructure.kubernetes.cluster
    if rule is None or cluster is None:
        return
    program = cluster.exec
    own = [key for key in ("command", "args", "env") if written.by_job((*_EXEC, key))]
    if not program.command or not own:
        return
    line = [program.command, *program.args]
    unknown = any(map(waits, (*line, *program.env.values())))
    if unknown or not command_allowed(rule.patterns, line[0], line[1:], program.env):
        variables = [f"{name}={value}" for name, value in program.env.items()]
        what = f"the command {shown(' '.join((*variables, *line)))}"
        yield forbidden(rule, what, written.at((*_EXEC, own[0])), _WAITS if unknown else "")


def _variables(infrastructure: Infrastructure, rules: Rules, written: Written) -> Iterator[Problem]:
    """Inputs of the module that a job gives beside its fields: judged as those are.

    Of a shipped module it is known which inputs name whom; of any other the form of a text tells.
    """
    known = {} if infrastructure.terraform.own_module else _kinds(infrastructure)
    for name, value in infrastructure.terraform.variables.items():
        rule = rules.of.get(known.get(name, ""))
        for at, text in texts(value, (*_VARIABLES, name)):
            if rule is not None:
                yield from _judged(rule, at, text, written)
            else:
                yield from _by_form(at, text, rules, written)


def _kinds(infrastructure: Infrastructure) -> dict[str, str]:
    """Inputs of the runtime's module to what they name."""
    runtime = RUNTIMES.get((infrastructure.provider, infrastructure.runtime.type))
    paths = {".".join(map(str, path)): kind for kind, path in FIELDS}
    fields = () if runtime is None else runtime.fields
    return {one.input: paths[one.path] for one in fields if one.input and one.path in paths}


def _by_form(at: KeyPath, text: str, rules: Rules, written: Written) -> Iterator[Problem]:
    """Whom and which secrets a text names, by the form that clouds give to those."""
    for kind, find in (("identities", identities_in), ("secrets", secrets_in)):
        rule = rules.of.get(kind)
        if rule is None or not written.by_job(at):
            continue
        if any(not rule.allows(one) for one in find(text)):
            yield forbidden(rule, _told(rule, at, text), written.at(at))

"""Whole files, good and bad: an editor and the commands come to the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.errors import InputError, Problems
from generator.job.project import open_project
from generator.modules.catalogue import Catalogue
from generator.pipeline import build
from tests.cases.cases import HERE, lay_down, names
from tests.dialects.projects import CASES, FILES, make
from tests.schemas.documents import faults

# Codes of faults that a schema of one file cannot see.
BEYOND = {
    **dict.fromkeys(("missing-asset", "outside-project"), "other files"),
    **dict.fromkeys(("module-source", "unknown-output", "empty-output"), "the module's files"),
    "unknown-source": "where inputs of modules may come from",
    "version-conflict": "what the module and the root need",
    "unknown-tag": "the table of tags, in any spelling",
    "unknown-input": "dativo.yaml may name a module of the team's own, which has other inputs",
    **dict.fromkeys(("missing-key",), "dativo.yaml may have a default, the runtime may need it"),
    **dict.fromkeys(("conflict", "ambiguous"), "several values taken together"),
    **dict.fromkeys(("undefined-variable", "reserved-name"), "the values in dativo.yaml"),
    "environment-not-allowed": "the environments in dativo.yaml",
    "circular-value": "what the values mean",
    **dict.fromkeys(("no-effect", "credential"), "what a field means for a runtime or a backend"),
    **dict.fromkeys(
        ("tag-collision", "tag-identity", "tag-value", "tag-required", "tag-pattern", "tag-key")
        + ("tag-count", "tag-conflict", "tag-precedence"),
        "all layers of tags, and what a cloud allows",
    ),
}
# Files whose fault has a code that elsewhere is one of shape, and why it is none here.
VALUES = {
    **dict.fromkeys(
        ("aks-nodes-that-cannot-be", "gke-nodes-that-cannot-be", "databricks-many-at-once"),
        "machines and bounds of a cloud, and what goes together",
    ),
    **dict.fromkeys(
        ("aks-secret-of-key-vault", "function-code-elsewhere", "lambda-image-elsewhere"),
        "what an address looks like in a cloud",
    ),
    **dict.fromkeys(
        ("aks-without-subnet", "gke-without-subnet", "kubernetes-cluster-missing"),
        "what the runtime needs, which dativo.yaml may give",
    ),
    **dict.fromkeys(
        ("function-longer-than-the-scheduler-waits", "function-memory-without-its-cpu")
        + ("lambda-longer-than-it-can-be", "lambda-many-at-once"),
        "the limits of a runtime, and sizes that go together",
    ),
    **dict.fromkeys(
        ("gke-names-that-kubernetes-refuses", "kubernetes-labels"),
        "the rules of Kubernetes, which hold for runtimes inside a cluster",
    ),
    **dict.fromkeys(
        ("databricks-existing-cluster", "kubernetes-account", "kubernetes-ports"),
        "several fields taken together",
    ),
    **dict.fromkeys(
        ("asset-key-misspelt", "key-environments-misspelt", "key-of-a-section-misspelt")
        + ("key-of-infrastructure-misspelt", "key-schedule-misspelt"),
        "keys that the runner, or a contract, may have of its own",
    ),
    "account-of-another-cloud": "keys that the schema of all clouds has",
    "account-role-that-cannot-be": "what an address looks like in a cloud",
    "needs-not-listed": "a placeholder and a list taken together",
    "settings-values-of-tenants": "names of values are the team's own",
    "access-that-cannot-be": "what a resource's address looks like, and levels or roles by cloud",
    "azure-identity-elsewhere": "the subscription of the job, which dativo.yaml may give",
    "function-with-orchestrator": "which orchestrator starts runs where",
    **dict.fromkeys(
        ("backend-argument", "backend-nested"),
        "each backend has its own arguments, and http takes any",
    ),
    "ecs-log-key-elsewhere": "the region in the address of a key",
    "settings-output-taken": "what a folder of the repository is for",
    "trust-of-jobs": "what dativo.yaml lets jobs name",
    "policies-of-unknown-fields": "fields that jobs have, and what can be asked of each",
    "emr-cluster-that-exists-has-it-all": "what has an effect on a cluster that exists",
    "emr-many-at-once": "releases, machines and sizes of a cloud, and what goes together",
    "emr-with-dagster": "which orchestrator starts runs where",
    "name-of-file": "the name is not in the file",
    "placeholder-nearly-one": "text that is near a placeholder",
    "overlay-and-environment": "two keys taken together",
    "schedule-cron": "a minute above 59 in a text",
    "schedule-fields": "the fields of a cron expression",
    "schedule-timezone": "the list of time zones",
    "secret-value": "what a reference to a secret looks like in a cloud",
    "settings-values": "names of values are the team's own",
    "size-that-fargate-lacks": "sizes that go together in a cloud",
    "variable-broken": "what an image's address looks like",
    "d/dagster_in_a_cluster.yaml": "several values taken together",
    "p/gcp_in_1024ths.yaml": "what cpu counts in depends on the cloud",
}


# Older files with keys that an editor underlines, and a run warns of since nothing reads them.
WARNED = ("r/state_alone.yaml",)


def _codes(project: Path, files: list[str]) -> set[str]:
    """The codes of all errors that a run finds before it writes anything."""
    try:
        found = build(open_project(str(project)), files, Catalogue(None)).problems
    except InputError as error:
        found = Problems(error.problems)
    return {problem.code for problem in found if problem.severity == "error"}


def _seen(project: Path, files: list[str]) -> list[str]:
    """What an editor underlines in a project's files."""
    assets = (path.relative_to(project).as_posix() for path in project.glob("assets/**/*.yaml"))
    kinds = {"dativo.yaml": "settings", **dict.fromkeys(files, "job")}
    kinds.update(dict.fromkeys(assets, "asset"))
    found = []
    for file, kind in kinds.items():
        if (project / file).is_file():
            try:
                found += faults(kind, (project / file).read_text(encoding="utf-8"))
            except (InputError, UnicodeDecodeError) as error:  # no YAML: no editor needs a schema
                found.append(type(error).__name__)
    return found


def _judge(name: str, codes: set[str], seen: list[str]) -> None:
    if name in WARNED:
        assert seen and not codes
    elif not codes or name in VALUES or codes <= BEYOND.keys():
        assert not seen or (codes and name not in VALUES), f"{seen}, but a run has only {codes}"
    else:
        assert seen, f"a run finds {codes}"


@pytest.mark.parametrize("name", names("errors"))
def test_wrong_project(name: str, tmp_path: Path) -> None:
    """Of the projects with something wrong in them, an editor sees all faults of shape, and no
    fault where only a run can know.
    """
    project = lay_down(HERE / "errors" / name, tmp_path)
    files = sorted(p.relative_to(project).as_posix() for p in project.glob("jobs/**/*.yaml"))
    _judge(name, _codes(project, files), _seen(project, files))


@pytest.fixture(scope="module")
def dialects(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project of the examples in older dialects."""
    return make(tmp_path_factory.mktemp("schemas"))


@pytest.mark.parametrize("file", FILES)
def test_older_job(dialects: Path, file: str) -> None:
    """An older job that makes roots validates; one that is refused for its shape does not."""
    _judge(file, _codes(dialects, [file]), faults("job", (CASES / file).read_text("utf-8")))


def test_every_exception_is_needed() -> None:
    """What is listed as beyond a schema is a case that there is, with a reason."""
    known = {*names("errors"), *FILES}
    assert set(WARNED) <= known
    assert VALUES.keys() <= known
    assert all(len(reason) > 10 for reason in (*BEYOND.values(), *VALUES.values()))


def test_settings_of_the_dialects() -> None:
    """The defaults beside those examples validate as well."""
    assert faults("settings", (CASES / "dativo.yaml").read_text("utf-8")) == []
